"""How often the same was complained of before a countermeasure became the standard, and since: by orders of the product.

    before    the year that ended the day before; the complaint itself, and what was merged into it, is left out: it is why the
              countermeasure was taken, and would make the time before look worse than it was
    since     from that day until the last of which orders are known
    the same  the product, and where the complaint stands on the tree of causes, that cause

The rates are per order line of the product and their ratio has an exact interval (``maths/poisson_rates.py``). Of fewer than
``FEWEST`` complaints, and before ``SOONEST`` days, no ratio is told.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from math import isfinite
from typing import Any, Final

from django.conf import settings
from django.utils import timezone

from vitalfew.accounts.models import Account
from vitalfew.complaints import questions
from vitalfew.complaints.models import EffectCheck
from vitalfew.language import Count, Message, Number
from vitalfew.maths.poisson_rates import RateRatio, rate_ratio
from vitalfew.people.models import User
from vitalfew.terms import gettext_noop as _
from vitalfew.warehouse import scorecards
from vitalfew.warehouse.engines.duck import current_sql, rows_of
from vitalfew.warehouse.run import day_number
from vitalfew.warehouse.store import Store
from vitalfew.warehouse.tables import TABLES

YEAR: Final = timedelta(days=365)
FEWEST: Final = 5
SOONEST: Final = 14


@dataclass(frozen=True)
class Compared:
    """Complaints and order lines of both times, the ratio where it says something, and the sentence."""

    before: int
    since: int
    orders_before: int
    orders_since: int
    ratio: RateRatio | None
    said: Message


def compared(user: User, row: EffectCheck) -> Compared:
    """Over the accounts that the user sees."""
    of, until = row.complaint, _known_until()
    if not of.product:
        return Compared(
            0, 0, 0, 0, None, Message(_("The complaint names no product: there is nothing to compare with"))
        )
    spans = ((row.since - YEAR, row.since), (row.since, until + DAY))
    counts = [_complaints(user, row, *span) for span in spans]
    orders = [_orders(user, of.product, *span) for span in spans]
    return told(counts[0], counts[1], orders[0], orders[1], (until - row.since).days)


def _known_until() -> date:
    """The last day of which orders are known: complaints after it have none to stand beside."""
    refresh = scorecards.current()
    return min(timezone.localdate(), refresh.as_of) if refresh else timezone.localdate()


DAY: Final = timedelta(days=1)


def told(before: int, since: int, orders_before: int, orders_since: int, days: int) -> Compared:
    """What the four numbers say, so many days after."""
    why = _too_few(before + since, min(orders_before, orders_since), days)
    if why:
        return Compared(before, since, orders_before, orders_since, None, why)
    ratio = rate_ratio(since, orders_since, before, orders_before)
    return Compared(before, since, orders_before, orders_since, ratio, _said(ratio))


def _too_few(complaints: int, orders: int, days: int) -> Message | None:
    if days < SOONEST:
        return Message(_("Too soon to tell: less than {n} {n:day|days} since"), {"n": Count(SOONEST)})
    if orders <= 0:
        return Message(_("No order of the product in one of the times: there is nothing to compare with"))
    if complaints < FEWEST:
        figures = {"n": Count(complaints), "least": Count(FEWEST)}
        return Message(
            _("{n} {n:complaint|complaints} in both times together: a ratio is told from {least} on"), figures
        )
    return None


def _said(ratio: RateRatio) -> Message:
    figures: dict[str, Any] = {
        "ratio": Number(ratio.ratio, 2) if isfinite(ratio.ratio) else "∞", "low": Number(ratio.low, 2),
        "high": Number(ratio.high, 2) if isfinite(ratio.high) else "∞",
    }  # fmt: skip
    if ratio.high < 1:
        return Message(_("Rarer than before, by order: {ratio} times as often ({low} to {high}, 95 %)"), figures)
    if ratio.low > 1:
        return Message(_("More often than before, by order: {ratio} times as often ({low} to {high}, 95 %)"), figures)
    return Message(_("It may be as before: {ratio} times as often by order ({low} to {high}, 95 %)"), figures)


def _complaints(user: User, row: EffectCheck, first: date, end: date) -> int:
    of = row.complaint
    rows = questions.complaints(user).filter(product=of.product, received_on__gte=first, received_on__lt=end)
    if of.cause_id:
        rows = rows.filter(cause=of.cause_id)
    return rows.filter(merged_into=None).exclude(pk=of.pk).count()


def _orders(user: User, product: str, first: date, end: date) -> int:
    """Order lines of the product, without returns."""
    source = current_sql(Store(settings.HOME.facts).ledger(TABLES["order_lines"]).snapshot())
    asked: dict[str, Any] = {"product": product, "first": day_number(first), "end": day_number(end)}
    query = (
        f"SELECT customer, count(*) AS n FROM ({source}) WHERE product = $product AND quantity > 0 "  # noqa: S608  (our own texts)
        "AND ordered_on >= $first AND ordered_on < $end GROUP BY customer"
    )
    found = {each["customer"]: each["n"] for each in rows_of(query, asked)}
    if user.sees_all_accounts:
        return sum(found.values())
    seen = Account.objects.visible_to(user).values_list("code", flat=True)
    return sum(found.get(code, 0) for code in seen)
