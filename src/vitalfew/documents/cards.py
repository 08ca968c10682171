from collections.abc import Mapping
from typing import Any

from vitalfew.accounts.models import Account
from vitalfew.documents.models import DocumentText
from vitalfew.documents.words import Reading
from vitalfew.people.models import User
from vitalfew.people.permissions import Right
from vitalfew.rooms import Card


def unread(user: User, account: Account) -> Mapping[str, Any]:
    """Documents that search cannot look into, with the reason, and those about which somebody has to decide."""
    rows = (
        DocumentText.objects.filter(file__account=account, file__put_away_at=None).select_related("file").order_by("pk")
    )
    unread = list(rows.exclude(reading=Reading.READ))
    naming = list(rows.filter(names_erased=True)) if user.may(Right.EDIT_ACCOUNTS) else []
    return {"unread": unread, "naming": naming} if unread or naming else {}


CARDS = (Card("files", Right.ACCOUNTS, "documents/unread.html", unread),)
