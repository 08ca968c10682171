"""Who pays late, later and later, or owes more than was agreed, and what the fall of the largest would cost.

Per account, from its invoices:

    late_days   days past due of the last twelve months' invoices, weighed by amount; paid early counts below 0, what is
                unpaid and due has waited until today
    slope       Theil-Sen slope of the monthly late days, in days a month, with Mann-Kendall's p (36 months at most)
    owed        what is invoiced and unpaid;  overdue  the part of it past due;  oldest  its longest wait past due
    used        owed as a share of the credit limit

Where an invoice has no due date, the account's payment terms, else 30 days, are added to its date. The sign that asks for a
look is the first of:

    overdue      something is more than ``grace`` days past due, and it is more than a hundredth of the year's invoices
    over limit   owed exceeds the credit limit
    slower       the slope is above 0 with p below 0.05 over at least eight months
    falling      late by more than ``grace`` / 2, and net sales of the last six months are a quarter below the six before,
                 and those of twelve months below the year before too, where there was one
    late         late by more than ``grace`` / 2 days

Firms have fallen with their largest customer. ``sales_share`` is the account's share of all net sales of twelve months; the
figures say what would be gone with the largest: of sales, of contribution where costs are known, and what it owes us.

    due on the 1st, paid on the 11th, 21st, 31st … of ten months   →   slope 10 days a month: slower

Altman, E. I. & Saunders, A. (1997). Credit risk measurement. Journal of Banking & Finance 21. Sen, P. K. (1968). JASA 63(324).
Mann, H. B. (1945). Econometrica 13(3).
"""

from functools import cached_property
from typing import Final

import narwhals as nw
import numpy as np
import pyarrow as pa

from vitalfew.catalogue import Choice, Column, Drawing, Findings, Frame, Refusal, analysis
from vitalfew.language import Accounts, Count, Message, Money, Percent
from vitalfew.maths.concentration import hhi
from vitalfew.maths.trends import Trends, trends
from vitalfew.maths.years import YEAR
from vitalfew.panels import MONTHS_A_YEAR, Bools, Floats, Panel, Whole, figure, figures, last_whole_month, words
from vitalfew.panels import months as window
from vitalfew.terms import CreditSign, Group, Unit
from vitalfew.terms import gettext_noop as _

USUAL_TERMS: Final = 30
MONTHS: Final = 36
HALF_YEAR: Final = 6
FEWEST: Final = 8
SIGNIFICANT: Final = 0.05
SMALL: Final = 0.01
DROP: Final = 0.25
SIGNS: Final = list(CreditSign)


@analysis(
    group=Group.RISK,
    title=_("Credit watch"),
    question=_("Who pays late, later and later, or owes more than was agreed?"),
    columns=(
        Column("customer", Unit.CODE, _("Account"), _("The account's code")),
        Column("sign", Unit.WORD, _("Sign"), _("What needs a look, the gravest first"), CreditSign),
        Column("owed", Unit.MONEY, _("Owed"), _("Invoiced and unpaid")),
        Column("overdue", Unit.MONEY, _("Amount overdue"), _("Unpaid and past due")),
        Column("oldest", Unit.DAYS, _("Oldest"), _("Longest wait of an unpaid invoice past its due date")),
        Column("credit_limit", Unit.MONEY, _("Credit limit"), _("As agreed")),
        Column("used", Unit.SHARE, _("Limit used"), _("Owed as a share of the credit limit")),
        Column(
            "late_days",
            Unit.NUMBER,
            _("Days late (early: below 0)"),
            _("Days past due over twelve months, weighed by amount"),
        ),
        Column("slope", Unit.NUMBER, _("Later by"), _("Days later from month to month")),
        Column("p_value", Unit.NUMBER, _("p"), _("How likely such a run is without any trend"), statistic=True),
        Column("invoices", Unit.COUNT, _("Invoices"), _("Invoices of twelve months")),
        Column("sales_share", Unit.SHARE, _("Share of sales, 12 months"), _("Share of all net sales of twelve months")),
    ),
    choices={"grace": Choice(_("Days past due that are long"), most=365)},
    drawing=Drawing("bars", "owed", "sign"),
    source="Altman & Saunders (1997); Sen (1968); Mann (1945)",
    version=2,
)
def credit_watch(
    payments: Frame,
    account_months: Frame,
    customers: Frame | None = None,
    yearly_contribution: Frame | None = None,
    *,
    as_of: int,
    currency: str,
    grace: int = 30,
) -> Findings:
    invoices = _dated(payments, customers, as_of)
    panel = Panel.of(_sums(invoices, customers, account_months, as_of))
    if not len(panel):
        raise Refusal(Message(_("No invoices yet: import payments first")))
    watch = _Watch(panel, _trend(invoices, panel, as_of), _sales(account_months, panel, as_of), grace)
    risk = _concentration(account_months, yearly_contribution, as_of)
    owed = watch.owed_by(str(risk["largest"])) if risk["largest"] is not None else None
    found = {**watch.figures(), **risk, "largest_owes": owed}
    return Findings(watch.rows(), found, watch.headline(currency), watch.warnings(risk, limits=customers is not None))


