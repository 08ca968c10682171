"""When each key account has its peak season, category by category, and when it comes next.

Of each whole year, a month's index is what is ordered on a day of it over what is ordered on a day of the whole year. Twice
over: by the common calendar, and by the Chinese one, in which the twelfth month ends on the eve of Spring Festival wherever
that falls. A series follows the calendar that leaves less of it to chance.

A month is a peak where its index over all years is at least ``least``, the lower end of its interval is above 1, and in every
single year it was above 1, too; the interval is wide enough for all twelve months together. Months next to each other are one
peak. ``years`` tells on how many it rests; with fewer than two nothing is told. A year does not count that began four weeks or
more before the first order, nor one in which something was ordered on fewer than twelve days.

    index of the twelfth Chinese month 1.8, 1.6, 1.7; all others about .9   →   a peak that moves with Spring Festival

Without products' categories all goods of an account are taken together, so that quantities should have one unit.

Scheffé (1959). The Analysis of Variance, chapter 4.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

import narwhals as nw
import numpy as np
import pyarrow as pa

from vitalfew.catalogue import Choice, Column, Findings, Frame, Refusal, analysis
from vitalfew.language import Count, Day, Message
from vitalfew.maths import year_places
from vitalfew.maths.peaks import FEWEST_YEARS, MONTHS, Season, runs, season
from vitalfew.maths.year_places import Places
from vitalfew.panels import Floats, Panel, Whole, figure, figures, last_whole_month, month_start, text
from vitalfew.terms import Follows, Group, Unit
from vitalfew.terms import gettext_noop as _

MOST_YEARS: Final = 5
GRACE: Final = 28
"""So many days after a year began its first order may come for the year to count whole."""
FEWEST_ORDERS: Final = 12
"""On so many days of a year something must have been ordered, for its months to tell anything."""
AHEAD: Final = 800
"""Days within which every month comes round twice, by either calendar."""
CALENDARS: Final = {Follows.COMMON: year_places.common, Follows.CHINESE: year_places.chinese}


@analysis(
    group=Group.SUPPLY,
    title=_("Peak season"),
    question=_("When does each key account need more than usual, and when next?"),
    columns=(
        Column("customer", Unit.CODE, _("Account"), _("The account's code")),
        Column("category", Unit.TEXT, _("Category"), _("Product category")),
        Column("follows", Unit.WORD, _("Comes round by"), _("Which calendar leaves less to chance"), Follows),
        Column("months", Unit.TEXT, _("Months"), _("Numbers of its months by that calendar")),
        Column("index", Unit.NUMBER, _("Index"), _("Orders of its days over those of all days of the year")),
        Column("low", Unit.NUMBER, _("from"), _("Lower end of the index's interval")),
        Column("high", Unit.NUMBER, _("to"), _("Upper end of the index's interval")),
        Column("years", Unit.COUNT, _("Years"), _("On how many whole years it rests")),
        Column("begins", Unit.DAY, _("Begins next"), _("Its first day, when it comes next")),
        Column("ends", Unit.DAY, _("Ends"), _("Its last day then")),
        Column("last", Unit.NUMBER, _("Last time"), _("Quantity ordered in it the last time")),
    ),
    choices={
        "accounts": Choice(_("Largest accounts"), least=1, most=2_000),
        "least": Choice(_("Index from which it is a peak"), least=1, most=10),
        "confidence": Choice(_("How sure"), least=0.5, most=0.99),
    },
    per_account=False,
    source="Scheffé (1959)",
    ranked=("begins", "ascending"),
)
def peak_season(
    order_lines: Frame,
    products: Frame | None = None,
    *,
    as_of: int,
    accounts: int = 200,
    least: float = 1.2,
    confidence: float = 0.9,
) -> Findings:
    series = _Series.of(_daily(order_lines, products, as_of, accounts), as_of)
    ways = [_Way.of(series, follows, confidence) for follows in CALENDARS]
    if not any(way.season.years.max(initial=0) >= FEWEST_YEARS for way in ways):
        raise Refusal(Message(_("Fewer than two whole years of orders: one year alone does not tell a season")))
    found = sorted(_found(series, ways, least), key=lambda row: (row["begins"], row["customer"], row["category"]))
    return Findings(_table(found), _figures(series, ways, found), _headline(found))


def _daily(order_lines: Frame, products: Frame | None, as_of: int, accounts: int) -> Panel:
    """What was ordered of each category on each day until the last whole month, of the largest accounts."""
    last = last_whole_month(as_of)
    lines = order_lines.filter(nw.col("quantity").cast(nw.Float64) > 0, nw.col("month") <= last)
    year = lines.filter(nw.col("month") > last - MONTHS).group_by("customer")
    worth = year.agg(worth=nw.col("amount").cast(nw.Float64).sum().round(4))
    largest = worth.sort("worth", "customer", descending=[True, False]).head(accounts).select("customer")
    lines = lines.join(largest, on="customer", how="inner")
    if products is None:
        named = lines.with_columns(category=nw.lit(""))
    else:
        told = products.select("product", "category").filter(~nw.col("category").is_null())
        named = lines.join(told, on="product", how="inner")
    by_day = named.group_by("customer", "category", "ordered_on")
    sums = by_day.agg(quantity=nw.col("quantity").cast(nw.Float64).sum().round(4))
    return Panel.of(sums, "category", "ordered_on")


@dataclass(frozen=True)
class _Series:
    """Accounts' categories: their codes, and which of them ordered how much on which day."""

    names: list[tuple[str, str]]
    row: Whole
    day: Whole
    quantity: Floats
    last: int
    as_of: int

    @classmethod
    def of(cls, panel: Panel, as_of: int) -> "_Series":
        starts = panel.starts("category")
        row = np.zeros(len(panel), dtype=np.int64)
        row[starts[1:]] = 1
        pairs = panel.table.select(["customer", "category"]).take(pa.array(starts)).to_pylist()
        names = [(pair["customer"], pair["category"]) for pair in pairs]
        last = month_start(last_whole_month(as_of) + 1) - 1
        return cls(names, np.cumsum(row), panel.whole("ordered_on"), panel.floats("quantity"), last, as_of)

    @property
    def first(self) -> Whole:
        """The day of each one's first order."""
        found = np.full(len(self.names), self.last + 1, dtype=np.int64)
        np.minimum.at(found, self.row, self.day)
        return found


