"""How long handovers took, and how many accounts bought nothing in the year after.

The share of accounts lost in the year after is told with Wilson's 90 % interval beside the share that the whole book lost
in a year. Where the book's share lies inside the interval, it cannot be told whether handing over cost customers.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median
from typing import Final

from django.conf import settings

from vitalfew.accounts.models import Account
from vitalfew.handover.models import Handover
from vitalfew.handover.words import HandoverCause, HandoverState
from vitalfew.language import Count, Message, Number, Percent
from vitalfew.panels import month_of
from vitalfew.terms import gettext_noop as _
from vitalfew.warehouse import account_months, scorecards
from vitalfew.warehouse.models import Refresh
from vitalfew.warehouse.run import day_number

YEAR: Final = timedelta(days=365)
MONTHS: Final = 12
LEVEL: Final = 0.9
MOST: Final = 200
NONE_DONE: Final = _("No handover is done yet: how long they take is told from the first on.")
TOOK: Final = _("Handovers done: {n}; the middle one took {days} days.")
TOO_EARLY: Final = _("Whether accounts were lost in the year after can be told a year after the first.")
LOST: Final = _("Accounts handed over: {n}; bought nothing in the year after: {lost} ({low} – {high}).")
LOST_AND_BOOK: Final = _(
    "Accounts handed over: {n}; bought nothing in the year after: {lost} ({low} – {high}); of the whole book {book}."
)
CANNOT_TELL: Final = _(
    "Accounts handed over: {n}; bought nothing in the year after: {lost} ({low} – {high}); of the whole book {book}: "
    "whether handing over cost customers cannot be told."
)


@dataclass(frozen=True)
class Measured:
    """Sentences on handovers that are over."""

    sentences: tuple[Message, ...]


def measured() -> Measured:
    """What the handovers that are over tell."""
    done = Handover.objects.filter(put_away_at=None, state=HandoverState.DONE)
    days = [(row.done_at - row.made_at).days for row in done.order_by("-done_at")[:MOST] if row.done_at]
    if not days:
        return Measured((Message(NONE_DONE),))
    took = Message(TOOK, {"n": Count(len(days)), "days": Number(median(days), 0)})
    return Measured((took, *_losses()))


def _losses() -> Iterator[Message]:
    """Of the accounts that went to somebody else a year before the figures' day: how many bought nothing since."""
    refresh = scorecards.current()
    if refresh is None:
        return
    rows = Handover.objects.filter(accepted_at__date__lte=refresh.as_of - YEAR).exclude(cause=HandoverCause.CONTACT)
    told = [(row.account, row.accepted_at) for row in rows.select_related("account").order_by("-accepted_at")[:MOST]]
    bought = [_bought(refresh, account, at.date()) for account, at in told if at]
    yield _told(bought.count(False), len(bought), refresh) if bought else Message(TOO_EARLY)


def _bought(refresh: Refresh, account: Account, day: date) -> bool:
    """Whether it bought in the twelve months after the month of the day."""
    began = month_of(day_number(day))
    months = account_months.of_account(settings.HOME, refresh, scorecards.folder(settings.HOME, refresh), account.codes)
    return any(began < row["month"] <= began + MONTHS and row["amount"] for row in months)


def _told(lost: int, n: int, refresh: Refresh) -> Message:
    """The share lost beside the whole book's, where that is known."""
    from vitalfew.maths.intervals import wilson

    low, high = wilson(lost, n, LEVEL)
    figures: dict[str, Count | Percent] = {
        "lost": Count(lost),
        "n": Count(n),
        "low": Percent(low, 0),
        "high": Percent(high, 0),
    }
    retained = refresh.summaries.get("retention", {}).get("figures", {}).get("logo_retention")
    if retained is None:
        return Message(LOST, figures)
    differs = not low <= 1 - retained <= high
    return Message(LOST_AND_BOOK if differs else CANNOT_TELL, {**figures, "book": Percent(1 - retained, 0)})
