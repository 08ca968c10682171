"""What pages and API ask about mails. Every answer starts from what the user may see."""

from typing import Any

from django.db.models import Q, QuerySet

from vitalfew.accounts.models import Account
from vitalfew.mails.matching import places_of
from vitalfew.mails.models import Mail
from vitalfew.mails.words import MailState
from vitalfew.people.models import User
from vitalfew.people.roles import Role


def mails(user: User) -> QuerySet[Mail]:
    return Mail.objects.visible_to(user).select_related("account", "near", "person", "activity")


def found(rows: QuerySet[Any], text: str) -> QuerySet[Any]:
    """Those whose subject, sender or recipients hold the text."""
    return rows.filter(Q(title__icontains=text) | Q(sender__icontains=text) | Q(recipients__icontains=text))


def waiting(user: User) -> QuerySet[Mail]:
    """What waits for the user: his own; what is nobody's waits for administrators."""
    rows = mails(user).filter(state=MailState.WAITING)
    return rows.filter(Q(ours=None) | Q(ours=user)) if user.role == Role.ADMINISTRATOR else rows


def offered(user: User, mail: Mail) -> list[Account]:
    """Accounts at which its people are, of those that the user may see."""
    places = places_of([mail.sender, *mail.addresses])
    seen = Account.objects.visible_to(user).filter(pk__in=[account.pk for account, _person in places])
    return list(seen.order_by("name"))
