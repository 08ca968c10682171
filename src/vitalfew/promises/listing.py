from typing import Any, Final

from django.db.models import QuerySet
from django.utils import timezone

from vitalfew.lists.listing import ListColumn, ListFilter, Listing, by
from vitalfew.promises import questions
from vitalfew.promises.models import DEPARTMENTS
from vitalfew.promises.rights import PromiseRight
from vitalfew.promises.words import Origin, Shown, Standing
from vitalfew.terms import Unit
from vitalfew.terms import gettext_noop as _

CUT: Final = 80


def _standing(found: QuerySet[Any], word: str) -> QuerySet[Any]:
    standing: QuerySet[Any] = found.standing(word, timezone.localdate())  # type: ignore[attr-defined]  # promises have it
    return standing


def _in_portal(found: QuerySet[Any], word: str) -> QuerySet[Any]:
    return found.filter(shared=word == Shown.YES)


PROMISES: Final = Listing(
    name="promises",
    title=_("Promises"),
    right=PromiseRight.SEE,
    records=questions.listed,
    columns=(
        ListColumn("due", _("To be kept by"), Unit.DAY, "due", narrow=True),
        ListColumn("brief", _("What was promised"), told=lambda row: row.text[:CUT], narrow=True,
                   link=lambda row: row.get_absolute_url()),
        ListColumn("standing", _("State"), Unit.WORD, words=Standing, narrow=True),
        ListColumn(
            "account", _("Account"), order="account__name", told=lambda row: row.account.name,
            link=lambda row: row.account.get_absolute_url() + "?tab=promises",
        ),
        ListColumn("code", _("Code"), Unit.CODE, "account__code", lambda row: row.account.code, shown=False),
        ListColumn("owner", _("Who sees to it"), order="owner__name", told=lambda row: str(row.owner or "")),
        ListColumn("person", _("Promised to"), told=lambda row: str(row.person or ""),
                   link=lambda row: row.person.get_absolute_url() if row.person else ""),
        ListColumn("origin", _("Occasion"), Unit.WORD, words=Origin),
        ListColumn("department", _("Department that must act"), Unit.WORD, words=type(DEPARTMENTS[0]), shown=False),
        ListColumn("in_portal", _("Customer portal"), Unit.WORD, words=Shown, shown=False,
                   told=lambda row: (Shown.YES if row.shared else Shown.NO).value),
        ListColumn("made_on", _("Promised on"), Unit.DAY, "made_on", shown=False),
        ListColumn("settled_on", _("Settled on"), Unit.DAY, "settled_on"),
        ListColumn("moved", _("Times moved"), Unit.COUNT, "moved", shown=False),
        ListColumn("reference", _("Number of the order, complaint or contract"), shown=False),
        ListColumn("evidence", _("Evidence or reason"), shown=False),
        ListColumn("text", _("Whole text"), shown=False),
    ),
    order="-due",
    find=questions.found,
    hint=_("Words of the promise, number; pinyin too"),
    empty=_("Write down the first promise: what, to whom, by when. On its day somebody is reminded."),
    make="promise-new",
    make_label=_("Write down a promise"),
    make_right=PromiseRight.MAKE,
    filters=(
        ListFilter("standing", _("State"), list(Standing), _standing),
        ListFilter("portal", _("Customer portal"), list(Shown), _in_portal),
        ListFilter("origin", _("Occasion"), list(Origin), by("origin")),
        ListFilter("department", _("Department that must act"), list(DEPARTMENTS), by("department")),
    ),
)  # fmt: skip
