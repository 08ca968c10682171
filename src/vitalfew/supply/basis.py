"""What was known when a draft was asked for: kept as it was, so that what comes of it can be worked out again to the piece."""

from typing import Any

import numpy as np

from vitalfew.analyses.allocation.needs import Needs
from vitalfew.maths.arrays import Floats
from vitalfew.supply.allotting import Goods
from vitalfew.supply.minimums import Minimum


def kept(goods: Goods) -> dict[str, Any]:
    """As plain numbers; of needs and minimums only the accounts and products that have some."""
    needs = goods.needs
    return {
        "products": needs.products, "days": [int(day) for day in needs.days], "accounts": needs.accounts,
        "rank": [int(rank) for rank in needs.rank], "supply": goods.supply.tolist(),
        "prices": [None if np.isnan(price) else float(price) for price in goods.prices],
        "claims": _lines(needs.claims), "promised": _lines(needs.promised),
        "minimums": [[each.account, each.product, list(each.weeks), each.agreement] for each in goods.minimums],
    }  # fmt: skip


def restored(told: dict[str, Any]) -> Goods:
    shape = len(told["products"]), len(told["days"]), len(told["accounts"])
    needs = Needs(
        told["products"], told["days"], told["accounts"], _cells(told["claims"], shape),
        _cells(told["promised"], shape), np.array(told["rank"], dtype=np.int64),
    )  # fmt: skip
    prices = np.array([np.nan if price is None else price for price in told["prices"]])
    supply = np.array(told["supply"], dtype=float).reshape(shape[:2])
    return Goods(needs, supply, prices, [Minimum(*line) for line in told.get("minimums", [])])


def _lines(cells: Floats) -> list[list[Any]]:
    """Product, account, and its weeks."""
    some = np.argwhere(cells.any(axis=1))
    return [[int(product), int(account), cells[product, :, account].tolist()] for product, account in some]


def _cells(lines: list[list[Any]], shape: tuple[int, int, int]) -> Floats:
    found = np.zeros(shape)
    for product, account, weeks in lines:
        found[product, :, account] = weeks
    return found
