"""Complaints as the facts know them: after an import, each can be found by what it says."""

from collections.abc import Iterator
from typing import Any, Final

import pyarrow as pa
from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet

from vitalfew.accounts.models import Account
from vitalfew.batches import batched
from vitalfew.complaints.indexing import index
from vitalfew.complaints.models import Complaint
from vitalfew.complaints.questions import INDEX
from vitalfew.complaints.words import Channel, State
from vitalfew.rooms import OURS
from vitalfew.warehouse import shelf
from vitalfew.warehouse.known import Facts, state_of
from vitalfew.warehouse.merged import MERGED
from vitalfew.warehouse.run import day_of

BATCH: Final = 2000
NOTE: Final = "complaints"
RESTS_ON: Final = ("complaints", MERGED)
COLUMNS: Final = ("complaint_id", "customer", "received_on", "channel", "product", "category", "text", "closed_on")
FIELDS: Final = ("account_id", "received_on", "channel", "product", "category", "text", "closed_on")
LONGEST: Final = 100


def sync(source: Facts) -> int:
    """Bring what is searched in line with the facts; gives how many changed."""
    noted, now = shelf.noted(settings.HOME, NOTE), _now(source)
    if noted and all(noted[name] == value for name, value in now.items()):
        return 0
    changed, known = 0, set[str]()
    for batch in _batches(source) if "complaints" in source.names else ():
        rows = [row for row in batch.to_pylist() if not row["complaint_id"].startswith(OURS)]
        changed += _bring(rows)
        known.update(row["complaint_id"] for row in rows)
    changed += _drop_those_not_in(known)
    shelf.note(settings.HOME, NOTE, _now(source))
    return changed


def _now(source: Facts) -> dict[str, Any]:
    """What the rows rest on: the facts' version with the merges, as read, and how many accounts and rows there are."""
    versions = {name: value for name, value in state_of(source).items() if name in RESTS_ON}
    return {"versions": versions, "rows": _imported().count(), "accounts": Account.objects.count()}


def _imported() -> QuerySet[Complaint]:
    return Complaint.objects.filter(imported=True)


def _batches(source: Facts) -> Iterator[pa.RecordBatch]:
    frame = source.frame("complaints", None).select(*COLUMNS).sort("complaint_id")
    return iter(frame.collect("pyarrow").to_native().to_batches(max_chunksize=BATCH))


@transaction.atomic
def _bring(rows: list[dict[str, Any]]) -> int:
    accounts = dict(Account.objects.filter(code__in={row["customer"] for row in rows}).values_list("code", "pk"))
    facts = {row["complaint_id"]: _fields(row, accounts) for row in rows if row["customer"] in accounts}
    held = {row.number: row for row in _imported().filter(number__in=facts)}
    stale = [row for number, row in held.items() if _take(row, facts[number])]
    fresh = [_fresh(number, fields) for number, fields in facts.items() if number not in held]
    Complaint.objects.bulk_update(stale, FIELDS)
    index([*Complaint.objects.bulk_create(fresh), *stale])
    return len(fresh) + len(stale)


def _fields(row: dict[str, Any], accounts: dict[str, int]) -> dict[str, Any]:
    closed, channel = row["closed_on"], row["channel"] or ""
    return {
        "account_id": accounts[row["customer"]], "received_on": day_of(row["received_on"]), "text": row["text"] or "",
        "channel": channel if channel in {*Channel} else Channel.IMPORT.value, "product": (row["product"] or "")[:LONGEST],
        "category": (row["category"] or "")[:LONGEST], "closed_on": None if closed is None else day_of(closed),
    }  # fmt: skip


def _fresh(number: str, fields: dict[str, Any]) -> Complaint:
    return Complaint(
        number=number,
        imported=True,
        state=State.IMPORTED.value,
        told=True,
        made_by="import",
        changed_by="import",
        **fields,
    )


def _take(row: Complaint, fields: dict[str, Any]) -> bool:
    """Take over what the facts say; gives whether something changed."""
    taken = {"closed_on"} if row.taken_up else set[str]()
    differ = [name for name in FIELDS if name not in taken and getattr(row, name) != fields[name]]
    for name in differ:
        setattr(row, name, fields[name])
    return bool(differ)


def _drop_those_not_in(known: set[str]) -> int:
    """Those whose import was taken back; what was taken up here stays."""
    rows = _imported().filter(taken_up=False).values_list("pk", "number").order_by().iterator(chunk_size=BATCH)
    gone = [pk for pk, number in rows if number not in known]
    for some in batched(gone, BATCH):
        with transaction.atomic():
            INDEX.forget(some)
            Complaint.objects.filter(pk__in=some).delete()
    return len(gone)
