"""Bringing files in and taking them back.

    open → stage (rows that pass; rejects kept) → one commit in the ledger → the import's record

A crash leaves either nothing (before the commit) or everything (after it): :func:`settle` finds imports whose process is
gone, and completes their record from the commit's own note or marks them failed. The same command again then either
says that all rows are known already, or does the work.
"""

import contextlib
import json
import shutil
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import IO, Any, Final, TypeAlias

import pyarrow as pa
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from vitalfew.databases import without_password
from vitalfew.home import Home
from vitalfew.imports.mending import close_mended
from vitalfew.imports.models import Import, ImportState
from vitalfew.imports.models import Mapping as SavedColumns
from vitalfew.imports.report import Report, begun, finish
from vitalfew.people import audit
from vitalfew.presence import is_present, name_here
from vitalfew.warehouse.engines.duck import DuckEngine
from vitalfew.warehouse.readers import Options, Reading, Refused, open_frame, open_source, read_sql
from vitalfew.warehouse.readers.rows import Reject
from vitalfew.warehouse.staging import REJECTS, STAGED, Rejects, Staged, stage
from vitalfew.warehouse.store import Added, Double, Store
from vitalfew.warehouse.tables import KINDS, Table

Source: TypeAlias = "Path | str | IO[bytes] | pa.Table"
Progress = Callable[[Import, Reading], None]
REPORT_EVERY: Final = 0.5
SQL: Final = "sql://"
DOUBLE: Final = "duplicate-key"
NAMED: Final = 300
"""The longest name of a file that is kept."""


@dataclass(frozen=True)
class Job:
    """What to bring in, and who does it.

    ``source`` is a file, a stream, a table in memory, or sql://… with a ``query``; ``given_name`` is what people call it.
    With ``strict``, rows of customers that the master doesn't know are rejected instead of making stub accounts.
    """

    kind: str
    source: Source
    who: str
    options: Options = field(default_factory=Options)
    given_name: str = ""
    query: str | None = None
    dry_run: bool = False
    strict: bool = False

    @property
    def table(self) -> Table:
        return KINDS[self.kind]

    @property
    def shown_name(self) -> str:
        """What is kept of the source's name: of an address no password."""
        name = self.given_name or (self.source if isinstance(self.source, str) else "")
        return (without_password(name) if name.startswith(SQL) else name)[:NAMED]


def receive(
    job: Job, home: Home, progress: Progress = lambda _row, _reading: None, row: Import | None = None
) -> Report:
    """Bring a source in. Raises :class:`Refused` when nothing of it can be taken; its record says why."""
    began = time.monotonic()
    mine = row is None
    row = row or Import.objects.create(
        kind=job.kind, file=job.shown_name, who=job.who, state=ImportState.READING, process=name_here(home.folder)
    )
    try:
        report = _received(job, home, row, progress)
        report.seconds = round(time.monotonic() - began, 3)
        if not job.dry_run:
            _complete(row, home, report.as_json())
            return report
    except Refused as refused:
        _close(row, ImportState.REFUSED, {**refused.stored(), "message": str(refused)})
        _discard(home, row, gone=job.dry_run and mine)
        raise
    except BaseException:
        with contextlib.suppress(Exception):
            _settle(row, home)
        raise
    return _checked(home, row, report, gone=mine)


def _open(job: Job, home: Home) -> Reading:
    options = replace(job.options, customers=_customers(home)) if job.strict else job.options
    if isinstance(job.source, pa.Table):
        return open_frame(job.source, job.table, options, job.given_name)
    if isinstance(job.source, str):
        return read_sql(job.source.removeprefix(SQL), job.query or "", job.table, options)
    return open_source(job.source, job.table, options)


def _customers(home: Home) -> pa.Array:
    """The codes of the customer master."""
    master = DuckEngine().current(Store(home.facts).ledger(KINDS["customers"]).snapshot(), None)
    codes: pa.Table = master.select("customer").collect("pyarrow").to_native()
    return codes["customer"].combine_chunks()


def _received(job: Job, home: Home, row: Import, progress: Progress) -> Report:
    with _open(job, home) as reading:
        return _read(job, home, row, reading, progress)


def _read(job: Job, home: Home, row: Import, reading: Reading, progress: Progress) -> Report:
    report = begun(job.kind, reading)
    report.id, report.file = row.pk, row.file
    _begin(home, row, reading)
    staged = stage(reading, _folder(home, row), _watch(row, reading, progress))
    store = Store(home.facts)
    note = {"file": row.file, "sha256": reading.sha256, "who": job.who}

    def told(added: Added) -> None:
        _keep_doubles(staged, reading, added)
        finish(report, reading, staged, added)
        report.rejects_file = str(staged.rejects_file) if report.rows_rejected else None

    if job.dry_run:
        told(store.check(job.table, staged.files, row.pk))
    else:
        store.add(job.table, staged.files, row.pk, note, lambda added: _noted(row, report, told, added))
    return report


def _noted(row: Import, report: Report, told: Callable[[Added], None], added: Added) -> None:
    """What is known before the commit stands in the record: whoever completes it after an interruption loses nothing."""
    told(added)
    row.report = report.as_json()
    Import.objects.filter(pk=row.pk).update(report=row.report)


def _folder(home: Home, row: Import) -> Path:
    return home.imports / str(row.pk)


