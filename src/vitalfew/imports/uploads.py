"""Where an uploaded file waits."""

from pathlib import Path

from vitalfew.home import Home
from vitalfew.imports.models import Import


def upload_of(home: Home, row: Import) -> Path:
    """Where an uploaded file waits; its own name is never a path."""
    suffix = "".join(Path(row.file).suffixes[-2:]).lower()
    safe = suffix if suffix.replace(".", "").isalnum() and len(suffix) <= 12 else ""  # noqa: PLR2004  (.parquet.gz)
    return home.imports / f"upload-{row.pk}{safe}"
