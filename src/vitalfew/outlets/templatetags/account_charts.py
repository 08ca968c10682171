"""The charts of the account page, as data that ``static/charts.js`` draws."""

from collections.abc import Callable
from itertools import pairwise
from typing import Any, Final

from django import template

from vitalfew.accounts.sheet import Sheet
from vitalfew.language import Count, Message, Money, Percent, Word, translate
from vitalfew.panels import month_of, month_start
from vitalfew.people.language import language
from vitalfew.terms import Outlook, Unit
from vitalfew.terms import gettext_noop as _
from vitalfew.warehouse.run import day_number, day_of

register = template.Library()
MONTHS_SHOWN: Final = 36
MONTHS_BEFORE: Final = 24
STILL: Final = 0.02
STRONG: Final = 0.64
FOLLOWS: Final = {
    Outlook.LEVELLED.value: _(
        "Its own season is strong ({share}), but the forecast follows the season of the whole book"
    ),
    Outlook.OCCASIONAL.value: _(
        "Its own season is strong ({share}), but it buys too rarely for the forecast to follow it"
    ),
    Outlook.COMBINED.value: _(
        "Its own season is strong ({share}); the forecast follows it by half: it averages the present level and the same month "
        "a year before"
    ),
    Outlook.FITTED.value: _(
        "Its months look like a season of its own ({share}), but over so few years that may be chance: a model with a season "
        "did not fit its past so much better that it was chosen (AICc), so the forecast carries the level on"
    ),
}
"""What a way of forecasting makes of the account's own season."""
PLOTTED: Final = {
    "revenue_12m": (_("Net sales, 12 months"), Unit.MONEY),
    "growth": (_("Growth"), Unit.SHARE),
    "contribution": (_("Contribution, 12 months"), Unit.MONEY),
    "value": (_("Value, next 3 years"), Unit.MONEY),
    "churn": (_("Risk of leaving"), Unit.SHARE),
    "recency": (_("Days since purchase"), Unit.DAYS),
}
WRITTEN: Final[dict[Unit, Callable[[float, str], Any]]] = {
    Unit.MONEY: Money,
    Unit.SHARE: lambda value, _currency: Percent(value, 0),
    Unit.DAYS: lambda value, _currency: Count(value),
}


@register.simple_tag
def month_chart(sheet: Sheet) -> dict[str, Any]:
    """The account's monthly net sales as chart data, its title the sum of the last twelve."""
    amounts = {row["month"]: row["amount"] for row in sheet.months}
    last = max(amounts) if sheet.refresh is None else max(*amounts, month_of(day_number(sheet.refresh.as_of)))
    shown = range(max(min(amounts), last - MONTHS_SHOWN + 1), last + 1)
    money = Money(sheet.card.revenue_12m or 0.0 if sheet.card else 0.0, sheet.currency)
    title = Message(_("{money} in the last twelve months"), {"money": money})
    if sheet.card and sheet.card.growth is not None:
        text = _("{money} in the last twelve months, {growth} on the year before")
        title = Message(text, {"money": money, "growth": Percent(sheet.card.growth, 0, signed=True)})
    return {
        "kind": "spark-months",
        "title": title.say(language()),
        "names": [day_of(month_start(month)).strftime("%Y-%m") for month in shown],
        "points": [round(amounts.get(month, 0.0), 2) for month in shown],
        "unit": "money",
        "currency": sheet.currency,
        "x": translate(_("Month"), language()),
        "y": translate(_("Net sales"), language()),
    }


