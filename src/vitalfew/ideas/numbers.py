"""Numbers of ideas: I-2026-00012. Given at once, in order, never twice."""

from django.db import transaction
from django.db.models import F

from vitalfew.ideas.models import Counted


@transaction.atomic
def next_number(year: int) -> str:
    Counted.objects.get_or_create(year=year)
    Counted.objects.filter(year=year).update(last=F("last") + 1)
    return f"I-{year}-{Counted.objects.get(year=year).last:05d}"
