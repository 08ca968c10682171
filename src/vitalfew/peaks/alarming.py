"""That a peak season is near and nothing is agreed; that production or transport cannot do what was agreed, or did not answer."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any, Final

from django.utils import timezone

from vitalfew.language import Day, Message
from vitalfew.peaks.models import Arrangement, Peak
from vitalfew.peaks.rights import PeakRight
from vitalfew.peaks.words import Answer, PeakState
from vitalfew.people.roles import Role
from vitalfew.rooms import CONCERNED, ITS_MANAGER, Alarming, Matter, Urgency
from vitalfew.terms import gettext_noop as _
from vitalfew.warehouse.run import day_number

DAY: Final = timedelta(days=1)
OPEN: Final = _("The peak season of {account} begins on {day}, and nothing is agreed")
CANNOT: Final = _("For the peak season of {account} from {day} on: {text} — it cannot be done as asked")
UNANSWERED: Final = _(
    "For the peak season of {account} from {day} on: {text} — the day it was due has passed without an answer"
)


def open_soon(days: float, back: date | None) -> Iterator[Matter]:
    """Talked about and not agreed on, so many days before it begins; since a day also those agreed on since."""
    today, ahead = timezone.localdate(), timedelta(days=int(days))
    rows = Peak.objects.filter(put_away_at=None, begins__lte=today + ahead, ends__gte=back or today)
    for row in rows.select_related("account", "owner"):
        since = row.begins - ahead
        if row.is_open and row.ends >= today:
            yield _matter(row, OPEN, since, None)
        elif back and row.agreed_on and row.agreed_on >= max(back, since):
            yield _matter(row, OPEN, since, row.agreed_on)


def cannot(_threshold: float, _back: date | None) -> Iterator[Matter]:
    """Of peaks that are agreed on and have not begun."""
    rows = Arrangement.objects.filter(
        put_away_at=None, answer__in=(Answer.NO, Answer.OTHER), peak__state=PeakState.AGREED, peak__put_away_at=None,
        peak__begins__gt=timezone.localdate(),
    ).select_related("peak__account", "peak__owner")  # fmt: skip
    for row in rows:
        day = timezone.localdate(row.answered_at) if row.answered_at else None
        yield _matter(row.peak, CANNOT, day, None, row)


def unanswered(_threshold: float, _back: date | None) -> Iterator[Matter]:
    """Of agreements that hold, what production and transport left open until its day was over."""
    rows = Arrangement.objects.filter(
        put_away_at=None, answer=Answer.OPEN, due__lt=timezone.localdate(), peak__state=PeakState.AGREED,
        peak__put_away_at=None,
    ).select_related("peak__account", "peak__owner")  # fmt: skip
    for row in rows:
        yield _matter(row.peak, UNANSWERED, row.due + DAY, None, row)


def _matter(row: Peak, text: str, since: date | None, until: date | None, of: Arrangement | None = None) -> Matter:
    figures: dict[str, Any] = {
        "account": row.account.name,
        "day": Day(day_number(row.begins)),
        "text": of.text if of else "",
    }
    owner = (row.owner.username,) if row.owner else ()
    subject = of.subject if of else row.subject
    return Matter(subject, Message(text, figures), since, row.account.code, row.get_absolute_url(), owner, until)


ALARMING: Final = (
    Alarming(
        "peak-open", _("Peak season not agreed on"), _("Agree with the account on quantities, or put it away"),
        PeakRight.SEE, open_soon, (CONCERNED, ITS_MANAGER), threshold=_("Days before it begins"), usual=30.0, least=7.0,
        most=120.0, by_people=True,
    ),
    Alarming(
        "peak-cannot", _("Not possible for a peak season"), _("Tell the account, and agree on what can be done"),
        PeakRight.SEE, cannot, (CONCERNED, ITS_MANAGER, f"role:{Role.DIRECTOR}"), Urgency.URGENT, by_people=True,
        from_start=True,
    ),
    Alarming(
        "peak-unanswered", _("No answer for a peak season"), _("Get the answer, and tell the account if it cannot be done"),
        PeakRight.SEE, unanswered, (CONCERNED, f"role:{Role.SUPPLY}", f"role:{Role.DIRECTOR}"), Urgency.URGENT,
        by_people=True, from_start=True,
    ),
)  # fmt: skip
