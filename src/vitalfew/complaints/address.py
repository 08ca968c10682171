"""The address under which a person follows its complaint: its number and a signature, made with the house's secret."""

from typing import Final

from django.urls import reverse

from vitalfew.complaints.models import Complaint
from vitalfew.people import outside

SALT: Final = "vitalfew.complaints.voice"


def key_of(row: Complaint) -> str:
    return outside.key(row, SALT, row.nonce)


def of(row: Complaint) -> str:
    return reverse("voice-mine", args=[key_of(row)])


def found(key: str) -> Complaint | None:
    """The complaint of that address; nobody learns why there is none."""
    rows = Complaint.objects.select_related("merged_into")
    row = rows.filter(pk=outside.number_of(key), put_away_at=None).exclude(nonce="").first()
    return row if row and outside.is_signed(key, row, SALT, row.nonce) else None


def told_to(row: Complaint) -> Complaint:
    """The complaint whose words its link shows: the one it is settled with, where both are of one firm, else itself.

    Who told the same without a name, or before the account was known, may be anybody, and reads nothing that a firm was told.
    """
    main = row.merged_into
    return main if main and row.account_id is not None and row.account_id == main.account_id else row
