"""What accounts bought in spans of days, read once from the ledgers; and which of them hang together."""

from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

import numpy as np
from django.conf import settings

from vitalfew.accounts.aliases import aliases
from vitalfew.accounts.models import Account
from vitalfew.campaigns.words import Outcome
from vitalfew.maths.arrays import Floats
from vitalfew.warehouse.engines.duck import current_sql, rows_of
from vitalfew.warehouse.merged import CUSTOMER
from vitalfew.warehouse.store import Store
from vitalfew.warehouse.tables import TABLES

LEVELS: Final = 8
VALUES: Final[Mapping[str, str]] = {
    Outcome.SALES.value: "amount::DOUBLE", Outcome.MARGIN.value: "(amount - cost)::DOUBLE"
}  # fmt: skip
"""A line's worth; one without a known cost has no margin."""


class Days(NamedTuple):
    """First and last day, both in it, counted since 1970."""

    first: int
    last: int


def bought(codes: Sequence[str], spans: Sequence[Days], outcome: str, currency: str) -> Floats:
    """Accounts × spans: what each bought in each, with the codes merged into it; 0 where it bought nothing."""
    found = np.zeros((len(codes), len(spans)))
    place = {code: row for row, code in enumerate(codes)}
    merged = {code: into for code, into in aliases()[CUSTOMER].items() if into in place}
    asked = [*place.items(), *((code, place[into]) for code, into in merged.items())]
    if not asked or not spans:
        return found
    given = {
        "currency": currency, "code": [code for code, _row in asked], "row": [row for _code, row in asked],
        "span": list(range(len(spans))), "first": [span.first for span in spans], "last": [span.last for span in spans],
    }  # fmt: skip
    for row in rows_of(_query(outcome), given):
        found[row["place"], row["span"]] = row["bought"] or 0.0
    return found


def _query(outcome: str) -> str:
    lines = current_sql(Store(settings.HOME.facts).ledger(TABLES["order_lines"]).snapshot())
    return f"""
        WITH asked AS (SELECT unnest($code) AS code, unnest($row) AS place),
        spans AS (SELECT unnest($span) AS span, unnest($first) AS since, unnest($last) AS until)
        SELECT place, span, sum({VALUES[outcome]}) AS bought FROM ({lines})
        JOIN asked ON customer = code JOIN spans ON ordered_on BETWEEN since AND until
        WHERE coalesce(currency, $currency) = $currency GROUP BY place, span ORDER BY place, span
    """  # noqa: S608  (our own texts; codes and days are parameters)


def tops(accounts: Sequence[Account]) -> dict[str, str]:
    """By an account's code, the code at the top of its group: its own where it has no parent."""
    found = {each.code: each.code for each in accounts}
    parents = {each.code: each.parent_code for each in accounts}
    for _level in range(LEVELS):
        missing = {top for top in found.values() if top not in parents}
        parents |= dict(Account.everyone.filter(code__in=missing).values_list("code", "parent_code"))
        found = {code: parents.get(top) or top for code, top in found.items()}
    return found
