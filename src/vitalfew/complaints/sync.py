"""Complaints as the facts know them: after an import, each can be found by what it says."""

from collections.abc import Iterator
from typing import Any, Final

import pyarrow as pa
from django.conf import settings
from django.db import transaction

from vitalfew.accounts.models import Account
from vitalfew.batches import batched
from vitalfew.complaints.indexing import INDEX, index
from vitalfew.complaints.models import Complaint
from vitalfew.warehouse import shelf
from vitalfew.warehouse.known import Facts, state_of
from vitalfew.warehouse.merged import MERGED
from vitalfew.warehouse.run import day_of

BATCH: Final = 2000
NOTE: Final = "complaints"
RESTS_ON: Final = ("complaints", MERGED)
COLUMNS: Final = ("complaint_id", "customer", "received_on", "text")
FIELDS: Final = ("account_id", "received_on", "text")


def sync(source: Facts) -> int:
    """Bring what is searched in line with the facts; gives how many changed."""
    noted, now = shelf.noted(settings.HOME, NOTE), _now(source)
    if noted and all(noted[name] == value for name, value in now.items()):
        return 0
    changed, known = 0, set[str]()
    for batch in _batches(source) if "complaints" in source.names else ():
        changed += _bring(batch.to_pylist())
        known.update(batch["complaint_id"].to_pylist())
    changed += _drop_those_not_in(known)
    shelf.note(settings.HOME, NOTE, _now(source))
    return changed


def _now(source: Facts) -> dict[str, Any]:
    """What the rows rest on: the facts' version with the merges, as read, and how many accounts and rows there are."""
    versions = {name: value for name, value in state_of(source).items() if name in RESTS_ON}
    return {"versions": versions, "rows": Complaint.objects.count(), "accounts": Account.objects.count()}


def _batches(source: Facts) -> Iterator[pa.RecordBatch]:
    frame = source.frame("complaints", None).select(*COLUMNS).sort("complaint_id")
    return iter(frame.collect("pyarrow").to_native().to_batches(max_chunksize=BATCH))


@transaction.atomic
def _bring(rows: list[dict[str, Any]]) -> int:
    accounts = dict(Account.objects.filter(code__in={row["customer"] for row in rows}).values_list("code", "pk"))
    facts = {row["complaint_id"]: _fields(row, accounts) for row in rows if row["customer"] in accounts}
    held = {row.number: row for row in Complaint.objects.filter(number__in=facts)}
    stale = [row for number, row in held.items() if _take(row, facts[number])]
    fresh = [Complaint(number=number, **fields) for number, fields in facts.items() if number not in held]
    Complaint.objects.bulk_update(stale, FIELDS)
    index([*Complaint.objects.bulk_create(fresh), *stale])
    return len(fresh) + len(stale)


def _fields(row: dict[str, Any], accounts: dict[str, int]) -> dict[str, Any]:
    return {
        "account_id": accounts[row["customer"]], "received_on": day_of(row["received_on"]), "text": row["text"] or "",
    }  # fmt: skip


def _take(row: Complaint, fields: dict[str, Any]) -> bool:
    """Take over what the facts say; gives whether something changed."""
    differ = [name for name in FIELDS if getattr(row, name) != fields[name]]
    for name in differ:
        setattr(row, name, fields[name])
    return bool(differ)


def _drop_those_not_in(known: set[str]) -> int:
    """Those whose import was taken back."""
    rows = Complaint.objects.values_list("pk", "number").order_by().iterator(chunk_size=BATCH)
    gone = [pk for pk, number in rows if number not in known]
    for some in batched(gone, BATCH):
        with transaction.atomic():
            INDEX.forget(some)
            Complaint.objects.filter(pk__in=some).delete()
    return len(gone)
