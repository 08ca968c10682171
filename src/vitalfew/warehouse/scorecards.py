"""Scorecards: every account's figures as of one day, whole or not at all.

A refresh computes its analyses one by one, keeps each result as a file in the ledger folder's ``results`` (so that it
goes on where it was killed), writes the scorecards beside the ones that lists still show, and is shown from the moment it
is marked done. History for the account page stays in the result files of past refreshes; they thin out with age, and
:func:`look_back` adds the ends of the months before the first one.
"""

import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.dispatch import Signal
from django.utils import timezone

from vitalfew.catalogue import VARIANTS, Findings, Refusal, catalogue
from vitalfew.home import Home
from vitalfew.language import Message
from vitalfew.panels import Months, last_whole_month, month_of, month_start, months
from vitalfew.terms import gettext_noop as _
from vitalfew.warehouse import account_months, blocks, cards, gained, proposed
from vitalfew.warehouse.cards import FIGURES
from vitalfew.warehouse.engines import Engine, engine
from vitalfew.warehouse.engines.duck import DuckEngine
from vitalfew.warehouse.inserts import drop
from vitalfew.warehouse.known import aliases, known, state
from vitalfew.warehouse.merged import CUSTOMER, MERGED, mark
from vitalfew.warehouse.models import Proposal, Refresh, RefreshState, Scorecard
from vitalfew.warehouse.run import PLACE, Result, Run, after_their_inputs, day_number, day_of, start, typed
from vitalfew.warehouse.shelf import open_shelf
from vitalfew.warehouse.store import Store
from vitalfew.warehouse.tables import TABLES

Progress = Callable[[str, float], None]
STALE: Final = timedelta(minutes=10)
LOOKED_AT: Final = frozenset({*FIGURES, "single-thread"})
"""What is computed for past months: the figures of the scorecard, and on whom each account hung."""
MONTHS_BACK: Final = (3, 6, 9, 12)
NEAR: Final = timedelta(days=15)
ALL_KEPT: Final = timedelta(days=31)
"""How long every refresh is kept; after that, one a month."""
PIECE: Final = 100
"""So many blocks are put in order at a time."""
"""So many rows are put in order and written at a time: a large answer is never held twice."""
NOT_COMPUTED: Final = _("Not computed yet: it comes with the next refresh")

YEARLY: Final[Mapping[str, Mapping[str, Any]]] = dict(VARIANTS.values())
"""Lists speak of the last twelve months where an analysis can."""


refreshed: Final = Signal()
"""Told once lists show a ``refresh``, and once the months before it are looked back at."""
wanted: Final = Signal()
"""Told where what people did changes what a refresh would find."""


def running() -> Refresh | None:
    """The refresh that is being computed; one that hasn't moved for a while was killed and isn't shown."""
    lately = timezone.now() - STALE
    return Refresh.objects.filter(state=RefreshState.RUNNING, touched_at__gt=lately).first()


_held: Final[ContextVar[list[Refresh | None] | None]] = ContextVar("held", default=None)


@contextmanager
def held() -> Iterator[None]:
    """Within, `current` is asked once: what is shown together is of one refresh, also while the next takes its place."""
    before = _held.set([])
    try:
        yield
    finally:
        _held.reset(before)


def current() -> Refresh | None:
    """The refresh that lists show: the latest one that is done. What its analyses found is read when it is asked for."""
    held = _held.get()
    if held is None:
        return _latest()
    if not held:
        held.append(_latest())
    return held[0]


def _latest() -> Refresh | None:
    shown = Refresh.objects.filter(state=RefreshState.DONE, looks_back=False)
    return shown.defer("summaries", "done_steps").order_by("-id").first()


def told() -> Refresh | None:
    """The same, unless there was nothing to compute it from."""
    shown = current()
    return shown if shown and shown.scorecards.exists() else None


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
        with _failing(row), open_shelf(home, run, row.versions, whole=not row.done_steps):
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
    names = [name for name in catalogue() if name in LOOKED_AT]
    for day in days:
        with engine("duckdb", home.facts) as chosen:
            row, run = _begin(home, chosen, day_number(day), {"steps": len(names), "looks_back": True})
            with _failing(row):
                _compute(row, run, names, home, progress)
        _done(row)
    if days:
        refreshed.send(Refresh, refresh=shown)
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
    versions = state(store)
    run = start(known(home, on, versions), on, as_of)
    asked = {"as_of": day_of(run.as_of), "currency": run.currency, **told}
    left = Refresh.objects.filter(state=RefreshState.RUNNING, **asked).order_by("-id").first()
    if left and left.versions == versions:
        return left, run
    Refresh.objects.filter(state=RefreshState.RUNNING).update(state=RefreshState.FAILED)
    return Refresh.objects.create(versions=versions, **asked), run


@contextmanager
def _failing(row: Refresh) -> Iterator[None]:
    """What goes wrong stands in the refresh's record."""
    try:
        yield
    except Exception as failure:
        Refresh.objects.filter(pk=row.pk).update(state=RefreshState.FAILED, message=repr(failure)[:1000])
        raise


