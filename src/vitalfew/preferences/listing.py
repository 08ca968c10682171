from typing import Any, Final

from django.db.models import QuerySet
from django.utils import timezone

from vitalfew.lists.listing import ListColumn, ListFilter, Listing, by
from vitalfew.preferences import questions
from vitalfew.preferences.rights import PreferenceRight
from vitalfew.preferences.words import Area, Freshness, Works
from vitalfew.terms import Unit
from vitalfew.terms import gettext_noop as _


def _freshness(found: QuerySet[Any], word: str) -> QuerySet[Any]:
    fresh: QuerySet[Any] = found.freshness(word, timezone.localdate())  # type: ignore[attr-defined]  # preferences have it
    return fresh


PREFERENCES: Final = Listing(
    name="preferences",
    title=_("What works with whom"),
    right=PreferenceRight.SEE,
    records=questions.preferences,
    columns=(
        ListColumn("text", _("What"), order="text", narrow=True, link=lambda row: row.get_absolute_url()),
        ListColumn("works", _("Does it work"), Unit.WORD, "works", words=Works, narrow=True),
        ListColumn("area", _("Which area"), Unit.WORD, words=Area),
        ListColumn("account", _("Account"), order="account__name", told=lambda row: row.account.name, narrow=True,
                   link=lambda row: row.account.get_absolute_url() + "?tab=plans"),
        ListColumn("code", _("Code"), Unit.CODE, "account__code", lambda row: row.account.code, shown=False),
        ListColumn("person", _("With whom"), told=lambda row: str(row.person or ""),
                   link=lambda row: row.person.get_absolute_url() if row.person else ""),
        ListColumn("evidence", _("How we know")),
        ListColumn("seen_on", _("Seen on"), Unit.DAY, "seen_on"),
        ListColumn("freshness", _("How fresh"), Unit.WORD, words=Freshness, shown=False),
    ),
    order="-seen_on",
    find=questions.found,
    hint=_("Words, account or person"),
    empty=_("Write down what works with an account and what does not: it stands in every briefing and beside its complaints."),
    make="preference-new",
    make_label=_("Write down what works"),
    make_right=PreferenceRight.WRITE,
    filters=(
        ListFilter("works", _("Does it work"), list(Works), by("works")),
        ListFilter("area", _("Which area"), list(Area), by("area")),
        ListFilter("freshness", _("How fresh"), list(Freshness), _freshness),
    ),
)  # fmt: skip
