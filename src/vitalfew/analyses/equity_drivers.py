"""What drives customers' choice between us and competitors, and what better marks would add to customer equity.

Respondents mark us and competitors on the drivers and say from whom they bought last (``last_supplier``, 1 or 0 a supplier)
and will buy next (``next_supplier``, a chance a supplier). A conditional logit, its intervals by account, weighs the drivers:

    U = b_0 · last + sum b_d · mark_d     A = softmax(U), a row for each last supplier     B_t = B_0 A^t
    value of an account  =  sum over t = 0 … T f of  (1 + i)^(−t/f) · v · B_t

v is our contribution of a purchase, f the purchases a year from all suppliers (ours by our share of its wallet where known, else
by its chance of buying from us next, as weighed), T the years looked ahead. Accounts that answered stand for all by their net
sales.

    A = [.8 .2; .3 .7], bought from us last, v 5, f 2, i .1, T 2  →  B .8 .7 .65 .625 .6125, value 15.53

Value equity: product, service and what money, time, effort and worry it costs; brand equity: image; retention equity: people
(value_people) and club (value_club). Costs are turned, so a high mark is good. ``change`` is what customer equity gains if our
marks rise by ``points``; its return is (gain − cost) / cost. With fewer than ten choices a coefficient (of the rarer kind: for
us, or for others) the drivers of an equity are put together; with fewer still, or where nobody was asked for the last and the
next supplier, only gaps are told.

Competitors are taken to earn what we do on a purchase. A weight is an association: it does not prove that better marks
bring purchases.

Rust, R. T., Lemon, K. N. & Zeithaml, V. A. (2004). Return on marketing. J. Marketing 68(1). McFadden, D. (1974). Conditional
logit analysis of qualitative choice behavior. Liang, K.-Y. & Zeger, S. L. (1986). Biometrika 73(1).
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

import narwhals as nw
import numpy as np
import pyarrow as pa

from vitalfew.catalogue import Choice, Column, Findings, Frame, Refusal, analysis
from vitalfew.language import Count, Figure, Message, Money, Number, Percent, Word
from vitalfew.maths.customer_equity import return_on_marketing
from vitalfew.maths.intervals import Z95
from vitalfew.maths.scales import mean_by, mean_interval, mean_of_known
from vitalfew.maths.switching import Choices, Logit, Market, chances, fit
from vitalfew.maths.years import YEAR
from vitalfew.panels import Floats, Panel, figures, half_of, in_order, marks
from vitalfew.terms import Equity, EquityDriver, Group, Unit
from vitalfew.terms import gettext_noop as _

DRIVERS: Final = {
    **dict.fromkeys((EquityDriver.PRODUCT, EquityDriver.SERVICE, EquityDriver.MONEY), Equity.VALUE),
    **dict.fromkeys((EquityDriver.TIME, EquityDriver.ENERGY, EquityDriver.MIND), Equity.VALUE),
    EquityDriver.IMAGE: Equity.BRAND,
    EquityDriver.PEOPLE: Equity.RETENTION,
    EquityDriver.CLUB: Equity.RETENTION,
}
TOGETHER: Final = {
    EquityDriver.VALUE: Equity.VALUE,
    EquityDriver.BRAND: Equity.BRAND,
    EquityDriver.RETENTION: Equity.RETENTION,
}
OTHER_NAMES: Final = {"value_personnel": EquityDriver.PEOPLE, "cost_psychic": EquityDriver.MIND}
NEXT: Final = "next_supplier"
NO_MARKS: Final = _(
    "Nobody has marked us beside a competitor: ask in a survey what both are worth and what both cost in money, time, "
    "effort and worry; the method names the questions"
)
TOP, HALVES, MOST_SUPPLIERS, EVENTS, FEWEST = 10.0, 2, 20, 10, 10
LEAST_SHARE: Final = 0.05
MONEY: Final = ("change", "low", "high")
NUMBERS: Final = ("ours", "theirs", "gap", "gap_low", "gap_high", "weight", "weight_low", "weight_high")


@analysis(
    group=Group.EQUITY,
    title=_("Drivers of choice"),
    question=_("What makes customers choose us or a competitor, and what would better marks add to customer equity?"),
    columns=(
        Column("driver", Unit.WORD, _("Driver"), _("What drives customer equity"), EquityDriver),
        Column("equity", Unit.WORD, _("Part"), _("Value, brand or retention equity"), Equity),
        Column("ours", Unit.NUMBER, _("Our mark"), _("0 to 10, high is good")),
        Column("theirs", Unit.NUMBER, _("Competitors' mark"), _("0 to 10, high is good")),
        Column("gap", Unit.NUMBER, _("Gap"), _("Our mark less the competitors', mean of the accounts")),
        Column("gap_low", Unit.NUMBER, _("Gap from"), _("Lower end of the 95 % interval")),
        Column("gap_high", Unit.NUMBER, _("Gap to"), _("Upper end of the 95 % interval")),
        Column("weight", Unit.NUMBER, _("Weight"), _("By how much one mark more raises the logit of being chosen")),
        Column("weight_low", Unit.NUMBER, _("Weight from"), _("Lower end of the 95 % interval")),
        Column("weight_high", Unit.NUMBER, _("Weight to"), _("Upper end of the 95 % interval")),
        Column("change", Unit.MONEY, _("Gain"), _("What customer equity gains if our marks rise")),
        Column("low", Unit.MONEY, _("from"), _("Lower end of the 95 % interval")),
        Column("high", Unit.MONEY, _("to"), _("Upper end of the 95 % interval")),
        Column("roi", Unit.SHARE, _("Return on its cost"), _("Gain less cost, by the cost given")),
    ),
    choices={
        "points": Choice(_("Improvement of a mark (of 10)"), least=0.01, most=10),
        "cost": Choice(_("What the improvement costs (0: not known)")),
        "years": Choice(_("Years looked ahead"), least=1, most=30),
        "discount_rate": Choice(_("Discount rate a year"), most=10),
    },
    per_account=False,
    source="Rust, Lemon & Zeithaml (2004); McFadden (1974); Liang & Zeger (1986)",
)
def equity_drivers(
    survey_scores: Frame,
    yearly_contribution: Frame | None = None,
    purchase_days: Frame | None = None,
    wallet_share: Frame | None = None,
    *,
    as_of: int,
    currency: str,
    points: float = 0.5,
    cost: float = 0.0,
    years: int = 3,
    discount_rate: float = 0.1,
) -> Findings:
    asked = _asked(survey_scores, half_of(as_of) - HALVES)
    if not asked.gaps:
        raise Refusal(Message(NO_MARKS))
    chosen, said = _chosen(asked)
    found: dict[str, Any] = {"accounts": asked.compared, "respondents": len(asked.codes)}
    rows: list[dict[str, Any]] = [{"driver": name, "equity": DRIVERS[name], **gap} for name, gap in asked.gaps.items()]
    if chosen is None:
        return Findings(_table(rows, cost), found, _headline(rows, found, points, currency), said)
    logit = fit(chosen.choices)
    stake = _stake(
        chosen, _bought(yearly_contribution, purchase_days, wallet_share, as_of), logit, years, discount_rate
    )
    weighed = [{**asked.gaps.get(row["driver"], {}), **row} for row in _weights(chosen, logit, stake, points)]
    rows = [*weighed, *(row for row in rows if row["driver"] not in chosen.drivers)]
    found |= {"choices": len(chosen.codes), **(stake.figures if stake else {})}
    fitted = {
        "coefficients": logit.coefficients,
        "standard_errors": np.sqrt(np.diag(logit.covariance)),
        "ridge": logit.penalised,
    }
    return Findings(
        _table(rows, cost), found, _headline(rows, found, points, currency), [*said, *_warnings(logit, stake)], fitted
    )


@dataclass(frozen=True)
class _Asked:
    """Marks of us and of competitors, 0 to 10 with costs turned, on the drivers asked about; habit and intention."""

    codes: pa.Array
    drivers: Sequence[EquityDriver]
    marks: Floats
    last: Floats
    next: Floats

    @property
    def compared(self) -> int:
        """Accounts that marked us and a competitor on something."""
        theirs = ~np.isnan(self.marks[:, 1:]).all(axis=1)
        return len(self.codes.filter(pa.array((theirs & ~np.isnan(self.marks[:, 0])).any(axis=1))).unique())

    @cached_property
    def gaps(self) -> dict[EquityDriver, dict[str, float]]:
        """Our mark beside the competitors', by accounts."""
        accounts = self.codes.unique()
        group, found = in_order(self.codes, accounts), {}
        for place, name in enumerate(self.drivers):
            ours, theirs = self.marks[:, 0, place], mean_of_known(self.marks[:, 1:, place])
            both = ~np.isnan(ours - theirs)
            if both.any():
                means = [mean_by(group[both], side[both], len(accounts)) for side in (ours, theirs)]
                gap = (means[0] - means[1])[~np.isnan(means[0])]
                low, high = mean_interval(gap) or (np.nan, np.nan)
                marked = {"ours": np.nanmean(means[0]), "theirs": np.nanmean(means[1])}
                found[name] = {**marked, "gap": gap.mean(), "gap_low": low, "gap_high": high}
        return found


