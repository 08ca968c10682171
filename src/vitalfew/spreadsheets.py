"""What a spreadsheet would run: a text that starts like a formula is disarmed before it leaves the house."""

import re
from typing import Any, Final

NUMBER: Final = re.compile(r"[+-][0-9]+(\.[0-9]+)?")
"""A negative amount is no formula."""
FORMULA: Final = frozenset("=+-@＝＋－＠\t\r")


def guarded(cell: Any) -> Any:
    """A text that starts like a formula (also after white space or in full width) gets an apostrophe before it."""
    if isinstance(cell, str) and cell.lstrip()[:1] in FORMULA and cell.strip() and not NUMBER.fullmatch(cell):
        return f"'{cell}"
    return cell
