"""The diary of what was planted: one line for each thing made to happen."""

from collections.abc import Iterator
from typing import Final, NamedTuple

import numpy as np
import pyarrow as pa

from vitalfew.demobook.campaign import LIFT, NAME, Campaign
from vitalfew.demobook.days import iso
from vitalfew.demobook.losses import CAUSES
from vitalfew.demobook.orders import BadBatch
from vitalfew.demobook.staff import Staff
from vitalfew.demobook.truth import EVENTS, Planted

_SIGNS: Final = (
    "our sales person left; the account was handed over and hardly visited since",
    "deliveries come days to weeks after the promised date",
    "no visits, slow replies, short and late deliveries",
    "spends less with every supplier",
    "a contact reports how a rival had us shut out",
    "share of wallet falls while the wallet stays; a rival is rated above us",
    "a serious complaint is opened and never closed",
)


_RUIN: Final = "key account runs out of money: orders shrink, payments come later and later"


class Event(NamedTuple):
    date: int
    customer: str | None
    kind: str
    detail: str


def event_table(planted: Planted, staff: Staff, run: Campaign, batch: BadBatch) -> pa.Table:
    found = [*_losses(planted), *_weakening(planted), *_handovers(planted, staff), *_campaign(planted, run)]
    found += [*_of_the_firm(planted, run, batch), *_single(planted)]
    found.sort(key=lambda event: (event.date, event.customer or "", event.kind))
    columns = list(zip(*found, strict=True))
    return pa.table(
        [pa.array(column, field.type) for column, field in zip(columns, EVENTS, strict=True)], schema=EVENTS
    )


def _losses(planted: Planted) -> Iterator[Event]:
    """For each loss the first sign and the end."""
    lost = planted.losses
    for account in np.flatnonzero(lost.lost):
        code, cause = planted.accounts.code[account], int(lost.cause[account])
        sign, kind = (_RUIN, "bankrupt") if account == lost.bankrupt else (_SIGNS[cause], "left")
        yield Event(int(lost.since[account]), code, "first_sign", f"{CAUSES[cause]}: {sign}")
        yield Event(int(lost.left_on[account]), code, kind, CAUSES[cause])


def _weakening(planted: Planted) -> Iterator[Event]:
    lost = planted.losses
    code = planted.accounts.code[lost.weakening]
    yield Event(lost.weak_since, code, "weakening", "orders halve and payments slip until the end of the book")


def _handovers(planted: Planted, staff: Staff) -> Iterator[Event]:
    for account in np.flatnonzero(staff.predecessor >= 0):
        detail = f"{staff.names[staff.predecessor[account]]} → {staff.names[staff.manager[account]]}"
        yield Event(int(staff.handed_over_on[account]), planted.accounts.code[account], "handover", detail)


def _campaign(planted: Planted, run: Campaign) -> Iterator[Event]:
    for arm, members in (("treated", run.treated), ("holdout", run.held_out)):
        for account in members:
            yield Event(run.starts_on, planted.accounts.code[account], "campaign", f"{NAME}: {arm}")


def _of_the_firm(planted: Planted, run: Campaign, batch: BadBatch) -> Iterator[Event]:
    first, last = planted.period.shortage
    product = planted.products.code[batch.product]
    yield Event(run.starts_on, None, "campaign", f"{NAME}: treated order {LIFT:.0%} more until {iso(run.ends_on)}")
    yield Event(first, None, "shortage", f"the better-liked goods of four categories run short until {iso(last)}")
    yield Event(batch.first, None, "bad_batch", f"{product} is returned and complained about until {iso(batch.last)}")


def _single(planted: Planted) -> Iterator[Event]:
    for account in np.flatnonzero(planted.habits.single_threaded):
        yield Event(
            planted.period.start, planted.accounts.code[account], "single_threaded", "known to one contact only"
        )
