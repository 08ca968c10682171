"""What pages, API and feeds ask about visits. Every answer starts from what the user may see."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any, Final

from django.db.models import Exists, F, Min, OuterRef, Prefetch, Q, QuerySet
from django.utils import timezone

from vitalfew.accounts.models import Account
from vitalfew.accounts.pieces import Index
from vitalfew.activities.models import Activity, Present
from vitalfew.activities.ways import Way
from vitalfew.contacts.models import Person, Post
from vitalfew.people.models import User
from vitalfew.people.permissions import HEADS
from vitalfew.promises.models import Promise
from vitalfew.visits.models import OPEN, FollowUp, Visit, VisitAccount, VisitPerson, VisitQuerySet
from vitalfew.visits.rights import VisitRight
from vitalfew.visits.words import VisitState, Whose

INDEX: Final = Index("visits_search")
SHOWN: Final = 100


def visits(user: User) -> VisitQuerySet:
    """Visits with the accounts, people and promises of them that the user may see."""
    people = VisitPerson.objects.select_related("person")
    if not user.sees_all_accounts:
        people = people.filter(person__in=Person.objects.visible_to(user))
    promised = Promise.objects.visible_to(user)
    return (
        Visit.objects.visible_to(user)
        .select_related("leader")
        .prefetch_related(
            Prefetch("parts", parts(user)), Prefetch("people", people), Prefetch("promises", promised), "companions",
            Prefetch("follow_ups", FollowUp.objects.select_related("owner")),
        )
    )  # fmt: skip


def in_brief(user: User) -> VisitQuerySet:
    """Visits with who goes and the accounts that the user may see, for a line or a card."""
    return Visit.objects.visible_to(user).select_related("leader").prefetch_related(
        Prefetch("parts", parts(user)), "companions"
    )  # fmt: skip


def parts(user: User) -> QuerySet[VisitAccount]:
    """The accounts of visits that the user may see."""
    rows = VisitAccount.objects.select_related("account__manager")
    return rows if user.sees_all_accounts else rows.filter(account__in=Account.objects.visible_to(user))


def listed(user: User) -> QuerySet[Any]:
    """Each with the name of its first account that the user may see, to be ordered by."""
    seen = Q()
    if not user.sees_all_accounts:
        seen = Q(parts__account__in=Account.objects.visible_to(user))
    return visits(user).annotate(named=Min("parts__account__name", filter=seen))


def found(rows: QuerySet[Any], text: str) -> QuerySet[Any]:
    """Those whose words hold the text, or what sounds like it in pinyin."""
    ids = INDEX.matching(text)
    return rows.none() if ids is None else rows.filter(pk__in=ids)


def between(user: User, since: date, until: date, whose: str = Whose.ALL) -> VisitQuerySet:
    """Those on these days: the user's own, those to the accounts he manages, or all he may see."""
    rows = visits(user).filter(day__range=(since, until))
    if whose == Whose.MINE:
        return rows.of_ours(user)
    if whose == Whose.PEOPLE:
        mine = VisitAccount.objects.filter(account__manager=user).values("visit")
        return rows.filter(pk__in=mine)
    return rows


def logged(user: User, since: date, until: date, whose: str = Whose.ALL) -> QuerySet[Activity]:
    """Visits that were logged without having been planned here, on these days."""
    rows = Activity.objects.visible_to(user).filter(way=Way.VISIT, day__range=(since, until), visited=None)
    if whose == Whose.MINE:
        rows = rows.filter(Q(who=user) | Exists(Present.objects.filter(activity=OuterRef("pk"), user=user)))
    elif whose == Whose.PEOPLE:
        rows = rows.filter(account__manager=user)
    return rows.select_related("account", "who").order_by("day", "pk")


def of_account(user: User, account: Account) -> list[Visit]:
    """An account's visits: those to come in their order, then the others, the latest first."""
    rows = visits(user).filter(pk__in=VisitAccount.objects.filter(account=account).values("visit"))
    ahead = rows.filter(state__in=OPEN)
    return [*ahead[:SHOWN], *rows.exclude(state__in=OPEN).order_by("-day", "-pk")[:SHOWN]]


def next_of(user: User, account: Account) -> Visit | None:
    """The next one to it, today's too."""
    rows = in_brief(user).filter(pk__in=VisitAccount.objects.filter(account=account).values("visit"))
    return rows.filter(state__in=OPEN, day__gte=timezone.localdate()).first()


def sees_whole(user: User, visit: Visit) -> bool:
    """Whether he may read what is common to all its accounts: who goes along, or sees them all."""
    if user.sees_all_accounts or user.pk in {each.pk for each in visit.ours}:
        return True
    foreign = VisitAccount.objects.filter(visit=visit).exclude(account__in=Account.objects.visible_to(user))
    return not foreign.exists()


def may_change(user: User, visit: Visit) -> bool:
    """Who made it or goes along, who manages one of its accounts, and heads of the department."""
    if not user.may(VisitRight.PLAN):
        return False
    if user.pk in {each.pk for each in visit.ours} or user.username == visit.made_by or user.role in HEADS:
        return True
    return VisitAccount.objects.filter(visit=visit, account__manager=user).exists() and sees_whole(user, visit)


def people_at(accounts: Collection[Account]) -> list[Post]:
    """Who is at these accounts, the most influential before the others."""
    rank = {"high": 0, "medium": 1, "low": 2}
    rows = Post.objects.held().filter(account__in=accounts).select_related("person", "account")
    return sorted(rows, key=lambda post: (rank.get(post.influence, len(rank)), post.pk))


def to_come(user: User) -> Sequence[Visit]:
    """The user's own that are not settled, in their order."""
    rows = in_brief(user).of_ours(user).filter(state__in=OPEN)
    return list(rows.order_by("day", F("at").asc(nulls_last=True), "pk")[:SHOWN])


def to_do(user: User, until: date) -> QuerySet[FollowUp]:
    """Follow-ups due by then; of somebody who works here no more, those of the visits the user led."""
    nobody = Q(owner=None) | Q(owner__is_active=False)
    own = Q(owner=user) | Q(nobody, visit__leader=user)
    rows = FollowUp.objects.visible_to(user).filter(own, done_on=None, due__lte=until)
    seen = Prefetch("visit__parts", parts(user))
    return rows.select_related("visit", "owner").prefetch_related(seen).order_by("due", "pk")


def near(visit: Visit, since: date, until: date) -> QuerySet[VisitAccount]:
    """Other visits at the same accounts on these days, planned or held."""
    accounts = visit.parts.values("account")
    rows = VisitAccount.objects.filter(account__in=accounts, visit__put_away_at=None, visit__day__range=(since, until))
    others = rows.exclude(visit=visit).exclude(visit__state=VisitState.CANCELLED)
    return others.select_related("visit__leader", "account").order_by("visit__day", "pk")