def _asked(survey_scores: Frame, since: int) -> _Asked:
    names = list(DRIVERS)
    read = marks(survey_scores, [*names, *OTHER_NAMES, EquityDriver.LAST, NEXT], since, MOST_SUPPLIERS)
    answers = TOP * read.answers
    for place, name in enumerate(OTHER_NAMES.values(), len(names)):
        own = names.index(name)
        answers[:, :, own] = np.where(np.isnan(answers[:, :, own]), answers[:, :, place], answers[:, :, own])
    costs = [place for place, name in enumerate(names) if name.startswith("cost_")]
    answers[:, :, costs] = TOP - answers[:, :, costs]
    some = ~np.isnan(answers[:, 0, : len(names)])
    present = [place for place in range(len(names)) if 2 * some[:, place].sum() >= max(some.any(axis=1).sum(), 1)]
    return _Asked(
        read.codes, [names[place] for place in present], answers[:, :, present], answers[:, :, -2], answers[:, :, -1]
    )


@dataclass(frozen=True)
class _Chosen:
    """Who marked us and a competitor on all drivers and told whom it will choose; drivers alone or put together."""

    codes: pa.Array
    drivers: Mapping[EquityDriver, Equity]
    choices: Choices


def _chosen(asked: _Asked) -> tuple[_Chosen | None, list[Message]]:
    if np.isnan(asked.next).all() or np.isnan(asked.last).all():
        text = _(
            "Nobody said from whom it bought last and will buy next: ask both in the survey, for us and for competitors (the "
            "method names the questions). Until then the gaps are told, but not how much each weighs"
        )
        return None, [Message(text)]
    among = np.asarray(~np.isnan(asked.marks).any(axis=2))
    chance = np.where(among, np.nan_to_num(asked.next), 0.0)
    used = among[:, 0] & (among.sum(axis=1) > 1) & (chance.sum(axis=1) > 0)
    last = np.where(among, np.nan_to_num(asked.last), 0.0)[used]
    chance = chance[used] / chance[used].sum(axis=1, keepdims=True)
    codes = asked.codes.filter(pa.array(used))
    place = np.where(last.max(axis=1, initial=0.0) > 0, last.argmax(axis=1), -1)
    choices = Choices(np.nan_to_num(asked.marks[used]), place, chance, among[used], in_order(codes, codes.unique()))
    ours = float(chance[:, 0].sum())
    return _weighable(
        _Chosen(codes, {name: DRIVERS[name] for name in asked.drivers}, choices), min(ours, len(codes) - ours)
    )


