"""What each account really earns us, after the cost of its goods and of serving it.

    gross margin  =  net sales of lines whose cost is known  −  their cost
    contribution  =  gross margin  −  cost to serve  −  capital charge
    capital charge  =  net sales × receivable days / 365 × cost of capital

Serving can be costed by its time: with ``capacity_cost``, what the people who serve cost in the period, and
``capacity_hours``, the hours they really have for it (80 to 85 % of those paid), an hour costs the one by the other. Entries
with hours then cost their hours, the others what they say; the capacity nobody used is told apart and spread over no account.

The cost on the line, at order time, is the right one: today's list of standard costs is not. Lines without a cost
are counted in revenue but not in margin, and ``costed_share`` says how much the margin rests on. An account that was
served in the period and ordered nothing is there with what it cost. Shared costs that do not vary with the account are
not spread over accounts.

    revenue 0, service 50  →  margin 0, contribution −50
    revenue 1,000, of it costed 800, cost 600, service 50  →  margin 200, contribution 150, costed 80 %
    560,000 for 11,667 hours, 9,643 of them used  →  48 an hour, 462,880 to accounts, 97,120 unused

Kaplan, R. S. & Anderson, S. R. (2004). Time-Driven Activity-Based Costing. Harvard Business Review 82(11).
"""

from typing import Final

import narwhals as nw
import numpy as np
import pyarrow as pa

from vitalfew.catalogue import Choice, Column, Drawing, Findings, Frame, Refusal, analysis
from vitalfew.language import Count, Message, Money, Percent
from vitalfew.maths.activity_costing import Costing, costing
from vitalfew.maths.years import YEAR
from vitalfew.panels import Floats, Panel, figures, last_whole_month
from vitalfew.terms import Group, Unit
from vitalfew.terms import gettext_noop as _

MINUTES: Final = 60.0
COLUMNS: Final = ("amount", "cost", "costed", "returned", "discount")
"""What is summed of an account's months."""


@analysis(
    group=Group.CONTRIBUTION,
    title=_("Contribution"),
    question=_("What does each account earn us after the cost of goods and of serving it?"),
    columns=(
        Column("customer", Unit.CODE, _("Account"), _("The account's code")),
        Column("revenue", Unit.MONEY, _("Net sales"), _("Order lines less returns")),
        Column(
            "gross_margin", Unit.MONEY, _("Gross margin"), _("Net sales less cost of goods, where the cost is known")
        ),
        Column("cost_to_serve", Unit.MONEY, _("Cost to serve"), _("Visits, freight, service and other entries")),
        Column("capital_charge", Unit.MONEY, _("Capital charge"), _("What waiting for payment costs")),
        Column("contribution", Unit.MONEY, _("Contribution"), _("Gross margin less cost to serve and capital charge")),
        Column("margin_rate", Unit.SHARE, _("Margin rate"), _("Gross margin as a share of costed net sales")),
        Column("costed_share", Unit.SHARE, _("Cost known"), _("Share of net sales whose cost is known")),
        Column("returned", Unit.MONEY, _("Returns"), _("Value of returned goods")),
        Column("discount", Unit.MONEY, _("Discount"), _("List less net amount, where the list amount is known")),
    ),
    choices={
        "months": Choice(_("Last months (0: all)"), most=1200),
        "capital_rate": Choice(_("Cost of capital a year (0: not charged)"), most=10),
        "capacity_cost": Choice(_("Cost of those who serve, in the period (0: as entered)")),
        "capacity_hours": Choice(_("Hours they have for it, in the period")),
    },
    drawing=Drawing("top", "contribution"),
    source="Kaplan & Anderson (2004)",
)
def contribution(
    account_months: Frame,
    service_costs: Frame | None = None,
    payments: Frame | None = None,
    *,
    as_of: int,
    currency: str,
    months: int = 0,
    capital_rate: float = 0.0,
    capacity_cost: float = 0.0,
    capacity_hours: float = 0.0,
) -> Findings:
    entries = _entries(service_costs, months, last_whole_month(as_of))
    by_time = _by_time(entries, capacity_cost, capacity_hours)
    panel = Panel.of(_sums(account_months, _costed(entries, by_time), payments, months, last_whole_month(as_of)))
    if not panel.floats("ordered").any():
        raise Refusal(Message(_("No orders in this period")))
    revenue, costed = panel.floats("revenue"), panel.floats("costed")
    margin, serve = _margin(panel), panel.floats("cost_to_serve")
    charge = revenue * _receivable_days(panel) / YEAR * capital_rate
    earned = np.round(margin - serve - charge, 4)
    with np.errstate(divide="ignore", invalid="ignore"):
        columns: dict[str, Floats] = {
            "revenue": revenue,
            "gross_margin": np.round(margin, 4),
            "cost_to_serve": serve,
            "capital_charge": np.round(charge, 4),
            "contribution": earned,
            "margin_rate": np.where(costed != 0, margin / costed, np.nan),
            "costed_share": np.where(revenue != 0, costed / revenue, np.nan),
            "returned": panel.floats("returned"),
            "discount": panel.floats("discount"),
        }
    rows = pa.table({"customer": panel.codes, **{name: figures(values) for name, values in columns.items()}})
    found = _figures(columns) | _capacity(by_time)
    warnings = [*_warnings(columns, service_costs is not None), *_of_capacity(by_time, capacity_hours, currency)]
    return Findings(rows, found, _headline(found), warnings)


