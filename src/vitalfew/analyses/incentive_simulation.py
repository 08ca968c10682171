"""What a rebate would cost and bring, before it is promised.

The rule is run on each account's last twelve whole months, as they were: ``thresholds`` with their ``rates``, on the whole amount
or on the excess, in net sales or gross margin; with ``growth``, only for those that grew by so much over the year before.
Without thresholds of yours, half of the accounts reach the first step, a quarter the second, and so on.

    rebate       what it pays at unchanged behaviour: paid for what would have come anyway
    break-even   u = R / ((m − r) A): the growth at which the margin m of the extra sales pays it
    near         those short of the next step by at most ``reach`` of what they buy
    gain         p × sum over the near of (m × gap − further rebate) − sum of the rebates

``p`` is an assumption, no finding: the share of the near that closes its gap, ``response``; low and high are the gain at
``response_low`` and ``response_high``. All others are taken to buy as before. ``change`` is against a present rule, if given.

    steps 100 and 200, rates 1 % and 2 %, margin 25 %: 190  →  rebate 1.90, break-even 4.2 %, 10 short of 200, where closing
    the gap brings 2.50 for 2.10 more; at p = .3 the gain is .3 × .40 − 1.90 = −1.78

The range says nothing of how sales move by themselves: what the rule would have cost in the year before stands beside it.
Orders brought forward to reach a step are missing later: hold some accounts out, and see what it really changes.

Nagle, T. T. (1987). The Strategy and Tactics of Pricing. Prentice-Hall. Kivetz, R., Urminsky, O. & Zheng, Y. (2006). The
goal-gradient hypothesis resurrected. J. Marketing Research 43(1).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

import numpy as np
import pyarrow as pa

from vitalfew.catalogue import Choice, Column, Drawing, Findings, Frame, Refusal, analysis
from vitalfew.language import Count, Message, Money, Percent
from vitalfew.maths.rebates import Steps, break_even
from vitalfew.panels import MONTHS_A_YEAR, Bools, Floats, figure, figures, last_whole_month, months
from vitalfew.terms import Group, Unit
from vitalfew.terms import gettext_noop as _

SIGNIFICANT: Final = 2


@analysis(
    group=Group.GROWTH,
    title=_("Rebate simulation"),
    question=_("What would a rebate cost and bring, before it is promised?"),
    columns=(
        Column("customer", Unit.CODE, _("Account"), _("The account's code")),
        Column(
            "amount", Unit.MONEY, _("Twelve months"), _("Net sales or gross margin of the last twelve whole months")
        ),
        Column("rate", Unit.SHARE, _("Rate reached"), _("Rate of the step it reached")),
        Column("rebate", Unit.MONEY, _("Rebate"), _("What the rule pays at unchanged behaviour")),
        Column("break_even", Unit.SHARE, _("Break-even growth"), _("Growth at which the extra margin pays the rebate")),
        Column("next_step", Unit.MONEY, _("Next step"), _("The amount from which more is paid")),
        Column("gap", Unit.MONEY, _("Short by"), _("What is missing to the next step")),
        Column("near", Unit.YES_NO, _("Just below"), _("Whether the next step is within reach")),
        Column("gain", Unit.MONEY, _("Gain"), _("Extra margin less rebate, as the response is assumed")),
        Column("gain_low", Unit.MONEY, _("Gain from"), _("The lower gain of the assumed range")),
        Column("gain_high", Unit.MONEY, _("Gain to"), _("The higher gain of the assumed range")),
        Column("present", Unit.MONEY, _("Present rebate"), _("What the present rule pays")),
        Column("change", Unit.MONEY, _("More or less"), _("Rebate less present rebate")),
    ),
    choices={
        "thresholds": Choice(_("Steps of a year, with commas (empty: from the book)")),
        "rates": Choice(_("Their rates, with commas (0.01 or 1%)")),
        "on": Choice(_("Paid on"), {"whole": _("The whole amount"), "excess": _("What lies above the step")}),
        "basis": Choice(_("Counted by"), {"sales": _("Net sales"), "margin": _("Gross margin")}),
        "growth": Choice(_("Growth over the year before, as a condition (0: none)"), most=10),
        "reach": Choice(_("Just below: short by at most this share"), most=1),
        "response": Choice(_("Share of them that closes the gap (an assumption)"), most=1),
        "response_low": Choice(_("The same, at least"), most=1),
        "response_high": Choice(_("The same, at most"), most=1),
        "present_thresholds": Choice(_("Steps of the present rule")),
        "present_rates": Choice(_("Rates of the present rule")),
    },
    drawing=Drawing("top", "rebate"),
    source="Nagle (1987); Kivetz, Urminsky & Zheng (2006)",
    confidential=True,
)
def incentive_simulation(
    account_months: Frame,
    *,
    as_of: int,
    currency: str,
    thresholds: str = "",
    rates: str = "0.01, 0.02, 0.03",
    on: Literal["whole", "excess"] = "whole",
    basis: Literal["sales", "margin"] = "sales",
    growth: float = 0.0,
    reach: float = 0.1,
    response: float = 0.3,
    response_low: float = 0.1,
    response_high: float = 0.5,
    present_thresholds: str = "",
    present_rates: str = "",
) -> Findings:
    book = _book(account_months, basis, last_whole_month(as_of))
    steps = _steps(thresholds, rates, book.amount, whole=on == "whole")
    present = _present(present_thresholds, present_rates, whole=on == "whole")
    floor = np.where(book.before > 0, (1 + growth) * book.before, 0.0) if growth else np.zeros(book.amount.size)
    paid = _paid(book, steps, floor, reach)
    if not paid.rebate.any() and not paid.near.any():
        raise Refusal(Message(_("No account reaches a step of this rule or is just below one")))
    gains = [paid.gain(share) for share in (response, *sorted((response_low, response_high)))]
    now = present.rebate(book.amount, np.zeros(book.amount.size)) if present else np.full(book.amount.size, np.nan)
    rows = _rows(book, paid, gains, now)
    found = _figures(book, paid, gains, now, (response, response_low, response_high))
    found["cost_year_before"] = float(steps.rebate(book.before, np.zeros(book.before.size)).sum())
    fit = {"thresholds": steps.thresholds, "rates": steps.rates, "margin": book.overall}
    return Findings(rows, found, _headline(found, response, currency), _warnings(found, book, currency, growth), fit)


@dataclass(frozen=True)
class Book:
    """Each account's year and the year before on the basis; the margin of what it counts in, NaN if no cost is known."""

    codes: pa.Array
    amount: Floats
    before: Floats
    margin: Floats
    overall: float


