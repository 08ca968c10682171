"""/facts: the rows behind a figure of an account, as they were imported."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Annotated, Any

from ninja import Query, Router

from vitalfew.accounts import facts_of
from vitalfew.accounts.api import visible
from vitalfew.api.answering import responses
from vitalfew.api.gate import Asked, needs
from vitalfew.api.problems import not_found
from vitalfew.imports.models import Import
from vitalfew.outlets.api.shapes import Facts
from vitalfew.outlets.behind import columns_for, rows_behind
from vitalfew.people.permissions import Right
from vitalfew.warehouse.run import day_of
from vitalfew.warehouse.tables import Column

router = Router(tags=["accounts"])


@router.get("/{name}", auth=needs(Right.ACCOUNTS), response=responses(Facts, 404), operation_id="facts_behind")
def facts_behind(
    request: Asked, name: str, account: Annotated[str, Query()], of: Annotated[str, Query(max_length=200)] = ""
) -> dict[str, Any]:
    """The latest rows behind a figure, each with the import that brought it and its line.

    ``order``, ``product``, ``complaint``, ``answers`` and ``service`` are ``of`` one number, code, question or activity;
    ``customer``, ``open-complaints`` and ``overdue`` need none.
    """
    table, rows = rows_behind(request.auth, visible(request.auth, account), name, of)
    if table is None:
        raise not_found()
    shown, columns = rows[: facts_of.BEHIND], columns_for(request.auth, table)
    return {"table": table.name, "items": _items(shown, columns), "more": len(rows) > len(shown)}


def _items(rows: Sequence[Mapping[str, Any]], columns: Sequence[Column]) -> list[dict[str, Any]]:
    brought = Import.objects.in_bulk({row["_import"] for row in rows})
    return [
        {
            "values": {column.name: _plain(row[column.name], column) for column in columns},
            "import": row["_import"],
            "file": brought[row["_import"]].file if row["_import"] in brought else None,
            "line": row["_line"],
        }
        for row in rows
    ]


def _plain(value: Any, column: Column) -> Any:
    """Amounts and quantities as texts, to the last digit; days as dates."""
    if isinstance(value, Decimal):
        return f"{value:f}"
    return day_of(value).isoformat() if column.type == "day" and value is not None else value