def _dated(payments: Frame, customers: Frame | None, as_of: int) -> Frame:
    """Invoices with the day they are due, how late they are, and whether they are still unpaid."""
    if customers is None:
        named = payments.with_columns(terms=nw.lit(USUAL_TERMS))
    else:
        terms = customers.select("customer", terms=nw.col("payment_terms_days"))
        named = payments.join(terms, on="customer", how="left").with_columns(
            terms=nw.col("terms").fill_null(USUAL_TERMS)
        )
    usual = (nw.col("invoiced_on") + nw.col("terms")).cast(nw.Int64)
    due = nw.when(nw.col("due_on").is_null()).then(usual).otherwise(nw.col("due_on").cast(nw.Int64))
    unpaid = nw.col("paid_on").is_null() | (nw.col("paid_on") > as_of)
    until = nw.when(unpaid).then(nw.lit(as_of)).otherwise(nw.col("paid_on").cast(nw.Int64))
    dated = named.select(
        "customer", "month", "invoiced_on", amount=nw.col("amount").cast(nw.Float64), due=due, open=unpaid, until=until
    )
    late = (nw.col("until") - nw.col("due")).cast(nw.Float64)
    known = ~nw.col("open") | (nw.col("until") > nw.col("due"))
    return dated.filter(nw.col("amount") > 0).with_columns(late=late, known=known)


def _sums(invoices: Frame, customers: Frame | None, account_months: Frame, as_of: int) -> Frame:
    """One row for each account with invoices: what it owes, how late it is."""
    zero = nw.lit(0.0)
    year = nw.col("known") & (nw.col("invoiced_on") > as_of - YEAR)
    past = nw.col("open") & (nw.col("late") > 0)
    parts = invoices.with_columns(
        owed=nw.when(nw.col("open")).then(nw.col("amount")).otherwise(zero),
        overdue=nw.when(past).then(nw.col("amount")).otherwise(zero),
        oldest=nw.when(past).then(nw.col("late")).otherwise(zero),
        worth=nw.when(year).then(nw.col("amount")).otherwise(zero),
        waited=nw.when(year).then(nw.col("amount") * nw.col("late")).otherwise(zero),
        lately=nw.when(nw.col("invoiced_on") > as_of - YEAR).then(nw.lit(1)).otherwise(nw.lit(0)),
    )
    sums = parts.group_by("customer").agg(
        *(nw.col(name).sum().round(4) for name in ("owed", "overdue", "worth", "waited")),
        oldest=nw.col("oldest").max(),
        invoices=nw.col("lately").sum(),
    )
    known = sums.join(account_months.select("customer").unique(), on="customer", how="inner")
    if customers is None:
        return known.with_columns(credit_limit=nw.lit(None).cast(nw.Float64))
    limits = customers.select("customer", credit_limit=nw.col("credit_limit").cast(nw.Float64))
    return known.join(limits, on="customer", how="left")


