"""The link by which one person answers: it can't be made up, runs out with the survey, and can be revoked.

Its address is the respondent's number and a signature over that number and a nonce, made with the house's secret;
a survey that is open for longer keeps the links that were sent.
"""

from datetime import datetime, time, timedelta
from typing import Final

from django.urls import reverse
from django.utils import timezone

from vitalfew.people import outside
from vitalfew.surveys.models import Respondent
from vitalfew.surveys.words import WaveState

SALT: Final = "vitalfew.surveys.link"
A_MINUTE: Final = 60
"""So many forms of one person at most."""


def key_of(row: Respondent) -> str:
    return outside.key(row, SALT, row.nonce)


def address_of(row: Respondent) -> str:
    return reverse("survey", args=[key_of(row)])


def last_moment(row: Respondent) -> datetime:
    return timezone.make_aware(datetime.combine(row.wave.closes + timedelta(days=1), time.min))


def found(key: str) -> Respondent | None:
    """Whose link that is, where it is good; nobody learns why one is not."""
    rows = Respondent.objects.select_related("wave__wording", "account")
    row = rows.filter(pk=outside.number_of(key), put_away_at=None, revoked=False, wave__put_away_at=None).first()
    if row is None or not outside.is_signed(key, row, SALT, row.nonce) or not _is_open(row):
        return None
    made: Respondent = row
    return made


def _is_open(row: Respondent) -> bool:
    wave = row.wave
    return wave.state == WaveState.RUNNING and wave.opens <= timezone.localdate() and timezone.now() < last_moment(row)


def too_often(row: Respondent) -> bool:
    return outside.too_often(row, A_MINUTE)
