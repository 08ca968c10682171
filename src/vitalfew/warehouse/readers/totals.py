"""Lines that are no records: blank ones, and totals below or between the records (合计 总计 小计 Total …)."""

import re
from collections.abc import Sequence
from typing import Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from vitalfew.warehouse.readers.arrays import bools, codes_of, mask_of
from vitalfew.warehouse.readers.headings import fold

CHINESE: Final = r"(?:本页|本月|本年|年度|月度|全部)?(?:合计|总计|小计|累计|共计|总额)"
TOTAL: Final = re.compile(rf"(?:{CHINESE}|(?:grand|sub|page|overall|report)?total|totals|sum)")
SUSPECT: Final = r"计|計|额|額|(?i:t.?o.?t.?a.?l|s.?u.?m|[ｔＴｓＳ])"
ENDS: Final = re.compile(r".*(?:合计|总计|小计)")
SHORT: Final = 12


def is_blank(row: Sequence[str]) -> bool:
    return not any(cell.strip() for cell in row)


def is_total(row: Sequence[str]) -> bool:
    """Whether the first cell that is not empty is a word for a total."""
    return _says_total(next(cell for cell in row if cell.strip()))


def _says_total(cell: str) -> bool:
    word = fold(cell)
    return bool(TOTAL.fullmatch(word) or (len(word) <= SHORT and ENDS.fullmatch(word)))


def may_hold_total(written: bytes) -> bool:
    if not written.isascii():
        return True
    small = written.lower()
    return b"total" in small or b"sum" in small


def total_rows(keys: pa.Array) -> npt.NDArray[np.bool_]:
    """Rows whose key is a word for a total."""
    coded = keys.dictionary_encode()
    suspects = mask_of(pc.match_substring_regex(coded.dictionary, SUSPECT))
    words = coded.dictionary.filter(bools(suspects)).to_pylist()
    total = np.zeros(len(suspects) + 1, np.bool_)
    total[np.flatnonzero(suspects)] = [_says_total(word) for word in words]
    found: npt.NDArray[np.bool_] = total[codes_of(coded)]
    return found
