"""What imports keep of a person: rejected rows and reports."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from django.conf import settings

from vitalfew.imports.models import Import
from vitalfew.rooms import Traces
from vitalfew.warehouse.staging import REJECTS


def told(traces: Traces) -> Iterator[Mapping[str, Any]]:
    for place in settings.HOME.imports.glob(f"*/{REJECTS}"):
        for line in _text(place).splitlines():
            if _is_about(line, traces):
                yield {"kind": "rejected row", "import": int(place.parent.name), "row": line}


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