def _weighable(chosen: _Chosen, events: float) -> tuple[_Chosen | None, list[Message]]:
    """The drivers one by one, put together, or not at all, by how many choices there are a coefficient."""
    if events >= EVENTS * (len(chosen.drivers) + 1):
        return chosen, []
    said: dict[str, Count] = {"n": Count(events), "needed": Count(EVENTS * (len(chosen.drivers) + 1))}
    parts = {name: part for name, part in TOGETHER.items() if part in chosen.drivers.values()}
    if events < EVENTS * (len(parts) + 1):
        text = _(
            "{n} choices, of those for us and against us the rarer, are too few to weigh drivers: only the gaps are told"
        )
        return None, [Message(text, said)]
    places = [[place for place, own in enumerate(chosen.drivers.values()) if own is part] for part in parts.values()]
    together = np.stack([chosen.choices.marks[:, :, own].mean(axis=2) for own in places], axis=2)
    text = _(
        "{n} choices, of those for us and against us the rarer, are too few for single drivers ({needed} wanted): "
        "they are put together to the equities"
    )
    return _Chosen(chosen.codes, parts, chosen.choices._replace(marks=together)), [Message(text, said)]


@dataclass(frozen=True)
class _Bought:
    """By account: purchases of ours a year, what one contributes, net sales, our share of its wallet; NaN where unknown."""

    codes: pa.Array
    purchases: Floats
    worth: Floats
    sales: Floats
    share: Floats


