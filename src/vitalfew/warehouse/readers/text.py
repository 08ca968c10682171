"""Text as given: edge spaces trimmed, NFC, nothing cut; and codes, which must not hide a second customer.

A code is a key or points to one. What cannot be seen in it, or what a spreadsheet made of it, is an error there; in
names and free text it is data.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from vitalfew.warehouse.readers.arrays import EMPTY, mask_of, scalar, texts
from vitalfew.warehouse.readers.cells import (
    Checked,
    Problems,
    Wrong,
    blank_to_null,
    by_value,
    marked,
    offsets,
    one_by_one,
    raw,
)
from vitalfew.warehouse.readers.currencies import currency


@dataclass(frozen=True)
class Rule:
    """How long a text may be, and whether it is a code."""

    limit: int
    code: bool = False


CODE, NAME, FREE = Rule(100, code=True), Rule(300), Rule(10_000)
WORD, CREDIT_CODE = Rule(100), Rule(18, code=True)
OF_RECORDS: Final = {**dict.fromkeys(("kind", "region", "country", "industry", "manager"), WORD), "uscc": CREDIT_CODE}
"""As long as an account's record has room for."""
CODE_FIELDS: Final = """
    customer parent uscc product order_id line_no invoice_id entry_id response_id item complaint_id contact_id
    referrer referred place period contract event fact
"""
CODES: Final = frozenset(CODE_FIELDS.split())
FREE_TEXTS: Final = frozenset({"text", "outcome"})

PRINTABLE: Final = bytes(range(0x20, 0x7F))
TELLTALE: Final = (b"#", b"?", b"\\N", b"E+", b"NULL")  # no plain text that is odd lacks all of these

CONTROL: Final = r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x{80}-\x{9f}]"
CONTROL_IN_CODE: Final = r"[\x00-\x1f\x7f\x{80}-\x{9f}]"
INVISIBLE: Final = (
    r"[\x{ad}\x{34f}\x{61c}\x{115f}\x{1160}\x{17b4}\x{17b5}\x{180b}-\x{180f}\x{200b}-\x{200f}\x{2028}-\x{202e}"
    r"\x{2060}-\x{206f}\x{3164}\x{fe00}-\x{fe0f}\x{feff}\x{ffa0}\x{fff9}-\x{fffb}\x{e0000}-\x{e0fff}]"
)
DAMAGED: Final = r"^(\d(\.\d+)?E\+\d{1,3}|\?+)$"
NO_VALUE: Final = r"^(NULL|\\N)$"
NOT_COMPUTED: Final = "#FORMULA!"  # our own word for a formula whose result was never stored
ERROR: Final = r"^#(N/A|DIV/0!|REF!|VALUE!|NAME\?|NULL!|NUM!|SPILL!|CALC!|FORMULA!)$"


def rule_of(field: str) -> Rule:
    if field in OF_RECORDS:
        return OF_RECORDS[field]
    if field in CODES:
        return CODE
    return FREE if field in FREE_TEXTS else NAME


def text_column(column: pa.Array, field: str) -> Checked:
    """Cells of a text field: plain ASCII passes as it stands, anything else is looked at value by value."""
    if field == "currency":
        return one_by_one(blank_to_null(column), pa.string(), currency)
    rule, written = rule_of(field), raw(column)
    if written.translate(None, PRINTABLE) or any(sign in written for sign in TELLTALE):
        return by_value(column, lambda values: _judged(values, rule))
    trimmed = pc.ascii_trim(column, " ") if b" " in written else column
    lengths = np.diff(offsets(trimmed))
    return Checked(blank_to_null(trimmed), marked(None, lengths > rule.limit, "too_long", len(column)))


def _judged(values: pa.Array, rule: Rule) -> Checked:
    clean = pc.utf8_normalize(pc.utf8_trim_whitespace(values), "NFC")
    clean = clean.cast(pa.string())
    if rule.code:
        clean = pc.if_else(pc.match_substring_regex(clean, NO_VALUE), EMPTY, clean)
    return Checked(blank_to_null(clean), _problems(clean, rule))


def _problems(clean: pa.Array, rule: Rule) -> Problems | None:
    found: Problems | None = None
    tests = [
        ("missing", ERROR),
        ("bad-encoding", "\N{REPLACEMENT CHARACTER}"),
        ("control_characters", CONTROL_IN_CODE if rule.code else CONTROL),
    ]
    tests += [("invisible_characters", INVISIBLE), ("damaged_code", DAMAGED)] if rule.code else []
    for reason, pattern in tests:
        found = marked(found, mask_of(pc.match_substring_regex(clean, pattern)), reason, len(clean))
    return marked(
        found, mask_of(pc.greater(pc.utf8_length(clean), scalar(rule.limit, pa.int32()))), "too_long", len(clean)
    )


def clean(cell: str, field: str) -> str | None:
    """One cell as ``text_column`` would give it; None where it is empty or wrong."""
    value: str | None = text_column(texts([cell]), field).values[0].as_py()
    return value


__all__ = ["Wrong", "clean", "rule_of", "text_column"]
