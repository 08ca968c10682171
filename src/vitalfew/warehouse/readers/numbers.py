"""Exact numbers: what is written is what is stored, or the row is rejected.

    1234.5   １２３４．５   1,234.50   1 234.50   ￥1,234.50   1234.50 CNY   (1,234.50)   1,234.50-   1.5万

``1.234,56`` and ``12,5`` are read differently in different places: refused, unless the user has said that a comma is
the decimal point. ``1.65E+06`` has lost its digits in a spreadsheet: refused.
"""

import re
import unicodedata
from decimal import Decimal
from functools import partial
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from vitalfew.warehouse.readers.arrays import NOTHING, Mask, bools, mask_of, scalar, valid
from vitalfew.warehouse.readers.cells import (
    Checked,
    Wrong,
    blank_to_null,
    merged,
    one_by_one,
    raw,
)
from vitalfew.warehouse.readers.currencies import CODES
from vitalfew.warehouse.tables import ARROW, Type

PLACES: Final = 4
PLAIN_BYTES: Final = b"0123456789.-"
INT64_DIGITS: Final = 18
SHORT: Final = 10

PLAIN: Final = {
    "money": r"^-?\d{1,16}(\.\d{1,4})?$",
    "quantity": r"^-?\d{1,14}(\.\d{1,4})?$",
    "number": r"^-?\d{1,15}(\.\d{1,15})?$",
    "whole": r"^-?\d{1,18}$",
}
LONG: Final = r"^-?\d{1,16}\.\d{5,20}$"
WIDEST, FINEST = 38, 20
GROUPED: Final = r"^(-?[¥$€£]? ?|[¥$€£]-)\d{1,3}(,\d{3})*(\.\d{1,4})?$"
FOR_ARROW: Final = r"[¥$€£, ]"

SIGN: Final = "[¥$€£₩₹฿元]"
WORD: Final = "RMB|NT\\$|HK\\$|US\\$|人民币|" + "|".join(sorted(CODES))
AROUND: Final = re.compile(rf"^(?:{WORD}|{SIGN})?\s*(.*?)\s*(万|萬|亿|億)?\s*(?:{WORD}|{SIGN})?$", re.IGNORECASE)
TIMES: Final = {"万": 10**4, "萬": 10**4, "亿": 10**8, "億": 10**8, None: 1}

POINT: Final = re.compile(r"(?:\d+|\d{1,3}(?:,\d{3})+|\d{1,3}(?:[ '’]\d{3})+)(?:\.\d*)?|\.\d+")
COMMA: Final = re.compile(r"(?:\d+|\d{1,3}(?:\.\d{3})+|\d{1,3}(?:[ '’]\d{3})+)(?:,\d*)?|,\d+")


def rounded(cells: pa.Array) -> tuple[pa.Array, int]:
    """The cells with those of more than four places cut to four, halves away from zero; and how many these were."""
    long = mask_of(pc.match_substring_regex(cells, LONG))
    if not long.any():
        return cells, 0
    exact = cells.filter(bools(long)).cast(pa.decimal128(WIDEST, FINEST))
    near = pc.round(exact, ndigits=PLACES, round_mode="half_towards_infinity").cast(pa.decimal128(WIDEST, PLACES))
    return pc.replace_with_mask(cells, bools(long), near.cast(pa.string())), int(long.sum())


def number_column(column: pa.Array, kind: Type, *, decimal_comma: bool = False) -> Checked:
    """Cells of a numeric field, at once where they are plainly written, else each distinct cell by itself."""
    filled = blank_to_null(column)
    if not decimal_comma and not raw(filled).translate(None, PLAIN_BYTES):
        try:
            return Checked(filled.cast(ARROW[kind]))
        except pa.ArrowInvalid:
            pass  # some cell needs a closer look
    return _mixed(filled, kind, decimal_comma=decimal_comma)


def _mixed(filled: pa.Array, kind: Type, *, decimal_comma: bool) -> Checked:
    filled = pc.utf8_normalize(filled, "NFKC")
    done = _empty(filled)
    first = pa.nulls(len(filled), ARROW[kind])
    if not decimal_comma:
        plain = mask_of(pc.match_substring_regex(filled, PLAIN[kind]))
        grouped = _grouped(filled, kind) & ~plain
        text = pc.if_else(bools(grouped), pc.replace_substring_regex(filled, FOR_ARROW, ""), filled)
        done |= plain | grouped
        first = pc.if_else(bools(plain | grouped), text, NOTHING).cast(ARROW[kind])
    rest = one_by_one(filled.filter(bools(~done)), ARROW[kind], partial(_typed, kind=kind, decimal_comma=decimal_comma))
    return merged(first, done, rest)


def _empty(filled: pa.Array) -> Mask:
    return ~valid(filled)


def _grouped(filled: pa.Array, kind: Type) -> Mask:
    """Cells that Arrow can read once signs and separators are taken out, short enough for every type."""
    if kind in {"whole", "number"}:
        return np.zeros(len(filled), np.bool_)
    short = mask_of(pc.less_equal(pc.utf8_length(filled), scalar(SHORT + PLACES, pa.int32())))
    return short & mask_of(pc.match_substring_regex(filled, GROUPED))


def _typed(cell: str, kind: Type, *, decimal_comma: bool) -> Decimal | float | int | None:
    value = number(cell, decimal_comma=decimal_comma)
    if value is None:
        return None
    if kind == "number":
        return float(value)
    if kind == "whole":
        return _whole(value)
    return _fitting(value, ARROW[kind].precision)


def number(cell: str, *, decimal_comma: bool = False) -> Decimal | None:
    """What a cell says, exactly; None where it says nothing."""
    text = unicodedata.normalize("NFKC", cell).replace("−", "-").strip()
    if text in {"", "NULL", "\\N"}:
        return None
    body, negative = _unsigned(text)
    matched = AROUND.match(body)
    if matched is None:
        raise Wrong("not-a-number")
    body, inner = _unsigned(matched[1])
    if (negative and inner) or not (COMMA if decimal_comma else POINT).fullmatch(body):
        raise Wrong("not-a-number")
    value = Decimal(_bare(body, decimal_comma=decimal_comma)) * TIMES[matched[2]]
    return -value if negative or inner else value


def _unsigned(text: str) -> tuple[str, bool]:
    """Without its sign, which may lead, follow or be a pair of brackets."""
    if text.startswith("(") and text.endswith(")"):
        return text[1:-1].strip(), True
    if text[:1] in {"-", "+"}:
        return text[1:].strip(), text[0] == "-"
    if text.endswith("-"):
        return text[:-1].strip(), True
    return text, False


def _bare(body: str, *, decimal_comma: bool) -> str:
    point, group = (",", ".") if decimal_comma else (".", ",")
    for separator in (group, " ", "'", "’"):
        body = body.replace(separator, "")
    return body.replace(point, ".")


def _fitting(value: Decimal, precision: int) -> Decimal:
    if value.adjusted() >= precision - PLACES:
        raise Wrong("out-of-range")
    exact = value.quantize(Decimal(1).scaleb(-PLACES)) if _short(value) else None
    if exact is None or exact != value:
        raise Wrong("currency_precision")
    return exact


def _short(value: Decimal) -> bool:
    """Whether quantising stays within the digits of the decimal context."""
    return len(value.as_tuple().digits) <= INT64_DIGITS + PLACES


def _whole(value: Decimal) -> int:
    if value.adjusted() >= INT64_DIGITS:
        raise Wrong("out-of-range")
    if value != value.to_integral_value():
        raise Wrong("not-a-number")
    return int(value)
