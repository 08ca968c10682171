"""Whether planners' own figures came nearer than the forecast: of weeks that are over, against what was ordered in them.

Of each, the error of the forecast less the error of the override; above zero it helped. Its mean has a t interval; WAPE is
the sum of errors over what was ordered. Fewer than eight tell nothing.

    forecast 100, override 130, ordered 125   →   errors 25 and 5: 20 pieces nearer
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import fmean, stdev
from typing import Any, Final

from django.conf import settings
from scipy.stats import t as student

from vitalfew.supply.overrides import Override, Why
from vitalfew.terms import label_of
from vitalfew.warehouse.engines.duck import current_sql, rows_of
from vitalfew.warehouse.run import day_number, day_of
from vitalfew.warehouse.store import Store
from vitalfew.warehouse.tables import TABLES

FEWEST: Final = 8
CONFIDENCE: Final = 0.9
LENGTH: Final = timedelta(days=7)


@dataclass(frozen=True)
class Tried:
    """One that is over."""

    row: Any
    came: float

    @property
    def nearer(self) -> float:
        return abs(float(self.row.foretold) - self.came) - abs(float(self.row.quantity) - self.came)


@dataclass(frozen=True)
class Helped:
    """Of several: mean difference with its interval, and both errors as a share of what was ordered."""

    name: str
    n: int
    nearer: float | None = None
    low: float | None = None
    high: float | None = None
    wape_forecast: float | None = None
    wape_override: float | None = None

    @property
    def told(self) -> bool:
        return self.nearer is not None

    @property
    def is_better(self) -> bool:
        return self.low is not None and self.low > 0

    @property
    def is_worse(self) -> bool:
        return self.high is not None and self.high < 0


def over_all(name: str, tried: list[Tried]) -> Helped:
    """None of the figures where there are too few.

    >>> over_all("", []).told
    False
    """
    if len(tried) < FEWEST:
        return Helped(name, len(tried))
    values = [each.nearer for each in tried]
    mean, half = (
        fmean(values),
        float(student.ppf((1 + CONFIDENCE) / 2, len(values) - 1)) * stdev(values) / len(values) ** 0.5,
    )
    came = sum(each.came for each in tried)
    errors = (
        sum(abs(each.row.foretold - each.came) for each in tried),
        sum(abs(float(each.row.quantity) - each.came) for each in tried),
    )
    wapes = [error / came if came > 0 else None for error in errors]
    return Helped(name, len(tried), mean, mean - half, mean + half, *wapes)


def by(tried: Iterable[Tried], key: Callable[[Any], str]) -> list[Helped]:
    found: dict[str, list[Tried]] = {}
    for each in tried:
        found.setdefault(key(each.row), []).append(each)
    return [over_all(name, found[name]) for name in sorted(found)]


def tried(rows: Iterable[Override], as_of: date) -> list[Tried]:
    """Those whose week is over on the figures' day, with what was ordered in it."""
    ended = [row for row in rows if row.week + LENGTH <= as_of + timedelta(days=1)]
    if not ended:
        return []
    came = _came(min(row.week for row in ended), max(row.week for row in ended) + LENGTH)
    return [
        Tried(row, came.get((row.product, row.account.code if row.account else None, row.week), 0.0)) for row in ended
    ]


def reason(row: Any) -> str:
    return label_of(Why, row.why)


def _came(since: date, until: date) -> Mapping[tuple[str, str | None, date], float]:
    """By product, account (None: all) and week."""
    source = current_sql(Store(settings.HOME.facts).ledger(TABLES["order_lines"]).snapshot())
    query = (
        f"SELECT product, customer, ordered_on - (ordered_on + 3) % 7 AS week, sum(quantity)::DOUBLE AS quantity "  # noqa: S608  (our own texts)
        f"FROM ({source}) WHERE ordered_on >= $since AND ordered_on < $until AND quantity > 0 AND product IS NOT NULL "
        "GROUP BY GROUPING SETS ((1, 2, 3), (1, 3))"
    )
    rows = rows_of(query, {"since": day_number(since), "until": day_number(until)})
    return {(row["product"], row["customer"], day_of(row["week"])): row["quantity"] for row in rows}
