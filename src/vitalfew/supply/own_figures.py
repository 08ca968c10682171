"""Planners' own figures in place of the forecast, as the weeks count on them."""

from collections.abc import Mapping
from datetime import date

from vitalfew.supply.overrides import Override

Own = Mapping[date, tuple[float | None, Mapping[str, float]]]
"""By week: what was said of all accounts together, and of single ones."""


def own(since: date) -> dict[str, Own]:
    """Of every product, what planners said of its weeks from that day on; of one account, how far it is from the forecast."""
    found: dict[str, dict[date, tuple[float | None, dict[str, float]]]] = {}
    rows = Override.objects.filter(put_away_at=None, week__gte=since).order_by("pk").select_related("account")
    for row in rows:
        whole, parts = found.setdefault(row.product, {}).get(row.week, (None, {}))
        if row.account:
            parts[row.account.code] = float(row.quantity) - row.foretold
        else:
            whole = float(row.quantity)
        found[row.product][row.week] = whole, parts
    return found  # type: ignore[return-value]  # as narrow as it is read


def overridden(need: float, own_words: tuple[float | None, Mapping[str, float]]) -> float:
    """What is said of all together goes before what is said of single ones.

    >>> overridden(100.0, (None, {"A": 20.0, "B": -5.0})), overridden(100.0, (80.0, {"A": 20.0}))
    (115.0, 80.0)
    """
    whole, parts = own_words
    return max(need + sum(parts.values()), 0.0) if whole is None else whole
