"""The result of a query as a source, streamed; the database is only asked, never written to."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

import numpy as np

from vitalfew.databases import without_password
from vitalfew.warehouse.readers.arrays import texts
from vitalfew.warehouse.readers.plain import plain
from vitalfew.warehouse.readers.reasons import Refused
from vitalfew.warehouse.readers.rows import Block

if TYPE_CHECKING:
    from sqlalchemy import Connection, CursorResult

ROWS: Final = 20_000


class Query:
    """A query as a source of blocks; rows are counted from 2, headings being line 1."""

    encoding = delimiter = sheet = epoch = None

    def __init__(self, url: str, query: str) -> None:
        self._url, self._query = url, query
        self.bytes_read = 0
        self.remarks: dict[str, int] = {}
        self.headings: list[str] = []
        self._begun: Iterator[Block] | None = self._run()
        self._first = next(self._begun, None)

    @property
    def name(self) -> str:
        """The address without its password."""
        return without_password(self._url)

    def first(self) -> Block | None:
        return self._first

    def blocks(self) -> Iterator[Block]:
        """Blocks of rows as text; the query that gave the headings goes on, a second reading asks again."""
        begun, self._begun = self._begun, None
        if begun is None:
            yield from self._run()
        elif self._first is not None:
            yield self._first
            yield from begun

    def _run(self) -> Iterator[Block]:
        from sqlalchemy import create_engine
        from sqlalchemy.exc import SQLAlchemyError

        try:
            engine = create_engine(self._url)
            try:
                with engine.connect() as connection:
                    yield from self._fetched(connection)
            finally:
                engine.dispose()
        except (SQLAlchemyError, ImportError) as error:
            raise Refused("source_failed", error=str(getattr(error, "orig", None) or error)) from None

    def _fetched(self, connection: "Connection") -> Iterator[Block]:
        result: CursorResult[tuple[object, ...]] = connection.execution_options(
            stream_results=True, max_row_buffer=ROWS
        ).exec_driver_sql(self._query)
        if not result.returns_rows:
            raise Refused("source_failed", error=self._query)
        self.headings = list(result.keys())
        line = 2
        for part in result.partitions(ROWS):
            columns = [texts(map(plain, column)) for column in zip(*part, strict=True)]
            yield Block(np.arange(line, line + len(part), dtype=np.int64), columns)
            line += len(part)
