"""What imports keep of a person: rejected rows, reports, and files that wait to be read or for a word about them."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from vitalfew.imports.actions import settle
from vitalfew.imports.models import Import, ImportState
from vitalfew.imports.naming import names
from vitalfew.imports.uploads import upload_of
from vitalfew.people import audit
from vitalfew.rooms import InTheWay, Traces
from vitalfew.terms import gettext_noop as _
from vitalfew.warehouse.readers import Refused
from vitalfew.warehouse.staging import REJECTS

BY: Final = "erasing"
SET_ASIDE: Final = "names_erased"
_BEING_READ: Final = _("A file that names the person is being imported. Wait until it is done, and erase again")


def told(traces: Traces) -> Iterator[Mapping[str, Any]]:
    for place in settings.HOME.imports.glob(f"*/{REJECTS}"):
        for line in _text(place).splitlines():
            if _is_about(line, traces):
                yield {"kind": "rejected row", "import": int(place.parent.name), "row": line}

    for row in _waiting(traces):
        yield {"kind": "waiting file", "import": row.pk, "day": row.started_at.date(), "file": row.file}


def ready(traces: Traces) -> None:
    """Files that wait and name the person are set aside: who sent them is told to send them without."""
    settle(settings.HOME)
    rows = _waiting(traces)
    if any(row.state == ImportState.READING for row in rows):
        raise InTheWay(_BEING_READ)
    for row in rows:
        _set_aside(row)


@transaction.atomic
def _set_aside(row: Import) -> None:
    here = Import.objects.select_for_update().filter(pk=row.pk, state=row.state)
    if not here.update(state=ImportState.REFUSED, report=Refused(SET_ASIDE).stored(), finished_at=timezone.now()):
        raise InTheWay(_BEING_READ)
    upload_of(settings.HOME, row).unlink(missing_ok=True)
    audit.record(BY, "import-set-aside", f"import:{row.pk}")


def _waiting(traces: Traces) -> list[Import]:
    """Imports whose file is still here and names the person."""
    home = settings.HOME
    kept = (row for row in Import.objects.exclude(state=ImportState.DONE) if upload_of(home, row).is_file())
    return [row for row in kept if names(upload_of(home, row), traces)]


def forget(traces: Traces) -> None:
    """Rejected rows and reports without the person."""
    for place in settings.HOME.imports.glob(f"*/{REJECTS}"):
        lines = _text(place).splitlines(keepends=True)
        without = [traces.erased_from(line) if _is_about(line, traces) else line for line in lines]
        if without != lines:
            fresh = place.with_suffix(".writing")
            fresh.write_text("".join(without), encoding="utf-8-sig", newline="")
            fresh.rename(place)
    for row in Import.objects.exclude(report={}).iterator():
        if rejects := row.report.get("rejects"):
            row.report["rejects"] = [_without(each, traces) for each in rejects]
            row.save(update_fields=["report"])


def _text(place: Path) -> str:
    with place.open(encoding="utf-8-sig", newline="") as source:
        return source.read()


def _without(reject: dict[str, Any], traces: Traces) -> dict[str, Any]:
    text = str(reject.get("value") or "")
    return {**reject, "value": traces.erased_from(text)} if traces.are_in(text) else reject


def _is_about(line: str, traces: Traces) -> bool:
    """A number or address is one person's; a name may be another's too, unless its account stands beside it."""
    if any(word in line for word in traces.words | traces.numbers):
        return True
    return any(name in line for name in traces.names) and any(code in line for code in traces.accounts)
