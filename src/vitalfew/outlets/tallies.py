"""The tables of the house, and how many rows of each went by, with a digest of them all.

Digests of rows are added up, so that two databases which give the same rows in another order are told the same.
"""

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any, Final, Self
from uuid import UUID

from django.apps import apps
from django.db import models

AT_A_TIME: Final = 2_000
SPACE: Final = 2**256


@dataclass(frozen=True)
class Table:
    """A table of the house and its model."""

    model: type[models.Model]

    @cached_property
    def _described(self) -> Any:
        return self.model._meta  # noqa: SLF001  (Django's public way to a model's fields)

    @property
    def name(self) -> str:
        return str(self._described.db_table)

    @property
    def key(self) -> str:
        return str(self._described.pk.column)

    @property
    def columns(self) -> list[str]:
        return [each.attname for each in self._described.concrete_fields]

    @property
    def documents(self) -> list[bool]:
        """Which columns hold documents."""
        return [isinstance(each, models.JSONField) for each in self._described.concrete_fields]

    def rows(self, using: str) -> Any:
        """All rows that the database has of it, as tuples of Python's values."""
        every = self.model._base_manager  # noqa: SLF001  (as above: no manager of the room's leaves any out)
        return every.using(using).order_by("pk").values_list(*self.columns)


def tables() -> list[Table]:
    """Every table that has a model, each once, also those that only tie two others together."""
    return [Table(each) for each in apps.get_models(include_auto_created=True) if _own(each._meta)]  # noqa: SLF001  (as above)


def _own(described: Any) -> bool:
    return described.managed and not described.proxy


@dataclass
class Tally:
    """How many rows of a table went by, and the sum of their digests."""

    table: Table
    rows: int = 0
    digest: int = 0
    _documents: Sequence[bool] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        self._documents = self.table.documents

    def through(self, rows: Iterable[Sequence[Any]], tell: Callable[[str, int], None]) -> Iterator[Sequence[Any]]:
        """The rows, counted as they pass."""
        for row in rows:
            self.rows += 1
            self.digest = (self.digest + _digest(row, self._documents)) % SPACE
            if self.rows % AT_A_TIME == 0:
                tell(self.table.name, AT_A_TIME)
            yield row

    def over(self, rows: Any, tell: Callable[[str, int], None]) -> Self:
        for _row in self.through(rows.iterator(AT_A_TIME), tell):
            pass
        return self


def _digest(row: Sequence[Any], documents: Sequence[bool]) -> int:
    cells = [_numbers(cell) if document else cell for cell, document in zip(row, documents, strict=True)]
    text = json.dumps(cells, default=_plain, sort_keys=True)
    return int.from_bytes(hashlib.sha256(text.encode()).digest(), "big")


def _plain(value: Any) -> str:
    if isinstance(value, Decimal | UUID):
        return str(value)
    return value.isoformat() if isinstance(value, date) else bytes(value).hex()


def _numbers(value: Any) -> Any:
    """A document with its numbers as numbers: one database says 1e16 where the other says 10000000000000000."""
    if isinstance(value, dict):
        return {key: _numbers(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_numbers(each) for each in value]
    if isinstance(value, int | float) and not isinstance(value, bool):
        return float(value) + 0.0
    return value
