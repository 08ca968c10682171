"""The table ``allotted`` that analyses read: of every sharing out in force, who needed how much of a product, and got how much.

What was needed is what was known when it was asked for, less what was kept for the account before; what it got is what was
reserved, be it taken since or not. A sharing out that was given back cut nobody.
"""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any, Final

import pyarrow as pa
from django.db.models import Sum

from vitalfew.supply import basis
from vitalfew.supply.models import Allotment, Reservation
from vitalfew.supply.words import Standing

ALLOTTED: Final = pa.schema(
    [
        ("customer", pa.string()), ("product", pa.string()), ("decided_on", pa.date32()), ("needed", pa.float64()),
        ("given", pa.float64()),
    ]
)  # fmt: skip


def own_tables() -> dict[str, pa.Table]:
    rows = Allotment.objects.filter(put_away_at=None, state=Standing.RESERVED, basis__isnull=False)
    kept = list(rows.select_related("basis").order_by("pk"))
    got = _given(kept)
    told = [line for row in kept for line in _lines(row, got[row.pk])]
    return {"allotted": pa.Table.from_pylist(told, ALLOTTED)}


def _given(rows: list[Allotment]) -> dict[int, dict[tuple[str, str], float]]:
    """By sharing out: what was reserved for each account of each product, over all weeks."""
    sums = Reservation.objects.filter(allotment__in=rows).order_by()
    found: dict[int, dict[tuple[str, str], float]] = defaultdict(dict)
    for row, account, product, sum_ in sums.values_list("allotment", "account__code", "product").annotate(
        given=Sum("quantity")
    ):
        found[row][account, product] = float(sum_)
    return found


def _lines(row: Allotment, got: dict[tuple[str, str], float]) -> Iterator[dict[str, Any]]:
    needs = basis.restored(row.basis.goods).needs
    needed = needs.claims.sum(axis=1)
    for place, product in enumerate(needs.products):
        for at, account in enumerate(needs.accounts):
            if needed[place, at] > 0:
                yield {
                    "customer": account, "product": product, "decided_on": row.reserved_on,
                    "needed": float(needed[place, at]), "given": got.get((account, product), 0.0),
                }  # fmt: skip
