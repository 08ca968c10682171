"""Whom to meet at which level of an account, who of ours, and how often; and how far that is kept.

An account's own line goes before the house's for its tier, and the house's before the one that is given here to begin with:
what an account buys is decided above, whether it sells is decided on its shop floor, so the most valuable are met at every
level, by whoever stands at the same height with us (Homburg, C., Workman, J. P. & Jensen, O. (2002). J. Marketing 66(2)).

A level is *uncovered* where nobody is known there, as the analysis ``coverage`` tells levels; *due* where whoever is planned
met nobody of it within the time; *kept* otherwise.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from vitalfew.contacts.words import LEVELS
from vitalfew.people.roles import Role
from vitalfew.terms import Level, Term, Tier, label_of
from vitalfew.terms import gettext_noop as _


class Rhythm(Term):
    """How often."""

    MONTHLY = "monthly", _("Every month")
    QUARTERLY = "quarterly", _("Every quarter")
    HALF_YEARLY = "half_yearly", _("Every half year")
    YEARLY = "yearly", _("Every year")


class CoverState(Term):
    """How far a planned level is covered, the worst first."""

    UNCOVERED = "uncovered", _("Nobody on file")
    DUE = "due", _("To be met")
    KEPT = "kept", _("Kept up")


class Source(Term):
    """Where a line of the plan comes from."""

    ACCOUNT = "account", _("For this account")
    HOUSE = "house", _("For its tier")
    GIVEN = "given", _("As given to begin with")


DAYS: Final = {
    Rhythm.MONTHLY.value: 30, Rhythm.QUARTERLY.value: 91, Rhythm.HALF_YEARLY.value: 182, Rhythm.YEARLY.value: 365,
}  # fmt: skip
PLANNERS: Final = (Role.EXECUTIVE, Role.DIRECTOR, Role.MANAGER, Role.SUPPLY, Role.MARKETING, Role.COMPLAINTS)
"""Who of ours can be planned to meet somebody."""


@dataclass(frozen=True)
class Meeting:
    """Who of ours is to meet somebody of a level, and how often; nobody, where the role is empty."""

    role: str
    rhythm: str
    source: Source = Source.GIVEN
    rule: int = 0
    version: int = 0

    @property
    def days(self) -> int:
        return DAYS[self.rhythm]

    @property
    def who(self) -> str:
        return label_of(Role, self.role)

    @property
    def how_often(self) -> str:
        return label_of(Rhythm, self.rhythm)


GIVEN: Final[Mapping[tuple[str, str], Meeting]] = {
    (Tier.MVC.value, Level.PRESIDENT.value): Meeting(Role.EXECUTIVE, Rhythm.HALF_YEARLY),
    (Tier.MVC.value, Level.DIRECTOR.value): Meeting(Role.DIRECTOR, Rhythm.QUARTERLY),
    (Tier.MVC.value, Level.MANAGER.value): Meeting(Role.MANAGER, Rhythm.MONTHLY),
    (Tier.MVC.value, Level.SPECIALIST.value): Meeting(Role.MANAGER, Rhythm.QUARTERLY),
    (Tier.MVC.value, Level.SHOP_ASSISTANT.value): Meeting(Role.MANAGER, Rhythm.HALF_YEARLY),
    (Tier.MVC.value, Level.STOREKEEPER.value): Meeting(Role.MANAGER, Rhythm.HALF_YEARLY),
    (Tier.MGC.value, Level.PRESIDENT.value): Meeting(Role.DIRECTOR, Rhythm.YEARLY),
    (Tier.MGC.value, Level.MANAGER.value): Meeting(Role.MANAGER, Rhythm.QUARTERLY),
    (Tier.MGC.value, Level.SPECIALIST.value): Meeting(Role.MANAGER, Rhythm.HALF_YEARLY),
}
Plan = Mapping[str, Meeting]
"""By level, the highest first."""


def plan_of(tier: str, house: Mapping[tuple[str, str], Meeting], own: Mapping[str, Meeting]) -> dict[str, Meeting]:
    """What counts for an account of the tier; levels at which nobody is planned stay away."""
    found = {level.value: own.get(level) or house.get((tier, level)) or GIVEN.get((tier, level)) for level in LEVELS}
    return {level: meeting for level, meeting in found.items() if meeting and meeting.role}


def due_on(met: date | None, days: int, today: date) -> date:
    """By when somebody is to be met: so long after the last time, or today where there was none.

    >>> due_on(date(2026, 1, 1), 30, date(2026, 6, 1)), due_on(None, 30, date(2026, 6, 1))
    (datetime.date(2026, 1, 31), datetime.date(2026, 6, 1))
    """
    return today if met is None else met + timedelta(days=days)


def state_of(known: int, due: date, today: date) -> CoverState:
    """How far a level is covered today.

    >>> state_of(0, date(2026, 7, 1), date(2026, 6, 1)), state_of(2, date(2026, 7, 1), date(2026, 6, 1))
    (<CoverState.UNCOVERED: 'uncovered'>, <CoverState.KEPT: 'kept'>)
    """
    if not known:
        return CoverState.UNCOVERED
    return CoverState.KEPT if due > today else CoverState.DUE
