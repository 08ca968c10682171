"""What many analyses read instead of the lines themselves: computed once a run, shared by all.

Sums of money are rounded to the stored four decimals after adding, so that every engine and every order of adding gives
the same figure and ties are broken by the account's code alone. For the same reason the sums of many lines and those of
the lines that came and went since make the sums of all lines, to the last digit.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final

import narwhals as nw

Frame = nw.LazyFrame[Any]
PLACES: Final = 4


@dataclass(frozen=True)
class Summary:
    """One summary: ``sums`` of its inputs by its ``keys``, and what analyses see of them."""

    sums: Callable[..., Frame]
    inputs: tuple[str, ...]
    keys: tuple[str, ...]
    shown: Callable[[Frame], Frame] = lambda sums: sums
    adds_up: bool = False
    """Whether all its other columns are sums over lines, ``lines`` among them: those of two parts make those of the whole."""

    def of(self, *tables: Frame) -> Frame:
        return self.shown(self.sums(*tables))


def _total(column: str) -> nw.Expr:
    return nw.col(column).cast(nw.Float64).sum().round(PLACES)


def _where_known() -> nw.Expr:
    """The sum of costs; null, not 0, where no line has one."""
    return nw.when(nw.col("known") > 0).then(nw.col("cost"))


def account_months(order_lines: Frame) -> Frame:
    """One row per account and calendar month with orders.

    ``month`` counts from January 1970; ``cost`` and ``costed`` (the amount whose cost is known) let margins say what
    share of the revenue they rest on; ``returned`` is the (positive) value of negative lines; ``discount`` is list less net;
    ``known`` counts the lines whose cost is known.
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
            known=nw.col("cost").count(),
        )
    )


def _months_shown(sums: Frame) -> Frame:
    return sums.with_columns(cost=_where_known()).drop("known")


def purchase_days(order_lines: Frame) -> Frame:
    """One row per account and day on which it bought something (a line with a positive quantity).

    ``amount`` is the day's net value, ``lines`` how many lines it has; same-day orders are one purchase; a day with
    returns only (``bought`` counts the others) is none.
    """
    bought = nw.when(nw.col("quantity").cast(nw.Float64) > 0).then(nw.lit(1)).otherwise(nw.lit(0))
    return (
        order_lines.with_columns(bought=bought)
        .group_by("customer", "ordered_on")
        .agg(
            amount=_total("amount"),
            cost=_total("cost"),
            bought=nw.col("bought").sum().cast(nw.Int64),
            known=nw.col("cost").count(),
            lines=nw.len(),
        )
    )


def _days_shown(sums: Frame) -> Frame:
    return (
        sums.filter(nw.col("bought") > 0)
        .with_columns(cost=_where_known())
        .select("customer", nw.col("ordered_on").alias("bought_on"), "amount", "cost", "lines")
    )


HALF_YEAR: Final = 6


def survey_scores(surveys: Frame) -> Frame:
    """One row per account, question, supplier asked about, respondent and half-year: their answers' mean, from 0 to 1.

    ``score`` is (answer − lowest) / (highest − lowest point of the scale), null where the scale is unknown or left;
    ``supplier`` is empty for us, else the competitor; ``half`` counts half-years since 1970; who answered without a name
    counts as one respondent a response.
    """
    low, high = nw.col("scale_min"), nw.col("scale_max")
    inside = (high > low) & (nw.col("score") >= low) & (nw.col("score") <= high)
    width = nw.when(high > low).then(high - low).otherwise(nw.lit(1.0))
    return (
        surveys.with_columns(
            supplier=nw.col("competitor").fill_null(""),
            respondent=nw.when(nw.col("respondent").is_null())
            .then(nw.col("response_id"))
            .otherwise(nw.col("respondent")),
            score=nw.when(inside).then((nw.col("score") - low) * width**-1.0),
            half=nw.col("month") // HALF_YEAR,
        )
        .group_by("customer", "item", "supplier", "respondent", "half")
        .agg(score=nw.col("score").mean().round(PLACES * 3))
    )


SUMMARIES: Final[Mapping[str, Summary]] = MappingProxyType(
    {
        "account_months": Summary(account_months, ("order_lines",), ("customer", "month"), _months_shown, adds_up=True),
        "purchase_days": Summary(
            purchase_days, ("order_lines",), ("customer", "ordered_on"), _days_shown, adds_up=True
        ),
        "survey_scores": Summary(survey_scores, ("surveys",), ("customer", "item", "supplier", "respondent", "half")),
    }
)
