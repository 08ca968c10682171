"""What pages, API and Today ask about the club. Every answer starts from what the user may see."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Sum
from django.utils import timezone

from vitalfew.accounts.models import Account
from vitalfew.club.models import Benefit, Event, Invited, Level, Member, Nomination, Use
from vitalfew.club.rights import ClubRight
from vitalfew.club.words import Answered
from vitalfew.people.models import User

SHOWN: Final = 100
YEAR: Final = timedelta(days=365)
AHEAD: Final = timedelta(days=14)
SEATS: Final = (Answered.ACCEPTED, Answered.ATTENDED)


def levels(user: User) -> QuerySet[Any]:
    """Each with how many members of it the user sees."""
    now = Q(members__until=None, members__put_away_at=None, members__account__merged_into=None)
    if not user.sees_all_accounts:
        now &= Q(members__account__in=Account.objects.visible_to(user))
    rows: QuerySet[Any] = Level.objects.visible_to(user)
    counted: QuerySet[Any] = rows.annotate(
        n=Count("members", filter=now), leaving=Count("members", filter=now & _leaving())
    )
    return counted


def _leaving() -> Q:
    return Q(members__leaves_on__isnull=False)


def members(user: User) -> Any:
    return Member.objects.visible_to(user).select_related("account", "account__manager", "level")


def found_members(rows: QuerySet[Any], text: str) -> QuerySet[Any]:
    return rows.filter(_called("account", text))


def _called(field: str, text: str) -> Q:
    return Q(**{f"{field}__name__icontains": text}) | Q(**{f"{field}__code__iexact": text})


def leaving(user: User) -> QuerySet[Any]:
    """Members in their time of grace, those first whose time ends first."""
    rows: QuerySet[Any] = members(user).current().filter(leaves_on__isnull=False)
    return rows.order_by("leaves_on", "pk")


def told_ahead(user: User) -> QuerySet[Any]:
    """Those whom the user looks after and whose time of grace is on; heads see those that nobody looks after."""
    mine = Q(manager=user)
    if user.may(ClubRight.RULE):
        mine |= Q(manager=None)
    looked_after = Account.objects.filter(mine, pk=OuterRef("account"))
    return leaving(user).filter(Exists(looked_after))  # a join would begin at all accounts that nobody looks after


def joined(user: User) -> QuerySet[Any]:
    """Who came in or rose lately."""
    rows: QuerySet[Any] = members(user).current()
    return rows.filter(since__gte=timezone.localdate() - AHEAD)


def of_account(user: User, account: Account) -> list[Member]:
    return list(members(user).filter(account=account)[:SHOWN])


def nominations_of(user: User, account: Account) -> list[Nomination]:
    rows = Nomination.objects.visible_to(user).filter(account=account)
    return list(rows.select_related("level", "approval")[:SHOWN])


def benefits(user: User) -> Any:
    return Benefit.objects.visible_to(user).filter(level__put_away_at=None).select_related("level")


def uses(user: User) -> Any:
    return Use.objects.visible_to(user).select_related("account", "benefit", "benefit__level")


def events(user: User) -> QuerySet[Any]:
    """Each with how many were invited, said yes, came."""
    seen = Q(invited__put_away_at=None)
    if not user.sees_all_accounts:
        seen &= Q(invited__account__in=Account.objects.visible_to(user))
    rows: QuerySet[Any] = Event.objects.visible_to(user).select_related("level")
    counted: QuerySet[Any] = rows.annotate(
        asked=Count("invited", filter=seen), yes=Count("invited", filter=seen & Q(invited__answer__in=SEATS)),
        came=Count("invited", filter=seen & Q(invited__answer=Answered.ATTENDED)),
    )  # fmt: skip
    return counted


def own_events(user: User) -> QuerySet[Any]:
    """Those that the user planned, or to which accounts that he looks after are invited and have not said no."""
    asked = Invited.objects.filter(event=OuterRef("pk"), put_away_at=None, account__manager=user)
    coming = Exists(asked.exclude(answer__in=(Answered.DECLINED,)))
    rows: QuerySet[Any] = Event.objects.visible_to(user)
    return rows.filter(coming | Q(made_by=user.username))


def found_events(rows: QuerySet[Any], text: str) -> QuerySet[Any]:
    return rows.filter(Q(title__icontains=text) | Q(place__icontains=text) | Q(about__icontains=text))


def invited(user: User) -> Any:
    rows = Invited.objects.visible_to(user).filter(event__put_away_at=None)
    return rows.select_related("event", "account", "account__manager", "person")


def found_invited(rows: QuerySet[Any], text: str) -> QuerySet[Any]:
    return rows.filter(_called("account", text) | Q(event__title__icontains=text))


@dataclass(frozen=True)
class Costs:
    """Of a level: what its rights cost a year as stated, and what was used of them in twelve months."""

    stated: Any
    used: Any
    times: int


def costs(levels: list[Level]) -> Mapping[int, Costs]:
    """By level, of all its members; for who sees costs."""
    since = timezone.localdate() - YEAR
    there = Benefit.objects.filter(put_away_at=None, level__in=levels).order_by()
    stated = dict(there.values_list("level").annotate(n=Sum("yearly_cost")))
    used = Use.objects.filter(put_away_at=None, day__gte=since, benefit__level__in=levels).order_by()
    sums = {row[0]: row[1:] for row in used.values_list("benefit__level").annotate(n=Sum("cost"), times=Count("pk"))}
    return {each.pk: Costs(stated.get(each.pk), *sums.get(each.pk, (None, 0))) for each in levels}
