from collections.abc import Callable
from typing import Any

import duckdb
import pytest

from vitalfew.demobook import Book, generate

Ask = Callable[[str], list[tuple[Any, ...]]]


@pytest.fixture(scope="session")
def book() -> Book:
    return generate()


@pytest.fixture(scope="session")
def ask(book: Book) -> Ask:
    """SQL over the tables of the default book, ``truth`` and ``truth_events``."""
    connection = duckdb.connect()
    for name, table in {**book.tables, "truth": book.truth, "truth_events": book.truth_events}.items():
        connection.register(name, table)
    return lambda sql: connection.execute(sql).fetchall()
