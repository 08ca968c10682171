"""Is the house in order: database, facts, audit trail, disk, work that hangs."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pyarrow.parquet as pq
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from vitalfew.home import Home
from vitalfew.imports.models import Import, ImportState
from vitalfew.language import Count, Language, Message, Number
from vitalfew.people import audit
from vitalfew.people.models import User
from vitalfew.people.roles import Role
from vitalfew.presence import is_present
from vitalfew.terms import gettext_noop as _
from vitalfew.warehouse.models import Refresh, RefreshState
from vitalfew.warehouse.store import Store

LEAST_FREE_GB = 2.0


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at."""

    name: str
    good: bool
    message: Message

    def as_json(self, language: Language) -> dict[str, Any]:
        return {"check": self.name, "ok": self.good, "message": self.message.say(language)}


def examine(home: Home) -> list[Finding]:
    """Look at everything; nothing is changed."""
    return [_database(), _facts(home), _people(), _trail(), _disk(home), *_work(home)]


def _database() -> Finding:
    executor = MigrationExecutor(connection)
    waiting = len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    if waiting:
        text = _("Database ({kind}): {n} changes of its tables wait: run vitalfew upgrade")
        return Finding("database", False, Message(text, {"kind": connection.vendor, "n": Count(waiting)}))
    return Finding(
        "database", True, Message(_("Database ({kind}): answers, tables are current"), {"kind": connection.vendor})
    )


def _facts(home: Home) -> Finding:
    """Every file of the latest versions is there and can be opened."""
    files = rows = 0
    for snapshot in Store(home.facts).snapshot().values():
        for path in (*snapshot.rows, *snapshot.marks, *snapshot.echoes):
            try:
                rows += pq.ParquetFile(path).metadata.num_rows
            except (OSError, ValueError):
                return Finding(
                    "facts",
                    False,
                    Message(_("Facts: the file {path} is missing or damaged: restore a backup"), {"path": path}),
                )
            files += 1
    text = _("Facts: {files} files with {rows} rows can be read")
    return Finding("facts", True, Message(text, {"files": Count(files), "rows": Count(rows)}))


def _people() -> Finding:
    """Somebody can manage the others."""
    number = User.objects.filter(role=Role.ADMINISTRATOR, is_active=True).count()
    if not number:
        text = _("Administrators: none. vitalfew user add NAME --role administrator makes one")
        return Finding("people", False, Message(text))
    return Finding("people", True, Message(_("Administrators: {n}"), {"n": Count(number)}))


def _trail() -> Finding:
    verdict = audit.verify()
    if verdict.broken_at is not None:
        text = _("Audit trail: broken at entry {n}: somebody changed it behind our back")
        return Finding("audit", False, Message(text, {"n": Count(verdict.broken_at)}))
    return Finding("audit", True, Message(_("Audit trail: whole, {n} entries"), {"n": Count(verdict.entries)}))


def _disk(home: Home) -> Finding:
    free = shutil.disk_usage(home.folder).free / 1e9
    text = _("Disk: {gb} GB free")
    return Finding("disk", free >= LEAST_FREE_GB, Message(text, {"gb": Number(free, 1)}))


def _imports(home: Home) -> Finding:
    """One whose process is gone waits for somebody to complete it."""
    running = Import.objects.filter(state=ImportState.READING)
    left = sum(not is_present(home.folder, process) for process in running.values_list("process", flat=True))
    if left:
        text = _("{n} imports were cut off: start a worker (vitalfew worker), which completes them or reads them again")
        return Finding("imports", False, Message(text, {"n": Count(left)}))
    return Finding("imports", True, Message(_("Imports under way: {n}"), {"n": Count(running.count())}))


def _work(home: Home) -> Iterator[Finding]:
    yield _imports(home)
    failed = Refresh.objects.first()
    if failed and failed.state == RefreshState.FAILED:
        yield Finding("refresh", False, Message(_("The latest refresh failed: run vitalfew refresh --debug")))