@dataclass(frozen=True)
class _Way:
    """The seasons of all series by one calendar."""

    follows: Follows
    season: Season
    latest: Floats
    """What was ordered in each month the last time: series × months."""

    @classmethod
    def of(cls, series: _Series, follows: Follows, confidence: float) -> "_Way":
        begin = int(series.day.min(initial=series.last))
        months = CALENDARS[follows](begin, series.last).whole(begin, series.last)
        years = min(months.begins.size // MONTHS, MOST_YEARS)
        months = months.latest(years * MONTHS) if years else months.latest(0)
        turned = _by_number(_sums(series, months, series.quantity), years, months)
        since = months.begins[::MONTHS] if years else months.begins
        ordered = _by_number(_sums(series, months, np.ones(series.day.size)), years, months).sum(axis=2)
        whole = (series.first[:, None] < since[None, :] + GRACE) & (ordered >= FEWEST_ORDERS)
        days = _by_number((months.ends - months.begins)[None, :].astype(float), years, months)[0]
        kept = np.where(whole[:, :, None], turned, 0.0)
        latest = turned[:, -1] if years else np.zeros((len(series.names), MONTHS))
        return cls(follows, season(kept, days, confidence), latest)


def _sums(series: _Series, months: Places, values: Floats) -> Floats:
    found = np.zeros((len(series.names), months.begins.size))
    place = np.searchsorted(months.begins, series.day, side="right") - 1
    inside = place >= 0
    np.add.at(found, (series.row[inside], place[inside]), values[inside])
    return found


def _by_number(values: Floats, years: int, months: Places) -> Floats:
    """Rows × years × months, the year's first month first."""
    shaped = values.reshape(len(values), years, MONTHS)
    turn = int(months.number[0]) - 1 if years else 0
    return np.roll(shaped, turn, axis=2)


def _found(series: _Series, ways: list[_Way], least: float) -> Iterator[dict[str, object]]:
    """The peaks of each series by the calendar that explains more of it; of equals by the common one."""
    left = np.array([np.where(np.isnan(way.season.unexplained), np.inf, way.season.unexplained) for way in ways])
    better = np.argmin(left, axis=0)
    ahead = [CALENDARS[way.follows](series.as_of, series.as_of + AHEAD) for way in ways]
    peaks = [way.season.peaks(least) for way in ways]
    for place, (customer, category) in enumerate(series.names):
        chosen = int(better[place])
        for start, months in runs(peaks[chosen][place]):
            told = _told(ways[chosen], place, start, months)
            begins, ends = _next(ahead[chosen], start, months, series.as_of)
            yield {"customer": customer, "category": category, **told, "begins": begins, "ends": ends}


def _told(way: _Way, place: int, start: int, months: int) -> dict[str, object]:
    numbers = [(start + n) % MONTHS for n in range(months)]
    index, half = float(way.season.index[place, numbers].mean()), float(way.season.half(months)[place])
    return {
        "follows": way.follows.value, "months": "-".join(str(n + 1) for n in dict.fromkeys((numbers[0], numbers[-1]))),
        "index": index, "low": index - half, "high": index + half, "years": int(way.season.years[place]),
        "last": float(way.latest[place, numbers].sum()),
    }  # fmt: skip


def _next(ahead: Places, start: int, months: int, as_of: int) -> tuple[int, int]:
    """Its first and its last day, the next time that it is not over."""
    places = np.flatnonzero(ahead.number == start + 1)
    spans = ((int(ahead.begins[place]), int(ahead.ends[place + months - 1]) - 1) for place in places)
    return next(span for span in spans if span[1] > as_of)


def _table(found: list[dict[str, object]]) -> pa.Table:
    def column(name: str) -> list[object]:
        return [row[name] for row in found]

    whole = {name: pa.array(column(name), pa.int64()) for name in ("years", "begins", "ends")}
    plain = {name: text(column(name)) for name in ("customer", "category", "follows", "months")}  # type: ignore[arg-type]  # these are texts
    told = {
        name: figures(np.round(np.array(column(name), dtype=float), 4)) for name in ("index", "low", "high", "last")
    }
    return pa.table({**plain, **told, **whole}).select(
        ["customer", "category", "follows", "months", "index", "low", "high", "years", "begins", "ends", "last"]
    )


def _figures(series: _Series, ways: list[_Way], found: list[dict[str, object]]) -> dict[str, float | int | None]:
    known = np.maximum.reduce([way.season.years for way in ways]) >= FEWEST_YEARS
    chinese = [row for row in found if row["follows"] == Follows.CHINESE]
    return {
        "series": len(series.names), "too_short": int((~known).sum()), "peaks": len(found), "by_chinese_calendar": len(chinese),
        "accounts": len({row["customer"] for row in found}), "first_begins": figure(_first(found)),
    }  # fmt: skip


def _first(found: list[dict[str, object]]) -> float | None:
    return min((float(row["begins"]) for row in found), default=None)  # type: ignore[arg-type]  # a day


def _headline(found: list[dict[str, object]]) -> Message:
    if not found:
        return Message(_("No account has a peak season that stands out from chance"))
    said: dict[str, Any] = {
        "n": Count(len({row["customer"] for row in found})), "peaks": Count(len(found)), "day": Day(int(_first(found) or 0)),
    }  # fmt: skip
    return Message(
        _("{n} {n:account has|accounts have} {peaks} {peaks:peak season|peak seasons}; the next begins on {day}"), said
    )
