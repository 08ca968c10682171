"""Invoices and when they were paid: one invoice for each order document, a credit note for each return.

Most accounts pay within days of the due date, nearly a third habitually late. The key account that goes bankrupt
pays later and later, up to three months, and what was open on the day of its bankruptcy is never paid; the
weakening one is two months behind when the book ends.
"""

from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from vitalfew.demobook.accounts import Accounts
from vitalfew.demobook.arrays import NEVER, Chance, Ints, Reals, one_of
from vitalfew.demobook.columns import day, money, picked, same, table
from vitalfew.demobook.days import Period
from vitalfew.demobook.losses import Losses
from vitalfew.demobook.orders import Orders, Sales, order_ids

_EARLY, _PROMPT, _LATE = range(3)
_MANNERS: Final = {_EARLY: 0.15, _PROMPT: 0.55, _LATE: 0.3}
_BANKRUPT_SLIP, _WEAK_SLIP = 100, 65


def payment_table(
    rng: Chance, period: Period, accounts: Accounts, sold: Sales, *, terms: Ints, losses: Losses
) -> pa.Table:
    orders = sold.orders
    due_on = orders.day + terms[orders.account]
    paid_on = _paid(rng, orders, due_on, _habit(rng, len(accounts)), losses)
    columns: dict[str, Any] = {
        "invoice_id": pc.binary_join_element_wise("INV", order_ids(orders), "-"),
        "customer": picked(accounts.code, orders.account),
        "invoiced_on": day(orders.day),
        "due_on": day(due_on),
        "paid_on": day(paid_on, missing=paid_on > period.end),
        "amount": money(invoiced(sold)),
        "currency": same("CNY", len(orders)),
    }
    return table("payments", columns)


def invoiced(sold: Sales) -> Ints:
    """Sum of each document's lines, in 分."""
    total = np.zeros(len(sold.orders), dtype=np.int64)
    np.add.at(total, sold.order, sold.amount)
    return total


def _habit(rng: Chance, count: int) -> Reals:
    """Days after the due date on which each account usually pays."""
    manner = one_of(rng, _MANNERS, count)
    late = 6 + rng.gamma(2.0, 7.0, count)
    return np.choose(manner, [rng.uniform(-6, -1, count), rng.uniform(-1, 3, count), late])


def _paid(rng: Chance, orders: Orders, due_on: Ints, habit: Reals, losses: Losses) -> Ints:
    account = orders.account
    noise = rng.gamma(1.5, 2.0, len(account)) - 2
    paid = due_on + np.round(habit[account] + noise).astype(np.int64) + _slip(orders, losses)
    paid = np.maximum(paid, orders.day)
    paid[orders.returns] = due_on[orders.returns]
    ruined = (account == losses.bankrupt) & (paid >= losses.left_on[losses.bankrupt])
    return np.where(ruined, NEVER, paid)


def _slip(orders: Orders, losses: Losses) -> Ints:
    """Further days for the two that run out of money: more with every week."""
    lost_since, left_on = losses.since[losses.bankrupt], losses.left_on[losses.bankrupt]
    ruin = np.clip((orders.day - lost_since) / (left_on - lost_since), 0, 1) * _BANKRUPT_SLIP
    weak = np.clip((orders.day - losses.weak_since) / 100, 0, 1) * _WEAK_SLIP
    slip = (orders.account == losses.bankrupt) * ruin + (orders.account == losses.weakening) * weak
    days: Ints = slip.astype(np.int64)
    return days
