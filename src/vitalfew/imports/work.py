"""What runs in the background: an uploaded file, and the refresh after it.

Each task may run twice (a worker can die after the work and before it says so): an import whose rows are known stores
nothing again, and a refresh of the same facts goes on where it stopped.
"""

import contextlib
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django_tasks import TaskResultStatus, task
from django_tasks_db.models import DBTaskResult

from vitalfew.accounts import sync as accounts
from vitalfew.backtests.kept import keep_all
from vitalfew.home import Home
from vitalfew.imports.actions import Job, keep_columns, receive, settle
from vitalfew.imports.forms import answerable
from vitalfew.imports.models import Import, ImportState
from vitalfew.imports.questions import rejected_lines
from vitalfew.imports.uploads import upload_of
from vitalfew.people import audit
from vitalfew.people.models import User
from vitalfew.presence import Busy, is_present, one_at_a_time
from vitalfew.reviews.questions import in_force
from vitalfew.rooms import declared
from vitalfew.warehouse import scorecards
from vitalfew.warehouse.compaction import compact
from vitalfew.warehouse.engines.duck import DuckEngine
from vitalfew.warehouse.known import facts, state
from vitalfew.warehouse.models import Refresh
from vitalfew.warehouse.readers import Options, Refused
from vitalfew.warehouse.store import Store

KEPT_WHILE: Final = (ImportState.CHECKED, ImportState.REFUSED)
MISSING: Final = "missing"
"""Why an import failed whose file was no longer there."""
KEPT_FOR: Final = timedelta(days=30)
TRIES: Final = 3
"""So often a task is begun whose worker ended in the middle of it."""
LAST: Final = -50
"""The priority of work that gives way to uploads and refreshes."""
COMPUTING: Final = "refresh"
FIRST_LINE: Final = 2
"""The line of the first row, the headings being the first line."""
SOON: Final = timedelta(seconds=20)
"""After so long a worker asks again whether another one is done computing."""


def refresh_now(
    home: Home,
    as_of: int | None = None,
    progress: scorecards.Progress = lambda _s, _p: None,
    on: str = "duckdb",
    *,
    wait: bool = True,
) -> Refresh:
    """Bring facts and rooms in line with each other, then compute every scorecard; one process at a time."""
    with one_at_a_time(home.folder, COMPUTING, wait=wait):
        give_facts(home)
        compact(Store(home.facts))
        bring_in_line(home)
        return scorecards.refresh(home, as_of, progress, on, in_force(timezone.localdate()))


def bring_in_line(home: Home) -> None:
    """The rooms' records as the facts have them, the accounts' first."""
    source = facts(home, DuckEngine())
    accounts.sync(source)
    for room in declared("sync"):
        if room is not accounts:
            room.sync(source)


def give_facts(home: Home) -> None:
    """What people changed in the rooms goes to the facts, where every analysis reads it."""
    for room in declared("facts"):
        for kind, rows, stored in room.facts():
            _give(Job(kind, rows, "vitalfew", given_name=f"vitalfew:{kind}"), home, stored)


def _give(job: Job, home: Home, stored: Callable[[frozenset[int]], None]) -> None:
    """The room hears which of its rows were not taken; while those are as they are, they are not given again."""
    before = Import.objects.filter(file=job.given_name, state=ImportState.DONE).first()
    if before and before.report.get("rows_rejected"):
        look = receive(replace(job, dry_run=True), home)
        if not look.rows_accepted and look.rejects == before.report["rejects"]:
            return
    report = receive(job, home)
    lines = rejected_lines(home, report.id) if report.rows_rejected else ()
    stored(frozenset(line - FIRST_LINE for line in lines))


@task()
def refresh() -> int | None:
    """The refresh that follows an import, and what comes after it; several asked for meanwhile are one."""
    if _waits(refresh):
        return None
    try:
        row = refresh_now(settings.HOME, wait=False)
    except Busy:
        refresh.using(run_after=timezone.now() + SOON).enqueue()
        return None
    afterwards()
    return row.pk


def _waits(work: Any) -> bool:
    """Whether the same work is asked for once more, after what is done now."""
    return DBTaskResult.objects.filter(task_path=work.module_path, status=TaskResultStatus.READY).exists()


def ask_for_refresh() -> None:
    """Once, however often it is asked for before it begins."""
    if not _waits(refresh):
        refresh.enqueue()


def ask_if_newer(home: Home) -> None:
    """A refresh by whoever works in the background, where the facts are others than those that lists rest on."""
    shown = scorecards.current()
    if shown is None or shown.versions != state(Store(home.facts)):
        ask_for_refresh()


def drop_asked(before: datetime) -> None:
    """What was asked for by then and has not begun: somebody has refreshed since."""
    waiting = DBTaskResult.objects.filter(task_path=refresh.module_path, status=TaskResultStatus.READY)
    waiting.filter(enqueued_at__lt=before).delete()


def afterwards() -> None:
    """After a refresh the months before are looked at, so that there is a history, and analyses judged on it."""
    look_back.enqueue()
    judge_past.enqueue()


