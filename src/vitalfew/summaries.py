"""What many analyses read instead of the lines themselves: computed once a run, shared by all.

Sums of money are rounded to the stored four decimals after adding, so that every engine and every order of adding gives
the same figure and ties are broken by the account's code alone.
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, Final

import narwhals as nw

Frame = nw.LazyFrame[Any]
PLACES: Final = 4


def _total(column: str) -> nw.Expr:
    return nw.col(column).cast(nw.Float64).sum().round(PLACES)


def _where_known() -> nw.Expr:
    """The sum of costs; null, not 0, where no line has one."""
    return nw.when(nw.col("known") > 0).then(nw.col("cost"))


def account_months(order_lines: Frame) -> Frame:
    """One row per account and calendar month with orders.

    ``month`` counts from January 1970; ``cost`` and ``costed`` (the amount whose cost is known) let margins say what
    share of the revenue they rest on; ``returned`` is the (positive) value of negative lines; ``discount`` is list less net.
    """
    amount = nw.col("amount").cast(nw.Float64)
    zero = nw.lit(0.0)
    return (
        order_lines.with_columns(
            costed=nw.when(~nw.col("cost").is_null()).then(amount).otherwise(zero),
            returned=nw.when(amount < 0).then(-amount).otherwise(zero),
            discount=nw.when(~nw.col("list_amount").is_null())
            .then(nw.col("list_amount").cast(nw.Float64) - amount)
            .otherwise(zero),
        )
        .group_by("customer", "month")
        .agg(
            amount=_total("amount"),
            cost=_total("cost"),
            costed=_total("costed"),
            returned=_total("returned"),
            discount=_total("discount"),
            quantity=_total("quantity"),
            lines=nw.len(),
            orders=nw.col("order_id").n_unique(),
            known=nw.col("cost").count(),
        )
        .with_columns(cost=_where_known())
        .drop("known")
    )


def purchase_days(order_lines: Frame) -> Frame:
    """One row per account and day on which it bought something (a line with a positive quantity).

    ``amount`` is the day's net value, ``lines`` how many lines it has; same-day orders are one purchase; a day with
    returns only is none.
    """
    bought = nw.when(nw.col("quantity").cast(nw.Float64) > 0).then(nw.lit(1)).otherwise(nw.lit(0))
    return (
        order_lines.with_columns(bought=bought)
        .group_by("customer", "ordered_on")
        .agg(
            amount=_total("amount"),
            cost=_total("cost"),
            bought=nw.col("bought").sum(),
            known=nw.col("cost").count(),
            lines=nw.len(),
        )
        .filter(nw.col("bought") > 0)
        .with_columns(cost=_where_known())
        .select("customer", nw.col("ordered_on").alias("bought_on"), "amount", "cost", "lines")
    )


SUMMARIES: Final[Mapping[str, tuple[Callable[..., Frame], tuple[str, ...]]]] = MappingProxyType(
    {
        "account_months": (account_months, ("order_lines",)),
        "purchase_days": (purchase_days, ("order_lines",)),
    }
)
