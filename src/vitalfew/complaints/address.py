"""The address under which a person follows its complaint: its number and a signature, made with the house's secret."""

from typing import Final

from django.urls import reverse
from django.utils.crypto import constant_time_compare, salted_hmac

from vitalfew.complaints.models import Complaint

SALT: Final = "vitalfew.complaints.voice"
DIGITS: Final = 12


def key_of(row: Complaint) -> str:
    return f"{row.pk}-{_signature(row)}"


def _signature(row: Complaint) -> str:
    return salted_hmac(SALT, f"{row.pk}:{row.nonce}", algorithm="sha256").hexdigest()[:40]


def of(row: Complaint) -> str:
    return reverse("voice-mine", args=[key_of(row)])


def found(key: str) -> Complaint | None:
    """The complaint of that address; nobody learns why there is none."""
    number, _dash, signature = key.partition("-")
    if not (number.isascii() and number.isdecimal() and len(number) <= DIGITS):
        return None
    row = Complaint.objects.select_related("merged_into").filter(pk=number, put_away_at=None).first()
    if row is None or not row.nonce or not constant_time_compare(_signature(row), signature):
        return None
    return row
