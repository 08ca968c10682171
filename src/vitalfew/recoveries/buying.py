"""What accounts bought within spans of days, as the facts tell; all asked together, the ledger read once."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final, NamedTuple

from django.conf import settings

from vitalfew.warehouse.engines.duck import current_sql, rows_of
from vitalfew.warehouse.run import day_number, day_of
from vitalfew.warehouse.store import Store
from vitalfew.warehouse.tables import TABLES


class Span(NamedTuple):
    """An account's codes, and the days asked about: after the first one, up to the last."""

    codes: Sequence[str]
    after: date
    until: date


class Bought(NamedTuple):
    """The days with a purchase, the earliest first; net sales of the span, and the margin of the lines whose cost is known."""

    days: Sequence[date] = ()
    sales: float = 0.0
    margin: float = 0.0
    uncosted: int = 0


NOTHING: Final = Bought()


def bought(spans: Sequence[Span], currency: str) -> list[Bought]:
    """By span. Days of returns alone are none; amounts are those in the currency."""
    asked = [(n, code, span) for n, span in enumerate(spans) for code in span.codes]
    if not asked:
        return [NOTHING for _span in spans]
    given = {
        "n": [n for n, _code, _span in asked], "code": [code for _n, code, _span in asked],
        "after": [day_number(span.after) for _n, _code, span in asked],
        "until": [day_number(span.until) for _n, _code, span in asked], "currency": currency,
    }  # fmt: skip
    found = {row["n"]: row for row in rows_of(_query(), given)}
    return [_of(found[n]) if n in found else NOTHING for n in range(len(spans))]


def _of(row: Mapping[str, Any]) -> Bought:
    days = [day_of(int(day)) for day in row["days"] or ()]
    return Bought(days, float(row["sales"]), float(row["margin"]), int(row["uncosted"]))


def _query() -> str:
    lines = current_sql(Store(settings.HOME.facts).ledger(TABLES["order_lines"]).snapshot())
    return f"""
        WITH asked AS (SELECT unnest($n) AS n, unnest($code) AS code, unnest($after) AS since, unnest($until) AS until),
        days AS (SELECT n, ordered_on, sum(amount) AS amount,
                 coalesce(sum(amount) FILTER (WHERE coalesce(currency, $currency) = $currency), 0) AS sales,
                 coalesce(sum(amount - cost) FILTER (WHERE coalesce(currency, $currency) = $currency), 0) AS margin,
                 count(*) FILTER (WHERE cost IS NULL) AS uncosted
                 FROM asked JOIN ({lines}) ON customer = code AND ordered_on > since AND ordered_on <= until
                 GROUP BY n, ordered_on)
        SELECT n, list(ordered_on ORDER BY ordered_on) FILTER (WHERE amount > 0) AS days, sum(sales)::DOUBLE AS sales,
        sum(margin)::DOUBLE AS margin, sum(uncosted)::BIGINT AS uncosted FROM days GROUP BY n
    """  # noqa: S608  (our own texts; codes, days and currency are parameters)
