"""Which few accounts carry most of the revenue.

Accounts are sorted by value, largest first, and their values added up. With ``v`` the values and ``k`` the rank,

    cum_k = sum_{i<=k} v_i / sum_{v_i>0} v_i

An account's class goes by the cumulated share *before* it: A below 80 %, B below 95 %, else C. So the account that
crosses 80 % is still A. Accounts at or below zero are C.

    values 500 260 100 80 60  →  before 0 .5 .76 .86 .94  →  A A A B B

Measured, not assumed: the share of the top fifth (``top20_share``, of the net total), how many accounts make 80 % of all
positive values, the Gini coefficient, the Herfindahl index and what the loss of the largest account would cost. Negative
values count as zero in Gini and Herfindahl.

``basis`` says what counts: net sales, gross margin, contribution (after the cost to serve and of capital) or lifetime value
(what is still to come). They name different accounts: who buys most may be no gain. Contribution and lifetime value are of all
that is known, without a choice of months.

An A account is a candidate, not a decision: firms that looked at order size alone fell with their largest customer.

Juran, J. M. (1951). Quality Control Handbook. Gini, C. (1912). Herfindahl, O. C. (1950); Hirschman, A. O. (1945).
"""

from typing import Final, Literal

import narwhals as nw
import numpy as np
import pyarrow as pa

from vitalfew.catalogue import Choice, Column, Drawing, Findings, Frame, Refusal, analysis
from vitalfew.language import Count, Message, Percent, Word
from vitalfew.maths.concentration import effective_number, gini, gini_small_sample, hhi
from vitalfew.panels import Floats, Panel, figure, figures, last_whole_month, words
from vitalfew.terms import AbcClass, Group, Unit
from vitalfew.terms import gettext_noop as _

BASES: Final = {
    "sales": _("Net sales"),
    "margin": _("Gross margin"),
    "contribution": _("Contribution"),
    "lifetime": _("Lifetime value"),
}
FEW: Final = 5
"""Below so many accounts the classes say little."""


@analysis(
    group=Group.IDENTIFY,
    title=_("Vital few"),
    question=_("Which few accounts carry most of our revenue?"),
    columns=(
        Column("customer", Unit.CODE, _("Account"), _("The account's code")),
        Column(
            "value",
            Unit.MONEY,
            _("Value"),
            _("What is counted: net sales, gross margin, contribution or lifetime value"),
        ),
        Column("share", Unit.SHARE, _("Share"), _("Share of all positive values")),
        Column("cumulative_share", Unit.SHARE, _("Cumulated"), _("Share of this account and all larger ones")),
        Column(
            "class",
            Unit.WORD,
            _("Class"),
            _("A: the first 80 %, B: up to 95 %, C: the rest, unless other shares are chosen"),
            AbcClass,
        ),
    ),
    choices={
        "basis": Choice(_("Counted by"), BASES),
        "months": Choice(_("Last months (0: all)"), most=1200),
        "a": Choice(_("A up to the share"), most=1),
        "b": Choice(_("B up to the share"), most=1),
    },
    drawing=Drawing("curve", "cumulative_share"),
    source="Juran (1951); Gini (1912); Herfindahl (1950)",
    only_for={"contribution": ("basis", "contribution"), "lifetime": ("basis", "lifetime")},
)
def pareto(
    account_months: Frame,
    contribution: Frame | None = None,
    lifetime: Frame | None = None,
    *,
    as_of: int,
    basis: Literal["sales", "margin", "contribution", "lifetime"] = "sales",
    months: int = 0,
    a: float = 0.8,
    b: float = 0.95,
) -> Findings:
    if a > b:
        raise Refusal(Message(_("The share of A must not be above that of B")))
    if basis in {"sales", "margin"}:
        panel = Panel.of(_values(account_months, basis, months, last_whole_month(as_of)))
    else:
        panel = Panel.of(_told(contribution if basis == "contribution" else lifetime, basis, months))
    value = np.nan_to_num(panel.floats("value"))
    positive = float(np.maximum(value, 0).sum())
    if not len(panel) or positive <= 0:
        raise Refusal(Message(_("No account has a positive value in this period")))
    order = np.argsort(-value, kind="stable")
    value = value[order]
    cumulative = np.cumsum(value) / positive
    rows = pa.table(
        {
            "customer": panel.codes.take(pa.array(order)),
            "value": figures(value),
            "share": figures(value / positive),
            "cumulative_share": figures(cumulative),
            "class": words(list(AbcClass), _classes(value, cumulative, a, b)),
        }
    )
    found = _figures(value)
    return Findings(rows, found, _headline(found), _warnings(value))


