"""What pages and API ask about handovers. Every answer starts from what the user may see."""

from datetime import date, timedelta
from typing import Any, Final

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from vitalfew.accounts.models import Account
from vitalfew.contacts.models import Person
from vitalfew.handover.models import Handover, Step
from vitalfew.handover.words import HandoverState, StepState
from vitalfew.people.models import User
from vitalfew.people.permissions import HEADS

LATELY: Final = timedelta(days=90)
"""So long after somebody left the customer a handover may still begin with it."""


def handovers(user: User) -> QuerySet[Handover]:
    counted = {"all_steps": Count("steps"), "open_steps": Count("steps", filter=Q(steps__state=StepState.OPEN))}
    rows: QuerySet[Handover] = Handover.objects.visible_to(user).select_related(
        "account", "giver", "successor", "person"
    )
    return rows.annotate(**counted)


def found(rows: QuerySet[Any], text: str) -> QuerySet[Any]:
    """Those of accounts whose name or code holds the text."""
    return rows.filter(Q(account__name__icontains=text) | Q(account__code__iexact=text))


def asking(user: User, today: date, lately: date) -> QuerySet[Handover]:
    """Those that ask something of the user: to be accepted or finished; of heads, what was declined and what is late."""
    states = (HandoverState.STARTED, HandoverState.ACCEPTED)
    asks = Q(successor=user, state__in=states)
    if user.role in HEADS:
        asks |= Q(state=HandoverState.DECLINED, changed_at__date__gte=lately) | Q(state__in=states, due__lt=today)
    return handovers(user).filter(asks, put_away_at=None).order_by("due", "pk")


def leaving(account: Account) -> QuerySet[Person]:
    """Who may leave the customer: those who are there, and those who left lately."""
    since = timezone.localdate() - LATELY
    there = Q(posts__left_on=None) | Q(posts__left_on__gte=since)
    return Person.objects.filter(there, posts__account=account, posts__put_away_at=None).distinct()


def running(account: Account) -> Handover | None:
    """The handover that an account is in."""
    return Handover.objects.running().filter(account=account).first()


def steps(handover: Handover) -> list[Step]:
    return list(handover.steps.select_related("person", "who"))


def takes_part(user: User, handover: Handover) -> bool:
    """Whoever gives it, takes it, started it, or heads the department."""
    return user in {handover.giver, handover.successor} or user.username == handover.made_by or user.role in HEADS


def may_accept(user: User, handover: Handover) -> bool:
    return handover.successor == user and handover.state == HandoverState.STARTED and handover.put_away_at is None


def missing(handover: Handover) -> list[str]:
    """What still has to happen before it is done, in words of the state it lacks."""
    lacks = {
        "accepted": handover.accepted_at is None,
        "agreed": handover.agreed_on is None,
        "steps": handover.steps.filter(state=StepState.OPEN).exists(),
    }
    return [name for name, lacking in lacks.items() if lacking]