def _margin(panel: Panel) -> Floats:
    """Costed sales less their cost; nothing where nothing was ordered, and NaN where no cost is known, be it of the book."""
    cost = panel.floats("cost")
    if np.isnan(cost).all():
        return cost
    return np.where(panel.floats("ordered") > 0, panel.floats("costed") - cost, 0.0)


def _entries(service_costs: Frame | None, months: int, last: int) -> Frame | None:
    """What was entered for serving in the period."""
    if service_costs is None or not months:
        return service_costs
    return service_costs.filter(nw.col("month") > last - months, nw.col("month") <= last)


def _by_time(entries: Frame | None, cost: float, hours: float) -> Costing | None:
    """The rate of an hour and what of the capacity was used; none where it isn't asked for."""
    if entries is None or not cost:
        return None
    if hours <= 0:
        raise Refusal(Message(_("What a capacity costs is spread over its hours: give both")))
    used: pa.Table = entries.select(nw.col("hours").sum()).collect("pyarrow").to_native()
    done = used["hours"][0].as_py() or 0.0
    return costing(cost, hours * MINUTES, np.array([MINUTES]), np.array([float(done)]))


def _costed(entries: Frame | None, by_time: Costing | None) -> Frame | None:
    """Entries with hours at the cost of their hours."""
    if entries is None or by_time is None:
        return entries
    by_hours = nw.col("hours").cast(nw.Float64) * (by_time.rate * MINUTES)
    return entries.with_columns(
        cost=nw.when(~nw.col("hours").is_null()).then(by_hours).otherwise(nw.col("cost").cast(nw.Float64))
    )


def _capacity(by_time: Costing | None) -> dict[str, float | int | None]:
    if by_time is None:
        return {}
    return {
        "hour_cost": round(by_time.rate * MINUTES, 4),
        "hours_used": round(by_time.used / MINUTES, 4),
        "capacity_unused": round(by_time.unused_cost, 4),
    }


def _of_capacity(by_time: Costing | None, hours: float, currency: str) -> list[Message]:
    if by_time is None:
        return []
    said = {"used": Count(by_time.used / MINUTES), "hours": Count(hours)}
    if by_time.unused < 0:
        text = _("{used} hours were used of {hours} there are: overtime, or hours overstated; the rate stays")
        return [Message(text, said)]
    text = _("Of {hours} hours {used} were used; the unused ones, worth {cost}, are spread over no account")
    return [Message(text, said | {"cost": Money(by_time.unused_cost, currency)})]