def _compute(row: Refresh, run: Run, names: Sequence[str], home: Home, progress: Progress) -> None:
    """Each analysis after those it reads, whose rows then lie in their files: the run holds one answer at a time."""
    row.done_steps = [name for name in row.done_steps if not _outgrown(row, name, home)]
    for name in row.done_steps:
        _put_away(row, name, run, home)
    for name in after_their_inputs(names):
        if name not in row.done_steps:
            _step(row, name, run, home)
            _put_away(row, name, run, home)
        progress(name, row.progress)


def _put_away(row: Refresh, name: str, run: Run, home: Home) -> None:
    place = folder(home, row) / f"{name}.parquet"
    if place.exists():
        run.put_away(name, place, **YEARLY.get(name, {}))


def _outgrown(row: Refresh, name: str, home: Home) -> bool:
    """Whether the analysis has gained a column since: others may read it."""
    place = folder(home, row) / f"{name}.parquet"
    return place.exists() and bool(gained.since(pq.read_schema(place), catalogue()[name]))


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
    fresh = place.with_suffix(".writing")
    if table.column_names[0] == "customer":
        table = table.append_column(PLACE, pa.array(np.arange(len(table))))
        order = pc.sort_indices(table, [("customer", "ascending"), (PLACE, "ascending")])
    else:
        order = pa.array(np.arange(len(table)))
    rows = blocks.rows_a_block(table)
    with pq.ParquetWriter(fresh, table.schema, compression="zstd", write_statistics=table.column_names[:1]) as writer:
        for start in range(0, len(table), PIECE * rows):
            writer.write_table(table.take(order.slice(start, PIECE * rows)), row_group_size=rows)
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
    """The scorecards, written beside those that lists still show, and each account's months.

    Nobody sees them before the refresh is done: others may write to the database meanwhile.
    """
    drawn, merged = _months(run), aliases()
    if drawn and mark(merged).get(MERGED) == row.versions.get(MERGED):
        account_months.keep(drawn, folder(home, row), merged.get(CUSTOMER, {}))
    cards.write(row, partial(_read, row, home=home), drawn and drawn.until(last_whole_month(run.as_of)), tiers)
    proposed.write(row, _read(row, "next-actions", home=home))


def _months(run: Run) -> Months | None:
    """Net sales of the months that the account page draws."""
    if "order_lines" not in run.source.names:
        return None
    return months(run.frame("account_months"), "amount", month_of(run.as_of), account_months.WIDTH)


def _read(row: Refresh, name: str, columns: Sequence[str] | None = None, *, home: Home) -> pa.Table | None:
    path = folder(home, row) / f"{name}.parquet"
    return gained.read(path, catalogue()[name], columns) if path.exists() else None


def result(home: Home, row: Refresh, name: str) -> Result:
    """A result of a refresh, as it was computed; where it ended in a refusal, that refusal again."""
    found, table = row.summaries.get(name, {}), _read(row, name, home=home)
    if table is None or "warnings" not in found:
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
    empty = dict.fromkeys(column.name for column in catalogue()[name].columns)
    return sorted(({**empty, **kept} for kept in blocks.rows_of(path, code)), key=lambda found: found.get(PLACE, 0))


def _done(row: Refresh) -> None:
    row.state, row.finished_at = RefreshState.DONE, timezone.now()
    row.save()


def _show(row: Refresh, home: Home) -> None:
    """From now on lists show this refresh; older ones keep their result files, not their list rows.

    Those of the one shown until now stay for a while: somebody may be reading them.
    """
    row.done_steps = [*row.done_steps, "scorecards"]
    until_now = _latest()
    _done(row)
    for old in _left_by(Refresh.objects.filter(pk__lt=row.pk).exclude(pk=until_now.pk if until_now else row.pk)):
        drop(Scorecard.objects.filter(refresh=old))
        drop(Proposal.objects.filter(refresh=old))
        if old.state != RefreshState.DONE:
            shutil.rmtree(folder(home, old), ignore_errors=True)
    _thin(row, home)
    refreshed.send(Refresh, refresh=row)


def _left_by(refreshes: QuerySet[Refresh]) -> QuerySet[Refresh]:
    """Those of which rows are left, and those that came to nothing."""
    cards, proposals = (Exists(each.filter(refresh=OuterRef("pk"))) for each in (Scorecard.objects, Proposal.objects))
    return refreshes.defer("summaries", "done_steps").filter(cards | proposals | ~Q(state=RefreshState.DONE))


def _thin(shown: Refresh, home: Home) -> None:
    """Of the refreshes before the last weeks, the latest of each month stays."""
    old = Refresh.objects.filter(state=RefreshState.DONE, as_of__lt=shown.as_of - ALL_KEPT).exclude(pk=shown.pk)
    months: set[tuple[int, int]] = set()
    for row in old.defer("summaries", "done_steps").order_by("-as_of", "-id"):
        month = (row.as_of.year, row.as_of.month)
        if month in months:
            shutil.rmtree(folder(home, row), ignore_errors=True)
            row.delete()
        months.add(month)
