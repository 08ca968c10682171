from collections.abc import Mapping
from typing import Any

from django.utils import timezone

from vitalfew.accounts.models import Account
from vitalfew.contacts.models import Post
from vitalfew.contacts.rights import ContactRight
from vitalfew.handover import questions
from vitalfew.handover.models import Handover
from vitalfew.handover.rights import HandoverRight
from vitalfew.people.models import User
from vitalfew.rooms import Card


def running(user: User, account: Account) -> Mapping[str, Any]:
    """The account is marked until its handover is done."""
    found = questions.running(account)
    if found is None:
        return {}
    return {"handover": found, "may_accept": questions.may_accept(user, found)}


def left(user: User, account: Account) -> Mapping[str, Any]:
    """Who left the customer lately without a handover to whoever follows."""
    if not user.may(HandoverRight.HAND_OVER) or questions.running(account):
        return {}
    since = timezone.localdate() - questions.LATELY
    gone = Post.objects.filter(account=account, left_on__gte=since).select_related("person")
    followed = Handover.objects.filter(account=account, person__in=[post.person_id for post in gone], put_away_at=None)
    open_still = [post for post in gone if post.person_id not in set(followed.values_list("person_id", flat=True))]
    return {"posts": open_still, "account": account} if open_still else {}


def begin(_user: User, account: Account) -> Mapping[str, Any]:
    """The button that begins one, where none is under way."""
    return {} if questions.running(account) else {"account": account}


CARDS = (
    Card("overview", HandoverRight.SEE, "handover/running.html", running, first=True),
    Card("team", HandoverRight.HAND_OVER, "handover/begin.html", begin),
    Card("contacts", ContactRight.SEE, "handover/left.html", left, first=True),
)
