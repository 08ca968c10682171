"""That something was promised to an account after the figures' day."""

from collections.abc import Collection
from datetime import date
from typing import Final

from django.db.models import Max

from vitalfew.promises.models import Promise

PROMISED: Final = "promised"
"""No proposed action is called so: it says that something was done, and takes no proposal off."""


def done(codes: Collection[str], day: date) -> dict[tuple[str, str], date]:
    """The account and the action, and when it was last taken."""
    rows = Promise.objects.filter(account__code__in=codes, made_on__gt=day, put_away_at=None).order_by()
    found = rows.values_list("account__code").annotate(last=Max("made_on"))
    return {(code, PROMISED): on for code, on in found}
