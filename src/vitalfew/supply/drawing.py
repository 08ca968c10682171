"""The picture of all products, week by week, and which accounts will miss what: worked out, and kept whole or not at all.

What is on order is taken to come once the lead time after its count has passed, as far as what stood on order before had
come by that count; the rest so much later as counts lie apart. Nothing beyond it and what was entered is taken to come,
so that later weeks say what must be ordered by when. A lead time that was entered goes before the one
that order lines tell. Of a week that is short, each account is taken to miss the same part of what it needs.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Final

from django.db import transaction
from django.db.models import Sum
from django.utils import timezone

from vitalfew.accounts.models import Account
from vitalfew.department.workdays import calendar
from vitalfew.maths.stock import over_lead_time, safety_stock
from vitalfew.peaks import questions as peaks
from vitalfew.supply import bookings, own_figures, reading, reserving, settling
from vitalfew.supply.models import AtRisk, Drawing, Incoming, LeadTime, Stocked, Week
from vitalfew.supply.reading import FEWEST, MOST, Read
from vitalfew.supply.weeks import DAY, LENGTH, WEEKS, Course, Daily, Step, course, down, first_week
from vitalfew.supply.words import Cover
from vitalfew.warehouse import scorecards
from vitalfew.workdays import Calendar

LEVEL: Final = 0.95
"""How likely the safety stock lasts the lead time."""
WIDTH: Final = 2 * 1.6449
"""So many deviations lie between the ends of an interval that holds nine of ten."""
USUAL_LEAD: Final = 14.0
SOON: Final = 7 * DAY
"""What must be ordered within so many days is said to be."""
RISKS: Final = 2_000
"""So many accounts at risk are kept, those with the most at stake."""
AT_A_TIME: Final = 500
Booked = Mapping[str, Mapping[str, Mapping[date, float]]]
"""By product, account and week."""
Needed = Mapping[str, Mapping[str, Mapping[date, float]]]
"""By product, account and month."""


@dataclass(frozen=True)
class Lead:
    """How long goods take, and how that is known."""

    days: float
    deviation: float
    lines: int = 0
    entered: bool = False


@dataclass(frozen=True)
class Shown:
    """A product as it will be kept."""

    code: str
    on_hand: float
    on_order: float
    counted_on: date
    lead: Lead
    safety: float
    daily: Daily
    course: Course

    as_of: date

    @property
    def comes(self) -> date:
        """When goods ordered on the figures' day come."""
        return self.as_of + DAY * round(self.lead.days)

    @property
    def order_by(self) -> date | None:
        empty = self.course.empty_on
        return empty - DAY * round(self.lead.days) if empty else None

    @property
    def cover(self) -> Cover:
        if self.order_by and self.order_by <= self.as_of:
            return Cover.SHORT
        if self.order_by and self.order_by <= self.as_of + SOON:
            return Cover.ORDER
        return Cover.LOW if self.course.steps[0].left < self.safety else Cover.ENOUGH

    def unmet(self, step: Step) -> bool:
        """Whether a week is short whatever is ordered now."""
        return step.short > 0 and step.since <= self.comes


def draw() -> int:
    """Draw it anew, as of the figures that lists show; gives how many products it shows."""
    refresh = scorecards.current()
    if refresh is None:
        return 0
    read = reading.read(refresh)
    booked = peaks.booked(first_week(read.as_of))
    needed = reading.of_accounts(refresh, list(booked)) if booked else {}
    shown = picture(read, calendar(), booked, needed, own_figures.own(first_week(read.as_of)))
    risks = (
        at_risk(read, shown, reading.of_accounts(refresh)) if any(each.cover is Cover.SHORT for each in shown) else []
    )
    _keep(read, shown, risks)
    return len(shown)


def picture(
    read: Read, worked: Calendar, booked: Booked | None = None, needed: Needed | None = None,
    own: Mapping[str, own_figures.Own] | None = None,
) -> list[Shown]:  # fmt: skip
    """Of every product whose need was foretold and whose stock was counted.

    Planners' own figures take the place of the forecast; what accounts booked beyond it is needed, too.
    """
    entered = {row.product: Lead(float(row.days), float(row.deviation), entered=True) for row in _lead_times()}
    coming = _coming(first_week(read.as_of))
    return [
        _shown(
            read,
            code,
            Daily(read.needs[code], worked),
            _lead(read, code, entered),
            coming.get(code, {}),
            ((booked or {}).get(code, {}), (needed or {}).get(code, {}), (own or {}).get(code, {})),
        )
        for code in sorted(read.needs)
        if code in read.stock
    ]