@register.simple_tag
def forecast_chart(sheet: Sheet) -> dict[str, Any] | None:
    """The last months as they were and the next as they are expected, with their interval."""
    ahead = [row for row in sheet.rows("forecast") if row["mean"] is not None]
    if not ahead or not sheet.months:
        return None
    amounts = {row["month"]: round(row["amount"], 2) for row in sheet.months}
    first = month_of(ahead[0]["period"])
    past = [amounts.get(month, 0.0) for month in range(first - MONTHS_BEFORE, first)]
    total = sum(row["mean"] for row in ahead)
    title = Message(
        _("{money} is expected in the next {n} {n:month|months}"),
        {"money": Money(total, sheet.currency), "n": Count(len(ahead))},
    )
    blank: list[float | None] = [None] * MONTHS_BEFORE
    months = range(first - MONTHS_BEFORE, first + len(ahead))
    return {
        "kind": "band",
        "title": title.say(language()),
        "names": [day_of(month_start(month)).strftime("%Y-%m") for month in months],
        "past": [*past, *[None] * len(ahead)],
        **{name: [*blank, *(row[name] for row in ahead)] for name in ("mean", "low", "high")},
        "unit": "money",
        "currency": sheet.currency,
        "x": translate(_("Month"), language()),
        "y": translate(_("Net sales"), language()),
    }


@register.simple_tag
def season_note(sheet: Sheet) -> str:
    """Why a forecast runs flatter than a strong season of the account's own."""
    first = next((row for row in sheet.rows("forecast") if row["mean"] is not None), {})
    text = FOLLOWS.get(first.get("method", ""))
    if text is None or (first.get("seasonality") or 0.0) < STRONG or _follows_its_season(sheet):
        return ""
    return Message(text, {"share": Percent(first["seasonality"], 0)}).say(language())


def _follows_its_season(sheet: Sheet) -> bool:
    """A fitted form with a season goes up and down; one without goes one way."""
    rows = [row for row in sheet.rows("forecast") if row["mean"] is not None]
    steps = [after["mean"] - before["mean"] for before, after in pairwise(rows)]
    return rows[0]["method"] == Outlook.FITTED and min(steps, default=0.0) < 0 < max(steps, default=0.0)


@register.simple_tag
def history_charts(sheet: Sheet) -> list[dict[str, Any]]:
    """Each figure over the refreshes that know it; its title says from what to what it went."""
    rows = sheet.history[::-1]
    charts = (_history_chart(sheet, rows, name) for name in PLOTTED)
    return [chart for chart in charts if chart]


@register.filter
def history_id(place: int) -> str:
    """Where a chart's data stand in the page."""
    return f"history-{place}"


def _history_chart(sheet: Sheet, rows: list[dict[str, Any]], name: str) -> dict[str, Any] | None:
    known = [(row["as_of"], row[name]) for row in rows if row.get(name) is not None]
    if len(known) < 2:  # noqa: PLR2004  (a line needs two ends)
        return None
    label, unit = PLOTTED[name]
    return {
        "kind": "line",
        "title": _course(label, unit, [value for _day, value in known], sheet.currency).say(language()),
        "names": [day.isoformat() for day, _value in known],
        "points": [value for _day, value in known],
        "unit": unit.value,
        "currency": sheet.currency,
        "x": translate(_("As of"), language()),
        "y": translate(label, language()),
    }


def _course(label: str, unit: Unit, values: list[float], currency: str) -> Message:
    """From what to what a figure went; a share that moved by less than two points stayed."""
    ends = {"first": values[0], "last": values[-1], "low": min(values), "high": max(values)}
    said = {"figure": Word(label), **{name: WRITTEN[unit](value, currency) for name, value in ends.items()}}
    if _alike(unit, ends["low"], ends["high"]):
        return Message(_("{figure} stays at {last}"), said)
    if _alike(unit, ends["first"], ends["last"]):
        return Message(_("{figure}: {last} as at first, between {low} and {high}"), said)
    rose = ends["last"] > ends["first"]
    return Message(
        _("{figure} rose from {first} to {last}") if rose else _("{figure} fell from {first} to {last}"), said
    )


def _alike(unit: Unit, one: float, other: float) -> bool:
    return abs(other - one) < STILL if unit is Unit.SHARE else round(one) == round(other)
