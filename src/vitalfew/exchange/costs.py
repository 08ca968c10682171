"""What joint promotions cost each side: as the account was shown it in the portal and agreed to it, and nothing else."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any, Final

from django.utils import timezone

from vitalfew.exchange.models import DataExchange
from vitalfew.plans.models import SharedSection
from vitalfew.plans.words import Section

MOST: Final = 500
BACK: Final = timedelta(days=366)
"""What ended longer ago is settled."""


def costs(exchange: DataExchange) -> list[dict[str, Any]]:
    """Amounts as they stood when it agreed, whatever became of the plan since; the latest promotion first."""
    rows = SharedSection.objects.filter(
        plan__account=exchange.account_id, plan__put_away_at=None, section=Section.PROMOTIONS, agreed=True
    )
    found = [line for row in rows.select_related("plan").order_by("plan__since", "pk") for line in _lines(row)]
    found.sort(key=lambda line: line["since"], reverse=True)
    return found[:MOST]


def _lines(row: SharedSection) -> Iterator[dict[str, Any]]:
    agreed_on = timezone.localdate(row.answered_at) if row.answered_at else None
    for kept in row.content:
        since, until = (date.fromisoformat(kept[name]) for name in ("since", "until"))
        if until >= timezone.localdate() - BACK:
            yield {
                "promotion": kept["text"], "since": since, "until": until, "ours": f"{kept['ours']:.2f}",
                "theirs": f"{kept['theirs']:.2f}", "currency": row.plan.currency, "agreed_on": agreed_on,
            }  # fmt: skip