def _bought(contribution: Frame | None, days: Frame | None, wallet_share: Frame | None, as_of: int) -> _Bought | None:
    if contribution is None or days is None:
        return None
    book = Panel.of(contribution.select("customer", "contribution", "revenue"))
    recent = Panel.of(days.filter(nw.col("bought_on") > as_of - YEAR).group_by("customer").agg(n=nw.len()))
    purchases = np.append(recent.floats("n"), 0.0)[in_order(book.codes, recent.codes)]
    share = np.full(len(book), np.nan)
    if wallet_share is not None:
        told = Panel.of(wallet_share.select("customer", "share"))
        share = np.append(told.floats("share"), np.nan)[in_order(book.codes, told.codes)]
    worth = np.where(purchases > 0, book.floats("contribution") / np.maximum(purchases, 1.0), np.nan)
    return _Bought(book.codes, purchases, worth, book.floats("revenue"), share)


@dataclass(frozen=True)
class _Stake:
    """What the accounts that answered, and buy at a known cost, bring; and by how much all sell more than they."""

    market: Market
    sales: Floats
    all_to_them: float
    share_known: int

    def gain(self, coefficients: Floats, driver: int, points: float) -> Floats:
        """What each account brings us more if our marks on a driver rise."""
        raised = self.market.values(coefficients, (np.array([driver]), points, TOP))
        return np.asarray((raised - self.market.values(coefficients))[:, 0])

    def total(self, of: Callable[[Floats], Floats]) -> tuple[float, float, float]:
        """A sum over all accounts with its 95 % interval: weights are uncertain, and other accounts might have answered."""
        each = of(self.market.logit.coefficients)
        ratio, n = each.sum() / self.sales.sum(), each.size
        apart = float(((each - ratio * self.sales) ** 2).sum()) * n / (n - 1)
        error = np.hypot(
            self.market.error(lambda b: float(of(b).sum())), np.sqrt(apart * max(1 - 1 / self.all_to_them, 0.0))
        )
        total, reach = float(each.sum()) * self.all_to_them, Z95 * float(error) * self.all_to_them
        return total, total - reach, total + reach

    def gained(self, driver: int, points: float) -> tuple[float, float, float]:
        return self.total(lambda b: self.gain(b, driver, points))

    @property
    def figures(self) -> dict[str, float | int | None]:
        values = self.market.values(self.market.logit.coefficients)
        equity, low, high = self.total(lambda b: self.market.values(b)[:, 0])
        earning = values[self.market.worth > 0].sum(axis=0)
        sides = (np.maximum(values[:, 0], 0.0), np.minimum(values[:, 0], 0.0))
        positive, negative = (float(side.sum()) * self.all_to_them for side in sides)
        return {
            "accounts_valued": self.sales.size,
            "equity": equity,
            "equity_low": low,
            "equity_high": high,
            "share_of_equity": float(earning[0] / earning.sum()) if earning.sum() > 0 else None,
            "positive_sum": positive,
            "negative_sum": negative,
        }


def _stake(chosen: _Chosen, bought: _Bought | None, logit: Logit, years: int, rate: float) -> _Stake | None:
    """None where too few of those who answered buy of us at a known cost."""
    if bought is None:
        return None
    usable = np.isfinite(bought.worth) & (bought.sales > 0)
    place = in_order(chosen.codes, bought.codes)
    known = np.append(usable, np.zeros(1, dtype=bool))[place]
    accounts, group = np.unique(place[known], return_inverse=True)
    if accounts.size < FEWEST:
        return None
    marked, last, chance, among, _old = (part[known] for part in chosen.choices)
    choices = Choices(marked, last, chance, among, group)
    told = bought.share[accounts]
    ours = chances(choices.columns, logit.coefficients, choices.among)[:, 0]
    share = np.where(told > 0, told, mean_by(group, ours, accounts.size))
    frequency = bought.purchases[accounts] / np.maximum(share, LEAST_SHARE)
    market = Market(choices, logit, bought.worth[accounts], frequency, years, rate)
    all_to_them = float(bought.sales[usable].sum() / bought.sales[accounts].sum())
    return _Stake(market, bought.sales[accounts], all_to_them, int((told > 0).sum()))


