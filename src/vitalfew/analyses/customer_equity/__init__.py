"""What our customers are worth together, what the year returned on it, and what an improvement would return.

With m an account's contribution of the last twelve whole months, r the share of the accounts of the year before that bought
again and i the discount rate, the accounts that buy today are worth

    customer equity  =  sum of m · r / (1 + i − r)                the first margin a year from now, for all time

Loss-makers count negative, as long as they stay. The interval holds the accounts and moves r (Wilson, 95 %). The same sum a year
earlier, by the same method, is the opening equity:

    return on customer equity  =  (profit of the year + closing − opening) / opening          preservation  =  closing / opening

A few accounts more or less that stayed move both: the return's range takes the ends of either r against each other (wide on
purpose), and ``return_at_same_retention`` takes today's r for the opening too.

    m 100 and −20, r .8, i .12  →  multiple 2.5, equity 200; opening 160, profit 80  →  return .75, preservation 1.25

``change`` is what equity gains if retention, margin or cost to serve improve by ``percent``, and, where surveys allow it, if the
marks on a driver of choice rise (see Drivers of choice); its return is (gain − cost) / cost.

A new account, with the mean account's gross margin M, cost to serve s, and r and i as above, is worth over ``years``

    sum over t = 0, 1 … of  (M − s) · r^t / (1 + i)^t        margins at the start of a year; half a year and a year later too
    M · sum over t = 0 … years of  r^t / (1 + i)^t  −  s · sum over t = 1 … years of  r^(t−1) / (1 + i)^(t−.5)

less what winning it cost (``prospect_spend`` / ``prospect_rate``). ``equity_to_come`` is what those are worth today who will be
won in these years, n a year as in the last one (bought, and not in the two years before: known of three whole years only), the
first margin of each at once:

    sum over k = 1 … years of  n / (1 + i)^k · [(M − s) · (1 + i) / (1 + i − r) − cost of winning]

How spending on winning and on keeping should be balanced follows from what it brings today and from two judgements: the most
prospects that could be won (``prospect_ceiling``), the most accounts kept (``retention_ceiling``), whatever is spent:

    a = ca · (1 − exp(−k1 A))    r = cr · (1 − exp(−k2 R))    worth of a prospect  =  a · [M + (M r − R) / (1 + i − r)] − A

    M 260, s 50, r .75, i .2, ten years  →  568.78; 15 % won at 5 a prospect, 40 % at most  →  k1 .094

One rate for all undervalues a mixed base, whose better accounts stay longer. Retention is that of a contract: where accounts
buy once, or by chance, use Lifetime value; it also tells single accounts. Negative assets tells why accounts lose.

Gupta, S., Lehmann, D. R. & Stuart, J. A. (2004). Valuing customers. JMR 41(1). Gupta, S. & Lehmann, D. R. (2005). Managing
Customers as Investments. Peppers, D. & Rogers, M. (2005). Return on Customer. Rust, R. T., Lemon, K. N. & Zeithaml, V. A. (2004).
Return on marketing. J. Marketing 68(1). Berger, P. D. & Nasr, N. I. (1998). J. Interactive Marketing 12(1). Blattberg, R. C. &
Deighton, J. (1996). HBR 74(4). Wilson, E. B. (1927). JASA 22.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

import narwhals as nw
import numpy as np
import pyarrow as pa

from vitalfew.analyses.customer_equity.new_accounts import Asked, Usual, everything
from vitalfew.catalogue import Choice, Column, Findings, Frame, Refusal, analysis
from vitalfew.language import Count, Figure, Message, Money, Percent
from vitalfew.maths.customer_equity import preservation, return_on_customer, return_on_marketing
from vitalfew.maths.discounting import margin_multiple
from vitalfew.maths.intervals import wilson
from vitalfew.panels import MONTHS_A_YEAR, Bools, Floats, Panel, figures, in_order, last_whole_month
from vitalfew.terms import Equity, EquityDriver, Group, Unit
from vitalfew.terms import gettext_noop as _

YEARS: Final = 3
FEW: Final = 20
"""With fewer accounts a year ago the rate is told, with a warning."""


@analysis(
    group=Group.EQUITY,
    title=_("Customer equity"),
    question=_("What are our customers worth together, what did it return, and what would an improvement return?"),
    columns=(
        Column("driver", Unit.WORD, _("Driver"), _("What drives customer equity"), EquityDriver),
        Column("equity", Unit.WORD, _("Part"), _("Value, brand or retention equity, or all"), Equity),
        Column("change", Unit.MONEY, _("Gain"), _("What customer equity gains by the improvement")),
        Column("low", Unit.MONEY, _("from"), _("Lower end of the 95 % interval")),
        Column("high", Unit.MONEY, _("to"), _("Upper end of the 95 % interval")),
        Column("roi", Unit.SHARE, _("Return on its cost"), _("Gain less cost, by the cost given")),
        Column("weight", Unit.NUMBER, _("Weight"), _("By how much one mark more raises the logit of being chosen")),
        Column("gap", Unit.NUMBER, _("Gap"), _("Our mark less the competitors', 0 to 10, high is good")),
    ),
    choices={
        "discount_rate": Choice(_("Discount rate a year"), least=0.001, most=10),
        "percent": Choice(_("Improvement of retention, margin, cost (0.01: 1 %)"), least=0.0001, most=1),
        "cost": Choice(_("What the improvement costs (0: not known)")),
        "years": Choice(_("Years of a new account looked ahead"), least=1, most=50),
        "prospect_spend": Choice(_("Spent on winning, for each prospect (0: not told)")),
        "prospect_rate": Choice(_("Share of prospects won"), most=1),
        "prospect_ceiling": Choice(_("Share of prospects won at most, whatever is spent"), most=1),
        "retention_ceiling": Choice(_("Share of accounts kept at most, whatever is spent"), most=1),
    },
    per_account=False,
    source="Gupta, Lehmann & Stuart (2004); Peppers & Rogers (2005); Rust, Lemon & Zeithaml (2004); Blattberg & Deighton (1996)",
)
def customer_equity(
    account_months: Frame,
    service_costs: Frame | None = None,
    equity_drivers: Frame | None = None,
    *,
    as_of: int,
    currency: str,
    discount_rate: float = 0.1,
    percent: float = 0.01,
    cost: float = 0.0,
    years: int = 10,
    prospect_spend: float = 0.0,
    prospect_rate: float = 0.0,
    prospect_ceiling: float = 0.0,
    retention_ceiling: float = 0.0,
) -> Findings:
    book = _book(account_months, service_costs, last_whole_month(as_of))
    now, before = _worth(book, 0, discount_rate), _worth(book, 1, discount_rate)
    if now is None:
        text = _("Customer equity needs two whole years of orders, costs with them, and accounts that bought in both")
        raise Refusal(Message(text))
    rows = [*_levers(book, now, discount_rate, percent), *_drivers(equity_drivers)]
    asked = Asked(years, prospect_spend, prospect_rate, prospect_ceiling, retention_ceiling)
    of_new, balance = everything(_usual(book, now, discount_rate), asked, currency)
    found = {**now.figures, **_returns(book, now, before, discount_rate), **of_new}
    warnings = _warnings(book, now, found, weighed=any(row["weight"] is not None for row in rows))
    return Findings(_table(rows, cost), found, _headline(found, currency), [*balance, *warnings])


@dataclass(frozen=True)
class _Book:
    """Accounts × years, this one first: what they bought and brought; and how many whole years the book has."""

    codes: pa.Array
    sales: Floats
    margin: Floats
    service: Floats
    bought: Bools
    years: int
    served: bool

    @property
    def contribution(self) -> Floats:
        """NaN where no cost is known."""
        return np.asarray(self.margin - self.service)

    @property
    def counted(self) -> Bools:
        """The accounts that buy and whose cost is known."""
        return np.asarray(self.bought & np.isfinite(self.contribution))


def _book(account_months: Frame, service_costs: Frame | None, last: int) -> _Book:
    months = account_months.filter(nw.col("month") <= last, nw.col("month") > last - YEARS * MONTHS_A_YEAR)
    begin = account_months.select(nw.col("month").min()).collect("pyarrow").to_native()["month"][0].as_py()
    columns = ("amount", "cost", "costed")
    sold = months.with_columns(
        year=(last - nw.col("month")) // MONTHS_A_YEAR, some=nw.when(nw.col("quantity") > 0).then(1).otherwise(0)
    )
    sums = sold.group_by("customer", "year").agg(
        *(nw.col(name).sum().round(4) for name in columns), nw.col("some").sum(), known=nw.col("cost").count()
    )
    panel = Panel.of(sums, "year")
    codes, shape = panel.accounts(), (len(panel.starts()), YEARS)
    at = (in_order(panel.codes, codes), panel.whole("year"))
    spread = {name: np.zeros(shape) for name in ("sales", "margin", "service", "bought")}
    spread["sales"][at], spread["bought"][at] = panel.floats("amount"), panel.floats("some")
    spread["margin"][at] = np.where(panel.whole("known") > 0, panel.floats("costed") - panel.floats("cost"), np.nan)
    if service_costs is not None:
        spread["service"] = _served(service_costs, codes, last)
    whole = 0 if begin is None else max(last - begin + 1, 0) // MONTHS_A_YEAR
    return _Book(
        codes,
        spread["sales"],
        spread["margin"],
        spread["service"],
        spread["bought"] > 0,
        whole,
        service_costs is not None,
    )


def _served(service_costs: Frame, codes: pa.Array, last: int) -> Floats:
    """Cost to serve by account and year."""
    recent = service_costs.filter(nw.col("month") <= last, nw.col("month") > last - YEARS * MONTHS_A_YEAR)
    yearly = recent.with_columns(year=(last - nw.col("month")) // MONTHS_A_YEAR).group_by("customer", "year")
    panel = Panel.of(yearly.agg(cost=nw.col("cost").cast(nw.Float64).sum().round(4)), "year")
    row, service = in_order(panel.codes, codes), np.zeros((len(codes), YEARS))
    here = row >= 0
    service[row[here], panel.whole("year")[here]] = panel.floats("cost")[here]
    return service


@dataclass(frozen=True)
class _Worth:
    """Customer equity by retention on one day, with the ends of its interval."""

    contribution: Floats
    """Of the accounts that buy and whose cost is known."""
    began: int
    """The accounts that bought in the year before."""
    kept: Floats
    """The rate, and the ends of its 95 % interval."""
    multiples: Floats

    @property
    def equity(self) -> float:
        return float(self.contribution.sum() * self.multiples[0])

    @property
    def ends(self) -> tuple[float, float]:
        low, high = np.sort(self.contribution.sum() * self.multiples[1:])
        return float(low), float(high)

    @property
    def figures(self) -> dict[str, float | int | None]:
        ends = self.ends
        sides = (np.maximum(self.contribution, 0.0), np.minimum(self.contribution, 0.0))
        positive, negative = (float(side.sum() * self.multiples[0]) for side in sides)
        return {
            "accounts": self.contribution.size,
            "equity": self.equity,
            "equity_low": ends[0],
            "equity_high": ends[1],
            "positive_sum": positive,
            "negative_sum": negative,
            "negative_ratio": -negative / positive if positive > 0 else None,
            "below_zero": int((self.contribution < 0).sum()),
            "retention": float(self.kept[0]),
            "retention_low": float(self.kept[1]),
            "retention_high": float(self.kept[2]),
            "multiple": float(self.multiples[0]),
        }


def _worth(book: _Book, year: int, rate: float) -> _Worth | None:
    """As of so many years ago; None where the book begins too late, or nobody buys, or no cost is known."""
    if book.years < year + 2:
        return None
    start, still, here = book.bought[:, year + 1], book.bought[:, year], book.counted[:, year]
    began = int(start.sum())
    if not began or not here.any():
        return None
    kept = np.array([(start & still).sum() / began, *wilson(int((start & still).sum()), began)])
    multiples = np.array([margin_multiple(float(each), rate) for each in kept])
    return _Worth(book.contribution[here, year], began, kept, multiples)


def _usual(book: _Book, now: _Worth, rate: float) -> Usual:
    """The mean account of those that buy and whose cost is known."""
    here = book.counted[:, 0]
    margin, service = (float(each[here, 0].mean()) for each in (book.margin, book.service))
    won = int((book.bought[:, 0] & ~book.bought[:, 1:].any(axis=1)).sum()) if book.years >= YEARS else None
    return Usual(margin, service, float(now.kept[0]), rate, won)


def _levers(book: _Book, now: _Worth, rate: float, percent: float) -> Iterator[dict[str, Any]]:
    """What equity gains if retention, margin and cost to serve are a little better."""
    here = book.counted[:, 0]
    better = np.array([margin_multiple(min(float(each) * (1 + percent), 1.0), rate) for each in now.kept])
    gains = {
        EquityDriver.KEPT: now.contribution.sum() * (better - now.multiples),
        EquityDriver.MARGIN: percent * np.abs(book.margin[here, 0].sum()) * now.multiples,
        EquityDriver.SERVING: percent * book.service[here, 0].sum() * now.multiples,
    }
    for driver, gain in gains.items():
        if driver is not EquityDriver.SERVING or book.served:
            low, high = np.sort(gain[1:])
            named = {"driver": driver.value, "equity": Equity.ALL.value, "weight": None, "gap": None}
            yield {**named, "change": gain[0], "low": low, "high": high}


def _drivers(equity_drivers: Frame | None) -> list[dict[str, Any]]:
    """What surveys tell of drivers; a handful of rows."""
    if equity_drivers is None:
        return []
    names = ("driver", "equity", "change", "low", "high", "weight", "gap")
    read: list[dict[str, Any]] = equity_drivers.select(*names).collect("pyarrow").to_native().to_pylist()
    return sorted(read, key=lambda row: (row["change"] is None, -(row["change"] or 0.0), row["driver"]))


RETURNS: Final = ("return_on_customer", "return_low", "return_high", "return_at_same_retention")


def _returns(book: _Book, now: _Worth, before: _Worth | None, rate: float) -> dict[str, float | None]:
    """What the equity of a year ago returned; and the same if the rate of staying had not moved."""
    profit = float(np.nansum(book.contribution[:, 0]))
    names = ("opening_equity", "preservation", *RETURNS)
    if before is None:
        return {"profit": profit, **dict.fromkeys(names)}
    opening, closing = before.equity, now.equity
    same = float(before.contribution.sum() * margin_multiple(float(now.kept[0]), rate))
    ways = ((opening, closing), (before.ends[1], now.ends[0]), (before.ends[0], now.ends[1]), (same, closing))
    roc = [return_on_customer(profit, start, end) for start, end in ways]
    return {"profit": profit, **dict(zip(names, (opening, preservation(opening, closing), *roc), strict=True))}


def _table(rows: list[dict[str, Any]], cost: float) -> pa.Table:
    returned = [None if row["change"] is None else return_on_marketing(row["change"], cost) for row in rows]
    money = {
        name: figures(np.array([row[name] for row in rows], dtype=np.float64).round(4))
        for name in ("change", "low", "high")
    }
    return pa.table(
        {
            "driver": pa.array([row["driver"] for row in rows], type=pa.string()),
            "equity": pa.array([row["equity"] for row in rows], type=pa.string()),
            **money,
            "roi": figures(np.array(returned, dtype=np.float64)),
            **{name: figures(np.array([row[name] for row in rows], dtype=np.float64)) for name in ("weight", "gap")},
        }
    )


def _headline(found: dict[str, Any], currency: str) -> Message:
    names = {"equity": "equity", "low": "equity_low", "high": "equity_high"}
    said: dict[str, Figure] = {name: Money(found[figure], currency) for name, figure in names.items()}
    returned = [found[name] for name in RETURNS[:3]]
    if None in returned:
        return Message(_("The accounts that buy today are worth {equity} ({low} to {high})"), said)
    said |= dict(zip(("roc", "least", "most"), (Percent(each, 0) for each in returned), strict=True))
    told = _(
        "The accounts that buy today are worth {equity} ({low} to {high}); over the year customer equity returned {roc} "
        "({least} to {most})"
    )
    open_ = _(
        "The accounts that buy today are worth {equity} ({low} to {high}); what it returned over the year cannot be told "
        "({least} to {most})"
    )
    return Message(open_ if returned[1] < 0 < returned[2] else told, said)


def _warnings(book: _Book, now: _Worth, found: dict[str, Any], *, weighed: bool) -> list[Message]:
    text = _(
        "One rate of staying ({rate}) stands for all: a mixed base keeps its better accounts longer, so the sum is rather low"
    )
    said = [Message(text, {"rate": Percent(found["retention"])})]
    if now.began < FEW:
        text = _("Only {n} {n:account|accounts} at the start: the rate is uncertain, see its interval")
        said.append(Message(text, {"n": Count(now.began)}))
    if found["opening_equity"] is None:
        said.append(
            Message(_("What a year ago was worth cannot be told: it needs three whole years of orders with costs"))
        )
    elif found["return_at_same_retention"] is not None:
        text = _(
            "Part of the return is a rate of staying that moves by a few accounts: with today's rate a year ago too, it is {roc}"
        )
        said.append(Message(text, {"roc": Percent(found["return_at_same_retention"])}))
    else:
        said.append(Message(_("A year ago customer equity was not above zero: a return on it has no meaning")))
    if found["won_in_a_year"] is None:
        said.append(Message(_("Who was won within the year cannot be told: it needs three whole years of orders")))
    if unknown := int((book.bought[:, 0] & ~book.counted[:, 0]).sum()):
        said.append(
            Message(
                _(
                    "{n} {n:account that buys has no known cost and is|accounts that buy have no known cost and "
                    "are} left out"
                ),
                {"n": Count(unknown)},
            )
        )
    if not book.served:
        said.append(Message(_("No service costs were imported: the cost to serve counts as zero")))
    if not weighed:
        text = _(
            "What drives the choice of customers cannot be weighed without a survey of us and competitors that asks for the "
            "last and the next supplier: retention, margin and cost to serve stand for it"
        )
        said.append(Message(text))
    return said
