"""Writes the API's description to the snapshot that the tests compare it with."""

import json
import os
import tempfile
from pathlib import Path

SNAPSHOT = Path(__file__).resolve().parent.parent / "tests" / "api" / "openapi.json"


def main() -> None:
    os.environ.setdefault("VITALFEW_HOME", tempfile.mkdtemp())
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "vitalfew.site.settings")
    import django

    django.setup()
    from vitalfew.api.description import schema

    SNAPSHOT.write_text(json.dumps(schema(), indent=1, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
