"""Why a visit is proposed: for this account, by this person, in this week; why another found no place; how good a plan is.

No money stands in these sentences: whoever goes along reads them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from vitalfew.language import Accounts, Count, Day, Message, Percent, Span
from vitalfew.maths.itineraries.missing import Obstacle
from vitalfew.maths.itineraries.planning import Plan
from vitalfew.terms import gettext_noop as _

RISKY: Final = 0.3
"""A chance of leaving from which on it is a reason."""
NEARLY: Final = 0.0005
"""So little short of the best is the best, as it is written."""


class Tie(StrEnum):
    """What somebody of ours has to do with an account."""

    MANAGER = "manager"
    TEAM = "team"
    LEADS = "leads"


@dataclass(frozen=True)
class Why:
    """What is known of a proposal. ``rank`` is the account's place by need among ``of``; days count from 1970.

    ``manager`` is named where it is not the manager who goes, ``tied_up`` where all his days are taken or he is away.
    """

    rank: int
    of: int
    who: str
    tie: Tie
    week: int
    late: int = 0
    due: int | None = None
    occasion: int | None = None
    since: int | None = None
    never: bool = False
    risk: float | None = None
    complaints: int = 0
    silent: bool = False
    manager: str = ""
    tied_up: bool = False
    nearby: Sequence[str] = ()


def reasons(why: Why) -> list[Message]:
    """The sentences, the weightiest first: the account, the week, the person."""
    return [*_account(why), *_week(why), _person(why)]


def _account(why: Why) -> list[Message]:
    said = [Message(_("By worth and urgency it comes {rank} of {of}."), {"rank": Count(why.rank), "of": Count(why.of)})]
    if why.complaints:
        said.append(Message(_("Open complaints: {n}."), {"n": Count(why.complaints)}))
    if why.risk is not None and why.risk >= RISKY:
        said.append(Message(_("The chance that it leaves is {share}."), {"share": Percent(why.risk, 0)}))
    if why.silent:
        said.append(Message(_("It has been silent for longer than its own gaps.")))
    if why.never:
        said.append(Message(_("It was never visited, as far as is known.")))
    elif why.since is not None:
        said.append(Message(_("The last visit was {days} before."), {"days": Span(why.since)}))
    return said


def _week(why: Why) -> list[Message]:
    said = []
    if why.occasion is not None and (why.due is None or why.occasion <= why.due):
        said.append(Message(_("It celebrates on {day}."), {"day": Day(why.occasion)}))
    elif why.due is not None and why.late and not why.week:
        said.append(Message(_("It is overdue: this is the first week there is.")))
    elif why.due is not None:
        said.append(Message(_("The visit is due by {day}."), {"day": Day(why.due)}))
    if why.late and why.week:
        said.append(Message(_("No day before found room for it.")))
    if why.nearby:
        said.append(Message(_("On the same way: {accounts}."), {"accounts": Accounts(why.nearby)}))
    return said


def _person(why: Why) -> Message:
    who, manager = {"who": why.who}, {"who": why.who, "manager": why.manager}
    if why.tie == Tie.MANAGER:
        return Message(_("{who} manages it."), who)
    if why.manager and why.tied_up:
        return Message(_("{manager}, who manages it, has no day free in these weeks; {who} may go instead."), manager)
    if why.tie == Tie.TEAM:
        return Message(_("{who} belongs to its team."), who)
    return Message(_("{who} leads the house: a visit at this level shows what the account is to us."), who)


OBSTACLES: Final[Mapping[Obstacle, str]] = MappingProxyType(
    {
        Obstacle.NOBODY: _("Nobody who takes part may call there"),
        Obstacle.NO_DAY: _("None of those who may call there has a day free"),
        Obstacle.TOO_SOON: _("Every week lies too near another visit"),
        Obstacle.FULL: _("The days of those who may call there are taken by visits that bring more"),
        Obstacle.NOT_WORTH_IT: _("A further visit would bring less than the way costs"),
    }
)


def how_good(plan: Plan) -> Message:
    """How many visits have a place, and how far the plan may lie from the best."""
    figures: Mapping[str, Count | Percent] = {"n": Count(len(plan.visits)), "share": Percent(plan.short_of_best)}
    if plan.short_of_best < NEARLY:
        return Message(_("{n} {n:visit|visits} proposed; by weeks no plan brings more"), figures)
    return Message(_("{n} {n:visit|visits} proposed; the plan is within {share} of the best possible"), figures)
