"""Facts read with merged codes as one: what was written under a code that was merged counts for the one it was merged into.

The ledgers stay as they were imported; the codes are put in place while they are read. So a merge is undone by forgetting it,
and what is imported later under the old code follows it too.

    kind      {merged code: the code that stands for it}
    customer  renamed wherever a table names a customer
    contact   left out: the person's other row says it already
    competitor  renamed wherever a table names a competitor
    response  a survey's answers that stand no longer: left out
    answer    one of a survey's answers, its number and question on two lines: left out
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

import narwhals as nw
import pyarrow as pa

from vitalfew.warehouse.engines import Engine, Frame
from vitalfew.warehouse.sources import Source
from vitalfew.warehouse.tables import TABLES

Aliases = Mapping[str, Mapping[str, str]]
CUSTOMER: Final = "customer"
MERGED: Final = "merged"
"""The name of the merges beside the versions of the tables."""
CONTACT: Final = "contact"
COMPETITOR: Final = "competitor"
RESPONSE: Final = "response"
ANSWER: Final = "answer"
NAMING: Final = ("customer", "parent", "referrer", "referred")
"""Columns that name a customer."""


@dataclass(frozen=True)
class AsOne:
    """A source with merged codes in their place."""

    facts: Source
    engine: Engine
    aliases: Aliases

    @property
    def names(self) -> frozenset[str]:
        return self.facts.names

    def frame(self, name: str, until: int | None) -> Frame:
        return self.as_one(name, self.facts.frame(name, until)) if name in self.names else self.facts.frame(name, until)

    def as_one(self, name: str, frame: Frame) -> Frame:
        if name not in TABLES:
            return frame
        if name == "contacts" and (gone := self.aliases.get(CONTACT)):
            frame = frame.filter(~nw.col("contact_id").is_in(sorted(gone)))
        if name == "surveys":
            frame = self._standing(frame)
        if COMPETITOR in TABLES[name].by_name and self.aliases.get(COMPETITOR):
            frame = self._renamed(frame, COMPETITOR, COMPETITOR)
        return self._customers_as_one(name, frame) if self.aliases.get(CUSTOMER) else frame

    def _standing(self, frame: Frame) -> Frame:
        """Without the answers that were taken back."""
        if gone := self.aliases.get(RESPONSE):
            frame = frame.filter(~nw.col("response_id").is_in(sorted(gone)))
        if gone := self.aliases.get(ANSWER):
            named = nw.concat_str([nw.col("response_id"), nw.col("item")], separator="\n")
            frame = frame.filter(~named.is_in(sorted(gone)))
        return frame

    def _customers_as_one(self, name: str, frame: Frame) -> Frame:
        key = TABLES[name].key
        if name in {"customers", "wallet"}:
            frame = self._own_rows_first(frame, [column for column in key if column != CUSTOMER])
        for column in NAMING:
            if column in TABLES[name].by_name:
                frame = self._renamed(frame, column, CUSTOMER)
        if name == "customers":
            itself = nw.col("parent") == nw.col(CUSTOMER)
            return frame.with_columns(parent=nw.when(~itself).then(nw.col("parent")))
        if name == "referrals":
            return frame.filter(nw.col("referrer") != nw.col("referred")).unique(subset=list(key), keep="any")
        return frame

    def _renamed(self, frame: Frame, column: str, kind: str) -> Frame:
        codes = self.aliases[kind]
        table = pa.table({"_merged": list(codes), "_into": list(codes.values())})
        into = self.engine.given(f"merged_{kind}", table, None)
        joined = frame.join(into, left_on=column, right_on="_merged", how="left")
        return joined.with_columns(nw.coalesce("_into", column).alias(column)).drop("_into", "_merged", strict=False)

    def _own_rows_first(self, frame: Frame, rest: list[str]) -> Frame:
        """Where two rows come to one key, the row of the code that stands stays; among merged ones the first code's."""
        codes = self.aliases[CUSTOMER]
        asked = frame.filter(nw.col(CUSTOMER).is_in(sorted({*codes, *codes.values()}))).select(CUSTOMER, *rest)
        for row in _doubled(asked.collect("pyarrow").to_native().to_pylist(), codes, rest):
            same = nw.col(CUSTOMER) == row[CUSTOMER]
            for column in rest:
                same = same & (nw.col(column) == row[column])
            frame = frame.filter(~same)
        return frame


def _doubled(rows: Iterable[Mapping[str, Any]], codes: Mapping[str, str], rest: list[str]) -> list[Mapping[str, Any]]:
    """The rows that give way to another of their key."""
    ranked = sorted(rows, key=lambda row: (row[CUSTOMER] in codes, row[CUSTOMER]))
    taken: set[tuple[Any, ...]] = set()
    giving_way = []
    for row in ranked:
        key = (codes.get(row[CUSTOMER], row[CUSTOMER]), *(row[column] for column in rest))
        if key in taken:
            giving_way.append(row)
        taken.add(key)
    return giving_way


def mark(aliases: Aliases) -> dict[str, int]:
    """What tells one state of the merges from another, beside the facts' versions; nothing where nothing is merged."""
    from zlib import crc32

    said = sorted((kind, *pair) for kind, codes in aliases.items() for pair in codes.items())
    return {MERGED: crc32(repr(said).encode())} if said else {}
