"""What the exchange of data keeps of a person of the customer's: whom it asks, and a name that stands in a note or file."""

import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from django.db.models import Q

from vitalfew.exchange.models import DataContent, DataDoubt, DataExchange, DataFile, DataRefusal, DataRow
from vitalfew.exchange.words import Format
from vitalfew.imports.naming import names
from vitalfew.people.traces import erase, naming
from vitalfew.rooms import Traces

KINDS: Final[tuple[tuple[type[Any], tuple[str, ...], str], ...]] = (
    (DataExchange, ("note",), "account__code__in"), (DataDoubt, ("answer", "place"), "account__code__in"),
    (DataFile, ("name",), "account__code__in"),
    (DataRow, ("place",), "account__code__in"), (DataRefusal, ("value",), "file__account__code__in"),
)  # fmt: skip
"""Texts in which somebody may have written a name, and of whose account they are."""


def told(traces: Traces) -> Iterator[Mapping[str, Any]]:
    for row in DataExchange.objects.filter(person__in=traces.people).select_related("account"):
        yield {"kind": "exchange of data", "day": row.since, "account": row.account.code}
    for row, fields in _rows(traces):
        yield {"kind": "exchange of data", **{name: getattr(row, name) for name in fields}}
    for refusal in _refusals(traces):
        yield {"kind": "row of an account's data", "row": refusal.written}
    for content in _contents(traces):
        yield {"kind": "file of an account's data", "file": content.file.name, "day": content.file.at.date()}


def forget(traces: Traces) -> None:
    """The name leaves the texts, and a file that holds it is kept no more; that it came, and its figures, stay."""
    for content in _contents(traces):
        content.delete()
    for refusal in _refusals(traces):
        refusal.written = {name: traces.erased_from(str(text)) for name, text in refusal.written.items()}
        refusal.save(update_fields=["written"])
    for row, fields in list(_rows(traces)):
        if isinstance(row, DataExchange | DataDoubt):
            erase(traces, row, fields)
        else:
            texts = {name: traces.erased_from(getattr(row, name)) for name in fields}
            type(row).objects.filter(pk=row.pk).update(**texts)
    DataExchange.objects.filter(person__in=traces.people).update(person=None)


def _rows(traces: Traces) -> Iterator[tuple[Any, tuple[str, ...]]]:
    for kind, fields, of in KINDS:
        rows = kind._default_manager.filter(naming(traces, fields) & Q(**{of: traces.accounts}))  # noqa: SLF001  (as Django calls it)
        yield from ((row, fields) for row in rows)


def _refusals(traces: Traces) -> list[DataRefusal]:
    rows = DataRefusal.objects.filter(file__account__code__in=traces.accounts)
    return [row for row in rows if traces.are_in(" ".join(map(str, row.written.values())))]


def _contents(traces: Traces) -> list[DataContent]:
    """Files of the accounts that name the person, looked through as files of imports are."""
    rows = DataContent.objects.filter(file__account__code__in=traces.accounts).select_related("file")
    return [row for row in rows if _named(row, traces)]


def _named(row: DataContent, traces: Traces) -> bool:
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / ("file.xlsx" if row.file.format == Format.XLSX else "file.csv")
        place.write_bytes(row.data)
        return names(place, replace(traces, accounts=frozenset()))
