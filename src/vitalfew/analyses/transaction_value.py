"""What trading with an account is worth beyond its margin: payment terms, handling, capacity, and facts that people know.

Four parts, in money a year:

    payment    (days all others take − days it takes) / 365 · its invoices of the last 365 days · cost of capital
    handling   (what serving all others costs a unit of net sales) · its net sales − what serving it costs
    capacity   its share of all net sales · the fixed cost of the works that is inside the goods' cost (only if given)
    facts      what is in force of ``transaction_facts``: customer, since, until, kind (capacity, terms, effort, entry, other),
               worth (a year), source

Days run from invoice to payment, weighted by amount; an unpaid invoice has waited until today. Over the years looked ahead, or
up to the fact's end, at discount rate i:

    value  =  a year's worth · (1 − (1 + i)^−years) / ln(1 + i)

    pays in 30 days, others in 60; invoices 1,000,000; cost of capital .05  →  4,110 a year; three years at .1  →  10,723

``low`` and ``high`` move the days of payment by their 95 % interval over invoices; the other parts are counted, not estimated,
and what people put as a fact is theirs. Payment and handling compare an account with all others: over all accounts they come to
about nothing, so no total is told. Lifetime value is margin before service and capital, so it may stand beside this;
contribution has both taken off already, and may not.

Kumar, V. et al. (2010). J. Service Research 13(3) (value beyond purchases). Kaplan, R. S. & Anderson, S. R. (2004). HBR 82(11).
"""

from dataclasses import dataclass
from typing import Any, Final

import narwhals as nw
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from vitalfew.catalogue import Choice, Column, Drawing, Findings, Frame, Refusal, analysis
from vitalfew.language import Accounts, Count, Figure, Message, Money
from vitalfew.maths.uncertainty import Weighed, weighted_means
from vitalfew.maths.years import MEAN_YEAR, YEAR
from vitalfew.panels import DAY, NUMBER, TEXT, Floats, Panel, Whole, day_numbers, figures, handed_over, in_order
from vitalfew.sentences import amounts, days, kept, labels, texts, told
from vitalfew.terms import Group, Term, Unit
from vitalfew.terms import gettext_noop as _


class Relation(Term):
    """What a trading relation is worth beyond its margin."""

    CAPACITY = "capacity", _("Volume that fills capacity")
    TERMS = "terms", _("Terms of payment or delivery")
    EFFORT = "effort", _("Less effort a transaction")
    ENTRY = "entry", _("Entry to other accounts")
    OTHER = "other", _("Other worth of the relation")


SHOWN: Final = 3
FEWEST: Final = 3
"""Invoices of a year from which an account's days of payment are told."""
NEEDED: Final = {"customer": TEXT, "kind": TEXT, "worth": NUMBER}
MORE: Final = {"since": DAY, "until": DAY, "source": TEXT}
PARTS: Final = ("payment", "handling", "capacity", "facts")


