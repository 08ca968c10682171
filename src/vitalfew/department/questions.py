"""What pages and API ask about the department."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from typing import Any, Final

from django.db import connection
from django.db.models import Q, QuerySet
from django.utils import timezone

from vitalfew.accounts.models import Absence, Account, TeamMember
from vitalfew.accounts.questions import managers
from vitalfew.accounts.remembered import kept
from vitalfew.department.hanging import by_manager
from vitalfew.department.matching import Candidate, Case
from vitalfew.department.models import Capacity, FirmDays
from vitalfew.department.workload import in_sql, load, usual_capacity
from vitalfew.language import Count, Message, Percent
from vitalfew.people.models import User
from vitalfew.people.roles import Role
from vitalfew.terms import gettext_noop as _
from vitalfew.warehouse import scorecards
from vitalfew.warehouse.models import Refresh, Scorecard

MOST: Final = 100
"""So many accounts are placed at a time."""
SUMS: Final = ("accounts", "key", "revenue", "stake", "load")


@dataclass
class Desk:
    """Somebody's accounts added up: how many, of them most valuable or growable, their money, and the load they are."""

    user: User | None
    accounts: int = 0
    key: int = 0
    revenue: float = 0.0
    stake: float = 0.0
    load: float = 0.0
    capacity: float = 0.0
    said: Capacity | None = None
    """What a head of the department said of the capacity."""
    away: Absence | None = None
    hanging: int = 0
    hung: int | None = None
    """How many hang on one person now, and how many did; None where nothing earlier is known."""

    @property
    def share(self) -> float:
        """How full it is."""
        return self.load / self.capacity if self.capacity else 0.0

    @property
    def overloaded(self) -> bool:
        return self.share > 1


@dataclass(frozen=True)
class Department:
    """Everybody who looks after accounts, the fullest first; and those accounts that nobody looks after."""

    desks: list[Desk] = field(default_factory=list)
    nobody: Desk = field(default_factory=lambda: Desk(None))
    gone: list[Desk] = field(default_factory=list)
    """Accounts of people who don't work here any more."""
    since: date | None = None
    """Since when the accounts that hang on one person are compared."""

    @property
    def sentence(self) -> Message:
        """The page in a sentence."""
        if len(self.desks) == 1:
            return Message(_("{share} of capacity used"), {"share": Percent(self.desks[0].share, 0)})
        full = sum(desk.overloaded for desk in self.desks)
        figures: dict[str, str | Count] = {
            "n": Count(len(self.desks)),
            "full": Count(full),
            "who": str(self.desks[0].user),
        }
        if full > 1:
            return Message(_("{full} of {n} managers are overloaded, most of all {who}"), figures)
        if full:
            return Message(_("{who} is overloaded, the other managers are not"), figures)
        return Message(_("No manager is overloaded"))


def seen_by(user: User) -> Department:
    """Heads see every desk, others their own."""
    whole = with_dependence()
    if user.sees_all_accounts:
        return whole
    return Department([desk for desk in whole.desks if desk.user == user], since=whole.since)


def department() -> Department:
    """Who looks after what, and how much that is."""
    refresh = scorecards.current()
    sums = {row[0]: dict(zip(SUMS, row[1:], strict=True)) for row in _sums(refresh)}
    working = {user.pk: user for user in managers()}
    desks = [Desk(user, **sums.get(pk, {})) for pk, user in working.items() if user.role == Role.MANAGER or pk in sums]
    _with_capacity(desks)
    _with_absence(desks)
    others = User.objects.in_bulk([pk for pk in sums if pk and pk not in working])
    nobody, gone = Desk(None, **sums.get(None, {})), [Desk(others[pk], **sums[pk]) for pk in others]
    return Department(sorted(desks, key=lambda desk: (-desk.share, str(desk.user))), nobody, gone)


def with_dependence() -> Department:
    """The same, with how many of each one's accounts hang on one person, and since when that is compared."""
    found, hung = department(), by_manager(scorecards.current())
    for desk in [*found.desks, found.nobody, *found.gone]:
        whose = desk.user.pk if desk.user else None
        desk.hanging = hung.now.get(whose, 0)
        desk.hung = hung.then.get(whose, 0) if hung.since else None
    return replace(found, since=hung.since)


def _sums(refresh: Refresh | None) -> list[list[Any]]:
    if refresh is None:
        return summed(None)
    rows: list[list[Any]] = kept(refresh, "desks", partial(summed, refresh.pk), decided=True)
    return rows


def summed(refresh: int | None) -> list[list[Any]]:
    """Accounts, key accounts, net sales, money at stake and load by manager."""
    card = (
        "(SELECT customer, tier, churn, anomaly, revenue_12m, at_stake FROM warehouse_scorecard WHERE refresh_id = %s)"
    )
    key = "CASE WHEN c.tier IN ('mvc', 'mgc') THEN 1 ELSE 0 END"
    query = (
        f"SELECT a.manager_id, count(*), sum({key}), sum(coalesce(c.revenue_12m, 0.0)), "  # noqa: S608  (our own texts)
        f"sum(coalesce(c.at_stake, 0.0)), sum({in_sql()}) FROM accounts_account a "
        f"LEFT JOIN {card} c ON c.customer = a.code GROUP BY a.manager_id"
    )
    with connection.cursor() as cursor:
        cursor.execute(query, [refresh])
        return [list(row) for row in cursor.fetchall()]


