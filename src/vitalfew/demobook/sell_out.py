"""What some large distributors sold on, week by week, and what they had left.

Twenty-five of them report their twelve best products for the last eighteen months. Their stock is what we delivered
less what they sold on, so the two ends of the exchange agree.
"""

from typing import Any, Final

import numpy as np
import pyarrow as pa

from vitalfew.demobook.accounts import Accounts
from vitalfew.demobook.arrays import Chance, Ints, Reals
from vitalfew.demobook.columns import day, picked, quantity, table, text
from vitalfew.demobook.habits import LONG_TERM
from vitalfew.demobook.places import CITIES
from vitalfew.demobook.products import Products
from vitalfew.demobook.service import Served

_REPORTERS, _BEST, _WEEKS, _WEEK = 25, 12, 78, 7
_INDUSTRIAL: Final = 3


def sell_out_table(rng: Chance, served: Served, made: Products) -> pa.Table:
    account, product, arrived = _arrived(served, made)
    sold, left = _sold_on(rng, arrived)
    pair, week = (axis.ravel() for axis in np.indices(sold.shape))
    sunday = served.period.end - _WEEK * (_WEEKS - 1 - week)
    accounts = served.accounts
    reported = sunday < served.losses.left_on[account[pair]]
    columns: dict[str, Any] = {
        "customer": picked(accounts.code, account[pair]),
        "product": picked(made.code, product[pair]),
        "date": day(sunday),
        "quantity": quantity(sold.ravel()),
        "stock_after": quantity(left.ravel()),
        "place": text(_depots(accounts)).take(pa.array(account[pair])),
    }
    return table("sell_out", columns).filter(pa.array(reported)).combine_chunks()


def _depots(accounts: Accounts) -> list[str]:
    return [f"{CITIES[city].name}仓" for city in accounts.city]


def _arrived(served: Served, made: Products) -> tuple[Ints, Ints, Reals]:
    """Pairs of account and product, and pairs × weeks: pieces delivered."""
    sold, end = served.sold, served.period.end
    trade = (served.accounts.kind != _INDUSTRIAL) & (served.habits.kind == LONG_TERM)
    largest = np.argsort(np.where(trade, -served.accounts.size, np.inf), kind="stable")[:_REPORTERS]
    bought = np.zeros((len(served.accounts), len(made)))
    np.add.at(bought, (sold.account, sold.product), np.maximum(sold.pieces, 0))
    best = np.argsort(-bought[largest], axis=1, kind="stable")[:, :_BEST]
    arrived = np.zeros((len(served.accounts), len(made), _WEEKS))
    week = _WEEKS - 1 - (end - sold.delivered_on) // _WEEK
    within = (sold.delivered_on <= end) & (week >= 0) & (sold.pieces > 0)
    np.add.at(arrived, (sold.account[within], sold.product[within], week[within]), sold.pieces[within])
    account, product = np.repeat(largest, _BEST), best.ravel()
    return account, product, arrived[account, product]


def _sold_on(rng: Chance, arrived: Reals) -> tuple[Ints, Ints]:
    """Pairs × weeks: sold on and left, week after week; nobody sells what is not there."""
    wanted = _smoothed(arrived) * rng.gamma(6, 1 / 6, arrived.shape)
    stock = np.round(arrived.mean(axis=1) * 5)
    sold, left = np.zeros(arrived.shape), np.zeros(arrived.shape)
    for week in range(arrived.shape[1]):
        stock = stock + arrived[:, week]
        sold[:, week] = np.minimum(stock, np.round(wanted[:, week]))
        stock = stock - sold[:, week]
        left[:, week] = stock
    return sold.astype(np.int64), left.astype(np.int64)


def _smoothed(arrived: Reals) -> Reals:
    """Demand behind the deliveries: their average over the quarter around."""
    window = np.ones(13) / 13
    return np.array([np.convolve(row, window, mode="same") for row in arrived])
