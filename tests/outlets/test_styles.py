"""The style sheet holds no rule for what no page shows."""

import re
from pathlib import Path

import vitalfew

PACKAGE = Path(vitalfew.__file__).parent
BY_OTHERS = re.compile(r"htmx-request|tier-\w+")
"""Set by htmx, or put together from a code."""


def test_every_class_of_the_style_sheet_is_used():
    rules = re.sub(r"/\*.*?\*/", "", (PACKAGE / "static/app.css").read_text(encoding="utf-8"), flags=re.DOTALL)
    classes = set(re.findall(r"\.([a-zA-Z][\w-]*)", re.sub(r"\{[^{}]*\}", "{}", rules)))
    files = [*PACKAGE.rglob("templates/**/*.html"), *PACKAGE.rglob("*.py"), *(PACKAGE / "static").glob("*.js")]
    pages = "\n".join(path.read_text(encoding="utf-8") for path in files)

    used = set(re.findall(r"[\w-]+", pages))

    assert len(classes) > 100
    assert not {each for each in classes - used if not BY_OTHERS.fullmatch(each)}