def _with_capacity(desks: Iterable[Desk]) -> None:
    said = {row.user_id: row for row in Capacity.objects.filter(put_away_at=None)}
    usual = usual_capacity([desk.load for desk in desks])
    for desk in desks:
        desk.said = said.get(desk.user.pk) if desk.user else None
        desk.capacity = desk.said.accounts if desk.said else usual


def _with_absence(desks: Iterable[Desk]) -> None:
    away = {row.user_id: row for row in Absence.objects.on(timezone.localdate()).select_related("deputy")}
    for desk in desks:
        desk.away = away.get(desk.user.pk) if desk.user else None


def absences(user: User) -> QuerySet[Absence]:
    """Heads see everybody's; others their own, and those they stand in for."""
    rows = Absence.objects.filter(put_away_at=None).select_related("user", "deputy")
    return rows if user.sees_all_accounts else rows.filter(Q(user=user) | Q(deputy=user))


def away(user: User, day: date) -> Absence | None:
    return Absence.objects.on(day).filter(user=user).select_related("deputy").first()


@dataclass(frozen=True)
class Open:
    """An account that needs somebody, with its card."""

    account: Account
    card: Scorecard | None
    case: Case


def without_manager(user: User, whose: User | None = None) -> list[Open]:
    """The accounts nobody looks after, or those of somebody who leaves: those with most sales first."""
    refresh, found = scorecards.current(), Account.objects.visible_to(user).filter(manager=whose)
    cards = {
        card.customer: card
        for card in Scorecard.objects.filter(refresh=refresh, customer__in=found.values("code")).order_by(
            "-revenue_12m", "customer"
        )[:MOST]
    }
    rows = list(found.filter(code__in=cards)) if cards else list(found[:MOST])
    return sorted(opened(rows), key=lambda row: (-row.case.load, row.account.code))


def opened(accounts: Sequence[Account]) -> list[Open]:
    """Accounts with what speaks for whom."""
    codes, refresh = [account.code for account in accounts], scorecards.current()
    cards = {card.customer: card for card in Scorecard.objects.filter(refresh=refresh, customer__in=codes)}
    relatives, helpers = _relatives(accounts), _helpers(accounts)
    return [Open(a, cards.get(a.code), _case(a, cards.get(a.code), relatives, helpers)) for a in accounts]


def _case(account: Account, card: Scorecard | None, relatives: Any, helpers: Any) -> Case:
    counts = load(card.tier, card.churn, asks=bool(card.anomaly)) if card else load("", None, asks=False)
    group = account.parent_code or account.code
    kin, known = frozenset(relatives.get(group, ())), frozenset(helpers.get(account.pk, ()))
    return Case(account.code, counts, account.region, account.kind, account.industry, kin, known)


def _relatives(accounts: Sequence[Account]) -> dict[str, set[int]]:
    """Of each group, by its head's code: who looks after it or one of its other members."""
    heads = {account.parent_code or account.code for account in accounts}
    of_group = Account.objects.filter(Q(code__in=heads) | Q(parent_code__in=heads)).exclude(manager=None)
    found: dict[str, set[int]] = {}
    for code, parent, manager in of_group.values_list("code", "parent_code", "manager_id"):
        found.setdefault(parent if parent in heads else code, set()).add(manager)
    return found


def _helpers(accounts: Sequence[Account]) -> dict[int, set[int]]:
    found: dict[int, set[int]] = {}
    rows = TeamMember.objects.filter(account__in=accounts, until=None)
    for account, user in rows.values_list("account_id", "user_id"):
        found.setdefault(account, set()).add(user)
    return found


def candidates(desks: Iterable[Desk], leaving: User | None = None) -> list[Candidate]:
    """Everybody who could take accounts, with what he knows."""
    known = _profiles()
    taking = [desk for desk in desks if desk.user and desk.user != leaving]
    return [
        Candidate(desk.user.pk, desk.load, desk.capacity, desk.accounts, *known.get(desk.user.pk, ({}, {}, {})))
        for desk in taking
        if desk.user
    ]


def _profiles() -> dict[int, tuple[Counter[str], Counter[str], Counter[str]]]:
    """How many of each manager's accounts are in which region, of which kind, in which industry."""
    found: dict[int, tuple[Counter[str], Counter[str], Counter[str]]] = {}
    with connection.cursor() as cursor:
        for at, name in enumerate(("region", "kind", "industry")):
            cursor.execute(
                f"SELECT manager_id, {name}, count(*) FROM accounts_account "  # noqa: S608  (one of our three names)
                "WHERE manager_id IS NOT NULL GROUP BY 1, 2"
            )
            for manager, word, n in cursor.fetchall():
                found.setdefault(manager, (Counter(), Counter(), Counter()))[at][word] += n
    return found


def firm_days() -> QuerySet[FirmDays]:
    """The days that the firm closes or opens itself."""
    return FirmDays.objects.filter(put_away_at=None)
