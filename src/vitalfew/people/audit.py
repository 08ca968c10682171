"""The audit trail: who did what to which record, from what to what.

Every entry's digest covers its content and the digest of the entry before, so that a changed, removed or reordered entry
is found by :func:`verify` (``vitalfew doctor`` runs it).
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.db import DEFAULT_DB_ALIAS, connections, transaction
from django.utils import timezone

from vitalfew.people.models import AuditEntry

START: Final = "0" * 64


def record(
    who: object, action: str, subject: str, changes: Mapping[str, Any] | None = None, using: str = DEFAULT_DB_ALIAS
) -> AuditEntry:
    """Add an entry. ``changes`` is {field: [from, to]} or what else says what happened."""
    with transaction.atomic(using):
        _one_at_a_time(using)
        latest = AuditEntry.objects.using(using).order_by("-number").first()
        entry = AuditEntry(
            at=timezone.now(),
            who=_name(who),
            action=action,
            subject=subject,
            changes=json.loads(json.dumps(changes or {}, default=str)),
            previous=latest.digest if latest else START,
        )
        entry.digest = digest(entry)
        entry.save(using=using)
        return entry


def latest() -> int:
    """The number of the latest entry: while it stays, nobody has changed a record."""
    return AuditEntry.objects.order_by("-number").values_list("number", flat=True).first() or 0


def _one_at_a_time(using: str) -> None:
    """Two entries never share a predecessor: SQLite writes one transaction at a time, PostgreSQL locks the table."""
    if connections[using].vendor == "postgresql":
        with connections[using].cursor() as cursor:
            cursor.execute("LOCK TABLE people_auditentry IN EXCLUSIVE MODE")


def _name(who: object) -> str:
    return str(getattr(who, "username", who) or "system")


def digest(entry: AuditEntry) -> str:
    parts = [entry.previous, entry.at.isoformat(), entry.who, entry.action, entry.subject]
    text = json.dumps([*parts, entry.changes], sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


@dataclass(frozen=True)
class Verdict:
    """Whether the chain is whole, and where it first is not."""

    entries: int
    broken_at: int | None


def verify(using: str = DEFAULT_DB_ALIAS) -> Verdict:
    """Walk the chain from its start."""
    previous, count = START, 0
    for entry in AuditEntry.objects.using(using).order_by("number").iterator(chunk_size=2000):
        count += 1
        if entry.previous != previous or entry.digest != digest(entry):
            return Verdict(count, entry.number)
        previous = entry.digest
    return Verdict(count, None)


def changed(before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, list[Any]]:
    """Only what differs, as {field: [from, to]}."""
    return {name: [before.get(name), value] for name, value in after.items() if before.get(name) != value}
