"""Goods of a week kept for an account, and never promised twice.

Whoever reserves, gives back or draws the picture anew holds the picture's one row until that is stored: one after the other.
Of every week of a product the picture keeps what is there until its end and what is reserved until then; the database refuses
the second beyond the first. When less comes than was counted on, what was promised stays promised: by how much that is more
than there is stands beside it, and until it is less nothing more is reserved.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, Final

from django.db import transaction
from django.db.models import F, Max, Sum

from vitalfew.people.records import NotPossible
from vitalfew.supply.models import Drawing, Reservation, Stocked, Week
from vitalfew.supply.words import Hold
from vitalfew.terms import gettext_noop as _

NONE: Final = Decimal(0)
MORE: Final = _("Less is there by now than would be reserved: look at what comes of it, and draft it anew")


def one_at_a_time() -> None:
    """Held until what is done is stored."""
    list(Drawing.objects.select_for_update())


@transaction.atomic
def reserve(rows: Sequence[Reservation]) -> None:
    """All of them or none."""
    one_at_a_time()
    products = {row.product for row in rows}
    last = dict(
        Week.objects.filter(product__code__in=products).order_by().values_list("product__code").annotate(Max("since"))
    )
    if any(row.product not in last or row.week > last[row.product] for row in rows):
        raise NotPossible(MORE)
    Reservation.objects.bulk_create(rows, batch_size=500)
    count(products)


@transaction.atomic
def give_back(rows: Any, on: date) -> int:
    """What of them is still kept is anybody's again."""
    one_at_a_time()
    found = list(rows.filter(ended_on=None))
    _moved(found, on, Hold.GIVEN_BACK.value)
    count({row.product for row in found})
    return len(found)


@transaction.atomic
def hold_again(rows: Any, on: date) -> int:
    """Those that were given back, as long as they would be kept, and as much as is still there."""
    one_at_a_time()
    found = list(rows.filter(state=Hold.GIVEN_BACK, expires_on__gte=on))
    _moved(found, None, Hold.KEPT.value)
    count({row.product for row in found})
    return len(found)


def _moved(rows: list[Reservation], on: date | None, how: str) -> None:
    for row in rows:
        row.ended_on, row.state, row.version = on, how, row.version + 1
    Reservation.objects.bulk_update(rows, ["ended_on", "state", "version"], batch_size=500)


def held(products: Collection[str] | None = None) -> Mapping[str, list[tuple[date, Decimal]]]:
    """What is still kept of each product, by week, the earliest first."""
    rows = Reservation.objects.filter(ended_on=None)
    rows = rows if products is None else rows.filter(product__in=products)
    sums = (
        rows.order_by("product", "week").values_list("product", "week").annotate(left=Sum(F("quantity") - F("taken")))
    )
    found: dict[str, list[tuple[date, Decimal]]] = defaultdict(list)
    for product, week, left in sums:
        found[product].append((week, left))
    return found


def until(week: date, parts: Iterable[tuple[date, Decimal]]) -> Decimal:
    """What of these falls into a week or before it."""
    return sum((left for since, left in parts if since <= week), NONE)


def count(products: Collection[str]) -> None:
    """Anew, week by week; refuses where more would be reserved than is there."""
    kept, weeks = held(products), list(Week.objects.filter(product__code__in=products).select_related("product"))
    for week in weeks:
        week.held = until(week.since, kept.get(week.product.code, ()))
        if week.held > week.there + week.over:
            raise NotPossible(MORE)
        week.over = max(week.held - week.there, NONE)
    Week.objects.bulk_update(weeks, ["held", "over"], batch_size=500)
    _summed(weeks, kept)


def _summed(weeks: list[Week], kept: Mapping[str, list[tuple[date, Decimal]]]) -> None:
    """On the products themselves."""
    products = {week.product.code: week.product for week in weeks}
    for code, product in products.items():
        product.reserved = sum((left for _week, left in kept.get(code, ())), NONE)
        product.over = max((week.over for week in weeks if week.product.code == code), default=NONE)
    Stocked.objects.bulk_update(list(products.values()), ["reserved", "over"])
