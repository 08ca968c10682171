"""Complaints that say nearly the same, found by their words: groups to be confirmed, and which resemble a confirmed one.

Looked at are the latest ``MOST`` texts of the days chosen, of any account. What is confirmed stays as it was confirmed, and
a group that was dismissed is not proposed again. Runs in the worker alone: pages read what was found.
"""

from collections.abc import Collection, Mapping
from datetime import date, timedelta
from typing import Final, NamedTuple

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from vitalfew.complaints.cutting import cutter
from vitalfew.complaints.models import Complaint, Resembling, TextGroup, TextLook
from vitalfew.complaints.words import GroupState
from vitalfew.maths.text_groups import LIKENESS, TextsAlike, Weighed, gathered, likeness_to, weighed

LEAST_TEXTS: Final = 20
"""Fewer say nothing of what is said often."""
MOST: Final = 2000
SAME: Final = 0.5
"""From this share of common complaints on, two groups are the same."""


class Texts(NamedTuple):
    """The complaints that were looked at, and their words weighed."""

    numbers: list[int]
    known: Weighed

    def places(self, numbers: Collection[int]) -> list[int]:
        return [n for n, number in enumerate(self.numbers) if number in numbers]


def group() -> int:
    """How many groups are proposed now; the same texts give the same groups."""
    look, _made = TextLook.objects.get_or_create(pk=1)
    texts = _read(look.days)
    with transaction.atomic():
        enough = len(texts.numbers) >= LEAST_TEXTS
        resembling = _resemble(texts) if enough else set()
        proposed = _propose(texts, resembling) if enough else []
        grouped = sum(len(each.members) for each in proposed)
        kept = _stored(texts, proposed)
        TextLook.objects.filter(pk=1).update(at=timezone.now(), texts=len(texts.numbers), grouped=grouped)
        TextGroup.objects.filter(state=GroupState.PROPOSED).exclude(pk__in=kept).delete()
    return len(proposed)


def _read(days: int) -> Texts:
    rows = Complaint.objects.filter(put_away_at=None, merged_into=None, received_on__gt=_since(days)).exclude(text="")
    said = sorted(rows.order_by("-received_on", "-pk").values_list("pk", "text")[:MOST])
    cut = cutter() if said else None
    cuts = [(number, words) for number, text in said if cut and (words := cut(text))]
    return Texts([number for number, _words in cuts], weighed([words for _number, words in cuts]))


def _since(days: int) -> date:
    return timezone.localdate() - timedelta(days=days)


def _confirmed() -> Mapping[TextGroup, set[int]]:
    return {row: _members(row) for row in TextGroup.objects.filter(state=GroupState.CONFIRMED).order_by("pk")}


def _members(row: TextGroup) -> set[int]:
    return set(row.complaints.values_list("pk", flat=True))


def _resemble(texts: Texts) -> set[int]:
    """Which of those outside confirmed groups resemble one; kept of those without a cause."""
    confirmed = _confirmed()
    inside = {number for members in confirmed.values() for number in members}
    places = {row: texts.places(members) for row, members in confirmed.items()}
    found: list[Resembling] = []
    for place, number in enumerate(texts.numbers):
        fits = {row: likeness_to(texts.known, places[row], place) for row in places if number not in row.left_out}
        best = max(fits, key=lambda row: fits[row], default=None)
        if best is not None and fits[best] >= LIKENESS and number not in inside:
            found.append(Resembling(complaint_id=number, group=best, likeness=fits[best]))
    without = set(
        Complaint.objects.filter(cause=None, pk__in=[row.complaint_id for row in found]).values_list("pk", flat=True)
    )
    Resembling.objects.all().delete()
    Resembling.objects.bulk_create(row for row in found if row.complaint_id in without)
    return {row.complaint_id for row in found}


def _propose(texts: Texts, resembling: Collection[int]) -> list[TextsAlike]:
    """Groups of those that stand in no confirmed one and resemble none."""
    taken = {number for members in _confirmed().values() for number in members} | set(resembling)
    free = [n for n, number in enumerate(texts.numbers) if number not in taken]
    dismissed = [_members(row) for row in TextGroup.objects.filter(state=GroupState.DISMISSED)]
    found = gathered(texts.known, free)
    return [each for each in found if all(_common(_numbers(texts, each), gone) < SAME for gone in dismissed)]


def _numbers(texts: Texts, found: TextsAlike) -> set[int]:
    return {texts.numbers[n] for n in found.members}


def _common(one: set[int], other: set[int]) -> float:
    return len(one & other) / len(one | other) if one or other else 0.0


def _stored(texts: Texts, proposed: Collection[TextsAlike]) -> list[int]:
    """Kept under its number where it was proposed before, in a new version where other complaints belong to it now."""
    before = {row: _members(row) for row in TextGroup.objects.filter(state=GroupState.PROPOSED).order_by("pk")}
    kept = []
    for each in proposed:
        numbers = _numbers(texts, each)
        row = max(before, key=lambda old: _common(before[old], numbers), default=None)
        if row is None or _common(before[row], numbers) < SAME:
            row, was = TextGroup.objects.create(likeness=each.likeness), set[int]()
        else:
            was = before.pop(row)
        row.complaints.set(numbers)
        moved = int(bool(was) and was != numbers)
        told = {"words": list(each.words), "likeness": each.likeness, "version": F("version") + moved}
        TextGroup.objects.filter(pk=row.pk).update(**told)
        kept.append(row.pk)
    return kept
