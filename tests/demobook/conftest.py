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
    """SQL over the tables of the default book and what was planted in it."""
    connection = duckdb.connect()
    planted = {name: getattr(book, name) for name in ("truth", "truth_events", "truth_contracts", "truth_knowledge")}
    for name, table in {**book.tables, **planted}.items():
        connection.register(name, table)
    return lambda sql: connection.execute(sql).fetchall()
