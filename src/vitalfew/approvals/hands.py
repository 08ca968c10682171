"""Who had a hand in what is asked for: everybody who changed it since it was approved last, as the trail tells."""

from collections.abc import Collection

from vitalfew.approvals.models import Step
from vitalfew.approvals.words import StepKind
from vitalfew.people.models import AuditEntry
from vitalfew.people.records import Record


def hands(kind: str, record: Record, content: Collection[str]) -> list[str]:
    """User names; ``content`` are the fields and parts that are approved, as the trail calls them."""
    steps = Step.objects.filter(kind=StepKind.APPROVED, approval__kind=kind, approval__number=record.pk)
    approved = steps.order_by("-pk").values_list("at", flat=True).first()
    entries = AuditEntry.objects.filter(subject=record.subject)
    if approved:
        entries = entries.filter(at__gt=approved)
    told = entries.values_list("who", "changes")
    return sorted({who for who, changes in told if not set(content).isdisjoint(changes.get("fields", changes))})
