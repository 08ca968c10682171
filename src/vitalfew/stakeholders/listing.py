from typing import Any, Final

from django.utils import timezone

from vitalfew.lists.listing import ListColumn, ListFilter, Listing, by
from vitalfew.stakeholders import questions
from vitalfew.stakeholders.closeness import Closeness
from vitalfew.stakeholders.models import Acquaintance
from vitalfew.stakeholders.rights import StakeholderRight
from vitalfew.terms import Term, Unit
from vitalfew.terms import gettext_noop as _


class Freshness(Term):
    """Whether a statement is to be asked for again."""

    FRESH = "fresh", _("Within a year")
    OLD = "old", _("A year old: to be asked again")


def _fresh(found: Any, word: str) -> Any:
    old = Acquaintance.objects.asked_again(timezone.localdate())
    return found.filter(pk__in=old) if word == Freshness.OLD else found.exclude(pk__in=old)


ACQUAINTANCES: Final = Listing(
    name="acquaintances",
    title=_("Who of ours says he knows whom"),
    right=StakeholderRight.SEE,
    records=questions.acquaintances,
    columns=(
        ListColumn("person", _("Person's name"), order="person__name", told=lambda row: row.person.name),
        ListColumn("who", _("Who of ours"), order="user__name", told=lambda row: str(row.user), narrow=True),
        ListColumn("closeness", _("How well"), Unit.WORD, words=Closeness, narrow=True),
        ListColumn("stated_on", _("Stated on"), Unit.DAY, "stated_on"),
        ListColumn("note", _("From where, through whom"), shown=False),
    ),
    order="-stated_on",
    find=questions.found,
    hint=_("Name, pinyin, initials, WeChat, e-mail"),
    empty=_("Open an account's stakeholder map and say whom you know there."),
    filters=(
        ListFilter("closeness", _("How well"), list(Closeness), by("closeness")),
        ListFilter("freshness", _("Age"), list(Freshness), _fresh),
    ),
)