@task()
def look_back() -> int:
    """Histories reach back before the first refresh."""
    try:
        with one_at_a_time(settings.HOME.folder, COMPUTING, wait=False):
            return scorecards.look_back(settings.HOME)
    except Busy:
        if not _waits(look_back):
            look_back.using(run_after=timezone.now() + SOON).enqueue()
        return 0


@task(priority=LAST)
def judge_past() -> int:
    """How well the analyses would have known; on the same facts it is not asked again."""
    return keep_all(settings.HOME)


@task()
def bring_in(import_id: int) -> None:
    """An uploaded file, waiting in the import's folder."""
    home: Home = settings.HOME
    settle(home)
    row = Import.objects.get(pk=import_id)
    upload = upload_of(home, row)
    if row.state in {ImportState.WAITING, ImportState.FAILED}:
        if not upload.exists():
            _missing(row)
            return
        with contextlib.suppress(Refused):
            receive(_job(row, upload), home, row=row)
    if row.state == ImportState.DONE:
        ask_for_refresh()
    drop_if_done(home, row)


def _missing(row: Import) -> None:
    """The file was thrown away, or lost, before it could be read; one that failed keeps what was said of it."""
    waiting = Import.objects.filter(pk=row.pk, state=ImportState.WAITING)
    waiting.update(state=ImportState.FAILED, report={"message": MISSING}, finished_at=timezone.now())


def lay_down(home: Home, row: Import, pieces: Iterable[bytes]) -> None:
    """Keep an uploaded file and have it brought in; where there is no room for it, nothing is left of it."""
    place = upload_of(home, row)
    place.parent.mkdir(parents=True, exist_ok=True)
    try:
        with place.open("wb") as target:
            for piece in pieces:
                target.write(piece)
    except OSError:
        place.unlink(missing_ok=True)
        row.delete()
        raise
    bring_in.enqueue(row.pk)


def take_up(home: Home) -> int:
    """What a worker that is gone had begun is begun again, though not for ever; gives how many tasks there were."""
    running = DBTaskResult.objects.running()
    left = [each for each in running if not is_present(home.folder, (each.worker_ids or [""])[-1])]
    for each in left:
        begin_again(each)
    return len(left)


def begin_again(left: "DBTaskResult[Any, Any]") -> None:
    state = TaskResultStatus.READY if len(left.worker_ids) < TRIES else TaskResultStatus.FAILED
    DBTaskResult.objects.filter(pk=left.pk).update(status=state)


@transaction.atomic
def read_again(kept: Import, user: User, options: dict[str, Any], keep_as: str = "") -> None:
    """Read a kept upload once more, with what its user says of it; its columns may be kept for the next file.

    Asked twice, it is read once.
    """
    row = Import.objects.select_for_update().filter(pk=kept.pk, state__in=KEPT_WHILE).first()
    if row is None:
        return
    options.pop("check", None)
    if keep_as and options.get("mapping"):
        keep_columns(user, keep_as, row.kind, options["mapping"])
    row.state, row.options, row.report, row.finished_at = ImportState.WAITING, options, {}, None
    row.save()
    audit.record(user, "import-again", f"import:{row.pk}", {"file": row.file, "options": options})
    transaction.on_commit(lambda: bring_in.enqueue(row.pk))


@transaction.atomic
def throw_away(kept: Import, user: User) -> None:
    """The file is not wanted after all; its record stays. What is being read already is read."""
    row = Import.objects.select_for_update().filter(pk=kept.pk, state__in=KEPT_WHILE).first()
    if row is None:
        return
    audit.record(user, "import-discard", f"import:{row.pk}", {"file": row.file})
    transaction.on_commit(lambda: upload_of(settings.HOME, row).unlink(missing_ok=True))


def drop_if_done(home: Home, row: Import) -> None:
    """An uploaded file goes when its rows are stored, or when no word of the user's could make it readable.

    Where its reading was cut off it stays, to be read by whoever begins again.
    """
    if row.state in {ImportState.DONE, ImportState.REFUSED} and not awaits_word(row):
        upload_of(home, row).unlink(missing_ok=True)
    for old in Import.objects.filter(
        state__in=(*KEPT_WHILE, ImportState.FAILED), started_at__lt=timezone.now() - KEPT_FOR
    ):
        upload_of(home, old).unlink(missing_ok=True)


def awaits_word(row: Import) -> bool:
    """Whether the file was looked at, and its user is asked what to do with it."""
    return row.state == ImportState.CHECKED or (row.state == ImportState.REFUSED and answerable(row.report))


def _job(row: Import, upload: Path) -> Job:
    asked: dict[str, Any] = row.options
    said = ("mapping", "encoding", "sheet", "day_first", "decimal_comma", "currency")
    options = Options(**{name: asked[name] for name in said if name in asked})
    strict, check = asked.get("strict", False), asked.get("check", False)
    return Job(row.kind, upload, row.who, options, given_name=row.file, dry_run=check, strict=strict)
