"""What the API gives of imports."""

from datetime import datetime
from typing import Any

from ninja import Field, Schema


class ImportOut(Schema):
    """An import and what became of it."""

    id: int
    kind: str
    file: str
    state: str = Field(description="waiting, reading, checked, done, refused, failed, undone")
    who: str
    size: int
    rows_read: int
    progress: float | None
    started_at: datetime
    finished_at: datetime | None
    undone_at: datetime | None
    report: dict[str, Any] = Field(description="As `vitalfew import --json` gives it")


class ImportPage(Schema):
    items: list[ImportOut]
    next: str | None


class Undone(Schema):
    """An import that was taken back, and how many rows are gone."""

    id: int
    state: str
    rows_gone: int
