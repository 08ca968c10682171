"""Rejected rows wait until they are mended and sent again, left out by somebody, or a month old.

A file of rejected rows, sent again, closes the import it came from: what is still wrong in it waits with the new import,
and what was taken out of it was left out. Which import that was says the file's name, or there is one only.
"""

import re
from collections.abc import Mapping
from datetime import timedelta
from typing import Any, Final

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from vitalfew.imports.models import Import, ImportState
from vitalfew.people import audit
from vitalfew.people.models import User
from vitalfew.warehouse.staging import NOTES

FROM: Final = re.compile(r"rejects-(\d{1,18})(?!\d)")
KEPT_OPEN: Final = timedelta(days=30)


def waiting() -> QuerySet[Import]:
    """The imports whose rejected rows wait, the latest first."""
    since = timezone.now() - KEPT_OPEN
    return Import.objects.filter(open_rejects__gt=0, state=ImportState.DONE, started_at__gte=since)


def close_mended(row: Import, report: Mapping[str, Any]) -> None:
    """Where this import was of another's rejected rows, those no longer wait."""
    if NOTES[0] not in report.get("ignored", ()):
        return
    others = waiting().filter(kind=row.kind).exclude(pk=row.pk)
    named = FROM.search(row.file)
    found = others.filter(pk=named[1]) if named else others
    if len(mended := list(found[:2])) == 1:
        Import.objects.filter(pk=mended[0].pk).update(open_rejects=0)


@transaction.atomic
def leave_out(user: User, pk: int) -> bool:
    """The rejected rows of an import are not wanted; gives whether any waited."""
    row = Import.objects.select_for_update().filter(pk=pk, open_rejects__gt=0).first()
    if row is None:
        return False
    audit.record(user, "import-leave", f"import:{row.pk}", {"file": row.file, "rows": row.open_rejects})
    Import.objects.filter(pk=row.pk).update(open_rejects=0)
    return True


@transaction.atomic
def ask_again(user: User, pk: int) -> None:
    """They are wanted after all."""
    row = Import.objects.select_for_update().filter(pk=pk, open_rejects=0, state=ImportState.DONE).first()
    if row is None or not (rejected := row.report.get("rows_rejected")):
        return
    audit.record(user, "import-reopen", f"import:{row.pk}", {"file": row.file, "rows": rejected})
    Import.objects.filter(pk=row.pk).update(open_rejects=rejected)
