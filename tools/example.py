"""Runs the example notebook and writes what it printed beside its code.

python tools/example.py           write docs/how-to/first-look.md
python tools/example.py --check   fail where the page is not what the example prints
"""

import contextlib
import io
import re
import sys
from collections.abc import Iterator
from pathlib import Path

DOCS = Path(__file__).resolve().parent.parent / "docs"
EXAMPLE, PAGE = DOCS / "examples" / "first_look.py", DOCS / "how-to" / "first-look.md"
CELL = re.compile(r"^# %%(.*)\n", flags=re.MULTILINE)


def cells() -> Iterator[tuple[bool, str]]:
    """The cells of the example: whether it is text, and what it holds."""
    parts = CELL.split(EXAMPLE.read_text(encoding="utf-8"))[1:]
    for kind, body in zip(parts[::2], parts[1::2], strict=True):
        yield "markdown" in kind, body.strip("\n")


def rendered() -> str:
    """The page: text as it stands, code with what it printed."""
    names: dict[str, object] = {"__name__": "first_look"}
    return "\n\n".join(_text(body) if text else _run(body, names) for text, body in cells()) + "\n"


def _text(body: str) -> str:
    return re.sub(r"^# ?", "", body, flags=re.MULTILINE)


def _run(code: str, names: dict[str, object]) -> str:
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(compile(code, EXAMPLE.name, "exec"), names)  # noqa: S102  (our own example)
    shown = printed.getvalue().rstrip()
    return f"```python\n{code}\n```" + (f"\n\n```text\n{shown}\n```" if shown else "")


def main() -> int:
    page = rendered()
    if "--check" in sys.argv:
        return 0 if PAGE.read_text(encoding="utf-8") == page else 1
    PAGE.parent.mkdir(exist_ok=True)
    PAGE.write_text(page, encoding="utf-8")
    print(PAGE.relative_to(DOCS.parent))
    return 0


if __name__ == "__main__":
    sys.exit(main())
