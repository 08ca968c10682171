"""Customers that one file may mean twice: codes that look the same, and one code under several names.

``C001``, ``c001``, ``Ｃ001`` and ``С001`` (the last with a Cyrillic letter) are four codes that a reader takes for one.
Each is kept as written, as a customer of its own; the file is told how many look like one before them.
"""

import unicodedata
from collections import Counter
from collections.abc import Mapping
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc

MANY: Final = 200_000
"""Codes remembered at most; a file with more is no longer looked at."""
LATIN: Final = str.maketrans("АВЕЅІЈКМНОРСТХУΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "ABESIJKMHOPCTXYABEZHIKMNOPTYX")
"""Cyrillic and Greek capitals, each with the Latin one it is drawn like."""


def seen_as(code: str) -> str:
    """What a reader sees of a code: ``seen_as("с００1") == "C001"``."""
    return code.upper() if code.isascii() else unicodedata.normalize("NFKC", code).upper().translate(LATIN)


class Alike:
    """The customers of a file so far; :meth:`of` counts those of its next rows that are odd beside them."""

    def __init__(self) -> None:
        self._codes: set[str] = set()
        self._seen: dict[str, str] = {}
        self._names: dict[str, str] = {}
        self._many_names: set[str] = set()

    def of(self, rows: Mapping[str, pa.Array]) -> Counter[str]:
        """How many codes of these rows look like another one, how many now stand under a second name."""
        if "customer" not in rows or len(self._codes) > MANY:
            return Counter()
        codes = rows["customer"]
        found = Counter(lookalike_key=sum(self._is_like_another(code) for code in _distinct(codes)))
        if "customer_name" in rows:
            named = pa.table({"code": codes, "name": rows["customer_name"]}).drop_null()
            pairs = named.group_by(["code", "name"], use_threads=False).aggregate([])
            names = zip(pairs["code"].to_pylist(), pairs["name"].to_pylist(), strict=True)
            found["name_conflict"] = sum(self._is_under_a_second_name(code, name) for code, name in names)
        return found

    def _is_like_another(self, code: str) -> bool:
        if code in self._codes:
            return False
        self._codes.add(code)
        return self._seen.setdefault(seen_as(code), code) != code

    def _is_under_a_second_name(self, code: str, name: str) -> bool:
        if self._names.setdefault(code, name) == name or code in self._many_names:
            return False
        self._many_names.add(code)
        return True


def _distinct(codes: pa.Array) -> list[str]:
    distinct: list[str] = pc.unique(codes.drop_null()).to_pylist()
    return distinct


__all__ = ["Alike", "seen_as"]
