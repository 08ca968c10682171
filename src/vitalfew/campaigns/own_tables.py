"""What analyses read of campaigns: who takes part in one that has begun, and who is held out."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any, Final

import pyarrow as pa

from vitalfew.campaigns import questions
from vitalfew.campaigns.models import BEGUN, Campaign
from vitalfew.campaigns.words import Place

SCHEMA: Final = pa.schema([
    ("campaign", pa.string()), ("customer", pa.string()), ("arm", pa.string()), ("starts_on", pa.date32()),
    ("ends_on", pa.date32()), ("cost", pa.float64()), ("score", pa.float64()),
])  # fmt: skip


def own_tables() -> dict[str, pa.Table]:
    begun = Campaign.objects.filter(put_away_at=None, state__in=BEGUN)
    rows = [each for row in begun for each in rows_of(row, questions.spent(row))]
    return {"house_campaigns": pa.Table.from_pylist(rows, SCHEMA)}


def rows_of(row: Campaign, cost: Decimal | None) -> Iterator[dict[str, Any]]:
    """Its accounts, with the cost shared out evenly over those treated."""
    targets = row.targets.filter(place__in=(Place.TREATED, Place.HELD_OUT), account__merged_into=None)
    placed = list(targets.order_by("account__code").values_list("account__code", "place"))
    treated = sum(place == Place.TREATED for _code, place in placed)
    each = None if cost is None or not treated else float(cost) / treated
    for code, place in placed:
        yield {
            "campaign": row.name, "customer": code, "arm": place, "starts_on": row.since, "ends_on": row.until,
            "cost": each if place == Place.TREATED else None, "score": None,
        }  # fmt: skip
