"""Which of the actions that the figures propose were taken since their day: a customer was asked, and its answer kept."""

from collections.abc import Collection
from datetime import date

from django.utils import timezone

from vitalfew.complaints.models import Inquiry
from vitalfew.complaints.words import Answer
from vitalfew.terms import NextAction

ANSWERED = (Answer.EXPLAINED, Answer.PROBLEM)


def done(codes: Collection[str], day: date) -> dict[tuple[str, str], date]:
    """The account and the action, and when it was last taken."""
    rows = Inquiry.objects.filter(
        account__code__in=codes, answered_at__date__gt=day, answer__in=ANSWERED, put_away_at=None
    )
    found = rows.order_by("answered_at").values_list("account__code", "answered_at")
    return {(code, NextAction.ASK.value): timezone.localdate(at) for code, at in found}
