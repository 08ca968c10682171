"""What runs in the background: an uploaded file, and the refresh after it.

Each task may run twice (a worker can die after the work and before it says so): an import whose rows are known stores
nothing again, and a refresh of the same facts goes on where it stopped.
"""

from pathlib import Path
from typing import Any

from django.conf import settings
from django_tasks import task

from vitalfew.accounts.sync import sync
from vitalfew.home import Home
from vitalfew.imports.actions import Job, receive, settle
from vitalfew.imports.models import Import, ImportState
from vitalfew.warehouse import scorecards
from vitalfew.warehouse.engines.duck import DuckEngine
from vitalfew.warehouse.models import Refresh
from vitalfew.warehouse.readers import Options, Refused
from vitalfew.warehouse.run import FromStore
from vitalfew.warehouse.store import Store


def refresh_now(home: Home, as_of: int | None = None, progress: scorecards.Progress = lambda _s, _p: None) -> Refresh:
    """Bring accounts in line with the facts, then compute every scorecard."""
    sync(FromStore(DuckEngine(), Store(home.facts).snapshot()))
    return scorecards.refresh(home, as_of, progress)


@task()
def refresh() -> int:
    """The refresh that follows an import."""
    return refresh_now(settings.HOME).pk


@task()
def bring_in(import_id: int) -> None:
    """An uploaded file, waiting in the import's folder."""
    home: Home = settings.HOME
    settle(home)
    row = Import.objects.get(pk=import_id)
    if row.state not in {ImportState.WAITING, ImportState.FAILED}:
        return
    upload = upload_of(home, row)
    try:
        receive(_job(row, upload), home, row=row)
    except Refused:
        return
    finally:
        upload.unlink(missing_ok=True)
    refresh.enqueue()


def upload_of(home: Home, row: Import) -> Path:
    """Where an uploaded file waits; its own name is never a path."""
    suffix = "".join(Path(row.file).suffixes[-2:]).lower()
    safe = suffix if suffix.replace(".", "").isalnum() and len(suffix) <= 12 else ""  # noqa: PLR2004  (.parquet.gz)
    return home.imports / f"upload-{row.pk}{safe}"


def _job(row: Import, upload: Path) -> Job:
    asked: dict[str, Any] = row.options
    options = Options(mapping=asked.get("mapping", {}), encoding=asked.get("encoding"), sheet=asked.get("sheet"))
    return Job(row.kind, upload, row.who, options, given_name=row.file)
