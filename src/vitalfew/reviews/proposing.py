"""What a round proposes: every account's tier as a refresh found it, with the figures that led there."""

import json
from collections.abc import Iterator, Mapping
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from vitalfew.catalogue import Refusal
from vitalfew.home import Home
from vitalfew.terms import Criterion
from vitalfew.warehouse import scorecards
from vitalfew.warehouse.models import Refresh

FIGURES: Final[Mapping[str, tuple[str, ...]]] = {
    "tiers": ("tier", "actual", "strategic", "wallet_share"),
    "contribution": ("revenue", "gross_margin", "cost_to_serve"),
    "criteria": ("rank", "closeness", *(each.value for each in Criterion)),
}
COLUMNS: Final = (
    "customer", "proposed", "actual", "strategic", "wallet_share", "ahead", "revenue", "gross_margin", "cost_to_serve",
    "rank", "closeness", "parts",
)  # fmt: skip
"""What :func:`proposals` gives of each account."""


def proposals(home: Home, refresh: Refresh) -> Iterator[tuple[Any, ...]]:
    """One row an account that has a tier; refuses where none were computed."""
    tiers = scorecards.result(home, refresh, "tiers").table
    codes = tiers["customer"].cast(pa.string())
    found: dict[str, list[Any]] = {name: tiers[name].to_pylist() for name in FIGURES["tiers"]}
    for analysis in ("contribution", "criteria"):
        found |= _aligned(home, refresh, analysis, codes)
    parts = zip(*(found.pop(each.value) for each in Criterion), strict=True)
    found["parts"] = [_parts(each) for each in parts]
    found["ahead"] = _ahead(found["actual"])
    found["proposed"] = found.pop("tier")
    return zip(codes.to_pylist(), *(found[name] for name in COLUMNS[1:]), strict=True)


def _aligned(home: Home, refresh: Refresh, analysis: str, codes: pa.ChunkedArray) -> dict[str, list[Any]]:
    """Its figures in the order of the accounts; none where it was refused or does not speak of them."""
    try:
        table = scorecards.result(home, refresh, analysis).table
    except Refusal:
        return {name: [None] * len(codes) for name in FIGURES[analysis]}
    place = pc.index_in(codes, value_set=table["customer"].cast(pa.string()))
    return {name: table[name].take(place).to_pylist() for name in FIGURES[analysis]}


def _parts(values: tuple[float | None, ...]) -> str:
    named = zip(Criterion, values, strict=True)
    return json.dumps({each.value: round(value, 6) for each, value in named if value is not None})


def _ahead(actual: list[float | None]) -> list[float | None]:
    """The share of all positive value that stands before each account, the largest first."""
    value = np.array([each if each is not None and each > 0 else 0.0 for each in actual])
    total = value.sum()
    if not total:
        return [None] * len(actual)
    order = np.argsort(-value, kind="stable")
    before = np.empty(len(value))
    before[order] = (np.cumsum(value[order]) - value[order]) / total
    return [float(share) if each is not None and each > 0 else None for share, each in zip(before, actual, strict=True)]
