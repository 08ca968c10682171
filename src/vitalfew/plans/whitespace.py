"""White space: what similar accounts buy and this one does not; and which sales model that and the rest speak for."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings

from vitalfew.accounts.models import Account
from vitalfew.accounts.sheet import Sheet
from vitalfew.people.models import User
from vitalfew.plans.selling import Findings, Proposal, proposed


@dataclass(frozen=True)
class Gap:
    category: str
    kind: str
    amount: float
    likely: float | None
    because: str | None

    @property
    def asked(self) -> str:
        """The amount as a form takes it."""
        return f"{self.amount:.2f}"


def gaps(user: User, account: Account) -> list[Gap]:
    """The largest first."""
    rows = Sheet(settings.HOME, user, account).rows("product-mix")
    return sorted((_gap(row) for row in rows), key=lambda each: -each.amount)


def _gap(row: Mapping[str, Any]) -> Gap:
    return Gap(row["category"], row["kind"], float(row["gap"] or 0.0), row["likely"], row["because"])


def proposal(user: User, account: Account) -> Proposal:
    """Of the sales model; without findings there is none."""
    sheet = Sheet(settings.HOME, user, account)
    card = sheet.card
    room = sum(float(row["gap"] or 0.0) for row in sheet.rows("product-mix"))
    return proposed(
        Findings(
            card.tier if card else "", sheet.cooperation.get("kind") or "", (card.revenue_12m or 0.0) if card else 0.0,
            room, sheet.currency,
        )
    )  # fmt: skip
