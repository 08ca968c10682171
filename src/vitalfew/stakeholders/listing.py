from typing import Any, Final

from django.utils import timezone

from vitalfew.contacts.words import LEVELS
from vitalfew.lists.listing import ListColumn, ListFilter, Listing, by
from vitalfew.people.roles import Role
from vitalfew.stakeholders import questions
from vitalfew.stakeholders.closeness import Closeness
from vitalfew.stakeholders.models import Acquaintance
from vitalfew.stakeholders.plan import PLANNERS, CoverState, Rhythm
from vitalfew.stakeholders.rights import StakeholderRight
from vitalfew.terms import Level, Term, Tier, Unit
from vitalfew.terms import gettext_noop as _


class Freshness(Term):
    """Whether a statement is to be asked for again."""

    FRESH = "fresh", _("Within a year")
    OLD = "old", _("A year old: to be asked again")


def _in_state(found: Any, word: str) -> Any:
    return found.in_state(word, timezone.localdate())


def _fresh(found: Any, word: str) -> Any:
    old = Acquaintance.objects.asked_again(timezone.localdate())
    return found.filter(pk__in=old) if word == Freshness.OLD else found.exclude(pk__in=old)


ACQUAINTANCES: Final = Listing(
    name="acquaintances",
    title=_("Whom our colleagues say they know"),
    right=StakeholderRight.SEE,
    records=questions.acquaintances,
    columns=(
        ListColumn("person", _("Person's name"), order="person__name", told=lambda row: row.person.name),
        ListColumn("who", _("Our colleague"), order="user__name", told=lambda row: str(row.user), narrow=True),
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


COVERAGE: Final = Listing(
    name="coverage",
    title=_("Coverage of planned levels"),
    right=StakeholderRight.COVERAGE,
    records=questions.covers,
    columns=(
        ListColumn("account", _("Account"), order="account__name", told=lambda row: row.account.name, narrow=True),
        ListColumn("code", _("Code"), Unit.CODE, "account__code", lambda row: row.account.code, shown=False),
        ListColumn("tier", _("Tier"), Unit.WORD, "tier", words=Tier),
        ListColumn("level", _("Level"), Unit.WORD, "height", lambda row: row.level, words=Level, narrow=True),
        ListColumn("state", _("State"), Unit.WORD, words=CoverState, narrow=True),
        ListColumn("known", _("On file"), Unit.COUNT, "known"),
        ListColumn("role", _("Our colleague"), Unit.WORD, "role", words=Role),
        ListColumn("rhythm", _("How often"), Unit.WORD, words=Rhythm),
        ListColumn("met_on", _("Last met"), Unit.DAY, "met_on"),
        ListColumn("met_by", _("By whom"), order="met_by", shown=False),
        ListColumn("due_on", _("Due"), Unit.DAY, "due_on"),
    ),
    order="due_on",
    find=questions.found_covers,
    hint=_("Name or code of the account"),
    make="coverage-plan",
    make_label=_("Coverage plan"),
    make_right=StakeholderRight.COVERAGE,
    empty=_(
        "Levels are planned for the most valuable and the most growable accounts; they appear after the first refresh."
    ),
    filters=(
        ListFilter("state", _("State"), list(CoverState), _in_state),
        ListFilter("level", _("Level"), LEVELS, by("level")),
        ListFilter("role", _("Our colleague"), list(PLANNERS), by("role")),
        ListFilter("tier", _("Tier"), list(Tier), by("tier")),
    ),
)
