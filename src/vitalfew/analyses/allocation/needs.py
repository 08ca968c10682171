"""What accounts need, and what there is to share out among them."""

from dataclasses import dataclass
from typing import Final

import narwhals as nw
import numpy as np

from vitalfew.catalogue import Frame, Refusal
from vitalfew.language import Count, Message
from vitalfew.panels import Floats, Whole
from vitalfew.terms import Tier
from vitalfew.terms import gettext_noop as _

RANKS: Final = (Tier.MVC, Tier.MGC, Tier.UNKNOWN, Tier.OTHER, Tier.MIGRATE, Tier.BZ)
_RANK: Final = {tier.value: rank for rank, tier in enumerate(RANKS)}


def rows_of(frame: Frame | None) -> list[dict[str, object]]:
    found: list[dict[str, object]] = [] if frame is None else frame.collect("pyarrow").to_native().to_pylist()
    return found


@dataclass(frozen=True)
class Needs:
    """Products × periods × accounts: what each is expected to need, and was promised at least."""

    products: list[str]
    days: list[int]
    accounts: list[str]
    claims: Floats
    promised: Floats
    rank: Whole
    """Each account's tier, by its turn."""

    @classmethod
    def of(
        cls, demand: Frame, periods: int, commitments: list[dict[str, object]], tiers: list[dict[str, object]]
    ) -> "Needs":
        table = demand.select("customer", "product", "period", "mean").collect("pyarrow").to_native()
        foretold = [{**row, "period": day_of(row["period"])} for row in table.to_pylist() if row["mean"] is not None]
        days = sorted({row["period"] for row in foretold})[:periods]
        rows = [row for row in foretold if row["period"] in days]
        minimums = [row for row in commitments if day_of(row["period"]) in days]
        products, accounts = (
            [*sorted({str(row[name]) for row in [*rows, *minimums]})] for name in ("product", "customer")
        )
        shape = (len(products), len(days), len(accounts))
        claims, promised = np.zeros(shape), np.zeros(shape)
        places = ({name: place for place, name in enumerate(each)} for each in (products, days, accounts))
        product, day, account = places
        for row in rows:
            claims[product[str(row["product"])], day[row["period"]], account[str(row["customer"])]] += max(
                row["mean"], 0.0
            )
        for row in minimums:
            promised[product[str(row["product"])], day[day_of(row["period"])], account[str(row["customer"])]] += float(
                str(row["minimum"])
            )
        of = {row["customer"]: row["tier"] for row in tiers}
        rank = np.array([_RANK[str(of.get(code, Tier.UNKNOWN))] for code in accounts], dtype=np.int64)
        return cls(products, days, accounts, np.maximum(claims, promised), promised, rank)


def day_of(value: object) -> int:
    """A day as it stands in facts, or as a date or its text."""
    return value if isinstance(value, int) else int(np.datetime64(str(value)[:10], "D").astype(np.int64))


def supply_of(stock: Frame, needs: Needs, reserve: float) -> Floats:
    """Stock on hand in the first period; what is on order comes with the second, or with the first of one."""
    newest = stock.group_by("product", "place").agg(counted_on=nw.col("counted_on").max())
    latest = stock.join(newest, on=["product", "place", "counted_on"], how="inner")
    sums = latest.group_by("product").agg(
        on_hand=nw.col("quantity").cast(nw.Float64).sum().round(4),
        on_order=nw.col("on_order").cast(nw.Float64).sum().round(4),
    )
    supply = np.zeros((len(needs.products), len(needs.days)))
    place = {name: number for number, name in enumerate(needs.products)}
    for row in rows_of(sums):
        if (number := place.get(str(row["product"]))) is not None:
            supply[number, 0] += max(float(str(row["on_hand"] or 0.0)), 0.0) * (1.0 - reserve)
            supply[number, min(1, len(needs.days) - 1)] += float(str(row["on_order"] or 0.0))
    return supply


def capacity_of(rows: list[dict[str, object]], needs: Needs, supply: Floats) -> Floats:
    """What can be made of any product, by period; what is bound to a product is added to its supply."""
    free = np.zeros(len(needs.days))
    place = {name: number for number, name in enumerate(needs.products)}
    for row in rows:
        if day_of(row["period"]) not in needs.days:
            continue
        period, quantity = needs.days.index(day_of(row["period"])), float(str(row["quantity"]))
        if row.get("product") is None:
            free[period] += quantity
        elif str(row["product"]) in place:
            supply[place[str(row["product"])], period] += quantity
    return free


def prices_of(order_lines: Frame | None, needs: Needs) -> Floats:
    """The usual price of each product, net, over all its lines; NaN where none is known."""
    price = np.full(len(needs.products), np.nan)
    if order_lines is None:
        return price
    sold = order_lines.filter(nw.col("quantity").cast(nw.Float64) > 0, ~nw.col("product").is_null())
    sums = sold.group_by("product").agg(
        amount=nw.col("amount").cast(nw.Float64).sum().round(4),
        quantity=nw.col("quantity").cast(nw.Float64).sum().round(4),
    )
    known = {row["product"]: float(str(row["amount"])) / float(str(row["quantity"])) for row in rows_of(sums)}
    return np.array([known.get(name, np.nan) for name in needs.products])


def packs_of(packs: Frame | None, needs: Needs) -> Floats:
    """The pack of each product; 0 where it is given out in any quantity."""
    known = {str(row["product"]): float(str(row["pack"])) for row in rows_of(packs)}
    return np.array([known.get(name, 0.0) for name in needs.products])


def weights_of(text: str) -> Floats:
    """How much a claim of each tier counts."""
    try:
        weights = np.array([float(part) for part in text.replace("，", ",").split(",")])
    except ValueError:
        weights = np.empty(0)
    if weights.size != len(RANKS) or not (np.isfinite(weights).all() and (weights > 0).all()):
        text_ = _("Weights of the tiers are {n} numbers above zero, from the most valuable to below zero; not '{text}'")
        raise Refusal(Message(text_, {"n": Count(len(RANKS)), "text": text}))
    return weights