@analysis(
    group=Group.VALUE,
    title=_("Transaction value"),
    question=_("What is trading with each account worth beyond its margin?"),
    columns=(
        Column("customer", Unit.CODE, _("Account"), _("The account's code")),
        Column(
            "value", Unit.MONEY, _("Transaction value"), _("All four parts over the years looked ahead, discounted")
        ),
        Column("low", Unit.MONEY, _("from"), _("Lower end of the 95 % interval of the days of payment")),
        Column("high", Unit.MONEY, _("to"), _("Upper end of the 95 % interval of the days of payment")),
        Column("payment", Unit.MONEY, _("By payment"), _("A year: worth of paying earlier than the others")),
        Column("handling", Unit.MONEY, _("By handling"), _("A year: served for less than the others' rate")),
        Column("capacity", Unit.MONEY, _("By capacity"), _("A year: fixed cost that its volume carries")),
        Column("facts", Unit.MONEY, _("By facts"), _("A year: what people recorded, in force today")),
        Column("paid_days", Unit.NUMBER, _("Days to payment"), _("Mean days from invoice to payment, by amount")),
        Column("others_days", Unit.NUMBER, _("Others' days"), _("The same of all other accounts")),
        Column("order_size", Unit.MONEY, _("Order size"), _("Net sales a purchase day, twelve months")),
        Column("evidence", Unit.SENTENCES, _("Evidence"), _("The three largest facts in force, with their source")),
    ),
    choices={
        "capital_rate": Choice(_("Cost of capital a year"), most=10),
        "fixed_cost": Choice(_("Fixed cost of the works a year inside the goods' cost (0: left out)")),
        "years": Choice(_("Years looked ahead"), least=1, most=30),
        "discount_rate": Choice(_("Discount rate a year"), most=10),
    },
    drawing=Drawing("top", "value"),
    source="Kumar et al. (2010), J. Service Research 13(3); Kaplan & Anderson (2004)",
)
def transaction_value(
    yearly_contribution: Frame | None = None,
    payments: Frame | None = None,
    service_costs: Frame | None = None,
    purchase_days: Frame | None = None,
    transaction_facts: Frame | None = None,
    *,
    as_of: int,
    currency: str,
    capital_rate: float = 0.05,
    fixed_cost: float = 0.0,
    years: int = 3,
    discount_rate: float = 0.1,
) -> Findings:
    facts = _facts(transaction_facts, as_of)
    nothing = payments is None and service_costs is None and not len(facts.codes) and not fixed_cost
    if yearly_contribution is None or nothing:
        text = _(
            "What trading is worth beyond its margin needs orders, and payments, service costs or a list of facts such as "
            "capacity kept busy or entry to other accounts; the method names its columns"
        )
        raise Refusal(Message(text))
    trade = _trade(yearly_contribution, facts.codes, served=service_costs is not None)
    waits = _waits(payments, as_of).of(trade.codes)
    parts = trade.parts(waits, facts, capital_rate, fixed_cost)
    ahead = _ahead(parts, waits, capital_rate, facts.ahead(trade.codes, years, discount_rate), (years, discount_rate))
    shown = {**ahead, **parts, "paid_days": waits.paid, "others_days": waits.others}
    shown["order_size"] = _order_size(purchase_days, trade.codes, trade.sales, as_of)
    rows = _rows(trade.codes, shown, facts.told(trade.codes, currency))
    found = _figures(rows, parts, facts)
    return Findings(rows, found, _headline(found, currency), _warnings(found, years))


@dataclass(frozen=True)
class _Trade:
    """By account: net sales of the year and what serving it cost, if that is known at all."""

    codes: pa.Array
    sales: Floats
    serving: Floats
    served: bool

    def parts(self, waits: "_Waits", facts: "_Facts", capital_rate: float, fixed_cost: float) -> dict[str, Floats]:
        """The four parts in money a year, NaN where a part is not known."""
        none = np.full(len(self.codes), np.nan)
        return {
            "payment": waits.days_gained * waits.a_day(capital_rate),
            "handling": _handling(self.sales, self.serving) if self.served else none,
            "capacity": _share(self.sales) * fixed_cost if fixed_cost else none,
            "facts": facts.a_year(self.codes),
        }


def _trade(contribution: Frame, others: pa.Array, *, served: bool) -> _Trade:
    """The accounts that trade, and the others of whom facts are recorded."""
    book = Panel.of(contribution.select("customer", "revenue", "cost_to_serve"))
    codes = pa.chunked_array([book.codes, others]).unique().sort()
    place = in_order(codes, book.codes)
    sales, serving = (np.append(book.floats(name), 0.0)[place] for name in ("revenue", "cost_to_serve"))
    return _Trade(codes, sales, serving, served)


def _ahead(
    parts: dict[str, Floats], waits: "_Waits", capital_rate: float, facts: Floats, over: tuple[int, float]
) -> dict[str, Floats]:
    """The value over the years looked ahead, and its ends by the interval of the days of payment."""
    years, discount_rate = over
    lasting = float(_annuity(np.array(float(years)), discount_rate))
    reach = np.nan_to_num(waits.reach * waits.a_day(capital_rate)) * lasting
    value = np.nansum([parts[name] for name in PARTS[:-1]], axis=0) * lasting + facts
    return {"value": value, "low": value - reach, "high": value + reach}


def _rows(codes: pa.Array, shown: dict[str, Floats], evidence: pa.Array) -> pa.Table:
    columns = {name: figures(each.round(4)) for name, each in shown.items()}
    table = pa.table({"customer": codes, **columns, "evidence": evidence})
    return table.sort_by([("value", "descending"), ("customer", "ascending")])