@dataclass(frozen=True)
class Paid:
    """What the rule pays each account, and what happens if one closes its gap."""

    rate: Floats
    rebate: Floats
    following: Floats
    gap: Floats
    near: Bools
    further: Floats
    """Rebate at the next step less rebate now, for the near; else 0."""
    extra: Floats
    """Margin of the gap less the further rebate, for the near; else 0. NaN where no margin is known."""
    break_even: Floats

    def gain(self, response: float) -> Floats:
        return np.asarray(response * self.extra - self.rebate)

    def expected(self, response: float) -> float:
        return float((self.rebate + response * self.further).sum())


def _book(account_months: Frame, basis: str, last: int) -> Book:
    """The margin of an account whose cost is not known is the book's."""
    sums = {name: months(account_months, name, last, 2 * MONTHS_A_YEAR) for name in ("amount", "costed", "cost")}
    values = {name: np.nan_to_num(each.values) for name, each in sums.items()}
    late = {name: each[:, MONTHS_A_YEAR:].sum(axis=1).round(4) for name, each in values.items()}
    costed = float(late["costed"].sum())
    overall = 1 - float(late["cost"].sum()) / costed if costed > 0 else np.nan
    if basis == "margin":
        if np.isnan(overall):
            raise Refusal(Message(_("No cost is known in these twelve months: count by net sales")))
        earned = values["costed"] - values["cost"]
        year, before = earned[:, MONTHS_A_YEAR:].sum(axis=1).round(4), earned[:, :MONTHS_A_YEAR].sum(axis=1).round(4)
        return Book(sums["amount"].accounts, year, before, np.ones(year.size), overall)
    with np.errstate(divide="ignore", invalid="ignore"):
        own = np.where(late["costed"] > 0, 1 - late["cost"] / late["costed"], overall)
    before = values["amount"][:, :MONTHS_A_YEAR].sum(axis=1).round(4)
    return Book(sums["amount"].accounts, late["amount"], before, own, overall)


