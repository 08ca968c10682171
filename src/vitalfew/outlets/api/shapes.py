"""What the API gives of analyses, searches and Today."""

from datetime import date
from typing import Any

from ninja import Schema
from pydantic import Field


class AnalysisOut(Schema):
    """An entry of the registry."""

    name: str
    group: str
    title: str
    question: str
    inputs: list[str]
    optional_inputs: list[str]
    parameters: list[dict[str, Any]]
    columns: list[dict[str, Any]]
    per_account: bool
    version: int
    source: str


class Answer(Schema):
    """A result: columns with their units, and rows in their order."""

    meta: dict[str, Any]
    columns: list[dict[str, Any]]
    rows: list[list[Any]]


class Hit(Schema):
    """Something a search found: an account by its code, a person or note by its number, an analysis by its name."""

    kind: str
    code: str
    name: str
    url: str


class Hits(Schema):
    items: list[Hit]


class TaskOut(Schema):
    """Something to do: what, why, by when, what it may bring in a year as gross margin, and the page where it is done.

    Its key tells it again; of advice its reader says when it is done, anything else goes by itself.
    """

    key: str
    advice: bool
    what: str
    why: str
    due: date | None
    effect: float | None
    url: str
    account: str | None
    name: str | None


class Tasks(Schema):
    items: list[TaskOut]
    as_of: date | None
    currency: str | None


class Fact(Schema):
    """A row as it was imported: its values by column, the import that brought it, its file and line."""

    values: dict[str, Any]
    brought_by: int = Field(alias="import")
    file: str | None
    line: int


class Facts(Schema):
    """Rows of one table, the latest first."""

    table: str
    items: list[Fact]
    more: bool
