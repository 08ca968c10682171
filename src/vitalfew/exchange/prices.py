"""The prices that hold for an account today: the price rules of what is agreed on with it and in force, and nothing else."""

from typing import Any, Final

from django.utils import timezone

from vitalfew.agreements.models import Agreement, PriceRule
from vitalfew.agreements.words import PriceKind, Standing
from vitalfew.exchange.models import DataExchange

MOST: Final = 500


def prices(exchange: DataExchange) -> list[dict[str, Any]]:
    """A discount in per cent or a price a unit, for a product, a category or, where neither stands, everything."""
    today = timezone.localdate()
    rows = Agreement.objects.filter(account=exchange.account_id, put_away_at=None)
    agreements = rows.standing(Standing.IN_FORCE, today)
    rules = PriceRule.objects.filter(agreement__in=agreements, put_away_at=None).select_related("agreement")
    return [
        _told(rule)
        for rule in rules.order_by("product", "category", "from_quantity", "pk")
        if rule.terms.holds_on(today)
    ][:MOST]


def _told(rule: PriceRule) -> dict[str, Any]:
    """The agreement by its number, which both sides know."""
    fixed, plain = rule.kind == PriceKind.FIXED, f"{rule.value.normalize():f}"
    return {
        "product": rule.product, "category": rule.category, "from_quantity": rule.plain_quantity,
        "discount": "" if fixed else plain, "price": plain if fixed else "", "currency": rule.agreement.currency if fixed else "",
        "until": rule.until or rule.agreement.until, "agreement": rule.agreement.number,
    }  # fmt: skip