def _weights(chosen: _Chosen, logit: Logit, stake: _Stake | None, points: float) -> Iterator[dict[str, Any]]:
    """Habit first, then the drivers, each with what a better mark brings."""
    error = Z95 * np.sqrt(np.diag(logit.covariance))
    named = {EquityDriver.LAST: Equity.HABIT, **chosen.drivers}
    for place, (driver, part) in enumerate(named.items()):
        weight = float(logit.coefficients[place])
        row = {"driver": driver, "equity": part, "weight": weight}
        row |= {"weight_low": weight - error[place], "weight_high": weight + error[place]}
        if stake and place:
            ends = stake.gained(place - 1, points)
            row |= dict(zip(MONEY, ends, strict=True))
        yield row


def _table(rows: list[dict[str, Any]], cost: float) -> pa.Table:
    def column(name: str) -> Floats:
        return np.array([row.get(name, np.nan) for row in rows], dtype=np.float64)

    return pa.table(
        {
            **{name: pa.array([str(row[name]) for row in rows], type=pa.string()) for name in ("driver", "equity")},
            **{name: figures(column(name).round(6)) for name in NUMBERS},
            **{name: figures(column(name).round(4)) for name in MONEY},
            "roi": figures(np.array([return_on_marketing(each, cost) for each in column("change")], dtype=np.float64)),
        }
    )


def _headline(rows: list[dict[str, Any]], found: dict[str, Any], points: float, currency: str) -> Message:
    gains = [row for row in rows if "change" in row]
    if gains and found.get("share_of_equity") is not None:
        best = max(gains, key=lambda row: float(row["change"]))
        said: dict[str, Figure] = {
            "share": Percent(found["share_of_equity"]),
            "driver": Word(best["driver"].label),
            "points": Number(points, 1),
            "gain": Money(best["change"], currency),
        }
        text = _("We hold {share} of the customer equity; {points} marks more on '{driver}' would bring most, {gain}")
        return Message(text, said)
    apart = [row for row in rows if "gap" in row]
    worst = min(apart, key=lambda row: float(row["gap"]))
    said = {"driver": Word(worst["driver"].label), "gap": Number(abs(worst["gap"]), 1), "n": Count(found["accounts"])}
    ahead = _(
        "We are ahead of competitors on every driver, by least on '{driver}' ({gap} marks); {n} "
        "{n:account|accounts} compared"
    )
    behind = _("We are furthest behind competitors on '{driver}' ({gap} marks); {n} {n:account|accounts} compared")
    return Message(ahead if worst["gap"] > 0 else behind, said)


def _warnings(logit: Logit, stake: _Stake | None) -> list[Message]:
    said = []
    if logit.penalised:
        text = _(
            "Drivers separate all choices, or say the same: weights are drawn to nought, and only their order counts"
        )
        said.append(Message(text))
    if stake is None:
        text = _(
            "Fewer than {n} of the accounts that answered buy of us at a known cost: what better marks bring cannot be told"
        )
        return [*said, Message(text, {"n": Count(FEWEST)})]
    text = _(
        "{n} {n:account|accounts} answered for all that buy: they stand for them by their net sales ({share} of it)"
    )
    said.append(Message(text, {"n": Count(stake.sales.size), "share": Percent(1 / stake.all_to_them)}))
    if unknown := stake.sales.size - stake.share_known:
        text = _(
            "For {n} {n:account|accounts} the share of wallet is not known: the chance of buying from us "
            "next stands for it"
        )
        said.append(Message(text, {"n": Count(unknown)}))
    text = _(
        "Competitors are taken to earn as much on a purchase as we do; weights show what goes together, not what causes it"
    )
    return [*said, Message(text)]
