"""Scorecards: every account's figures as of one day, whole or not at all.

A refresh computes its analyses one by one, keeps each result as a file in the ledger folder's ``results`` (so that it
goes on where it was killed), writes the scorecards beside the ones that lists still show, and is shown from the moment it
is marked done. History for the account page stays in the result files of past refreshes; they thin out with age, and
:func:`look_back` adds the ends of the months before the first one.
"""

import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from django.db import transaction
from django.utils import timezone

from vitalfew.catalogue import VARIANTS, Findings, Refusal, catalogue
from vitalfew.home import Home
from vitalfew.language import Message
from vitalfew.panels import last_whole_month, month_start, months
from vitalfew.terms import Risk
from vitalfew.terms import gettext_noop as _
from vitalfew.warehouse import proposed
from vitalfew.warehouse.engines import Engine, engine
from vitalfew.warehouse.engines.duck import DuckEngine, files, rows_of
from vitalfew.warehouse.inserts import insert
from vitalfew.warehouse.models import Proposal, Refresh, RefreshState, Scorecard
from vitalfew.warehouse.run import FromStore, Result, Run, day_number, day_of, start, typed
from vitalfew.warehouse.store import Store
from vitalfew.warehouse.tables import TABLES

Progress = Callable[[str, float], None]
SPARK_MONTHS: Final = 24
STALE: Final = timedelta(minutes=10)
MONTHS_BACK: Final = (3, 6, 9, 12)
WATCHED: Final = 0.25
NEAR: Final = timedelta(days=15)
ALL_KEPT: Final = timedelta(days=31)
"""How long every refresh is kept; after that, one a month."""
PLACE: Final = "_place"
ROW_GROUP: Final = 20_000
NOT_COMPUTED: Final = _("Not computed yet: it comes with the next refresh")

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

WORDS: Final = ("direction", "abc", "tier", "cell", "cooperation", "anomaly", "cause", "risk")
"""Figures that are words: empty, not null, where there is none."""

YEARLY: Final[Mapping[str, Mapping[str, Any]]] = dict(VARIANTS.values())
"""Lists speak of the last twelve months where an analysis can."""


def running() -> Refresh | None:
    """The refresh that is being computed; one that hasn't moved for a while was killed and isn't shown."""
    lately = timezone.now() - STALE
    return Refresh.objects.filter(state=RefreshState.RUNNING, touched_at__gt=lately).first()


def current() -> Refresh | None:
    """The refresh that lists show: the latest one that is done."""
    return Refresh.objects.filter(state=RefreshState.DONE, looks_back=False).order_by("-id").first()


def refresh(
    home: Home,
    as_of: int | None = None,
    progress: Progress = lambda _step, _share: None,
    on: str = "duckdb",
    tiers: Mapping[str, str] = MappingProxyType({}),
) -> Refresh:
    """Compute everything for every account and show it when it is whole. A refresh that was killed goes on.

    ``tiers`` are those that people have put in force; lists show them instead of what the analysis found.
    """
    names = list(catalogue())
    with engine(on, home.facts) as chosen:
        row, run = _begin(home, chosen, as_of, {"steps": len(names) + 1})
        with _failing(row):
            _compute(row, run, names, home, progress)
            _write(row, run, home, tiers)
    _show(row, home)
    progress("scorecards", 1.0)
    return row


def look_back(home: Home, progress: Progress = lambda _step, _share: None) -> int:
    """Compute the figures of the scorecard at past month ends that no refresh saw; gives how many were added."""
    shown = current()
    if shown is None:
        return 0
    days = [day for day in _month_ends(shown.as_of) if not _seen(day) and _reaches(home, day)]
    names = [name for name in catalogue() if name in FIGURES]
    for day in days:
        row, run = _begin(home, DuckEngine(), day_number(day), {"steps": len(names), "looks_back": True})
        with _failing(row):
            _compute(row, run, names, home, progress)
        _done(row)
    return len(days)


def _month_ends(last: date) -> list[date]:
    """The ends of whole months before a day, as many months before as ``MONTHS_BACK`` says."""
    ends = [month_start(last_whole_month(day_number(last)) + 1 - back) - 1 for back in MONTHS_BACK]
    return [day_of(end) for end in ends]


def _seen(day: date) -> bool:
    near = (day - NEAR, day + NEAR)
    return Refresh.objects.filter(state=RefreshState.DONE, as_of__range=near).exists()


