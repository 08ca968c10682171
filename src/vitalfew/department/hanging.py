"""How many of each manager's accounts hang on one person, now and a year before; both by whose they are now."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from typing import Any, Final

from vitalfew.accounts.dependence import hanging, known
from vitalfew.accounts.models import Account
from vitalfew.accounts.remembered import kept
from vitalfew.batches import batched
from vitalfew.warehouse.models import Refresh, RefreshState

YEAR: Final = timedelta(days=335)
"""A year to within a month: refreshes of the past stand at the ends of months."""
BATCH: Final = 5000


@dataclass(frozen=True)
class Hanging:
    """By manager (None: nobody's), how many hang now and how many did; since when, where an earlier refresh knows it."""

    now: dict[int | None, int]
    then: dict[int | None, int]
    since: date | None


def by_manager(refresh: Refresh | None) -> Hanging:
    """Worked out once a refresh, and again when accounts go to somebody else."""
    if refresh is None:
        return Hanging({}, {}, None)
    earlier = _before(refresh)
    name = f"hanging.{earlier.pk if earlier else 0}"
    rows = kept(refresh, name, partial(_rows, refresh, earlier), decided=True)
    since = earlier.as_of if earlier else None
    return Hanging({row[0]: row[1] for row in rows}, {row[0]: row[2] for row in rows}, since)


def _before(refresh: Refresh) -> Refresh | None:
    """The latest a year older that knows it, else the oldest that does: looking back may have added it since."""
    older = Refresh.objects.filter(state=RefreshState.DONE, as_of__lt=refresh.as_of)
    year = older.filter(as_of__lte=refresh.as_of - YEAR).order_by("-as_of", "-id")
    return next((each for each in (*year, *older.order_by("as_of", "-id")) if known(each)), None)


def _rows(refresh: Refresh, earlier: Refresh | None) -> list[list[Any]]:
    now, then = _counted(hanging(refresh)), _counted(hanging(earlier)) if earlier else Counter[int | None]()
    return [[manager, now[manager], then[manager]] for manager in {*now, *then}]


def _counted(codes: Iterable[str]) -> Counter[int | None]:
    found: Counter[int | None] = Counter()
    for some in batched(codes, BATCH):
        found.update(Account.objects.filter(code__in=some).values_list("manager_id", flat=True))
    return found