def _steps(thresholds: str, rates: str, amount: Floats, *, whole: bool) -> Steps:
    shares = _numbers(rates)
    if thresholds.strip():
        return _checked(_numbers(thresholds), shares, whole=whole)
    bought = amount[amount > 0]
    if not bought.size:
        raise Refusal(Message(_("No account bought for more than it returned in these twelve months")))
    halves = np.quantile(bought, 1 - 0.5 ** np.arange(1, shares.size + 1))
    digits = 10.0 ** (np.floor(np.log10(halves)) - SIGNIFICANT + 1)
    own = np.unique(np.round(halves / digits) * digits)
    return _checked(own, shares[: own.size], whole=whole)


def _present(thresholds: str, rates: str, *, whole: bool) -> Steps | None:
    return _checked(_numbers(thresholds), _numbers(rates), whole=whole) if thresholds.strip() else None


def _numbers(text: str) -> Floats:
    """Numbers with commas between them, Chinese ones too; 1% is .01."""
    parts = [part.strip() for part in text.translate({0xFF0C: ",", 0x3001: ",", 0xFF1B: ",", 0x3B: ","}).split(",")]
    try:
        return np.array([float(part.rstrip("%")) / (100 if part.endswith("%") else 1) for part in parts if part])
    except ValueError:
        raise Refusal(Message(_("'{text}' is no list of numbers with commas between them"), {"text": text})) from None


def _checked(thresholds: Floats, rates: Floats, *, whole: bool) -> Steps:
    if thresholds.size != rates.size or not rates.size:
        text = _("As many rates as steps are needed: there are {steps} steps and {rates} rates")
        raise Refusal(Message(text, {"steps": Count(thresholds.size), "rates": Count(rates.size)}))
    if not (np.isfinite(thresholds).all() and thresholds[0] > 0 and (np.diff(thresholds) > 0).all()):
        raise Refusal(Message(_("Steps are amounts above zero, each larger than the one before")))
    if not ((rates >= 0) & (rates < 1)).all():
        raise Refusal(Message(_("Rates lie between 0 and 1")))
    return Steps(thresholds, rates, whole)


def _paid(book: Book, steps: Steps, floor: Floats, reach: float) -> Paid:
    rate, rebate = steps.rate(book.amount, floor), steps.rebate(book.amount, floor)
    following = steps.following(book.amount, floor)
    gap = following - book.amount
    near = (book.amount > 0) & (np.nan_to_num(gap, nan=np.inf) <= reach * book.amount)
    further = np.where(near, steps.rebate(np.nan_to_num(following), floor) - rebate, 0.0)
    extra = np.where(near, book.margin * gap - further, np.where(np.isnan(book.margin), np.nan, 0.0))
    even = break_even(rebate, book.amount, book.margin, rate)
    return Paid(rate, rebate, following, gap, near, further, extra, np.where(rebate > 0, even, np.nan))


