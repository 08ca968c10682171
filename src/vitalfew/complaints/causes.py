"""The tree of causes as people read it, and what stands on it."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Count, Q

from vitalfew.complaints.models import Cause, Complaint
from vitalfew.people.models import User

Group = tuple[str, list[tuple[str, str]]]


def causes(user: User) -> Any:
    """With how many complaints, of those the user sees, stand on it itself and, of a branch, on its causes."""
    seen = Complaint.objects.visible_to(user).filter(merged_into=None).values("pk")
    here = Q(complaints__in=seen)
    below = Q(causes__complaints__in=seen)
    return Cause.objects.visible_to(user).select_related("branch").annotate(
        own=Count("complaints", filter=here, distinct=True), under=Count("causes__complaints", filter=below, distinct=True),
    )  # fmt: skip


def tree(rows: Iterable[Cause]) -> list[tuple[Cause, list[Cause]]]:
    """Branches with their causes, in the order in which they were made; what was put away is left out."""
    known = list(rows)
    return [(top, [each for each in known if each.branch_id == top.pk]) for top in known if top.branch_id is None]


def choices() -> list[tuple[str, str] | Group]:
    """To be chosen from: each branch itself first, then its causes."""
    found = tree(Cause.objects.filter(put_away_at=None))
    return [
        (top.word, [(str(top.pk), top.word), *((str(each.pk), f"{top.word} › {each.word}") for each in below)])
        for top, below in found
    ]
