"""How each account is served: on time, its part of what was short, answered, visited."""

from dataclasses import dataclass
from typing import Final

import narwhals as nw
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from vitalfew.catalogue import Frame
from vitalfew.deliveries import due, missed, shares
from vitalfew.maths.years import YEAR
from vitalfew.panels import Bools, Floats, Panel, Whole

FAIRNESS: Final = ("fairness", "公平", "歧视")
VISITS: Final = ("visit", "拜访")
HALF: Final = 182


@dataclass(frozen=True)
class Shared:
    """Of what was shared out: the part each account got, how often it was cut, and how often the others of its size were."""

    part: Floats
    cuts: Floats
    alike: Floats


def shared(accounts: pa.Array, allotted: Frame | None, size: Whole, as_of: int) -> Shared:
    if allotted is None:
        return Shared(*(np.full(len(accounts), np.nan) for _each in range(3)))
    told = shares(allotted)
    row = _place(told.customer, accounts)
    inside = (row >= 0) & (told.day > as_of - YEAR) & (told.day <= as_of)
    n, part, cuts = (
        np.bincount(row[inside], each[inside], len(accounts)).astype(np.float64)
        for each in (np.ones_like(told.part), told.part, told.cut.astype(np.float64))
    )
    with np.errstate(invalid="ignore"):
        return Shared(np.where(n > 0, part / n, np.nan), np.where(n > 0, cuts, np.nan), _alike(cuts, n > 0, size))


def _alike(cuts: Floats, shared: Bools, size: Whole) -> Floats:
    """The mean of the others of its size that had a part, too."""
    n, total = (np.bincount(size[shared], each, size.max(initial=0) + 1) for each in (None, cuts[shared]))
    others = np.where(shared, n[size] - 1, 0)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(others > 0, (total[size] - cuts) / others, np.nan)


@dataclass(frozen=True)
class Served:
    """How each account is served; NaN where nothing is known."""

    on_time: Floats
    lines: Floats
    reply_days: Floats
    visits: Floats
    unfair: Bools
    abandoned: Bools
    shared: Shared

    def of(self, name: str) -> Floats:
        """One of the means compared."""
        found: Floats = self.shared.part if name == "allotted" else getattr(self, name)
        return found


def served(  # noqa: PLR0917  (each table, and the day)
    accounts: pa.Array,
    buying: Bools,
    order_lines: Frame,
    complaints: Frame | None,
    service_costs: Frame | None,
    shared: Shared,
    as_of: int,
) -> Served:
    on_time, lines = _on_time(accounts, order_lines, as_of)
    reply, unfair = _replies(accounts, complaints, as_of)
    visits, abandoned = _visits(accounts, service_costs, as_of)
    return Served(on_time, lines, reply, visits, unfair, abandoned & buying, shared)


def _place(codes: pa.Array, accounts: pa.Array) -> Whole:
    return np.asarray(pc.index_in(codes, accounts).fill_null(-1).to_numpy(zero_copy_only=False), dtype=np.int64)


def _on_time(accounts: pa.Array, order_lines: Frame, as_of: int) -> tuple[Floats, Floats]:
    lines = order_lines.filter(due(as_of - YEAR, as_of)).with_columns(kept=1 - missed())
    panel = Panel.of(lines.group_by("customer").agg(nw.col("kept").sum(), due=nw.len()))
    row = _place(panel.codes, accounts)
    share, count = np.full(len(accounts), np.nan), np.zeros(len(accounts))
    known = row >= 0
    share[row[known]] = (panel.floats("kept") / panel.floats("due"))[known]
    count[row[known]] = panel.floats("due")[known]
    return share, count


def _replies(accounts: pa.Array, complaints: Frame | None, as_of: int) -> tuple[Floats, Bools]:
    """Mean days to the first reply (so far, where there is none yet), and whether it complained about fairness."""
    if complaints is None:
        return np.full(len(accounts), np.nan), np.zeros(len(accounts), dtype=bool)
    recent = complaints.filter(nw.col("received_on") > as_of - YEAR, nw.col("received_on") <= as_of)
    panel = Panel.of(recent.select("customer", "received_on", "first_reply_on", "category"))
    row = _place(panel.codes, accounts)
    days = np.minimum(np.nan_to_num(panel.floats("first_reply_on"), nan=as_of), as_of) - panel.floats("received_on")
    known = row >= 0
    n, total = (np.bincount(row[known], each, len(accounts)) for each in (None, days[known]))
    category = pc.utf8_lower(panel.table["category"].fill_null("")).to_numpy(zero_copy_only=False).astype(str)
    unfair = np.any([np.char.find(category, word) >= 0 for word in FAIRNESS], axis=0)
    with np.errstate(invalid="ignore"):
        mean = np.where(n > 0, total / n, np.nan)
    return mean, np.bincount(row[known & unfair], minlength=len(accounts)) > 0


def _visits(accounts: pa.Array, service_costs: Frame | None, as_of: int) -> tuple[Floats, Bools]:
    """Visits in the last year, and whether it was visited before and not for half a year."""
    if service_costs is None:
        return np.full(len(accounts), np.nan), np.zeros(len(accounts), dtype=bool)
    panel = Panel.of(service_costs.filter(nw.col("activity").is_in(list(VISITS))).select("customer", "spent_on"))
    if not len(panel):
        return np.full(len(accounts), np.nan), np.zeros(len(accounts), dtype=bool)
    row, back = _place(panel.codes, accounts), as_of - panel.floats("spent_on")
    year, half, longer = (
        np.bincount(row[(row >= 0) & (back >= 0) & (back < days)], minlength=len(accounts))
        for days in (YEAR, HALF, HALF + YEAR)
    )
    return year.astype(np.float64), (longer > 1) & (half == 0)
