"""Which accounts cost more than they bring, why, and what would turn them.

Over the last twelve months, with a charge for the money that unpaid invoices tie up:

    earned = gross margin − cost to serve − net sales × receivable days / 365 × cost of capital

Accounts that earned less than nothing are negative assets. What makes the loss is told against all accounts that earn
something, by what they lose for each unit of net sales (their sums):

    price     (margin rate of earning accounts − own) × costed net sales
    service   cost to serve − its usual share of net sales
    returns   (returned share of what was sold − the usual) × what was sold × margin rate of earning accounts
    credit    the charge − its usual share of net sales

The largest is the reason. Next to it stands what alone would bring the account to nothing lost: by how much prices must rise, by
how much less service may cost, by what part returns and days of payment must fall; where a means can't do it alone, nothing. The
way out is that of the reason if it is within reach (a price rise of up to ``reach``), else any other that is, else several.
Where goods are sold below their cost by more than that reach, the account is to be turned quickly or let go.

    net sales 1,000, cost 1,010, service 40; earning accounts: margin 20 %, service 10 %   →   earned −50: price 210,
    service −60; turned by prices 5 % up

One year is one year: an account that is being built up loses too. See what it could become before anything is ended.

Kaplan, R. S. & Anderson, S. R. (2004). HBR 82(11). Peppers, D. & Rogers, M. (1997). Enterprise One to One.
"""

from functools import cached_property
from typing import Final

import narwhals as nw
import numpy as np
import pyarrow as pa

from vitalfew.catalogue import Choice, Column, Drawing, Findings, Frame, Refusal, analysis
from vitalfew.language import Count, Figure, Message, Money, Percent
from vitalfew.maths.years import YEAR
from vitalfew.panels import (
    MONTHS_A_YEAR,
    Floats,
    Panel,
    Whole,
    begins,
    figure,
    figures,
    in_order,
    last_whole_month,
    words,
)
from vitalfew.terms import Activity, Group, Term, Unit, WayOut
from vitalfew.terms import gettext_noop as _


class LossReason(Term):
    """What makes an account lose money, against accounts that don't."""

    PRICE = "price", _("Price below its cost")
    SERVICE = "service", _("Cost to serve")
    RETURNS = "returns", _("Returns")
    CREDIT = "credit", _("Late payment")


OF_SERVICE: Final = {"customer": pa.string(), "activity": pa.string(), "cost": pa.float64()}
REASONS: Final = list(LossReason)
WAYS: Final = list(WayOut)
FEWEST_EARNING: Final = 5


@analysis(
    group=Group.CONTRIBUTION,
    title=_("Negative assets"),
    question=_("Which accounts cost more than they bring, why, and what would end the loss?"),
    columns=(
        Column("customer", Unit.CODE, _("Account"), _("The account's code")),
        Column(
            "earned",
            Unit.MONEY,
            _("Earned, after the cost of unpaid invoices"),
            _("Contribution of twelve months, less the charge"),
        ),
        Column("reason", Unit.WORD, _("Reason"), _("What makes the loss, against accounts that earn"), LossReason),
        Column("price", Unit.MONEY, _("By price"), _("Lost by a lower margin than usual")),
        Column("service", Unit.MONEY, _("By service"), _("Lost by more service than usual")),
        Column("returns", Unit.MONEY, _("By returns"), _("Lost by more returns than usual")),
        Column("credit", Unit.MONEY, _("By late payment"), _("Lost by more unpaid invoices than usual")),
        Column("way_out", Unit.WORD, _("Way out"), _("What would end the loss"), WayOut),
        Column("price_rise", Unit.SHARE, _("Prices up by"), _("Price rise that alone ends the loss")),
        Column("service_less", Unit.MONEY, _("Service for less"), _("Lower cost to serve that alone ends the loss")),
        Column("activity", Unit.WORD, _("Costliest service"), _("The activity that cost most in serving it"), Activity),
        Column("activity_cost", Unit.MONEY, _("Cost of it"), _("What this activity cost in twelve months")),
        Column("returns_less", Unit.SHARE, _("Returns down by"), _("Part of returns whose end alone ends the loss")),
        Column("days_less", Unit.DAYS, _("Days paid earlier"), _("Days earlier payment that alone ends the loss")),
        Column("revenue", Unit.MONEY, _("Net sales"), _("Net sales of twelve months")),
    ),
    choices={
        "capital_rate": Choice(_("Cost of capital a year (0: not charged)"), most=10),
        "reach": Choice(_("Price rise within reach"), most=1),
    },
    drawing=Drawing("bars", "earned", "reason"),
    source="Kaplan & Anderson (2004); Peppers & Rogers (1997)",
    version=2,
)
def negative_assets(
    yearly_contribution: Frame,
    service_costs: Frame | None = None,
    payments: Frame | None = None,
    *,
    as_of: int,
    currency: str,
    capital_rate: float = 0.05,
    reach: float = 0.1,
) -> Findings:
    last = last_whole_month(as_of)
    panel = Panel.of(yearly_contribution.join(_days(payments, yearly_contribution, as_of), on="customer", how="left"))
    book = _Book(panel, _costliest(service_costs, last), capital_rate, reach)
    if not book.known.any():
        raise Refusal(
            Message(_("No cost is known: import the cost of the order lines, and nobody can be seen below zero before"))
        )
    return Findings(book.rows(), book.figures(), book.headline(currency), book.warnings())


