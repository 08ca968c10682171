"""What was planted, account by account and event by event: the yardstick for every analysis.

    truth          one row an account: whether, when and why it left; its true kind, trend, purchase rate and worth
    truth_events   one row for each thing that was made to happen, with its date

Money and rates here are expectations of the generator, not sums of what was drawn. Revenue and margin are those of
the year after the book if the account stays (for one that left: had it stayed as it was); the worth of the rest of
its life is that margin less service, paid evenly, lost at ``hazard`` a year and discounted at ten percent: m /
(hazard + ln 1.1).
"""

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import pyarrow as pa

from vitalfew.demobook.accounts import Accounts
from vitalfew.demobook.arrays import Flags, Ints, Reals, percentile
from vitalfew.demobook.calibration import Scale
from vitalfew.demobook.columns import day, text
from vitalfew.demobook.days import Period, month_of_year
from vitalfew.demobook.habits import COOPERATIONS, ONE_OFF, PHASED, Habits
from vitalfew.demobook.losses import CAUSES, FORCES, Losses
from vitalfew.demobook.products import Products
from vitalfew.demobook.rhythm import Rhythm
from vitalfew.maths.years import YEAR

DISCOUNT: Final = float(np.log(1.1))
_DIRECTIONS: Final = ("falling", "steady", "rising")
SCHEMA: Final = pa.schema(
    [
        ("customer", pa.string()),
        ("left_on", pa.int32()),
        ("cause", pa.string()),
        ("force", pa.string()),
        ("since", pa.int32()),
        ("kind", pa.string()),
        ("direction", pa.string()),
        ("growth", pa.float64()),
        ("regularity", pa.int64()),
        ("purchase_rate", pa.float64()),
        ("revenue_year", pa.float64()),
        ("margin_year", pa.float64()),
        ("service_year", pa.float64()),
        ("hazard", pa.float64()),
        ("remaining_value", pa.float64()),
        ("demanding", pa.bool_()),
        ("single_threaded", pa.bool_()),
        ("campaign_arm", pa.string()),
    ]
)
EVENTS: Final = pa.schema(
    [("date", pa.int32()), ("customer", pa.string()), ("kind", pa.string()), ("detail", pa.string())]
)


@dataclass(frozen=True, eq=False)
class Outlook:
    """The year after the book, in yuan, and orders a month."""

    purchase_rate: Reals
    revenue: Reals
    margin: Reals


@dataclass(frozen=True, eq=False)
class Planted:
    """All that was decided about the accounts before anything was drawn."""

    period: Period
    accounts: Accounts
    habits: Habits
    losses: Losses
    products: Products
    arm: tuple[str | None, ...]


def outlook(period: Period, habits: Habits, rhythm: Rhythm, scale: Scale) -> Outlook:
    pace = _coming_year(period, habits, rhythm)
    orders = scale.rate[:, None] * scale.season * pace
    value, margin = _an_order(scale)
    return Outlook(orders.sum(axis=1) / 12, (orders * value).sum(axis=1) / 100, (orders * margin).sum(axis=1) / 100)


def _coming_year(period: Period, habits: Habits, rhythm: Rhythm) -> Reals:
    """Accounts × months of the year; for phased accounts the average over on and off instead of the next phase."""
    months = month_of_year(rhythm.days)[:, None] == np.arange(12)
    coming = (rhythm.days > period.end)[:, None]
    average = rhythm.usual @ months * (YEAR / len(rhythm.days))
    pace: Reals = np.where((habits.kind == PHASED)[:, None], average, rhythm.usual @ (months & coming))
    return pace


def _an_order(scale: Scale) -> tuple[Reals, Reals]:
    """Accounts × months of the year: expected revenue and gross margin of an order, in 分."""
    value = scale.value_of_year
    products, customs = scale.shelf.products, scale.customs
    single = scale.shelf.shares @ products.cost.astype(np.float64)
    by_piece = scale.shelf.shares @ (products.cost * products.lots)
    cost = (single + customs.pieces[:, None] * by_piece) * (1 + customs.further)[:, None]
    return value, value - cost


def hazard(planted: Planted, margin_after_service: Reals) -> Reals:
    """Yearly rate of leaving: lower for the large, higher for the falling and for those who hang on one person."""
    place = percentile(planted.accounts.size)
    rate = 0.13 - 0.06 * place + 0.12 * np.maximum(-planted.habits.growth, 0) + 0.03 * planted.habits.single_threaded
    rate[planted.losses.weakening] = 0.6
    return np.where(margin_after_service > 0, rate, rate + 0.02)


def truth_table(planted: Planted, coming: Outlook, service: Reals) -> pa.Table:
    habits, losses, stays = planted.habits, planted.losses, ~planted.losses.lost
    rate = hazard(planted, coming.margin - service)
    ended = losses.lost | (habits.kind == ONE_OFF)
    columns: dict[str, Any] = {
        "customer": text(planted.accounts.code),
        "left_on": day(losses.left_on, missing=stays),
        "cause": _where(losses.lost, CAUSES, losses.cause),
        "force": _where(losses.lost, FORCES, losses.cause),
        "since": day(losses.since, missing=stays),
        "kind": text(str(COOPERATIONS[place].value) for place in habits.kind),
        "direction": text(_DIRECTIONS[int(sign) + 1] for sign in np.sign(habits.growth)),
        "growth": pa.array(habits.growth),
        "regularity": pa.array(habits.shape),
        "purchase_rate": pa.array(np.where(ended, 0.0, coming.purchase_rate)),
        "revenue_year": pa.array(coming.revenue),
        "margin_year": pa.array(coming.margin),
        "service_year": pa.array(service),
        "hazard": pa.array(np.where(ended, np.nan, rate), mask=ended),
        "remaining_value": pa.array(np.where(ended, 0.0, (coming.margin - service) / (rate + DISCOUNT))),
        "demanding": pa.array(habits.demanding),
        "single_threaded": pa.array(habits.single_threaded),
        "campaign_arm": text(planted.arm),
    }
    return pa.table(columns, schema=SCHEMA)


def _where(known: Flags, words: tuple[str, ...], index: Ints) -> pa.Array:
    return text(words[place] if given else None for given, place in zip(known, index, strict=True))