def _reaches(home: Home, day: date) -> bool:
    """Whether there were orders before that day."""
    snapshot = Store(home.facts).ledger(TABLES["order_lines"]).snapshot()
    return DuckEngine().current(snapshot, day_number(day)).head(1).collect("pyarrow").shape[0] > 0


def _begin(home: Home, on: Engine, as_of: int | None, told: Mapping[str, Any]) -> tuple[Refresh, Run]:
    """The same question on the same facts that was not finished is taken up again."""
    store = Store(home.facts)
    versions = store.versions()
    run = start(FromStore(on, store.snapshot(versions)), on, as_of)
    asked = {"as_of": day_of(run.as_of), "currency": run.currency, **told}
    left = Refresh.objects.filter(state=RefreshState.RUNNING, **asked).order_by("-id").first()
    if left and left.versions == dict(versions):
        return left, run
    Refresh.objects.filter(state=RefreshState.RUNNING).update(state=RefreshState.FAILED)
    return Refresh.objects.create(versions=dict(versions), **asked), run


@contextmanager
def _failing(row: Refresh) -> Iterator[None]:
    """What goes wrong stands in the refresh's record."""
    try:
        yield
    except Exception as failure:
        Refresh.objects.filter(pk=row.pk).update(state=RefreshState.FAILED, message=repr(failure)[:1000])
        raise


def _compute(row: Refresh, run: Run, names: Sequence[str], home: Home, progress: Progress) -> None:
    for name in names:
        if name not in row.done_steps:
            _step(row, name, run, home)
        progress(name, row.progress)


def folder(home: Home, row: Refresh) -> Path:
    return home.folder / "results" / str(row.pk)


def _step(row: Refresh, name: str, run: Run, home: Home) -> None:
    place = folder(home, row) / f"{name}.parquet"
    place.parent.mkdir(parents=True, exist_ok=True)
    try:
        result = run.result(name, **YEARLY.get(name, {}))
    except Refusal as refusal:
        row.summaries[name] = {"refused": refusal.message.stored()}
    else:
        _keep(result.table, place)
        row.summaries[name] = _summary(result)
    row.done_steps = [*row.done_steps, name]
    row.save()


def _keep(table: pa.Table, place: Path) -> None:
    """By account, so that one account's rows lie together; each row knows its place in the answer."""
    if table.column_names[0] == "customer":
        table = table.append_column(PLACE, pa.array(np.arange(len(table))))
        table = table.sort_by([("customer", "ascending"), (PLACE, "ascending")])
    fresh = place.with_suffix(".writing")
    pq.write_table(table, fresh, compression="zstd", row_group_size=ROW_GROUP)
    fresh.rename(place)


def _in_place(table: pa.Table) -> pa.Table:
    """The rows in the order of the answer."""
    if PLACE not in table.column_names:
        return table
    return table.sort_by(PLACE).drop_columns(PLACE)


def _summary(result: Any) -> dict[str, Any]:
    headline = result.findings.headline
    return {
        "figures": dict(result.findings.figures),
        "fit": dict(result.findings.fit),
        "headline": headline.stored() if headline else None,
        "warnings": [warning.stored() for warning in result.warnings],
        "options": {k: str(v) for k, v in result.options.items()},
        "rows": result.table.num_rows,
    }


def _write(row: Refresh, run: Run, home: Home, tiers: Mapping[str, str]) -> None:
    """The scorecards, written beside those that lists still show."""
    columns = _columns(row, run, home)
    columns["tier"] = [tiers.get(code, found) for code, found in zip(columns["customer"], columns["tier"], strict=True)]
    rows = zip(*columns.values(), strict=True)
    with transaction.atomic():
        Scorecard.objects.filter(refresh=row).delete()
        insert(Scorecard, ["refresh", *columns], ((row.pk, *cells) for cells in rows))
        proposed.write(row, _read(row, "next-actions", home))


def _columns(row: Refresh, run: Run, home: Home) -> dict[str, list[Any]]:
    """All figures of all accounts that any analysis speaks of, column by column."""
    tables = {name: _read(row, name, home) for name in FIGURES}
    codes = _codes([table for table in tables.values() if table is not None])
    columns = {
        figure: _aligned(tables[name], column, codes)
        for name, figures in FIGURES.items()
        for column, figure in figures.items()
    }
    columns["risk"] = _risk(columns["churn"], _aligned(_read(row, "churn", home), "alarm", codes))
    columns["anomaly"] = _aligned(_read(row, "anomalies", home), "kind", codes)
    for figure in WORDS:
        columns[figure] = [word or "" for word in columns[figure]]
    return {"customer": codes.to_pylist(), **columns, "months": _sparklines(run, codes)}