def _costliest(service_costs: Frame | None, last: int) -> Panel:
    """The activity that cost most in the year, of each account whose entries name theirs."""
    if service_costs is None or "activity" not in service_costs.collect_schema().names():
        return Panel(pa.table({name: pa.array([], kind) for name, kind in OF_SERVICE.items()}))
    year = service_costs.filter(
        nw.col("month") > last - MONTHS_A_YEAR, nw.col("month") <= last, ~nw.col("activity").is_null()
    )
    sums = year.group_by("customer", "activity").agg(cost=nw.col("cost").cast(nw.Float64).sum().round(4))
    rows = Panel.of(sums).table.sort_by([("customer", "ascending"), ("cost", "descending"), ("activity", "ascending")])
    return Panel(rows.filter(pa.array(begins(rows, "customer"))).combine_chunks())


def _days(payments: Frame | None, accounts: Frame, as_of: int) -> Frame:
    """Days from invoice to payment of the last year's invoices, times amount; what is unpaid has waited until today."""
    if payments is None:
        return accounts.select("customer").with_columns(weighed=nw.lit(0.0), worth=nw.lit(1.0))
    recent = payments.filter(nw.col("invoiced_on") > as_of - YEAR).with_columns(
        waited=(nw.col("paid_on").fill_null(as_of) - nw.col("invoiced_on")).cast(nw.Float64),
        worth=nw.col("amount").cast(nw.Float64),
    )
    sums = recent.with_columns(weighed=nw.col("waited") * nw.col("worth")).group_by("customer")
    both = sums.agg(weighed=nw.col("weighed").sum().round(4), worth=nw.col("worth").sum().round(4))
    return both.filter(nw.col("worth") > 0)