def _sums(account_months: Frame, service_costs: Frame | None, payments: Frame | None, months: int, last: int) -> Frame:
    """Revenue, costs and days of payment of every account that ordered or was served in the period."""
    if months:
        account_months = account_months.filter(nw.col("month") > last - months, nw.col("month") <= last)
    rows = account_months.select("customer", *COLUMNS, served=nw.lit(None).cast(nw.Float64))
    if service_costs is not None:
        rows = nw.concat([rows, _served(service_costs)])
    sums = rows.group_by("customer").agg(
        *(nw.col(name).sum().round(4) for name in COLUMNS), cost_to_serve=nw.col("served").sum().round(4),
        known=nw.col("cost").count(), ordered=nw.col("amount").count(),
    )  # fmt: skip
    sums = sums.with_columns(cost=nw.when(nw.col("known") > 0).then(nw.col("cost"))).rename({"amount": "revenue"})
    return sums.join(_waited(payments, sums), on="customer", how="left")


def _served(service_costs: Frame) -> Frame:
    """The cost of serving as rows beside those of the months."""
    nothing = {name: nw.lit(None).cast(nw.Float64) for name in COLUMNS}
    return service_costs.select("customer", **nothing, served=nw.col("cost").cast(nw.Float64))


def _waited(payments: Frame | None, sums: Frame) -> Frame:
    """Days from invoice to payment, weighted by amount, and the sum of the weights."""
    if payments is None:
        return sums.select("customer").with_columns(weighted=nw.lit(0.0), worth=nw.lit(0.0))
    paid = payments.filter(~nw.col("paid_on").is_null()).with_columns(
        days=(nw.col("paid_on") - nw.col("invoiced_on")).cast(nw.Float64), worth=nw.col("amount").cast(nw.Float64)
    )
    both = paid.with_columns(weighted=nw.col("days") * nw.col("worth")).group_by("customer")
    return both.agg(nw.col("weighted").sum(), nw.col("worth").sum()).filter(nw.col("worth") > 0)


def _receivable_days(panel: Panel) -> Floats:
    """Mean days from invoice to payment; none where nothing was paid."""
    weighted, worth = np.nan_to_num(panel.floats("weighted")), np.nan_to_num(panel.floats("worth"))
    return np.divide(weighted, worth, out=np.zeros(worth.size), where=worth > 0)


def _figures(columns: dict[str, Floats]) -> dict[str, float | int | None]:
    margin, earned = columns["gross_margin"], columns["contribution"]
    known = ~np.isnan(margin)
    return {
        "accounts": int(margin.size),
        "revenue": round(float(columns["revenue"].sum()), 4),
        "gross_margin": round(float(margin[known].sum()), 4) if known.any() else None,
        "cost_to_serve": round(float(columns["cost_to_serve"].sum()), 4),
        "contribution": round(float(earned[known].sum()), 4) if known.any() else None,
        "below_zero": int((earned[known] < 0).sum()) if known.any() else None,
    }


def _headline(found: dict[str, float | int | None]) -> Message:
    if found["below_zero"] is None:
        text = _("What {accounts} {accounts:account|accounts} earn us cannot be told: no order line has a cost")
        return Message(text, {"accounts": Count(found["accounts"] or 0)})
    return Message(
        _("{below} of {accounts} accounts cost us more than they bring"),
        {"below": Count(found["below_zero"]), "accounts": Count(found["accounts"] or 0)},
    )


def _warnings(columns: dict[str, Floats], served: bool) -> list[Message]:  # noqa: FBT001  (private, read at its call)
    said = []
    margin, revenue = columns["gross_margin"], columns["revenue"]
    if np.isnan(margin).all():
        said.append(Message(_("No order line has a cost: margins cannot be told. Import lines with a cost column")))
    else:
        share = float(np.nansum(columns["costed_share"] * revenue) / revenue.sum()) if revenue.sum() else 0.0
        if share < 0.995:  # noqa: PLR2004  (less than half a per cent missing is not worth a warning)
            said.append(
                Message(
                    _("Margins rest on {share} of net sales: the other lines have no cost"), {"share": Percent(share)}
                )
            )
    if not served:
        said.append(Message(_("No service costs were imported: the cost to serve counts as zero")))
    return said
