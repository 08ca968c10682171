"""That somebody ticked off a line of Today about an account."""

from collections.abc import Collection
from datetime import date
from typing import Final

from django.utils import timezone

from vitalfew.tasks.models import Decision
from vitalfew.tasks.words import Decided

TICKED: Final = "ticked"
"""No proposed action is called so: it says that something was done, and takes no proposal off."""


def done(codes: Collection[str], day: date) -> dict[tuple[str, str], date]:
    """The account and the action, and when it was last taken."""
    rows = Decision.objects.filter(customer__in=codes, kind=Decided.DONE, made_at__date__gt=day).order_by("made_at")
    return {(code, TICKED): timezone.localdate(at) for code, at in rows.values_list("customer", "made_at")}
