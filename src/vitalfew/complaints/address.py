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