def _begin(home: Home, row: Import, reading: Reading) -> None:
    row.state, row.process = ImportState.READING, name_here(home.folder)
    row.sha256, row.size = reading.sha256, reading.size or 0
    row.save()


def _watch(row: Import, reading: Reading, progress: Progress) -> Callable[[int], None]:
    """Tells how far it is, at most twice a second."""
    told = time.monotonic()

    def watch(rows: int) -> None:
        nonlocal told
        row.rows_read, row.bytes_read = rows, reading.bytes_read
        progress(row, reading)
        if time.monotonic() - told > REPORT_EVERY:
            told = time.monotonic()
            Import.objects.filter(pk=row.pk).update(rows_read=rows, bytes_read=reading.bytes_read)

    return watch


def _keep_doubles(staged: Staged, reading: Reading, added: Added) -> None:
    """Rows whose key came earlier in the same file are rejects too; kept once, however often the commit is tried."""
    if not added.doubles or DOUBLE in staged.reasons:
        return
    with Rejects(staged, reading) as rejects:
        rejects.keep([_reject(double, reading.mapping) for double in added.doubles])


def _reject(double: Double, mapping: Mapping[str, str]) -> Reject:
    values = {mapping.get(name, name): value for name, value in double.values.items()}
    return Reject(double.line, double.field, double.value, DOUBLE, values)


def _complete(row: Import, home: Home, report: Mapping[str, Any]) -> None:
    """Done: nothing lies about that is not needed, and record and audit trail say it together, once."""
    if not report.get("rows_rejected"):
        (_folder(home, row) / REJECTS).unlink(missing_ok=True)
    (_folder(home, row) / STAGED).unlink(missing_ok=True)
    counts = {name: report.get(f"rows_{name}", 0) for name in ("accepted", "rejected", "unchanged")}
    row.open_rejects = report.get("rows_rejected", 0)
    with transaction.atomic():
        close_mended(row, report)
        open_still = Import.objects.select_for_update().filter(pk=row.pk, state=ImportState.READING).first()
        _close(row, ImportState.DONE, report)
        if open_still:
            audit.record(row.who, "import", f"import:{row.pk}", {"kind": row.kind, "file": row.file, **counts})


def _checked(home: Home, row: Import, report: Report, *, gone: bool) -> Report:
    """Only looked at: the record of an uploaded file stays with what was found, that of a command goes."""
    report.rejects_file = None
    if not gone:
        _close(row, ImportState.CHECKED, report.as_json())
    _discard(home, row, gone=gone)
    report.id = None
    return report


def _close(row: Import, state: ImportState, report: Mapping[str, object]) -> None:
    row.state, row.report, row.finished_at = state, report, timezone.now()
    row.rows_read = int(str(report.get("rows_read", row.rows_read)))
    row.save()


def _discard(home: Home, row: Import, *, gone: bool) -> None:
    shutil.rmtree(_folder(home, row), ignore_errors=True)
    if gone:
        row.delete()


def settle(home: Home) -> int:
    """Complete or close the records of imports whose process is gone; gives how many there were."""
    left = [row for row in Import.objects.filter(state=ImportState.READING) if not is_present(home.folder, row.process)]
    for row in left:
        _settle(row, home)
    return len(left)


def _settle(row: Import, home: Home) -> None:
    """Done, if it came to its commit; else failed, with nothing left of it."""
    ledger = Store(home.facts).ledger(KINDS[row.kind])
    note = ledger.committed(row.pk)
    if note:
        counts = json.loads(str(note.get("counts", "{}")))
        _complete(row, home, {**counts, **row.report, "interrupted": True})
    else:
        shutil.rmtree(_folder(home, row), ignore_errors=True)  # room first: the record may need it
        ledger.forget(row.pk)
        _close(row, ImportState.FAILED, {"message": "interrupted"})


@transaction.atomic
def keep_columns(who: object, name: str, kind: str, fields: Mapping[str, str]) -> None:
    """Which heading is which field, for the next file of the same source."""
    saved, made = SavedColumns.objects.get_or_create(name=name, defaults={"kind": kind, "fields": dict(fields)})
    if made or saved.fields != dict(fields):
        SavedColumns.objects.filter(pk=saved.pk).update(kind=kind, fields=dict(fields))
        audit.record(who, "mapping-keep", f"mapping:{name}", {"fields": dict(fields)})


class NotThere(LookupError):
    """There is no such import, or it cannot be taken back."""


def undo(import_id: int, home: Home, who: str) -> int:
    """Take an import back whole; what it had replaced is current again. Gives the rows that are gone.

    The facts come first, so that a large import holds nobody's writing up; asked for again, nothing more of it goes.
    """
    row = _done(Import.objects.all(), import_id)
    gone = Store(home.facts).undo(KINDS[row.kind], row.pk, {"who": who})
    with transaction.atomic():
        row = _done(Import.objects.select_for_update(), import_id)
        row.state, row.undone_at = ImportState.UNDONE, timezone.now()
        row.save()
        audit.record(who, "import-undo", f"import:{row.pk}", {"kind": row.kind, "file": row.file, "rows": gone})
    return gone


def _done(rows: QuerySet[Import], import_id: int) -> Import:
    row = rows.filter(pk=import_id, state=ImportState.DONE).first()
    if row is None:
        raise NotThere(import_id)
    return row