@dataclass(frozen=True)
class _Waits:
    """By account: mean days to payment by amount with half its interval, that of all others, and what was invoiced."""

    codes: pa.Array
    paid: Floats
    others: Floats
    reach: Floats
    invoiced: Floats

    @property
    def days_gained(self) -> Floats:
        return np.asarray(self.others - self.paid)

    def a_day(self, rate: float) -> Floats:
        """What a day's earlier payment of a year's invoices is worth."""
        return np.asarray(self.invoiced * rate / YEAR)

    def of(self, codes: pa.Array) -> "_Waits":
        """For these accounts, NaN where too little is known."""
        place = in_order(codes, self.codes)
        parts = (np.append(each, np.nan)[place] for each in (self.paid, self.others, self.reach, self.invoiced))
        return _Waits(codes, *parts)


def _waits(payments: Frame | None, as_of: int) -> _Waits:
    if payments is None:
        return _Waits(pa.array([], pa.string()), *(np.empty(0) for _part in range(4)))
    until = nw.when(nw.col("paid_on") <= as_of).then(nw.col("paid_on")).otherwise(nw.lit(as_of))
    recent = payments.filter(nw.col("invoiced_on") > as_of - YEAR).with_columns(
        w=nw.col("amount").cast(nw.Float64), x=(until - nw.col("invoiced_on")).cast(nw.Float64)
    )
    bills = recent.filter(nw.col("w") > 0).with_columns(wx=nw.col("w") * nw.col("x"), w2=nw.col("w") * nw.col("w"))
    squares = bills.with_columns(w2x=nw.col("w2") * nw.col("x"), w2x2=nw.col("w2") * nw.col("x") * nw.col("x"))
    names = ("w", "wx", "w2", "w2x", "w2x2")
    panel = Panel.of(squares.group_by("customer").agg(*(nw.col(each).sum() for each in names), n=nw.len()))
    sums = Weighed(*(panel.floats(each) for each in Weighed._fields))
    mean, reach = weighted_means(sums)
    with np.errstate(divide="ignore", invalid="ignore"):
        others = (sums.wx.sum() - sums.wx) / (sums.w.sum() - sums.w)
    known = (sums.n >= FEWEST) & np.isfinite(others)
    return _Waits(panel.codes, *(np.where(known, each, np.nan) for each in (mean, others, reach, sums.w)))


def _handling(sales: Floats, serving: Floats) -> Floats:
    """What serving it saves against the others' cost a unit of net sales; unknown for who sold nothing."""
    with np.errstate(divide="ignore", invalid="ignore"):
        rate = (serving.sum() - serving) / (sales.sum() - sales)
        return np.where((sales > 0) & np.isfinite(rate) & (rate >= 0), rate * sales - serving, np.nan)


def _share(sales: Floats) -> Floats:
    bought = np.maximum(sales, 0.0)
    return np.asarray(bought / bought.sum() if bought.sum() > 0 else bought)


def _order_size(purchase_days: Frame | None, codes: pa.Array, sales: Floats, as_of: int) -> Floats:
    if purchase_days is None:
        return np.full(len(codes), np.nan)
    recent = purchase_days.filter(nw.col("bought_on") > as_of - YEAR).group_by("customer")
    panel = Panel.of(recent.agg(amount=nw.col("amount").sum().round(4), days=nw.len()))
    mean = np.round(panel.floats("amount") / panel.floats("days"), 4)
    return np.where(sales > 0, np.append(mean, np.nan)[in_order(codes, panel.codes)], np.nan)


def _annuity(years: Floats, rate: float) -> Floats:
    """What one a year is worth, coming evenly over so many years."""
    return np.asarray((1 - (1 + rate) ** -years) / np.log1p(rate) if rate > 0 else years)