def _told(answer: Frame | None, basis: str, months: int) -> Frame:
    """What another analysis tells of each account."""
    if answer is None:
        text = _("{basis} cannot be told on these facts: count by net sales")
        raise Refusal(Message(text, {"basis": Word(BASES[basis])}))
    if months:
        text = _("{basis} is of all that is known: leave out the months")
        raise Refusal(Message(text, {"basis": Word(BASES[basis])}))
    column = "contribution" if basis == "contribution" else "value"
    return answer.select("customer", value=nw.col(column))


def _values(account_months: Frame, basis: str, months: int, last: int) -> Frame:
    if months:
        account_months = account_months.filter(nw.col("month") > last - months, nw.col("month") <= last)
    worth = nw.col("amount") if basis == "sales" else nw.col("costed") - nw.col("cost").fill_null(0.0)
    return account_months.with_columns(value=worth).group_by("customer").agg(value=nw.col("value").sum().round(4))


def _classes(value: Floats, cumulative: Floats, a: float, b: float) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    before = np.concatenate([[0.0], cumulative[:-1]])
    return np.where((value <= 0) | (before >= b), 2, np.where(before >= a, 1, 0)).astype(np.int64)


def _of_positive(value: Floats) -> Floats:
    """The cumulated share of all positive values: it never falls, whatever comes behind them."""
    running: Floats = np.cumsum(np.maximum(value, 0))
    return np.asarray(running / running[-1])


def _figures(value: Floats) -> dict[str, float | int | None]:
    total = float(value.sum())
    fifth = int(np.ceil(0.2 * value.size))
    return {
        "accounts": int(value.size),
        "total": round(total, 4),
        "top20_share": figure(value[:fifth].sum() / total) if total > 0 else None,
        "accounts_to_80": int(np.searchsorted(_of_positive(value), 0.8 - 1e-12)) + 1,
        "gini": gini(np.maximum(value, 0)),
        "gini_small_sample": gini_small_sample(value),
        "hhi": hhi(np.maximum(value, 0)),
        "effective_accounts": effective_number(value),
        "largest_share": figure(value[0] / total) if total > 0 else None,
        "non_positive": int((value <= 0).sum()),
        "below_zero": int((value < 0).sum()),
    }


def _headline(found: dict[str, float | int | None]) -> Message | None:
    few = {"few": Count(found["accounts_to_80"] or 0), "accounts": Count(found["accounts"] or 0)}
    share = found["top20_share"]
    if share is None or share > 1:
        text = _("{few} of {accounts} accounts make 80 % of all positive value; the others lose much of it again")
        return Message(text, few)
    text = _("The top 20 % of accounts bring {share} of the total; {few} of {accounts} accounts make 80 %")
    if found["below_zero"]:
        text = _(
            "The top 20 % of accounts bring {share} of the net total; {few} of {accounts} accounts make 80 % of all that is"
            " above zero"
        )
    return Message(text, {"share": Percent(float(share)), **few})


def _warnings(value: Floats) -> list[Message]:
    said = []
    if value.size < FEW:
        said.append(Message(_("Only {n} {n:account|accounts}: classes say little"), {"n": Count(value.size)}))
    if value.size > 1 and value[0] == value[-1]:
        said.append(Message(_("All accounts are equal: there is no concentration")))
    if (below := int((value <= 0).sum())) > 0:
        said.append(Message(_("{n} {n:account is|accounts are} at or below zero"), {"n": Count(below)}))
    return said
