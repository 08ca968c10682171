"""From the house to what a plan is asked: needs of the latest refresh, who may go, who is away, what stands already.

wanted    a quarter's visits for the weeks asked for, at least one where one is due or a milestone comes in them
spacing   half the usual distance between two visits, at least a week
suits     whoever manages an account 1, who leads the house .9 where it is a key account, its team .8
travel    a tenth of the median need: what a day in a region costs
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

import numpy as np
from django.conf import settings

from vitalfew.accounts.models import Absence, Account, TeamMember
from vitalfew.catalogue import Refusal
from vitalfew.channel.questions import cutoff
from vitalfew.channel.turns import turn
from vitalfew.department.workdays import calendar
from vitalfew.language import Message
from vitalfew.maths.arrays import Bools, Floats
from vitalfew.maths.itineraries.request import Doors, Pairs, People, Request, Standing
from vitalfew.milestones.questions import next_days
from vitalfew.people.models import User
from vitalfew.people.permissions import HEADS
from vitalfew.people.roles import Role
from vitalfew.phrases.visiting import Tie
from vitalfew.terms import Tier
from vitalfew.terms import gettext_noop as _
from vitalfew.visit_plans.models import VisitPlan
from vitalfew.visit_plans.words import ProposalState
from vitalfew.visits.models import VisitAccount
from vitalfew.visits.words import VisitState
from vitalfew.warehouse import scorecards
from vitalfew.warehouse.models import Scorecard
from vitalfew.warehouse.run import day_number

MOST: Final = 600
"""So many accounts are looked at: in the turn of the green channel, within it those with the greatest need."""
EPOCH: Final = date(1970, 1, 1)
QUARTER, LEAST_APART, LOOKED_BACK = 91, 7, 60
KEY: Final = frozenset({Tier.MVC.value, Tier.MGC.value, Tier.MIGRATE.value})
SUITS: Final[Mapping[Tie, float]] = {Tie.MANAGER: 1.0, Tie.LEADS: 0.9, Tie.TEAM: 0.8}
WAY: Final = 0.1
LEADERS: Final = frozenset({*HEADS, Role.EXECUTIVE})


@dataclass(frozen=True)
class Book:
    """What was read: accounts in order of need with what is known of each, people, and what these have to do with those."""

    accounts: Sequence[Account]
    people: Sequence[User]
    ties: Mapping[tuple[int, int], Tie]
    known: Mapping[str, Sequence[Any]]
    tied_up: frozenset[int]
    """Managers who are away on all these days."""
    request: Request


def read(plan: VisitPlan, user: User, today: date) -> Book:
    """As the user who asks sees it; a refusal where nothing is known of needs."""
    known = _needs()
    people = list(plan.people.filter(is_active=True).order_by("pk"))
    accounts, known = _accounts(plan, user, people, known)
    days = list(calendar().days(max(plan.since, today + timedelta(days=1)), plan.until))
    if not days:
        raise Refusal(Message(_("No working day is left in these weeks")))
    ties = _ties(people, accounts, _tiers(accounts))
    numbers = np.array([day_number(day) for day in days], dtype=np.int64)
    looking_after = list({each.manager_id: each.manager for each in accounts if each.manager}.values())
    there = _free(looking_after, days)
    request = Request(
        numbers, (numbers - day_number(plan.since)) // 7, _crew(plan, _free(people, days)), _doors(plan, accounts, known),
        _pairs(ties), _standing(plan, people, accounts), _way(known["need"]),
    )  # fmt: skip
    tied_up = frozenset(each.pk for n, each in enumerate(looking_after) if not there[n].any())
    return Book(accounts, people, ties, known, tied_up, request)


def _needs() -> dict[str, Any]:
    """The table of `visit-need`, a column each."""
    refresh = scorecards.current()
    if refresh is None:
        raise Refusal(Message(_("Nothing is computed yet: import orders and refresh first")))
    table = scorecards.result(settings.HOME, refresh, "visit-need").table
    return {name: table[name].to_pylist() for name in table.column_names}


def _accounts(
    plan: VisitPlan, user: User, people: Sequence[User], known: Mapping[str, Any]
) -> tuple[list[Account], dict[str, Any]]:
    """Those with the greatest need that are wanted and seen, and what is known of each."""
    seen = Account.objects.visible_to(user).select_related("manager")
    if plan.mine_only:
        seen = seen.filter(manager__in=people)
    out = set(plan.proposals.filter(state=ProposalState.REJECTED).values_list("account", flat=True))
    by_code = {each.code: each for each in seen if each.pk not in out}
    wanted = [n for n, code in enumerate(known["customer"]) if code in by_code and known["proposed"][n]]
    places = sorted(_in_turn(wanted, by_code, known)[:MOST])
    accounts = [by_code[known["customer"][n]] for n in places]
    return accounts, {name: [column[n] for n in places] for name, column in known.items()}


def _in_turn(wanted: list[int], by_code: Mapping[str, Account], known: Mapping[str, Any]) -> list[int]:
    """Those due for longest, those who go first, all others; within these by need."""
    day = cutoff()

    def turn_of(n: int) -> int:
        due = known["next_by"][n]
        return turn(by_code[known["customer"][n]].turn, None if due is None else EPOCH + timedelta(days=int(due)), day)

    return sorted(wanted, key=turn_of)


def _tiers(accounts: Sequence[Account]) -> dict[str, str]:
    refresh = scorecards.current()
    codes = [each.code for each in accounts]
    return dict(Scorecard.objects.filter(refresh=refresh, customer__in=codes).values_list("customer", "tier"))


def _ties(people: Sequence[User], accounts: Sequence[Account], tiers: Mapping[str, str]) -> dict[tuple[int, int], Tie]:
    """What each has to do with each account, by their places."""
    team = set(
        TeamMember.objects.filter(account__in=accounts, user__in=people, until=None).values_list("user", "account")
    )
    found: dict[tuple[int, int], Tie] = {}
    for p, person in enumerate(people):
        for a, account in enumerate(accounts):
            if account.manager_id == person.pk:
                found[p, a] = Tie.MANAGER
            elif person.role in LEADERS and (tiers.get(account.code, "") in KEY or account.manager_id is None):
                found[p, a] = Tie.LEADS
            elif (person.pk, account.pk) in team:
                found[p, a] = Tie.TEAM
    return found


def _pairs(ties: Mapping[tuple[int, int], Tie]) -> Pairs:
    person, door = (np.array([key[n] for key in ties], dtype=np.int64) for n in (0, 1))
    return Pairs(person, door, np.array([SUITS[tie] for tie in ties.values()]))


def _free(people: Sequence[User], days: Sequence[date]) -> Bools:
    """People × days: who is not away."""
    free = np.ones((len(people), len(days)), dtype=bool)
    rows = Absence.objects.filter(put_away_at=None, user__in=people, since__lte=days[-1], until__gte=days[0])
    for row in rows:
        away = np.array([row.since <= day <= row.until for day in days])
        for n, person in enumerate(people):
            if person.pk == row.user_id:
                free[n] &= ~away
    return free


def _crew(plan: VisitPlan, free: Bools) -> People:
    """Those who take part, and one who goes nowhere, for visits of others."""
    others = np.zeros((1, free.shape[1]), dtype=bool)
    a_day, a_week = (np.append(np.full(len(free), most), 0) for most in (plan.most_a_day, plan.most_a_week))
    return People(np.vstack([free, others]), a_day, a_week, np.full(len(free) + 1, -1))


def _doors(plan: VisitPlan, accounts: Sequence[Account], known: Mapping[str, Any]) -> Doors:
    proposed = np.array(known["proposed"], dtype=np.int64)
    due, last = (_days(known[name]) for name in ("next_by", "last_visit"))
    whole = proposed * plan.weeks * 7 // QUARTER
    occasion = _occasions(plan, accounts)
    wanted = np.maximum(whole, (proposed > 0) & (np.fmin(due, occasion) <= day_number(plan.until)))
    regions = {name: n for n, name in enumerate(sorted({each.region for each in accounts if each.region}))}
    return Doors(
        np.array(known["need"], dtype=float), wanted.astype(np.int64),
        np.array([regions.get(each.region, -1) for each in accounts], dtype=np.int64), due, occasion,
        np.maximum(QUARTER // np.maximum(proposed, 1) // 2, LEAST_APART), np.nan_to_num(last, nan=-np.inf),
    )  # fmt: skip


def _occasions(plan: VisitPlan, accounts: Sequence[Account]) -> Floats:
    """The milestone of each account that comes in these weeks: a visit had better be before it, or on it."""
    days = next_days([each.pk for each in accounts])
    found = (days.get(each.pk) for each in accounts)
    return _days([day_number(on) if on and plan.since <= on <= plan.until else None for on in found])


def _days(column: Sequence[Any]) -> Floats:
    """Days since 1970, NaN where there is none."""
    return np.array([np.nan if each is None else float(each) for each in column], dtype=float)


def _way(need: Sequence[float]) -> float:
    return WAY * float(np.median(need)) if len(need) else 0.0


def _standing(plan: VisitPlan, people: Sequence[User], accounts: Sequence[Account]) -> Standing:
    """Visits that are not cancelled, and proposals that somebody moved: whoever goes, each account they go to."""
    rows = VisitAccount.objects.filter(
        account__in=accounts, visit__put_away_at=None, visit__day__gte=plan.since - timedelta(days=LOOKED_BACK)
    )
    rows = rows.exclude(visit__state=VisitState.CANCELLED).select_related("visit__leader")
    moved = plan.proposals.filter(state=ProposalState.OPEN, by_hand=True, account__in=accounts)
    kept = list(moved.values_list("person", "account", "day"))
    for row in rows.prefetch_related("visit__companions"):
        goes = [each.pk for each in row.visit.ours] or [0]
        kept += [(who, row.account_id, row.visit.day) for who in goes]
    return _as_arrays(kept, people, accounts)


def _as_arrays(kept: Sequence[tuple[int, int, date]], people: Sequence[User], accounts: Sequence[Account]) -> Standing:
    door = {each.pk: n for n, each in enumerate(accounts)}
    person = {each.pk: n for n, each in enumerate(people)}
    rows = sorted({(person.get(who, len(people)), door[account], day_number(day)) for who, account, day in kept})
    return Standing(*(np.array([row[n] for row in rows], dtype=np.int64) for n in range(3)))