def _codes(tables: list[pa.Table]) -> pa.Array:
    """Every account of the tables once, in order."""
    codes = [chunk for table in tables for chunk in table["customer"].cast(pa.string()).chunks]
    known = pa.chunked_array(codes, type=pa.string()).unique()
    return known.take(pc.sort_indices(known))


def _aligned(table: pa.Table | None, column: str, codes: pa.Array) -> list[Any]:
    """A column in the order of the codes; None for accounts that the table does not speak of."""
    if table is None:
        return [None] * len(codes)
    places = pc.index_in(codes, value_set=table["customer"].cast(codes.type))
    aligned: list[Any] = table[column].take(places).to_pylist()
    return aligned


def _risk(churn: list[float | None], alarm: list[bool | None]) -> list[str | None]:
    """The risk in a word, to filter by."""
    return [
        None if chance is None else Risk.HIGH if rings else Risk.MEDIUM if chance >= WATCHED else Risk.LOW
        for chance, rings in zip(churn, alarm, strict=True)
    ]


def _read(row: Refresh, name: str, home: Home) -> pa.Table | None:
    path = folder(home, row) / f"{name}.parquet"
    return pq.ParquetFile(path).read() if path.exists() else None


def result(home: Home, row: Refresh, name: str) -> Result:
    """A result of a refresh, as it was computed; where it ended in a refusal, that refusal again."""
    found, table = row.summaries.get(name, {}), _read(row, name, home)
    if table is None:
        raise Refusal(Message.restored(found["refused"]) if "refused" in found else Message(NOT_COMPUTED))
    headline = Message.restored(found["headline"]) if found.get("headline") else None
    warnings = [Message.restored(each) for each in found["warnings"]]
    findings = Findings(_in_place(table), found["figures"], headline, warnings, found.get("fit", {}))
    analysis = catalogue()[name]
    return Result(analysis, findings, day_number(row.as_of), row.currency, typed(analysis, found["options"]))


def of_account(home: Home, row: Refresh, name: str, code: str) -> list[dict[str, Any]]:
    """One account's rows of a result."""
    path = folder(home, row) / f"{name}.parquet"
    if not path.exists():
        return []
    query = f"SELECT * FROM read_parquet({files([str(path)])}) WHERE customer = $code"  # noqa: S608  (a path of ours)
    rows = rows_of(query, {"code": code})
    return sorted(rows, key=lambda row: row.get(PLACE, 0))


def _sparklines(run: Run, codes: pa.Array) -> list[list[float]]:
    """Net sales of the last 24 whole months, for the small curve beside the revenue."""
    if "order_lines" not in run.source.names:
        return [[]] * len(codes)
    panel = months(run.frame("account_months"), "amount", last_whole_month(run.as_of), SPARK_MONTHS)
    drawn = dict(zip(panel.accounts.to_pylist(), np.round(panel.values).tolist(), strict=True))
    return [drawn.get(code, []) for code in codes.to_pylist()]


def _done(row: Refresh) -> None:
    row.state, row.finished_at = RefreshState.DONE, timezone.now()
    row.save()


def _show(row: Refresh, home: Home) -> None:
    """From now on lists show this refresh; older ones keep their result files, not their list rows.

    Those of the one shown until now stay for a while: somebody may be reading them.
    """
    row.done_steps = [*row.done_steps, "scorecards"]
    until_now = current()
    _done(row)
    for old in Refresh.objects.filter(pk__lt=row.pk).exclude(pk=until_now.pk if until_now else row.pk):
        Scorecard.objects.filter(refresh=old).delete()
        Proposal.objects.filter(refresh=old).delete()
        if old.state != RefreshState.DONE:
            shutil.rmtree(folder(home, old), ignore_errors=True)
    _thin(row, home)


def _thin(shown: Refresh, home: Home) -> None:
    """Of the refreshes before the last weeks, the latest of each month stays."""
    old = Refresh.objects.filter(state=RefreshState.DONE, as_of__lt=shown.as_of - ALL_KEPT).exclude(pk=shown.pk)
    months: set[tuple[int, int]] = set()
    for row in old.order_by("-as_of", "-id"):
        month = (row.as_of.year, row.as_of.month)
        if month in months:
            shutil.rmtree(folder(home, row), ignore_errors=True)
            row.delete()
        months.add(month)
