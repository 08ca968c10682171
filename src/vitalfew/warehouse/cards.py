"""A refresh's scorecards as rows of the database, written piece by piece: a million accounts are never all in hand."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from vitalfew.panels import MONTHS_A_YEAR as YEAR
from vitalfew.panels import Months, Whole
from vitalfew.terms import ChurnSign, Risk
from vitalfew.warehouse.inserts import drop, insert
from vitalfew.warehouse.models import Refresh, Scorecard

Read = Callable[..., pa.Table | None]
"""The kept rows of an analysis, those columns only."""
PIECE: Final = 20_000
WATCHED: Final = 0.25
SPARK_MONTHS: Final = 24

FIGURES: Final[Mapping[str, Mapping[str, str]]] = {
    "trend": {"revenue_12m": "revenue_12m", "growth": "growth", "direction": "direction"},
    "pareto": {"class": "abc"},
    "tiers": {"tier": "tier"},
    "contribution": {"contribution": "contribution", "margin_rate": "margin_rate"},
    "rfm": {"recency": "recency", "cell": "cell"},
    "cooperation": {"kind": "cooperation"},
    "lifetime": {"value": "value", "low": "value_low", "high": "value_high", "p_alive": "p_alive"},
    "churn": {"probability": "churn", "low": "churn_low", "high": "churn_high", "money_at_stake": "at_stake"},
    "churn-causes": {"cause": "cause"},
    "relationship-quality": {"index": "satisfaction"},
}
"""Which column of which analysis is which figure of the scorecard."""

WORDS: Final = ("direction", "abc", "tier", "cell", "cooperation", "anomaly", "cause")
"""Figures that are words: empty, not null, where there is none."""

MORE: Final = {"alarm": ("churn", "alarm"), "sign": ("churn", "sign"), "anomaly": ("anomalies", "kind")}
"""What else a card is made of: figure → analysis and column."""
COLUMNS: Final = {
    **{figure: (name, column) for name, figures in FIGURES.items() for column, figure in figures.items()},
    **MORE,
}


def write(row: Refresh, read: Read, months: Months | None, tiers: Mapping[str, str]) -> None:
    """All figures of all accounts that any analysis speaks of, in place of those written before a kill."""
    figures = _figures(read)
    names = [name for name in figures.column_names if name not in {"alarm", "sign"}]
    places = _places(figures["customer"], months)
    drop(Scorecard.objects.filter(refresh=row))
    pieces = ((figures.slice(start, PIECE), places[start : start + PIECE]) for start in range(0, len(figures), PIECE))
    rows = ((row.pk, *cells) for piece, drawn in pieces for cells in _cells(piece, months, drawn, tiers))
    insert(Scorecard, ["refresh", *names, "risk", "moved", "months"], rows, as_stored={"months"})


def _figures(read: Read) -> pa.Table:
    """One row an account, in order; null where an analysis does not speak of it."""
    codes = _codes(read)
    found: dict[str, Any] = {}
    for name in dict.fromkeys(name for name, _column in COLUMNS.values()):
        columns = {figure: column for figure, (of, column) in COLUMNS.items() if of == name}
        found |= _aligned(read(name, ["customer", *dict.fromkeys(columns.values())]), columns, codes)
    return pa.table({"customer": codes, **{figure: found[figure] for figure in COLUMNS}})


def _places(codes: pa.ChunkedArray, months: Months | None) -> Whole:
    """Where each account's months stand; -1 where it never ordered."""
    if months is None:
        return np.full(len(codes), -1)
    found = pc.index_in(codes, value_set=months.accounts.cast(pa.string())).fill_null(-1)
    return np.asarray(found.to_numpy(), dtype=np.int64)


def _codes(read: Read) -> pa.Array:
    """Every account of the figures' analyses once, in order."""
    tables = [table for name in FIGURES if (table := read(name, ["customer"])) is not None]
    codes = [chunk for table in tables for chunk in table["customer"].cast(pa.string()).chunks]
    known = pa.chunked_array(codes, type=pa.string()).unique()
    return known.take(pc.sort_indices(known))


def _aligned(table: pa.Table | None, columns: Mapping[str, str], codes: pa.Array) -> dict[str, Any]:
    """Figures of one analysis, a row an account; the first of several rows of an account counts."""
    if table is None:
        return dict.fromkeys(columns, pa.nulls(len(codes)))
    own = table[0].cast(codes.type)
    if own.equals(pa.chunked_array([codes])):
        return {figure: table[column] for figure, column in columns.items()}
    place = pc.index_in(codes, value_set=own)
    return {figure: table[column].take(place) for figure, column in columns.items()}


def _cells(
    piece: pa.Table, months: Months | None, places: Whole, tiers: Mapping[str, str]
) -> Iterator[tuple[Any, ...]]:
    columns = {name: piece[name].to_pylist() for name in piece.column_names}
    columns["tier"] = [tiers.get(code, found) for code, found in zip(columns["customer"], columns["tier"], strict=True)]
    for figure in WORDS:
        columns[figure] = [word or "" for word in columns[figure]]
    said = zip(columns["churn"], columns.pop("alarm"), columns.pop("sign"), strict=True)
    risk = [_risk(*cells) for cells in said]
    moved = _moved(columns["growth"], months, places)
    return zip(*columns.values(), risk, moved, _sparklines(months, places), strict=True)


def _risk(chance: float | None, rings: bool | None, sign: str | None) -> str:  # noqa: FBT001  (a cell)
    """The risk in a word, to filter by."""
    if chance is None:
        return ""
    if sign == ChurnSign.QUIET_SEASON:
        return Risk.QUIET
    return Risk.HIGH if rings else Risk.MEDIUM if chance >= WATCHED else Risk.LOW


def _moved(growth: list[float | None], months: Months | None, places: Whole) -> list[float | None]:
    """How far the last twelve months are from the twelve before, where growth says that both are whole."""
    if months is None:
        return [None] * len(growth)
    year, before = (months.values[places, start : start + YEAR or None].sum(axis=1) for start in (-YEAR, -2 * YEAR))
    apart = np.abs(year - before).round(4).tolist()
    return [None if each is None else by for each, by in zip(growth, apart, strict=True)]


def _sparklines(months: Months | None, places: Whole) -> list[str]:
    """The last whole months of each account, as JSON; none where it never ordered."""
    if months is None:
        return ["[]"] * len(places)
    drawn = np.round(months.values[places, -SPARK_MONTHS:]).tolist()
    return [
        f"[{', '.join(map(repr, line))}]" if place >= 0 else "[]" for place, line in zip(places, drawn, strict=True)
    ]
