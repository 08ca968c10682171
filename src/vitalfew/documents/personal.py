"""What documents keep of a person of the customer's."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from django.conf import settings
from django.db.models import QuerySet

from vitalfew.accounts.actions import drop_file
from vitalfew.accounts.models import AccountFile
from vitalfew.documents.actions import read
from vitalfew.documents.indexing import index
from vitalfew.documents.models import DocumentText
from vitalfew.documents.words import Reading
from vitalfew.rooms import Traces

BY: Final = "erasing"


UNREADABLE: Final = frozenset({Reading.PICTURE, Reading.LOCKED, Reading.BROKEN, Reading.TOO_MUCH})


def ready(traces: Traces) -> None:
    """What nobody has read yet is read, before a transaction makes others wait."""
    for file in AccountFile.everything.filter(account__code__in=traces.accounts, words=None):
        read(file)


def told(traces: Traces) -> Iterator[Mapping[str, Any]]:
    ready(traces)
    for row in _rows(traces):
        yield {
            "kind": "document", "day": row.file.added_at.date(), "account": row.file.account.code, "file": row.file.name,
            "size": row.file.size,
        }  # fmt: skip


def forget(traces: Traces) -> None:
    """The words leave the search and the name; the document waits for a decision, or goes if it was removed.

    So does one that can't be read: somebody has to look whether it names the person.
    """
    for row in _rows(traces):
        if row.file.put_away_at:
            drop_file(BY, row.file, settings.HOME)
            continue
        row.text, row.names_erased = traces.erased_from(row.text), True
        row.save()
        AccountFile.objects.filter(pk=row.pk).update(name=traces.erased_from(row.file.name))
        row.file.refresh_from_db()
        index([row])
    _kept(traces).filter(reading__in=UNREADABLE, file__put_away_at=None).update(names_erased=True)


def _kept(traces: Traces) -> QuerySet[DocumentText]:
    return DocumentText.objects.filter(file__account__code__in=traces.accounts)


def _rows(traces: Traces) -> list[DocumentText]:
    """Those that name the person."""
    kept = _kept(traces).select_related("file__account")
    return [row for row in kept if traces.are_in(row.text) or traces.are_in(row.file.name)]
