"""What pages, API and other rooms ask about milestones. Every answer starts from what the user may see."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any, Final, NamedTuple

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from vitalfew.accounts.models import Account
from vitalfew.accounts.pieces import Index
from vitalfew.accounts.search import ACCOUNTS
from vitalfew.contacts.questions import INDEX as PEOPLE
from vitalfew.milestones.models import Celebration, Milestone, MilestoneQuerySet
from vitalfew.milestones.rights import MilestoneRight
from vitalfew.milestones.words import Became
from vitalfew.people.models import User
from vitalfew.people.permissions import HEADS
from vitalfew.people.roles import Role

INDEX: Final = Index("milestones_search")
SHOWN: Final = 100
YEAR: Final = timedelta(days=365)


def milestones(user: User) -> MilestoneQuerySet:
    return Milestone.objects.visible_to(user).select_related("account", "account__manager", "owner", "person")


def found(rows: QuerySet[Any], text: str) -> QuerySet[Any]:
    """Those whose words, account or person hold the text, or what sounds like it in pinyin and initials."""
    titles, accounts, people = INDEX.matching(text), ACCOUNTS.matching(text), PEOPLE.matching(text)
    if titles is None or accounts is None or people is None:
        return rows.none()
    return rows.filter(Q(pk__in=titles) | Q(account__in=accounts) | Q(person__in=people))


def of_account(user: User, account: Account) -> list[Milestone]:
    """An account's days, the next first; what comes no more last."""
    return list(milestones(user).filter(account=account)[:SHOWN])


def coming(user: User, account: Account) -> list[Milestone]:
    """Its days that come within a year, or have just passed without a word."""
    return list(milestones(user).filter(account=account, next_on__lte=timezone.localdate() + YEAR)[:SHOWN])


def to_prepare(user: User) -> QuerySet[Milestone]:
    """Those whose lead has begun that the user prepares, the longest told of first."""
    return own(user).to_prepare(timezone.localdate()).order_by("tell_on", "pk")


def own(user: User) -> MilestoneQuerySet:
    """On which the user congratulates: the own, and of the own accounts those that nobody else does."""
    nobody = Q(owner=None) | Q(owner__is_active=False)
    return milestones(user).filter(Q(owner=user) | Q(nobody, account__manager=user))


def round_ones(user: User) -> list[Milestone]:
    """For executives: the round ones that others prepare, so that one of theirs signs or goes along."""
    if user.role != Role.EXECUTIVE:
        return []
    today = timezone.localdate()
    rows = milestones(user).to_prepare(today).filter(yearly=True, next_on__gte=today).exclude(owner=user)
    return [row for row in rows[:SHOWN] if row.is_round]


def celebrations(user: User, account: Account) -> QuerySet[Celebration]:
    seen = milestones(user).filter(account=account)
    return Celebration.objects.filter(milestone__in=seen).select_related("milestone", "who")


def next_days(accounts: Iterable[int]) -> dict[int, date]:
    """The next day of each account, by its number: what a visit could be planned for."""
    today = timezone.localdate()
    rows = Milestone.objects.filter(put_away_at=None, account__in=accounts, next_on__gte=today).order_by("-next_on")
    return {account: on for account, on in rows.values_list("account", "next_on") if on}


class Kept(NamedTuple):
    """How many days came, and what became of them."""

    answered: int
    left_out: int
    missed: int

    @property
    def came(self) -> int:
        return self.answered + self.missed


def counted(user: User, since: date) -> Kept:
    """What became of the days that came since then."""
    rows = Celebration.objects.filter(milestone__in=Milestone.objects.visible_to(user), on__gte=since)
    found_ = dict(rows.order_by().values_list("became").annotate(n=Count("pk")))
    return Kept(*(found_.get(each.value, 0) for each in (Became.ANSWERED, Became.LEFT_OUT, Became.MISSED)))


def may_change(user: User, milestone: Milestone) -> bool:
    """Who noted it or congratulates, who manages the account, heads of the department, and executives."""
    if not user.may(MilestoneRight.KEEP):
        return False
    near = user.pk in {milestone.owner_id, milestone.account.manager_id} or user.username == milestone.made_by
    return near or user.role in HEADS or user.role == Role.EXECUTIVE
