"""Complaints: the everyday ones that follow from orders, and those that tell of a loss to come.

Everyday: a late or short delivery, the bad batch and plain chance make an order complained about; it is answered in
days and closed in weeks. Planted: see ``losses``; the serious complaint behind ``unresolved_complaint`` is never
closed.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import pyarrow as pa

from vitalfew.demobook.accounts import Accounts
from vitalfew.demobook.arrays import NEVER, Chance, Ints, one_of
from vitalfew.demobook.columns import day, money, numbered, picked, table, text
from vitalfew.demobook.days import Period
from vitalfew.demobook.losses import COMPLAINT, FOUL, NEGLECT, PROMISE, RIVAL, Losses
from vitalfew.demobook.orders import BadBatch, Sales
from vitalfew.demobook.products import CATEGORIES as GOODS
from vitalfew.demobook.products import Products
from vitalfew.demobook.sentences import CATEGORIES, sentence

_CHANNELS: Final = ("phone", "portal", "email", "card", "visit")
_CHANNEL_SHARES: Final = {0: 0.45, 1: 0.25, 2: 0.12, 3: 0.06, 4: 0.12}
_USUAL_SHARES: Final = {0: 0.3, 1: 0.16, 2: 0.14, 3: 0.15, 4: 0.08, 5: 0.08, 6: 0.06, 7: 0.03}
_SEVERITY_SHARES: Final = {1: 0.42, 2: 0.43, 3: 0.13, 4: 0.02}
_OUTCOMES: Final = {
    "quality": ("repaired", "replaced", "refunded"),
    "delivery": ("credited", "explained"),
    "damage": ("replaced", "refunded", "rejected"),
    "service": ("repaired", "explained"),
    "installation": ("repaired", "credited"),
    "billing": ("credited", "explained"),
    "price": ("explained", "credited", "rejected"),
    "attitude": ("explained",),
    "fairness": ("explained",),
    "competition": ("explained",),
}
_PAID: Final = frozenset({"refunded", "credited"})


@dataclass(frozen=True)
class Complaint:
    """Days since 1970-01-01; NEVER: not yet. ``compensation`` in 分."""

    account: int
    day: int
    product: int
    category: int
    severity: int
    first_reply_on: int
    closed_on: int
    again: bool = False


def complaints(
    rng: Chance, period: Period, accounts: Accounts, sold: Sales, *, batch: BadBatch, losses: Losses
) -> list[Complaint]:
    """All complaints, by date."""
    found = [*_usual(rng, accounts, sold, batch), *_planted(rng, sold, losses)]
    gone = losses.left_on
    kept = [said for said in found if said.day <= min(period.end, gone[said.account] - 1)]
    return sorted(kept, key=lambda said: (said.day, said.account, said.product))


def _usual(rng: Chance, accounts: Accounts, sold: Sales, batch: BadBatch) -> Iterator[Complaint]:
    category, day = _complained(rng, sold, batch)
    rows = np.flatnonzero(category >= 0)
    severity = one_of(rng, _SEVERITY_SHARES, len(rows))
    slow = (accounts.size[sold.account[rows]] < 0).astype(np.int64)
    replied = day[rows] + rng.integers(0, 3 + slow * 2)
    closed = replied + 1 + rng.geometric(0.12, len(rows)) * severity
    fields = (sold.account[rows], day[rows], sold.product[rows], category[rows], severity, replied, closed)
    for row in np.column_stack(fields).tolist():
        yield Complaint(*row)


def _complained(rng: Chance, sold: Sales, batch: BadBatch) -> tuple[Ints, Ints]:
    """By line: the category of its complaint or -1, and the day."""
    bought = ~sold.orders.returns[sold.order]
    late = sold.delivered_on - sold.orders.promised_on[sold.order]
    chance_of = np.full(len(late), 0.0028)
    category = one_of(rng, _USUAL_SHARES, len(late))
    for because, kind, risk in (
        (bought & (late > 2), CATEGORIES.index("delivery"), 0.018),  # noqa: PLR2004 - a day or two is forgiven
        (bought & sold.short, CATEGORIES.index("delivery"), 0.03),
        (bought & batch.holds(sold.product, sold.day), CATEGORIES.index("quality"), 0.09),
    ):
        category[because], chance_of[because] = kind, risk
    day = np.where(bought, sold.delivered_on, sold.day) + rng.integers(1, 35, len(late))
    return np.where(bought & (rng.random(len(late)) < chance_of), category, -1), day


def _planted(rng: Chance, sold: Sales, losses: Losses) -> Iterator[Complaint]:
    for account in np.flatnonzero(losses.lost):
        since, left_on, cause = int(losses.since[account]), int(losses.left_on[account]), int(losses.cause[account])
        product = _product_of(rng, sold, int(account))
        if cause == COMPLAINT:
            yield from _unresolved(rng, int(account), since, left_on, product)
        elif cause in _TELLING and account != losses.bankrupt:
            category, count, slowness = _TELLING[cause]
            for received in np.sort(rng.integers(since + 1, max(left_on - 5, since + 2), count)):
                reply = int(received) + slowness + int(rng.integers(1, 5))
                closed = reply + int(rng.integers(3, 20))
                yield Complaint(int(account), int(received), product, CATEGORIES.index(category), 2, reply, closed)


# What an account says before it leaves: category, how often, days until somebody answers.
_TELLING: Final = {
    PROMISE: ("delivery", 2, 1),
    NEGLECT: ("fairness", 2, 9),
    FOUL: ("competition", 1, 0),
    RIVAL: ("price", 1, 1),
}


def _unresolved(rng: Chance, account: int, since: int, left_on: int, product: int) -> Iterator[Complaint]:
    """A serious complaint, answered late and never closed; repeated some weeks on."""
    category = int(rng.choice([CATEGORIES.index("quality"), CATEGORIES.index("service")]))
    yield Complaint(account, since, product, category, 3, since + int(rng.integers(6, 15)), NEVER)
    again = since + int(rng.integers(20, max(left_on - since - 10, 21)))
    yield Complaint(account, again, product, category, 3, again + int(rng.integers(4, 12)), NEVER, again=True)


def _product_of(rng: Chance, sold: Sales, account: int) -> int:
    bought = sold.product[sold.account == account]
    return int(rng.choice(bought)) if len(bought) else 0


def complaint_table(
    rng: Chance, period: Period, found: list[Complaint], codes: tuple[str, ...], made: Products
) -> pa.Table:
    count = len(found)
    closed = np.array([said.closed_on for said in found])
    replied = np.array([said.first_reply_on for said in found])
    outcome = [str(rng.choice(_OUTCOMES[CATEGORIES[said.category]])) for said in found]
    compensation = _compensation(rng, found, outcome)
    open_still = closed > period.end
    columns: dict[str, Any] = {
        "complaint_id": numbered("CP-", np.arange(1, count + 1), 5),
        "customer": picked(codes, np.array([said.account for said in found])),
        "received_on": day(np.array([said.day for said in found])),
        "channel": picked(_CHANNELS, one_of(rng, _CHANNEL_SHARES, count)),
        "product": picked(made.code, np.array([said.product for said in found])),
        "category": text(CATEGORIES[said.category] for said in found),
        "text": text(_text(rng, said, made) for said in found),
        "severity": text(str(said.severity) for said in found),
        "first_reply_on": day(replied, missing=replied > period.end),
        "closed_on": day(closed, missing=open_still),
        "outcome": text(None if missing else word for word, missing in zip(outcome, open_still, strict=True)),
        "compensation": money(compensation, missing=open_still | (compensation == 0)),
    }
    return table("complaints", columns)


def _text(rng: Chance, said: Complaint, made: Products) -> str:
    goods = GOODS[made.category[said.product]].name
    return sentence(rng, CATEGORIES[said.category], made.name[said.product], goods, again=said.again)


def _compensation(rng: Chance, found: list[Complaint], outcome: list[str]) -> Ints:
    """In 分: something for refunds and credits, more for the severe."""
    paid = np.array([word in _PAID for word in outcome])
    severity = np.array([said.severity for said in found])
    return np.where(paid, rng.integers(10, 100, len(found)) * 1000 * severity**2, 0)
