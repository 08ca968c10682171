"""Two names of one competitor made one, and parted again with what came along.

The pieces move to the record that stays; what is written under the other name later goes there, too, and facts that name it
are read under the name that stays (``aliases``).
"""

from django.db import transaction

from vitalfew.intelligence.indexing import index
from vitalfew.intelligence.models import Competitor, Intelligence
from vitalfew.intelligence.rights import IntelligenceRight
from vitalfew.people import records
from vitalfew.people.models import User
from vitalfew.people.records import NotPossible
from vitalfew.terms import gettext_noop as _


@transaction.atomic
def make_one(user: User, pk: int, version: int, stays: int) -> Competitor:
    """The competitor is the same as ``stays``, which stands for both from now on."""
    user.must(IntelligenceRight.COMPETITORS)
    seen = Competitor.objects.visible_to(user)
    kept = seen.select_for_update().get(pk=stays)
    if kept.pk == pk:
        raise NotPossible(_("This is the same record: choose another one"))
    row = records.change(user, seen, pk, version, {"merged_into": kept})
    pieces = Intelligence.objects.filter(competitor=row)
    row.moved = sorted(pieces.values_list("pk", flat=True))
    row.save(update_fields=["moved"])
    pieces.update(competitor=kept)
    _indexed(row)
    return row


@transaction.atomic
def part(user: User, pk: int) -> Competitor:
    """Both stand by themselves again; what somebody moved elsewhere meanwhile stays there."""
    user.must(IntelligenceRight.COMPETITORS)
    merged = Competitor.objects.exclude(merged_into=None)
    row = merged.select_for_update(of=("self",)).get(pk=pk)
    Intelligence.objects.filter(pk__in=row.moved, competitor=row.standing).update(competitor=row)
    row = records.change(user, merged, pk, row.version, {"merged_into": None})
    _indexed(row)
    Competitor.objects.filter(pk=pk).update(moved=[])
    return row


def _indexed(row: Competitor) -> None:
    """The pieces are found by the names that they stand under."""
    index(Intelligence.objects.filter(pk__in=row.moved).select_related("competitor"))
