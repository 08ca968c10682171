"""The accounts that rooms show their examples at."""

from typing import Final

from vitalfew.accounts.models import Account
from vitalfew.warehouse import scorecards
from vitalfew.warehouse.models import Scorecard

LARGEST: Final = 6


def largest() -> list[Account]:
    """The accounts with the most revenue that somebody manages."""
    cards = Scorecard.objects.filter(refresh=scorecards.current()).order_by("-revenue_12m")
    codes = list(cards.values_list("customer", flat=True)[: LARGEST * 3])
    rows = {each.code: each for each in Account.objects.filter(code__in=codes).exclude(manager=None)}
    return [rows[code] for code in codes if code in rows][:LARGEST]
