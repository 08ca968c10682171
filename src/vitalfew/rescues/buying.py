"""Whether accounts bought within spans of days, as the facts tell; all asked together, the ledger read once."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from django.conf import settings

from vitalfew.warehouse.engines.duck import current_sql, rows_of
from vitalfew.warehouse.run import day_number
from vitalfew.warehouse.store import Store
from vitalfew.warehouse.tables import TABLES


class Span(NamedTuple):
    """An account's codes, and the days asked about: after the first one, up to the last."""

    codes: Sequence[str]
    after: date
    until: date


def bought(spans: Sequence[Span]) -> list[int]:
    """On how many days each of them bought; days of returns alone are none."""
    asked = [(n, code, span) for n, span in enumerate(spans) for code in span.codes]
    if not asked:
        return []
    given = {
        "n": [n for n, _code, _span in asked], "code": [code for _n, code, _span in asked],
        "after": [day_number(span.after) for _n, _code, span in asked],
        "until": [day_number(span.until) for _n, _code, span in asked],
    }  # fmt: skip
    found = {row["n"]: row["days"] for row in rows_of(_query(), given)}
    return [int(found.get(n, 0)) for n in range(len(spans))]


def _query() -> str:
    lines = current_sql(Store(settings.HOME.facts).ledger(TABLES["order_lines"]).snapshot())
    return f"""
        WITH asked AS (SELECT unnest($n) AS n, unnest($code) AS code, unnest($after) AS since, unnest($until) AS until),
        days AS (SELECT customer, ordered_on FROM ({lines}) WHERE customer IN (SELECT code FROM asked)
                 GROUP BY customer, ordered_on HAVING sum(amount) > 0)
        SELECT n, count(DISTINCT ordered_on) AS days FROM asked JOIN days
        ON customer = code AND ordered_on > since AND ordered_on <= until GROUP BY n
    """  # noqa: S608  (our own texts; codes and days are parameters)
