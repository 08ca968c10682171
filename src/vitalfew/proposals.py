"""What each finding proposes to do about an account, by when, and how much money hangs on it.

A proposal is a row: account, action, why, the day by which it should be done, what it may bring in a year and what that rests
on, and whether it tells what not everybody may see. Every function below reads one analysis or table and gives its
proposals; whoever ranks them (`next-actions`) needs no more than these columns.

Sales are counted by the gross margin in them, so that a lost customer, an unpaid invoice and a loss can be compared.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

import narwhals as nw
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from vitalfew.catalogue import Frame
from vitalfew.panels import Bools, Floats, Panel, Whole, figures, in_order
from vitalfew.phrases import (
    behaviour,
    column,
    contribution,
    development,
    relationship,
    risk,
    satisfaction,
    service,
    where,
)
from vitalfew.phrases.value import room
from vitalfew.sentences import counts, kept, told
from vitalfew.terms import Aim, ChurnCause, Dependence, EffectBasis, Loyalty, NextAction, WinBack
from vitalfew.terms import gettext_noop as _

ACTIONS: Final = list(NextAction)
BASES: Final = list(EffectBasis)
AIM_OF: Final[Mapping[NextAction, Aim]] = MappingProxyType(
    {
        **dict.fromkeys((NextAction.TALK_PAYMENT, NextAction.TURN_LOSS), Aim.EARN),
        **dict.fromkeys((NextAction.OFFER, NextAction.DEVELOP, NextAction.MAKE_EASIER, NextAction.VISIT), Aim.GROW),
        **dict.fromkeys(
            (
                NextAction.FIND_SUCCESSOR, NextAction.MEET_MORE, NextAction.SECOND_PERSON, NextAction.MEET_DECIDER,
                NextAction.KEEP_UP,
            ),
            Aim.KNOW,
        ),
        NextAction.WIN_BACK: Aim.RETURN,
    }
)  # fmt: skip
"""What an action serves; those not named here keep the account."""
BY_CAUSE: Final = {
    ChurnCause.STAFF_DEPARTURE: NextAction.INTRODUCE_MANAGER,
    ChurnCause.BROKEN_PROMISE: NextAction.KEEP_PROMISES,
    ChurnCause.NEGLECT_SMALL: NextAction.TREAT_FAIRLY,
    ChurnCause.STRATEGY_CHANGE: NextAction.LEARN_PLANS,
    ChurnCause.FOUL_PLAY: NextAction.ANSWER_RIVAL,
    ChurnCause.STRONGER_RIVAL: NextAction.ANSWER_RIVAL,
    ChurnCause.UNRESOLVED_COMPLAINT: NextAction.SETTLE_COMPLAINT,
    ChurnCause.UNKNOWN: NextAction.ASK,
}
EXPECTED: Final = frozenset({NextAction.VISIT.value, NextAction.WIN_BACK.value})
"""Actions whose effect a model expects; of the others the amount is what they bring at most."""
AT_ONCE, A_WEEK, TWO_WEEKS, A_MONTH, TWO_MONTHS, A_QUARTER = 3, 7, 14, 30, 60, 90
REASONS, MIDDLE, LEAVES = 3, 50.0, 0.5


def basis_of(action: str) -> EffectBasis:
    """What the effect of an action rests on, where one is known."""
    if str(action) == NextAction.TALK_PAYMENT:
        return EffectBasis.DUE
    return EffectBasis.EXPECTED if str(action) in EXPECTED else EffectBasis.AT_MOST


BASIS_OF_NUMBER: Final = np.array([BASES.index(basis_of(action)) for action in ACTIONS])

SCHEMA: Final = pa.schema(
    [
        ("customer", pa.string()), ("action", pa.int64()), ("why", pa.string()), ("due", pa.int64()),
        ("effect", pa.float64()), ("basis", pa.int64()), ("guarded", pa.bool_()),
    ]
)  # fmt: skip
NOTHING: Final = SCHEMA.empty_table()


@dataclass(frozen=True)
class Book:
    """What all proposals need to know of the book: its day and currency, margins, and what leaving puts at stake."""

    as_of: int
    currency: str
    margins: "Margins"
    churn: Panel | None

    @classmethod
    def of(cls, as_of: int, currency: str, contribution: Frame | None, churn: Frame | None) -> "Book":
        return cls(as_of, currency, Margins.of(contribution), None if churn is None else Panel.of(churn))

    def at_risk(self, codes: pa.Array) -> Floats:
        """The margin that the risk of leaving puts at stake; NaN where no risk is known."""
        return self.margins.of_sales(codes, self._of_churn(codes, "money_at_stake"))

    def alarmed(self, codes: pa.Array) -> Bools:
        return self._of_churn(codes, "alarm") > 0

    def stays(self, codes: pa.Array) -> Bools:
        """Neither alarmed nor more likely to leave than to stay: one that leaves is to be kept before it is sold more."""
        return ~(self.alarmed(codes) | (self._of_churn(codes, "probability") >= LEAVES))

    def _of_churn(self, codes: pa.Array, name: str) -> Floats:
        if self.churn is None:
            return np.full(len(codes), np.nan)
        return np.asarray(np.append(self.churn.floats(name), np.nan)[in_order(codes, self.churn.codes)])


@dataclass(frozen=True)
class Margins:
    """Gross margin by sales, 0 to 1: each account's own in twelve months, else the book's, else 1 where no cost is known."""

    codes: pa.Array
    rates: Floats
    usual: float
    known: bool

    @classmethod
    def of(cls, contribution: Frame | None) -> "Margins":
        if contribution is None:
            return cls(pa.array([], pa.string()), np.empty(0), 1.0, known=False)
        panel = Panel.of(contribution.select("customer", "revenue", "gross_margin"))
        sales, margin = panel.floats("revenue"), panel.floats("gross_margin")
        whole = np.isfinite(sales) & np.isfinite(margin) & (sales > 0)
        if not whole.any():
            return cls(panel.codes, np.full(len(panel), np.nan), 1.0, known=False)
        usual = float(np.clip(margin[whole].sum() / sales[whole].sum(), 0.0, 1.0))
        with np.errstate(divide="ignore", invalid="ignore"):
            return cls(panel.codes, np.where(whole, np.clip(margin / sales, 0.0, 1.0), np.nan), usual, known=True)

    def of_sales(self, codes: pa.Array, sales: Floats) -> Floats:
        own = np.append(self.rates, np.nan)[in_order(codes, self.codes)]
        return np.asarray(sales * np.where(np.isfinite(own), own, self.usual))


def proposed(  # noqa: PLR0917  (what a proposal consists of)
    book: Book, panel: Panel, action: NextAction | Whole, why: pa.Array, days_on: float | Floats, money: Floats,
    chosen: Bools | None = None, *, guarded: bool = False,
) -> pa.Table:  # fmt: skip
    """The rows of a panel for which it is proposed; those with nothing to say are left out."""
    size = len(panel)
    what = np.full(size, ACTIONS.index(action)) if isinstance(action, NextAction) else action
    rests = np.where(np.isfinite(money), BASIS_OF_NUMBER[what], BASES.index(EffectBasis.UNKNOWN))
    due = np.broadcast_to(book.as_of + np.asarray(days_on, dtype=np.float64), size)
    columns = [
        panel.codes, pa.array(what.astype(np.int64)), why, figures(due.astype(np.float64)).cast(pa.int64()),
        figures(np.round(money, 4)), pa.array(rests.astype(np.int64)), pa.array(np.full(size, guarded)),
    ]  # fmt: skip
    wanted = pc.is_valid(why) if chosen is None else pc.and_(pa.array(chosen), pc.is_valid(why))
    return pa.Table.from_arrays(columns, schema=SCHEMA).filter(pc.and_(wanted, pc.is_valid(columns[3])))


def from_complaints(book: Book, complaints: Frame) -> Iterator[pa.Table]:
    panel = satisfaction.waiting(complaints, book.as_of)
    why = kept(*satisfaction.open_complaints(panel))
    yield proposed(book, panel, NextAction.SETTLE_COMPLAINT, why, AT_ONCE, book.at_risk(panel.codes))


def from_leaving(book: Book, churn: Frame, causes: Frame | None = None) -> Iterator[pa.Table]:
    """Who raises the alarm, by the cause that shows, else to be asked."""
    panel = Panel.of(churn.filter(nw.col("alarm")))
    money = book.margins.of_sales(panel.codes, panel.floats("money_at_stake"))
    if causes is None:
        why = kept(risk.leaving(panel), *risk.sign(panel))
        yield proposed(book, panel, NextAction.ASK, why, A_WEEK, money)
        return
    known = Panel.of(causes)
    at = in_order(panel.codes, known.codes)
    place = pa.array(at, mask=at < 0)
    shown = column(known, "cause").take(place).fill_null(str(ChurnCause.UNKNOWN))
    proof = np.asarray(pc.not_equal(shown, str(ChurnCause.UNKNOWN)).to_numpy(zero_copy_only=False))
    actions = np.array([ACTIONS.index(action) for action in BY_CAUSE.values()])
    chosen = actions[in_order(shown, pa.array([str(cause) for cause in BY_CAUSE]))]
    reason = kept(risk.leaving(panel), *(each.take(place) for each in risk.cause(known)))
    yield proposed(book, panel, chosen, reason, A_WEEK, money, proof, guarded=True)
    plain = kept(risk.leaving(panel), *risk.sign(panel))
    yield proposed(book, panel, NextAction.ASK, plain, A_WEEK, money, ~proof)


def from_anomalies(book: Book, anomalies: Frame) -> Iterator[pa.Table]:
    """What the month lacks or has more; a silence puts at stake what leaving does."""
    panel = Panel.of(anomalies, "kind")
    silent = where(panel, "kind", "silence")
    month = book.margins.of_sales(panel.codes, np.abs(panel.floats("value") - panel.floats("expected")))
    why = kept(*behaviour.unusual(panel, book.currency))
    yield proposed(book, panel, NextAction.ASK, why, A_WEEK, np.where(silent, book.at_risk(panel.codes), month))


def from_credit(book: Book, credit_watch: Frame) -> Iterator[pa.Table]:
    panel = Panel.of(credit_watch)
    overdue, owed = panel.floats("overdue"), panel.floats("owed")
    why = kept(*risk.owing(panel, book.currency))
    yield proposed(book, panel, NextAction.TALK_PAYMENT, why, A_WEEK, np.where(overdue > 0, overdue, owed))


def from_people(book: Book, single_thread: Frame) -> Iterator[pa.Table]:
    """On whom it hangs; a contact who left while others stay asks for a successor."""
    panel = Panel.of(single_thread)
    buying = panel.floats("sales") > 0
    money = book.margins.of_sales(panel.codes, panel.floats("money_at_stake"))
    advice = in_order(column(panel, "advice"), pa.array([str(action) for action in ACTIONS]))
    by = np.where(where(panel, "dependence", Dependence.NOBODY), float(TWO_WEEKS), float(TWO_MONTHS))
    yield proposed(book, panel, advice, kept(*relationship.dependence(panel)), by, money, buying & (advice >= 0))
    yield proposed(book, panel, NextAction.FIND_SUCCESSOR, kept(relationship.gone(panel)), TWO_WEEKS, money, buying)


def from_levels(book: Book, coverage: Frame) -> Iterator[pa.Table]:
    panel = Panel.of(coverage)
    why = kept(*relationship.missing(panel))
    nothing = np.full(len(panel), np.nan)
    yield proposed(book, panel, NextAction.MEET_MORE, why, A_QUARTER, nothing, panel.whole("contacts") != 1)


def from_visits(book: Book, visit_need: Frame) -> Iterator[pa.Table]:
    """Visits due within two weeks; their effect is what the five answers on visits say."""
    panel = Panel.of(visit_need)
    effect = np.where(panel.floats("effect") > 0, panel.floats("effect"), np.nan)
    wait = panel.floats("next_by") - book.as_of
    why = kept(*relationship.visits(panel))
    soon = np.nan_to_num(wait, nan=np.inf) <= TWO_WEEKS
    yield proposed(book, panel, NextAction.VISIT, why, np.maximum(wait, 0.0), effect, soon, guarded=True)


def from_losses(book: Book, negative_assets: Frame) -> Iterator[pa.Table]:
    panel = Panel.of(negative_assets)
    lost = -panel.floats("earned")
    why = kept(contribution.loss(panel, book.currency), *contribution.way_out(panel, book.currency))
    yield proposed(book, panel, NextAction.TURN_LOSS, why, TWO_MONTHS, lost, lost > 0, guarded=True)


def from_lost(book: Book, win_back_value: Frame) -> Iterator[pa.Table]:
    """Worth an attempt; who still raises the alarm is to be kept, not won back."""
    panel = Panel.of(win_back_value)
    gain = panel.floats("expected_gain")
    worth = where(panel, "verdict", WinBack.WORTH) & (gain > 0) & ~book.alarmed(panel.codes)
    why = kept(risk.lost(panel, book.currency))
    yield proposed(book, panel, NextAction.WIN_BACK, why, A_MONTH, gain, worth, guarded=True)


def from_mix(book: Book, product_mix: Frame) -> Iterator[pa.Table]:
    """The category with the largest gap: at most what accounts like it buy, as margin."""
    panel = Panel.of(product_mix, "category")
    money = book.margins.of_sales(panel.codes, panel.floats("gap"))
    why = kept(*behaviour.gap(panel, book.currency))
    yield proposed(book, panel, NextAction.OFFER, why, TWO_MONTHS, money, book.stays(panel.codes))


def from_potential(book: Book, potential: Frame) -> Iterator[pa.Table]:
    panel = Panel.of(potential)
    reasons, space = panel.whole("reasons"), panel.floats("room")
    grows = told(_("{n} of 5 signs {n:says|say} that it may become a key account."), n=counts(reasons))
    money = book.margins.of_sales(panel.codes, np.where(space > 0, space, np.nan))
    why = kept(grows, room(panel, book.currency))
    ripe = (reasons >= REASONS) & book.stays(panel.codes)
    yield proposed(book, panel, NextAction.DEVELOP, why, A_QUARTER, money, ripe, guarded=True)


def from_fairness(book: Book, fairness: Frame) -> Iterator[pa.Table]:
    panel = Panel.of(fairness)
    why = kept(service.neglected(panel))
    yield proposed(book, panel, NextAction.TREAT_FAIRLY, why, A_MONTH, book.at_risk(panel.codes))


def from_loyalty(book: Book, loyalty: Frame) -> Iterator[pa.Table]:
    panel = Panel.of(loyalty)
    said = satisfaction.loyalty(panel)
    nothing = np.full(len(panel), np.nan)
    yield proposed(book, panel, NextAction.MAKE_EASIER, kept(said[Loyalty.LATENT]), A_QUARTER, nothing)
    yield proposed(book, panel, NextAction.WIN_OVER, kept(said[Loyalty.INERTIA]), A_QUARTER, book.at_risk(panel.codes))


def from_opinions(book: Book, relationship_quality: Frame) -> Iterator[pa.Table]:
    """Where even the upper end of the interval lies in the lower half."""
    panel = Panel.of(relationship_quality)
    why = kept(satisfaction.opinion(panel))
    below = panel.floats("high") < MIDDLE
    yield proposed(book, panel, NextAction.ASK_FEEDBACK, why, A_MONTH, book.at_risk(panel.codes), below)


def from_course(book: Book, trend: Frame) -> Iterator[pa.Table]:
    """Purchases that fall beyond chance, but not to nothing: what a year lost against the one before."""
    panel = Panel.of(trend)
    year, growth = panel.floats("revenue_12m"), panel.floats("growth")
    some = (growth < 0) & (growth > -1)
    less = np.full(len(panel), np.nan)
    less[some] = -growth[some] * year[some] / (1 + growth[some])
    falls = kept(development.falls(panel, book.currency))
    yield proposed(book, panel, NextAction.ASK, falls, TWO_WEEKS, book.margins.of_sales(panel.codes, less), some)


Propose = Callable[[Book, Frame], Iterator[pa.Table]]
SOURCES: Final[Mapping[str, Propose]] = MappingProxyType(
    {
        "complaints": from_complaints,
        "anomalies": from_anomalies,
        "trend": from_course,
        "credit-watch": from_credit,
        "single-thread": from_people,
        "coverage": from_levels,
        "visit-need": from_visits,
        "negative-assets": from_losses,
        "win-back-value": from_lost,
        "product-mix": from_mix,
        "potential": from_potential,
        "fairness": from_fairness,
        "loyalty": from_loyalty,
        "relationship-quality": from_opinions,
    }
)
"""Which finding is read by which function; leaving is read together with its causes."""