def _trend(invoices: Frame, panel: Panel, as_of: int) -> Trends:
    """Late days by month of invoice, weighed by amount; NaN where nothing was invoiced or is known."""
    last = last_whole_month(as_of)
    known = invoices.filter(nw.col("known"), nw.col("month") > last - MONTHS, nw.col("month") <= last)
    weighed = known.with_columns(waited=nw.col("amount") * nw.col("late")).group_by("customer", "month")
    sums = Panel.of(weighed.agg(waited=nw.col("waited").sum().round(4), worth=nw.col("amount").sum().round(4)), "month")
    series = np.full((len(panel), MONTHS), np.nan)
    place = np.asarray(_places(sums.codes, panel.codes))
    inside = place >= 0
    month = sums.whole("month") - (last - MONTHS + 1)
    series[place[inside], month[inside]] = (sums.floats("waited") / sums.floats("worth"))[inside]
    return trends(series)


def _places(codes: pa.Array, among: pa.Array) -> Whole:
    """Where each code stands among others; −1 where it doesn't."""
    import pyarrow.compute as pc

    found = pc.fill_null(pc.index_in(codes, value_set=among), -1)
    return np.asarray(found.to_numpy(zero_copy_only=False), dtype=np.int64)


def _sales(account_months: Frame, panel: Panel, as_of: int) -> tuple[Floats, float]:
    """Net sales of the last two years by month, (accounts, months), and those of all accounts in the last one."""
    months = window(account_months, "amount", last_whole_month(as_of), 2 * MONTHS_A_YEAR)
    place = _places(panel.codes, months.accounts)
    return np.where((place >= 0)[:, None], months.values[place], 0.0), float(months.values[:, MONTHS_A_YEAR:].sum())


def _concentration(
    account_months: Frame, yearly_contribution: Frame | None, as_of: int
) -> dict[str, float | str | None]:
    """What hangs on the largest account."""
    months = window(account_months, "amount", last_whole_month(as_of), MONTHS_A_YEAR)
    sales = months.values.sum(axis=1)
    nothing: dict[str, float | str | None] = dict.fromkeys(
        ("largest", "largest_sales", "largest_contribution", "effective_accounts")
    )
    if not sales.size or sales.sum() <= 0:
        return nothing
    largest = int(sales.argmax())
    even = hhi(np.maximum(sales, 0.0))
    found: dict[str, float | str | None] = {
        "largest": str(months.accounts[largest]),
        "largest_sales": figure(sales[largest] / sales.sum()),
        "effective_accounts": None if even is None else 1.0 / even,
    }
    if yearly_contribution is not None:
        earned = Panel.of(yearly_contribution.select("customer", "contribution"))
        worth = earned.floats("contribution")
        place = _places(months.accounts.slice(largest, 1), earned.codes)[0]
        total = float(np.nansum(worth))
        found["largest_contribution"] = figure(worth[place] / total) if place >= 0 and total > 0 else None
    return {**nothing, **found}


