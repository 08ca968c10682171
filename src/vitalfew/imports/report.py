"""The import report: what was read, taken, rejected and known already."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from vitalfew.warehouse.readers import Reading, Reject
from vitalfew.warehouse.staging import Staged
from vitalfew.warehouse.store import Added


@dataclass
class Report:
    """As `contract.md` names it; ``mapping``, ``guessed`` and the rest are added for people."""

    kind: str
    file: str
    sha256: str = ""
    encoding: str | None = None
    delimiter: str | None = None
    sheet: str | None = None
    rows_read: int = 0
    rows_accepted: int = 0
    rows_rejected: int = 0
    rows_unchanged: int = 0
    rows_restated: int = 0
    rows_skipped: int = 0
    totals_skipped: int = 0
    """Those of the skipped that are totals, not blank."""
    reasons: dict[str, int] = field(default_factory=dict)
    rejects: list[dict[str, Any]] = field(default_factory=list)
    rejects_file: str | None = None
    mapping: dict[str, str] = field(default_factory=dict)
    guessed: list[str] = field(default_factory=list)
    ignored: list[str] = field(default_factory=list)
    suggestions: dict[str, Any] = field(default_factory=dict)
    warnings: dict[str, int] = field(default_factory=dict)
    seconds: float = 0.0
    id: int | None = None

    def as_json(self) -> dict[str, Any]:
        """The document of ``--json``."""
        document = asdict(self)
        return {"import": document.pop("id"), **document}


def begun(kind: str, reading: Reading) -> Report:
    """What is known before the first row."""
    return Report(
        kind=kind,
        file=reading.name,
        sha256=reading.sha256,
        encoding=reading.encoding,
        delimiter=reading.delimiter,
        sheet=reading.sheet,
        mapping=dict(reading.mapping),
        guessed=sorted(reading.guessed),
        ignored=list(reading.ignored),
        suggestions=dict(reading.suggestions),
    )


def finish(report: Report, reading: Reading, staged: Staged, added: Added) -> Report:
    """The counts, after the rows have met the ledger."""
    report.rows_accepted = added.accepted
    report.rows_rejected = staged.rejected
    report.rows_unchanged = added.unchanged
    report.rows_restated = added.restated
    report.rows_read = added.accepted + staged.rejected + added.unchanged
    report.rows_skipped, report.totals_skipped = reading.blanks + reading.totals, reading.totals
    report.reasons = dict(sorted(staged.reasons.items()))
    report.rejects = [shown(reject) for reject in _in_order(staged.rejects)]
    report.warnings = dict(reading.warnings)
    return report


def _in_order(rejects: Sequence[Reject]) -> list[Reject]:
    return sorted(rejects, key=lambda reject: reject.row)


def shown(reject: Reject) -> dict[str, Any]:
    return {"row": reject.row, "field": reject.field, "value": reject.value, "reason": reject.reason}