class _Book:
    """What all accounts earn and lose, and why."""

    def __init__(self, panel: Panel, costliest: Panel, capital_rate: float, reach: float) -> None:
        self.panel, self.costliest, self.reach, self.rate = panel, costliest, reach, capital_rate
        self.revenue, self.returned = panel.floats("revenue"), panel.floats("returned")
        self.costed = np.nan_to_num(panel.floats("costed_share")) * self.revenue
        self.margin, self.serve = panel.floats("gross_margin"), panel.floats("cost_to_serve")
        self.days = np.nan_to_num(panel.floats("weighed") / panel.floats("worth"))
        self.charge = np.maximum(self.revenue, 0.0) * self.days / YEAR * capital_rate
        self.earned: Floats = np.round(panel.floats("contribution") - self.charge, 4)
        self.known = np.isfinite(self.earned)
        self.earning = self.known & (self.earned > 0) & (self.revenue > 0)
        self.losing: Whole = np.flatnonzero(self.known & (self.earned < 0))

    def _usual(self, part: Floats, whole: Floats) -> float:
        """A share over all accounts that earn."""
        total = float(whole[self.earning].sum())
        return float(part[self.earning].sum() / total) if total > 0 else 0.0

    @cached_property
    def effects(self) -> Floats:
        """What each reason costs each account that loses, (accounts, reasons)."""
        sold = self.revenue + self.returned
        margin, place = self._usual(self.margin, self.costed), self.losing
        found = (
            margin * self.costed - self.margin,
            self.serve - self._usual(self.serve, self.revenue) * np.maximum(self.revenue, 0.0),
            (self.returned - self._usual(self.returned, sold) * sold) * margin,
            self.charge - self._usual(self.charge, self.revenue) * np.maximum(self.revenue, 0.0),
        )
        return np.column_stack([each[place] for each in found])

    @cached_property
    def levers(self) -> dict[str, Floats]:
        """What each means alone would have to change; NaN where it can't do it alone."""
        place = self.losing
        loss, sold = -self.earned[place], self.revenue[place]
        margin = self._usual(self.margin, self.costed)
        a_day = np.maximum(sold, 0.0) / YEAR * self.rate
        with np.errstate(divide="ignore", invalid="ignore"):
            price = np.where(sold > 0, loss / sold, np.nan)
            returns = loss / (self.returned[place] * margin)
            days = np.ceil(loss / a_day - 1e-9)
        return {
            "price_rise": price,
            "service_less": np.where(self.serve[place] >= loss, loss, np.nan),
            "returns_less": np.where((returns > 0) & (returns <= 1), returns, np.nan),
            "days_less": np.where(days <= self.days[place], days, np.nan),
        }

    @cached_property
    def way(self) -> Whole:
        """The reason's own means if it is within reach, else the first that is, else several or the door."""
        able = np.column_stack([np.isfinite(lever) for lever in self.levers.values()])
        able[:, 0] &= np.nan_to_num(self.levers["price_rise"], nan=np.inf) <= self.reach
        own = self.effects.argmax(axis=1)
        row = np.arange(len(own))
        hopeless = np.nan_to_num(-self.margin[self.losing]) > self.reach * np.maximum(self.revenue[self.losing], 0.0)
        nothing = np.where(hopeless, WAYS.index(WayOut.LET_GO), WAYS.index(WayOut.SEVERAL))
        return np.where(able[row, own], own, np.where(able.any(axis=1), able.argmax(axis=1), nothing)).astype(np.int64)

    def rows(self) -> pa.Table:
        order = np.argsort(self.earned[self.losing], kind="stable")
        place = self.losing[order]
        levers = {name: lever[order] for name, lever in self.levers.items()}
        days = levers["days_less"]
        return pa.table(
            {
                "customer": self.panel.codes.take(pa.array(place)),
                "earned": figures(self.earned[place]),
                "reason": words(REASONS, self.effects.argmax(axis=1)[order]),
                **{
                    str(reason): figures(np.round(self.effects[order, number], 4))
                    for number, reason in enumerate(REASONS)
                },
                "way_out": words(WAYS, self.way[order]),
                "price_rise": figures(np.round(levers["price_rise"], 6)),
                "service_less": figures(np.round(levers["service_less"], 4)),
                **self._activity(place),
                "returns_less": figures(np.round(levers["returns_less"], 6)),
                "days_less": pa.array(np.nan_to_num(days).astype(np.int64), mask=~np.isfinite(days)),
                "revenue": figures(self.revenue[place]),
            }
        )

    def _activity(self, place: Whole) -> dict[str, pa.Array]:
        """What serving these accounts consisted of most, and what that cost."""
        codes = self.panel.codes.take(pa.array(place))
        at = in_order(codes, self.costliest.codes)
        rows = self.costliest.table.take(pa.array(at, mask=at < 0))
        return {"activity": rows["activity"].cast(pa.string()), "activity_cost": rows["cost"].cast(pa.float64())}

    def figures(self) -> dict[str, float | int | None]:
        positive = float(self.earned[self.known & (self.earned > 0)].sum())
        negative = float(self.earned[self.losing].sum())
        reason = self.effects.argmax(axis=1)
        lost = np.bincount(reason, -self.earned[self.losing], len(REASONS))
        return {
            "accounts": int(self.known.sum()),
            "below_zero": int(self.losing.size),
            "positive_sum": positive,
            "negative_sum": negative,
            "ratio": figure(-negative / positive) if positive > 0 else None,
            **{f"lost_by_{each}": float(lost[number]) for number, each in enumerate(REASONS)},
            **{f"accounts_by_{each}": int((reason == number).sum()) for number, each in enumerate(REASONS)},
        }

    def headline(self, currency: str) -> Message:
        found = self.figures()
        if not self.losing.size:
            return Message(_("No account costs more than it brings"))
        said: dict[str, Figure] = {
            "n": Count(self.losing.size),
            "money": Money(-float(found["negative_sum"] or 0.0), currency),
        }
        if found["ratio"] is None:
            return Message(
                _(
                    "{n} {n:account|accounts} lost {money} in twelve months, counting what unpaid invoices cost; "
                    "none earned anything"
                ),
                said,
            )
        return Message(
            _(
                "{n} {n:account|accounts} lost {money} in twelve months, counting what unpaid invoices cost: "
                "{share} of what the others earned"
            ),
            {**said, "share": Percent(found["ratio"])},
        )

    def warnings(self) -> list[Message]:
        said = []
        if unknown := int((~self.known).sum()):
            said.append(
                Message(
                    _("For {n} {n:account|accounts} no cost is known: whether they lose cannot be told"),
                    {"n": Count(unknown)},
                )
            )
        if (earning := int(self.earning.sum())) < FEWEST_EARNING and self.losing.size:
            said.append(
                Message(
                    _("Only {n} {n:account|accounts} earn anything: what is usual rests on them alone"),
                    {"n": Count(earning)},
                )
            )
        if not self.serve.any():
            said.append(
                Message(_("No cost to serve is known: losses may be larger, and service can't be their reason"))
            )
        if not self.days.any() and self.rate > 0:
            said.append(Message(_("No payment is known: late payment can't be a reason")))
        return said