def _lead_times() -> Any:
    return LeadTime.objects.filter(put_away_at=None)


def _coming(first: date) -> dict[str, dict[date, float]]:
    found: dict[str, dict[date, float]] = {}
    rows = Incoming.objects.filter(put_away_at=None, week__gte=first).order_by().values("product", "week")
    for row in rows.annotate(sum=Sum("quantity")):
        found.setdefault(row["product"], {})[row["week"]] = float(row["sum"])
    return found


def _lead(read: Read, code: str, entered: Mapping[str, Lead]) -> Lead:
    if code in entered:
        return entered[code]
    told = read.leads.get(code)
    if told and told["lines"] >= FEWEST:
        return Lead(max(told["days"], 0.0), told["deviation"] or 0.0, told["lines"])
    known = [row for row in read.leads.values() if row["lines"]]
    lines = sum(row["lines"] for row in known)
    return Lead(sum(row["days"] * row["lines"] for row in known) / lines if lines else USUAL_LEAD, 0.0)


def _shown(  # noqa: PLR0917  (what the facts and people say of one product)
    read: Read, code: str, daily: Daily, lead: Lead, entered: Mapping[date, float], said: tuple[Any, Any, Any]
) -> Shown:  # fmt: skip
    counts, first = read.stock[code], first_week(read.as_of)
    on_hand, on_order = (max(sum(row[name] for row in counts), 0.0) for name in ("on_hand", "on_order"))
    counted = max(row["counted_on"] for row in counts)
    weeks = [first + DAY * LENGTH * n for n in range(WEEKS)]
    needs = [_need(daily, week, *said) for week in weeks]
    coming = [entered.get(week, 0.0) for week in weeks]
    for day, part in _arrivals(read, code, counted, lead):
        if day < weeks[-1] + DAY * LENGTH:
            coming[max(0, (day - first).days // LENGTH)] += on_order * part
    opening = on_hand - daily.between(counted + DAY, first)
    found = course(opening, needs, coming, first, daily)
    return Shown(code, on_hand, on_order, counted, lead, _safety(needs, lead), daily, found, read.as_of)


def _arrivals(read: Read, code: str, counted: date, lead: Lead) -> list[tuple[date, float]]:
    """Which part of what is on order comes when: as much in time as last time, the rest so much later than the figures' day."""
    in_time, days = read.came.get(code, (1.0, 0))
    usual = counted + DAY * round(lead.days)
    if days < lead.days:
        return [(usual, 1.0)]
    return [(usual, in_time), (max(usual, read.as_of) + DAY * days, 1.0 - in_time)]


def _need(daily: Daily, week: date, booked: Any, foretold: Any, own: Any) -> tuple[float, float]:
    """Of a week: the mean, and the upper end; what is booked beyond it is sure, unless a planner said the whole."""
    until = week + DAY * LENGTH
    mean, high = daily.between(week, until), daily.between(week, until, upper=True)
    whole, parts = own.get(week, (None, {}))
    spread, mean = high - mean, own_figures.overridden(mean, (whole, parts))
    high = mean + spread
    more = bookings.more(week, mean, booked, foretold, daily.calendar, parts) if whole is None else 0.0
    return mean + more, max(high, mean + more)


def _safety(needs: list[tuple[float, float]], lead: Lead) -> float:
    """By a week's need and its spread, over the lead time."""
    mean = sum(need for need, _high in needs) / len(needs) / LENGTH
    spread = sum(high - need for need, high in needs) / len(needs) / (WIDTH / 2) / LENGTH**0.5
    kept = safety_stock(*over_lead_time(mean, spread, lead.days, lead.deviation), LEVEL)
    return max(float(kept), 0.0)


def _cover(shown: Shown, step: Step) -> Cover:
    if step.short > 0:
        return Cover.SHORT if shown.unmet(step) else Cover.ORDER
    return Cover.LOW if step.left < shown.safety and step.need > 0 else Cover.ENOUGH


def at_risk(read: Read, shown: list[Shown], needed: Mapping[str, dict[str, dict[date, float]]]) -> list[dict[str, Any]]:
    """Which accounts will miss how much of which product, those with the most at stake."""
    found = [
        risk
        for each in shown
        if each.cover is Cover.SHORT
        for code, months in needed.get(each.code, {}).items()
        if (risk := _risk(read, each, code, months))["short"] > 0
    ]
    return sorted(found, key=lambda risk: -(risk["amount"] or 0.0))[:RISKS]


def _risk(read: Read, shown: Shown, account: str, months: Mapping[date, float]) -> dict[str, Any]:
    daily = Daily({month: (mean, mean) for month, mean in months.items()}, shown.daily.calendar)
    need, short, since = 0.0, 0.0, None
    for step in filter(shown.unmet, shown.course.steps):
        mine = daily.between(step.since, step.since + DAY * LENGTH)
        need, short = need + mine, short + mine * min(step.short / step.need, 1.0)
        since = since or step.since
    price = read.prices.get(shown.code)
    return {
        "product": shown.code, "account": account, "since": since, "need": need, "short": short,
        "amount": None if price is None else short * price,
    }  # fmt: skip


@transaction.atomic
def _keep(read: Read, shown: list[Shown], risks: list[dict[str, Any]]) -> None:
    reserving.one_at_a_time()
    settling.settle(read.as_of)
    kept = reserving.held()
    rows = _products(read, shown)
    Stocked.objects.exclude(code__in=rows).delete()
    Week.objects.all().delete()
    weeks = [
        _held(week, there, kept.get(each.code, ()))
        for each in shown
        for week, there in zip(_weeks(rows[each.code], each), each.course.there, strict=True)
    ]
    Week.objects.bulk_create(weeks, batch_size=AT_A_TIME)
    reserving.count(list(rows))
    AtRisk.objects.all().delete()
    accounts = dict(Account.objects.filter(code__in={risk["account"] for risk in risks}).values_list("code", "pk"))
    AtRisk.objects.bulk_create(
        (AtRisk(**_fields(risk, rows, accounts)) for risk in risks if risk["account"] in accounts), batch_size=AT_A_TIME
    )
    fields = {
        "as_of": read.as_of, "currency": read.currency, "uncounted": len(set(read.needs) - set(read.stock)),
        "left_out": max(0, len(read.leads) - MOST), "refused": read.refused.stored() if read.refused else None,
    }  # fmt: skip
    Drawing.objects.update_or_create(pk=1, defaults=fields)


def _fields(risk: dict[str, Any], rows: Mapping[str, Stocked], accounts: Mapping[str, int]) -> dict[str, Any]:
    plain = {name: risk[name] for name in ("since", "need", "short", "amount")}
    return {"product": rows[risk["product"]], "account_id": accounts[risk["account"]], **plain}


def _products(read: Read, shown: list[Shown]) -> dict[str, Stocked]:
    """Each row of before is kept, so that what was said of a product stays with it."""
    before, today = {row.code: row for row in Stocked.objects.select_for_update()}, timezone.localdate()
    for each in shown:
        row = before.setdefault(each.code, Stocked(code=each.code))
        _take(row, read, each, today)
        row.save()
    return {each.code: before[each.code] for each in shown}


def _take(row: Stocked, read: Read, each: Shown, today: date) -> None:
    row.name, row.category = (part[: 200 - 100 * n] for n, part in enumerate(read.names.get(each.code, ("", ""))))
    row.on_hand, row.on_order, row.counted_on = each.on_hand, each.on_order, each.counted_on
    row.places = [{**place, "counted_on": place["counted_on"].isoformat()} for place in read.stock[each.code]]
    row.lead_days, row.lead_deviation = each.lead.days, each.lead.deviation
    row.lead_lines, row.lead_entered = each.lead.lines, each.lead.entered
    told = read.foretold.get(each.code, {})
    row.method, row.mase, row.wape = told.get("method") or "", told.get("mase"), told.get("wape")
    row.safety, row.price, row.cover = each.safety, read.prices.get(each.code), each.cover.value
    row.empty_on, row.missing = each.course.empty_on, each.course.missing
    row.order_by, urgent = each.order_by, each.cover in {Cover.SHORT, Cover.ORDER}
    if urgent and (row.short_since is None or row.short_until is not None):
        row.short_since, row.short_until = today, None
    elif not urgent and row.short_since and row.short_until is None:
        row.short_until = today


def _weeks(row: Stocked, shown: Shown) -> list[Week]:
    return [_week(row, shown, step) for step in shown.course.steps]


def _held(week: Week, there: float, kept: Iterable[tuple[date, Decimal]]) -> Week:
    """What was promised stays promised where less is there by now."""
    week.there, week.held = down(there), reserving.until(week.since, kept)
    week.over = max(week.held - week.there, reserving.NONE)
    return week


def _week(row: Stocked, shown: Shown, step: Step) -> Week:
    plain = {name: getattr(step, name) for name in ("since", "need", "high", "coming", "left", "short", "weeks")}
    foretold = shown.daily.between(step.since, step.since + DAY * LENGTH)
    return Week(product=row, cover=_cover(shown, step).value, foretold=foretold, **plain)