def _rows(book: Book, paid: Paid, gains: list[Floats], present: Floats) -> pa.Table:
    columns = {
        "amount": book.amount, "rate": paid.rate, "rebate": paid.rebate, "break_even": paid.break_even,
        "next_step": paid.following, "gap": paid.gap, "near": None, "gain": gains[0],
        "gain_low": np.minimum(gains[1], gains[2]), "gain_high": np.maximum(gains[1], gains[2]),
        "present": present, "change": paid.rebate - present,
    }  # fmt: skip
    arrays = {
        name: pa.array(paid.near) if each is None else figures(np.round(each, 6)) for name, each in columns.items()
    }
    rows = pa.table({"customer": book.codes, **arrays})
    return rows.sort_by([("rebate", "descending"), ("amount", "descending"), ("customer", "ascending")])


def _figures(
    book: Book, paid: Paid, gains: list[Floats], present: Floats, responses: tuple[float, float, float]
) -> dict[str, float | int | str | None]:
    cost = float(paid.rebate.sum())
    expected = [paid.expected(share) for share in responses]
    totals = np.array([float(each.sum()) for each in gains])
    low, high = float(totals[1:].min()), float(totals[1:].max())
    reached = paid.rebate > 0
    left = float(((book.margin - paid.rate) * book.amount)[reached].sum())
    return {
        "accounts": int(book.amount.size),
        "paid": int(reached.sum()),
        "near": int(paid.near.sum()),
        "cost": cost,
        "cost_expected": expected[0],
        "anyway_share": cost / expected[0] if expected[0] > 0 else None,
        "break_even": cost / left if left > 0 else None,
        "brought": figure(totals[0] + cost),
        "brought_low": figure(low + cost),
        "brought_high": figure(high + cost),
        "gain": figure(totals[0]),
        "gain_low": figure(low),
        "gain_high": figure(high),
        "present_cost": figure(float(present.sum())),
        "winners": int((paid.rebate > present).sum()),
        "losers": int((paid.rebate < present).sum()),
    }


def _headline(found: Mapping[str, float | int | str | None], response: float, currency: str) -> Message:
    names = ("cost", "brought", "brought_low", "brought_high")
    told = {name: Money(float(found[name] or 0.0), currency) for name in names}
    counts = {"paid": Count(float(found["paid"] or 0)), "near": Count(float(found["near"] or 0))}
    if found["gain"] is None:
        text = _("The rule pays {cost} to {paid} accounts as they are; {near} accounts are just below a step")
        return Message(text, {**told, **counts})
    text = _(
        "The rule pays {cost} to {paid} accounts as they are; if {response} of the {near} just below a step reach it, "
        "that brings {brought} ({brought_low} to {brought_high})"
    )
    return Message(text, {**told, **counts, "response": Percent(response, 0)})


def _warnings(found: Mapping[str, float | int | str | None], book: Book, currency: str, growth: float) -> list[Message]:
    said = [Message(_("How many close the gap is an assumption: the range is of it alone, no measured interval"))]
    if found["anyway_share"] is not None:
        text = _("{share} of what is paid is for what would have come anyway")
        said.append(Message(text, {"share": Percent(float(found["anyway_share"]))}))
    if found["break_even"] is not None:
        text = _("The accounts paid would have to grow by {u} for their margin to pay the rebate")
        said.append(Message(text, {"u": Percent(float(found["break_even"]))}))
    if np.isnan(book.overall):
        said.append(Message(_("No cost is known in these twelve months: what the rule brings cannot be told")))
    if not growth:
        text = _("In the year before, the same rule would have paid {cost}")
        said.append(Message(text, {"cost": Money(float(found["cost_year_before"] or 0.0), currency)}))
    if found["winners"] or found["losers"]:
        text = _(
            "Against the present rule, which pays {present}, {winners} {winners:account gets|accounts get} "
            "more and {losers} less"
        )
        counts = {name: Count(float(found[name] or 0)) for name in ("winners", "losers")}
        said.append(Message(text, {"present": Money(float(found["present_cost"] or 0.0), currency), **counts}))
    return said