@dataclass(frozen=True)
class _Facts:
    """Facts in force, in order of account; ``left``: years to the fact's end, endless where it has none."""

    codes: pa.Array
    kind: pa.Array
    worth: Floats
    since: Whole
    left: Floats
    source: pa.Array

    def a_year(self, codes: pa.Array) -> Floats:
        """NaN where nothing is recorded."""
        row = in_order(self.codes, codes)
        count = np.bincount(row, minlength=len(codes))
        return np.where(count > 0, np.bincount(row, self.worth, len(codes)), np.nan)

    def ahead(self, codes: pa.Array, years: int, rate: float) -> Floats:
        worth = self.worth * _annuity(np.minimum(self.left, float(years)), rate)
        return np.bincount(in_order(self.codes, codes), worth, len(codes)).astype(np.float64)

    def told(self, codes: pa.Array, currency: str) -> pa.Array:
        """The largest facts of each account."""
        row = in_order(self.codes, codes)
        order = np.lexsort((-np.abs(self.worth), row))
        place = np.arange(row.size) - np.searchsorted(row[order], row[order], side="left")
        sentences = []
        for number in range(SHOWN):
            which = np.full(len(codes), -1)
            at = order[place == number]
            which[row[at]] = at
            sentences.append(self._sentence(which, currency))
        return kept(*sentences)

    def _sentence(self, which: Whole, currency: str) -> pa.Array:
        taken, here = pa.array(which, mask=which < 0), which >= 0
        worth, since = (
            np.where(here, np.append(each, np.nan)[which], np.nan)
            for each in (self.worth, self.since.astype(np.float64))
        )
        said = {"kind": labels(Relation, self.kind.take(taken)), "worth": amounts(worth, currency)}
        source = texts(self.source.take(taken))
        since = days(np.where(since > 0, since, np.nan))
        full = told(
            _("{kind}: {worth} a year, since {since} ({source})."), where=here, **said, since=since, source=source
        )
        sourced = told(_("{kind}: {worth} a year ({source})."), where=here, **said, source=source)
        return pc.coalesce(full, sourced, told(_("{kind}: {worth} a year; no source."), where=here, **said))


def _facts(table: Frame | None, as_of: int) -> _Facts:
    none = pa.array([], pa.string())
    if table is None:
        return _Facts(none, none, np.empty(0), np.empty(0, dtype=np.int64), np.empty(0), none)
    read = handed_over(table, "transaction_facts", NEEDED, MORE).combine_chunks()
    since, until = day_numbers(read["since"]), day_numbers(read["until"])
    endless = ~read["until"].combine_chunks().is_valid().to_numpy(zero_copy_only=False)
    here = pc.and_(pc.is_valid(read["customer"]), pc.is_finite(read["worth"]).fill_null(False)).to_numpy()
    order = np.flatnonzero(here & (since <= as_of) & (endless | (until > as_of)))
    order = order[pc.sort_indices(read["customer"].take(pa.array(order))).to_numpy()]
    taken = read.take(pa.array(order)).combine_chunks()
    kind = taken["kind"].combine_chunks()
    plain = pc.if_else(pc.is_in(kind, pa.array([each.value for each in Relation])), kind, Relation.OTHER.value)
    return _Facts(
        taken["customer"].combine_chunks(),
        plain.fill_null(Relation.OTHER.value),
        np.asarray(taken["worth"].to_numpy(), dtype=np.float64),
        since[order],
        np.where(endless, np.inf, (until - as_of) / MEAN_YEAR)[order],
        taken["source"].combine_chunks(),
    )


def _figures(rows: pa.Table, parts: dict[str, Floats], facts: _Facts) -> dict[str, Any]:
    value = rows["value"].to_numpy()
    return {
        "accounts": value.size,
        "above": int((value > 0).sum()),
        "first": rows["customer"][0].as_py(),
        "most": float(value[0]),
        **{f"{name}_known": int(np.isfinite(each).sum()) for name, each in parts.items()},
        "facts": len(facts.codes),
        "unsourced": facts.source.null_count,
    }


def _headline(found: dict[str, Any], currency: str) -> Message:
    text = _(
        "{n} of {accounts} {accounts:account|accounts} {n:is|are} worth more beyond their margin than usual; "
        "{first} most, {value}"
    )
    said: dict[str, Figure] = {"n": Count(found["above"]), "accounts": Count(found["accounts"])}
    return Message(text, {**said, "first": Accounts([str(found["first"])]), "value": Money(found["most"], currency)})


def _warnings(found: dict[str, Any], years: int) -> list[Message]:
    said = [
        Message(
            _("It holds if terms and habits stay as they are for {years} {years:year|years}"), {"years": Count(years)}
        )
    ]
    if not found["facts"]:
        text = _("No fact is recorded, such as capacity kept busy or entry to other accounts")
        said.append(Message(text))
    if not found["payment_known"]:
        said.append(Message(_("No account has invoices enough to compare its days of payment")))
    if not found["handling_known"]:
        said.append(Message(_("No service costs were imported: what handling saves cannot be told")))
    if found["unsourced"]:
        said.append(Message(_("{n} facts have no source: they are opinions"), {"n": Count(found["unsourced"])}))
    return said
