"""The link by which one person answers: it can't be made up, runs out with the survey, and can be revoked.

Its address is the respondent's number and a signature over that number and a nonce, made with the house's secret;
a survey that is open for longer keeps the links that were sent.
"""

from datetime import datetime, time, timedelta
from typing import Final

from django.db.models import Case, F, Value, When
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac

from vitalfew.surveys.models import Respondent
from vitalfew.surveys.words import WaveState

SALT: Final = "vitalfew.surveys.link"
A_MINUTE: Final = 60
"""So many forms of one person at most."""
DIGITS: Final = 9


def key_of(row: Respondent) -> str:
    return f"{row.pk}-{_signature(row)}"


def address_of(row: Respondent) -> str:
    return reverse("survey", args=[key_of(row)])


def _signature(row: Respondent) -> str:
    return salted_hmac(SALT, f"{row.pk}:{row.nonce}", algorithm="sha256").hexdigest()[:40]


def last_moment(row: Respondent) -> datetime:
    return timezone.make_aware(datetime.combine(row.wave.closes + timedelta(days=1), time.min))


def found(key: str) -> Respondent | None:
    """Whose link that is, where it is good; nobody learns why one is not."""
    number, _dash, signature = key.partition("-")
    if not (number.isascii() and number.isdecimal() and len(number) <= DIGITS):
        return None
    rows = Respondent.objects.select_related("wave__wording", "account")
    row = rows.filter(pk=number, put_away_at=None, revoked=False, wave__put_away_at=None).first()
    if row is None or not constant_time_compare(_signature(row), signature) or not _is_open(row):
        return None
    made: Respondent | None = row
    return made


def _is_open(row: Respondent) -> bool:
    wave = row.wave
    return wave.state == WaveState.RUNNING and wave.opens <= timezone.localdate() and timezone.now() < last_moment(row)


def too_often(row: Respondent) -> bool:
    """Counts a form; whether there were too many within this minute."""
    minute = int(timezone.now().timestamp()) // 60
    again = Case(When(minute=minute, then=F("knocks") + 1), default=Value(1))
    Respondent.objects.filter(pk=row.pk).update(knocks=again, minute=minute)
    return Respondent.objects.filter(pk=row.pk, minute=minute, knocks__gt=A_MINUTE).exists()
