"""The account master as a table, with terms of payment and credit limits that fit what the account buys."""

from typing import Any, Final

import numpy as np
import pyarrow as pa

from vitalfew.demobook.accounts import KINDS, Accounts
from vitalfew.demobook.arrays import Chance, Ints, Reals
from vitalfew.demobook.columns import day, money, picked, same, table, text
from vitalfew.demobook.credit_codes import credit_codes
from vitalfew.demobook.places import CITIES, REGIONS
from vitalfew.demobook.staff import Staff

_TERMS: Final = ((0, 15, 30), (30, 45, 60), (45, 60, 90), (30, 60, 60))  # by kind, in days
_STEP: Final = 1_000_000  # credit limits go by ten thousand yuan


def payment_terms(rng: Chance, accounts: Accounts) -> Ints:
    return rng.permuted(np.array(_TERMS)[accounts.kind], axis=1)[:, 0]


def customer_table(rng: Chance, accounts: Accounts, staff: Staff, terms: Ints, revenue_year: Reals) -> pa.Table:
    """``revenue_year`` in yuan."""
    districts = np.array([int(CITIES[place].district) for place in accounts.city])
    columns: dict[str, Any] = {
        "customer": text(accounts.code),
        "name": text(accounts.name),
        "parent": picked(accounts.code, accounts.parent),
        "kind": picked(KINDS, accounts.kind),
        "region": picked(REGIONS, accounts.region),
        "country": same("CN", len(accounts)),
        "industry": text(accounts.industry),
        "uscc": credit_codes(rng, districts),
        "opened_on": day(accounts.opened_on),
        "founded_on": day(accounts.founded_on),
        "manager": picked(staff.names, staff.manager),
        "payment_terms_days": pa.array(terms),
        "credit_limit": money(_limits(terms, revenue_year)),
    }
    return table("customers", columns)


def _limits(terms: Ints, revenue_year: Reals) -> Ints:
    """What is bought during the terms and three weeks, and half as much again."""
    open_amount = revenue_year * 100 * (terms + 20) / 365 * 1.5
    return (np.ceil(open_amount / _STEP) * _STEP).astype(np.int64)