class _Watch:
    """Every account with invoices, and what there is to see."""

    def __init__(self, panel: Panel, trend: Trends, sales: tuple[Floats, float], grace: int) -> None:
        self.panel, self.trend, self.grace = panel, trend, grace
        self.sales, self.total = sales[0][:, MONTHS_A_YEAR:], sales[1]
        self.year_before: Floats = sales[0][:, :MONTHS_A_YEAR].sum(axis=1)
        self.owed, self.overdue = panel.floats("owed"), panel.floats("overdue")
        self.oldest, self.limit, self.worth = (
            panel.floats("oldest"),
            panel.floats("credit_limit"),
            panel.floats("worth"),
        )
        with np.errstate(divide="ignore", invalid="ignore"):
            self.late = np.where(self.worth > 0, panel.floats("waited") / self.worth, np.nan)
            self.used = np.where(self.limit > 0, self.owed / self.limit, np.nan)

    @cached_property
    def sign(self) -> Whole:
        """The gravest sign of each account."""
        now, before = (
            self.sales[:, part].sum(axis=1) for part in (slice(-HALF_YEAR, None), slice(-2 * HALF_YEAR, -HALF_YEAR))
        )
        late: Bools = np.nan_to_num(self.late) > self.grace / 2
        grown: Bools = (self.year_before > 0) & (now + before >= self.year_before)
        seen = (
            (self.oldest > self.grace) & (self.overdue > SMALL * self.worth),
            np.nan_to_num(self.used) > 1,
            (self.trend.slope > 0) & (self.trend.p < SIGNIFICANT) & (self.trend.n >= FEWEST),
            late & (before > 0) & (now < (1 - DROP) * before) & ~grown,
            late,
        )
        return np.where(np.any(seen, axis=0), np.argmax(seen, axis=0), SIGNS.index(CreditSign.NONE)).astype(np.int64)

    def rows(self) -> pa.Table:
        share = self.sales.sum(axis=1) / (self.total if self.total > 0 else np.nan)
        order = np.lexsort((-self.overdue, self.sign))
        columns: dict[str, Floats] = {
            "owed": self.owed,
            "overdue": self.overdue,
            "credit_limit": self.limit,
            "used": self.used,
            "late_days": np.asarray(np.round(self.late, 4)),
            "slope": np.round(self.trend.slope, 6),
            "p_value": np.round(self.trend.p, 6),
            "sales_share": share,
        }
        made = {name: figures(values[order]) for name, values in columns.items()}
        made["customer"] = self.panel.codes.take(pa.array(order))
        made["sign"] = words(SIGNS, self.sign[order])
        made["oldest"] = pa.array(self.oldest[order].astype(np.int64))
        made["invoices"] = pa.array(self.panel.whole("invoices")[order])
        return pa.table({column.name: made[column.name] for column in credit_watch.columns})

    def owed_by(self, code: str) -> float | None:
        place = _places(pa.array([code]), self.panel.codes)[0]
        return float(self.owed[place]) if place >= 0 else None

    def figures(self) -> dict[str, float | int | str | None]:
        counts = np.bincount(self.sign, minlength=len(SIGNS))
        total = float(self.worth.sum())
        return {
            "accounts": len(self.panel),
            "watched": int((self.sign != SIGNS.index(CreditSign.NONE)).sum()),
            "owed": float(self.owed.sum()),
            "overdue": float(self.overdue.sum()),
            "late_days": figure(self.panel.floats("waited").sum() / total) if total > 0 else None,
            **{f"accounts_{sign}": int(n) for sign, n in zip(SIGNS, counts, strict=True)},
        }

    def headline(self, currency: str) -> Message:
        found = self.figures()
        return Message(
            _("{n} of {accounts} accounts {n:needs|need} a look at their credit; {overdue} of {owed} owed is overdue"),
            {
                "n": Count(int(found["watched"] or 0)),
                "accounts": Count(len(self.panel)),
                "overdue": Money(float(self.overdue.sum()), currency),
                "owed": Money(float(self.owed.sum()), currency),
            },
        )

    def warnings(self, risk: dict[str, float | str | None], *, limits: bool) -> list[Message]:
        said = []
        share, earned = risk["largest_sales"], risk["largest_contribution"]
        if isinstance(share, float) and isinstance(earned, float) and earned < 0:
            text = _(
                "If the largest account ({code}) goes, {sales} of sales go with it, but also a loss: it earns less than nothing"
            )
            said.append(Message(text, {"code": Accounts([str(risk["largest"])]), "sales": Percent(share)}))
        elif isinstance(share, float) and isinstance(earned, float):
            text = _("If the largest account ({code}) goes, {sales} of sales and {earned} of contribution go with it")
            said.append(
                Message(
                    text, {"code": Accounts([str(risk["largest"])]), "sales": Percent(share), "earned": Percent(earned)}
                )
            )
        elif isinstance(share, float):
            text = _("If the largest account ({code}) goes, {sales} of sales go with it")
            said.append(Message(text, {"code": Accounts([str(risk["largest"])]), "sales": Percent(share)}))
        if not limits or not (self.limit > 0).any():
            said.append(Message(_("No credit limit is known: whether it is exceeded cannot be told")))
        return said
