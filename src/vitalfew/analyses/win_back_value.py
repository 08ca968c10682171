"""Which lost accounts are worth winning back, and up to what cost.

Asked are the accounts that are lost or leaving (risk of ``from_risk`` or more, not in their quiet season). With ``m`` the
margin of an account's last 365 days of buying, less what serving it cost in that time, ``r`` the yearly retention and
``i`` the discount rate, the second lifetime value is

    SLTV = sum over years t of  m r^(t-1) / (1 + i)^t          go if  p SLTV > cost          break-even  p = cost / SLTV

``r`` is the company's own: of the accounts that bought in the year before last, the share that bought in the last year.
``low`` and ``high`` are the value at the ends of its 95 % interval. ``p`` is the success of the attempts recorded
(``recoveries``: customer, won), ten at least; until then the assumption ``success``. ``returns_anyway`` is measured from the gaps
of all accounts (Kaplan-Meier): of those as long silent, the share that bought again within a year without an attempt.

    pushed away    by us: staff, promises, neglect, complaints           pulled away    by a stronger rival
    bought away    by unfair means                                       moved away     it changed its strategy
    dropped        cost more than it brought: not chased, whatever the cause

    m 1000, r .8, i .1, five years  →  SLTV 2,655; an attempt at 300 breaks even at p = .113

The first year back is taken to be like the last one. Who left over us comes back only to what has been mended.

Stauss, B. & Friege, C. (1999). Regaining service customers. J. Service Research 1(4). Griffin, J. & Lowenstein, M. W.
(2001). Customer Winback. Jossey-Bass. Kaplan, E. L. & Meier, P. (1958). JASA 53.
"""

from dataclasses import dataclass
from typing import Final

import narwhals as nw
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from vitalfew.catalogue import Choice, Column, Drawing, Findings, Frame, Refusal, analysis
from vitalfew.language import Count, Message, Money, Percent
from vitalfew.maths.intervals import Interval, wilson
from vitalfew.maths.survival import kaplan_meier
from vitalfew.maths.years import YEAR
from vitalfew.panels import Floats, Panel, Whole, figures, words
from vitalfew.terms import ChurnCause, ChurnSign, Group, Term, Unit, WinBack
from vitalfew.terms import gettext_noop as _


class LossKind(Term):
    """How an account was lost (Stauss & Friege 1999): who moved it, or that we let it go."""

    PUSHED_AWAY = "pushed_away", _("Pushed away by us")
    PULLED_AWAY = "pulled_away", _("Pulled away by a better offer")
    BOUGHT_AWAY = "bought_away", _("Bought away")
    MOVED_AWAY = "moved_away", _("Has no need any more")
    DROPPED = "dropped", _("Cost more than it brought")
    UNKNOWN = "unknown", _("Not known")


KINDS: Final = list(LossKind)
BY_CAUSE: Final = {
    ChurnCause.STAFF_DEPARTURE: LossKind.PUSHED_AWAY,
    ChurnCause.BROKEN_PROMISE: LossKind.PUSHED_AWAY,
    ChurnCause.NEGLECT_SMALL: LossKind.PUSHED_AWAY,
    ChurnCause.UNRESOLVED_COMPLAINT: LossKind.PUSHED_AWAY,
    ChurnCause.STRONGER_RIVAL: LossKind.PULLED_AWAY,
    ChurnCause.FOUL_PLAY: LossKind.BOUGHT_AWAY,
    ChurnCause.STRATEGY_CHANGE: LossKind.MOVED_AWAY,
    ChurnCause.UNKNOWN: LossKind.UNKNOWN,
}
NOT_CHASED: Final = [place for place, each in enumerate(WinBack) if each in {WinBack.NO_NEED, WinBack.LET_GO}]
FEWEST_ATTEMPTS, FEWEST_ACCOUNTS = 10, 10


@analysis(
    group=Group.GROWTH,
    confidential=True,
    title=_("Worth winning back"),
    question=_("Which lost accounts are worth winning back, and up to what cost?"),
    columns=(
        Column("customer", Unit.CODE, _("Account"), _("The account's code")),
        Column("verdict", Unit.WORD, _("Verdict"), _("Whether an attempt is worth it"), WinBack),
        Column("segment", Unit.WORD, _("How it was lost"), _("By the cause whose evidence says most"), LossKind),
        Column("silence", Unit.DAYS, _("Silence"), _("Days since the last purchase")),
        Column("margin_year", Unit.MONEY, _("Margin a year"), _("Margin of its last 365 days of buying, less service")),
        Column("value", Unit.MONEY, _("Second lifetime value"), _("Discounted margin after a return")),
        Column("low", Unit.MONEY, _("from"), _("Value at the lower end of the retention's 95 % interval")),
        Column("high", Unit.MONEY, _("to"), _("Value at the upper end of the retention's 95 % interval")),
        Column("break_even", Unit.SHARE, _("Break-even"), _("Chance of success from which an attempt pays")),
        Column("expected_gain", Unit.MONEY, _("Expected gain"), _("Chance of success times value, less the cost")),
        Column(
            "returns_anyway",
            Unit.SHARE,
            _("Returns anyway within a year"),
            _("Share of those as long silent that bought within a year; none told with fewer than ten"),
        ),
    ),
    choices={
        "cost": Choice(_("Cost of an attempt")),
        "success": Choice(_("Chance of success, until ten attempts are recorded"), most=1),
        "years": Choice(_("Years after the return"), least=1, most=30),
        "discount_rate": Choice(_("Discount rate a year"), most=10),
        "from_risk": Choice(_("Lost or leaving from a risk of"), least=0.05, most=1),
    },
    drawing=Drawing("top", "expected_gain"),
    source="Stauss & Friege (1999); Kaplan & Meier (1958)",
)
def win_back_value(
    churn: Frame,
    purchase_days: Frame,
    churn_causes: Frame | None = None,
    service_costs: Frame | None = None,
    recoveries: Frame | None = None,
    *,
    as_of: int,
    currency: str,
    cost: float = 1000.0,
    success: float = 0.2,
    years: int = 5,
    discount_rate: float = 0.1,
    from_risk: float = 0.5,
) -> Findings:
    lost = _lost(churn, as_of, from_risk)
    days = Panel.of(purchase_days.select("customer", "bought_on", "amount", "cost"), "bought_on")
    margin, costed = _margin(days, service_costs, lost)
    rate = _retention(days, as_of)
    value, low, high = (_second_lifetime(margin, r, years, discount_rate) for r in (rate.share, *rate.interval))
    kind = _kinds(churn_causes, lost, margin)
    chance = _chance(recoveries, success)
    gain = chance.share * np.maximum(value, 0) - cost
    verdict = _verdicts(kind, gain)
    gain = np.where(np.isin(verdict, NOT_CHASED), np.nan, gain)
    with np.errstate(divide="ignore", invalid="ignore"):
        even = np.where(value > 0, cost / value, np.nan)
    columns = {
        "silence": lost.silence, "margin_year": margin, "value": value, "low": np.minimum(low, high),
        "high": np.maximum(low, high), "break_even": np.where(even <= 1, even, np.nan), "expected_gain": gain,
        "returns_anyway": _returns(days, lost.silence, as_of),
    }  # fmt: skip
    rows = _rows(lost, verdict, kind, columns)
    gone = int((lost.silence >= YEAR).sum())
    found = {**_figures(verdict, kind, columns, chance, rate), "lost": gone, "leaving": verdict.size - gone}
    return Findings(
        rows, found, _headline(found, currency, years), _warnings(chance, rate, Money(cost, currency), costed=costed)
    )


@dataclass(frozen=True)
class _Lost:
    codes: pa.Array
    silence: Whole
    last: Whole

    def place(self, codes: pa.Array) -> Whole:
        return np.asarray(pc.index_in(codes, self.codes).fill_null(-1).to_numpy(zero_copy_only=False), dtype=np.int64)


def _lost(churn: Frame, as_of: int, from_risk: float) -> _Lost:
    gone = churn.filter(nw.col("probability") >= from_risk, nw.col("sign") != str(ChurnSign.QUIET_SEASON))
    panel = Panel.of(gone.select("customer", "silence"))
    if not len(panel):
        raise Refusal(Message(_("No account is lost or leaving: there is nobody to win back")))
    silence = panel.whole("silence")
    return _Lost(panel.codes, silence, as_of - silence)


def _margin(days: Panel, service_costs: Frame | None, lost: _Lost) -> tuple[Floats, bool]:
    """Margin of the last 365 days of buying less service; where an account's cost is unknown, at the book's rate."""
    row, amount, cost = lost.place(days.codes), days.floats("amount"), days.floats("cost")
    known = ~np.isnan(cost)
    costed = bool(known.any()) and float(amount[known].sum()) > 0
    rate = 1 - float(cost[known].sum()) / float(amount[known].sum()) if costed else 1.0
    inside = (row >= 0) & (lost.last[np.maximum(row, 0)] - days.whole("bought_on") < YEAR)
    earned = np.where(known, amount - np.nan_to_num(cost), rate * amount)
    margin = np.bincount(row[inside], earned[inside], len(lost.codes))
    if service_costs is None:
        return np.asarray(margin), costed
    panel = Panel.of(service_costs.select("customer", "spent_on", spent=nw.col("cost").cast(nw.Float64)))
    row = lost.place(panel.codes)
    back = lost.last[np.maximum(row, 0)] - panel.floats("spent_on")
    inside = (row >= 0) & (back >= 0) & (back < YEAR)
    return np.asarray(margin - np.bincount(row[inside], panel.floats("spent")[inside], len(lost.codes))), costed


@dataclass(frozen=True)
class _Share:
    """A share with its interval, from how many, and whether it was measured."""

    share: float
    interval: Interval
    n: int
    measured: bool


def _retention(days: Panel, as_of: int) -> _Share:
    """Of the accounts that bought in the year before last, the share that bought in the last year."""
    back = as_of - days.whole("bought_on")
    starts = days.starts()
    late, before = (np.maximum.reduceat((back >= low) & (back < low + YEAR), starts) for low in (0, YEAR))
    n, kept = int(before.sum()), int((before & late).sum())
    if n < FEWEST_ACCOUNTS:
        text = _(
            "Only {n} {n:account|accounts} bought in the year before last: how many stay a year cannot be told "
            "(ten are needed)"
        )
        raise Refusal(Message(text, {"n": Count(n)}))
    return _Share(kept / n, wilson(kept, n), n, measured=True)


def _second_lifetime(margin: Floats, retention: float, years: int, discount_rate: float) -> Floats:
    year = np.arange(1, years + 1)
    return np.asarray(margin * float((retention ** (year - 1) / (1 + discount_rate) ** year).sum()))


def _kinds(causes: Frame | None, lost: _Lost, margin: Floats) -> Whole:
    kind = np.full(len(lost.codes), KINDS.index(LossKind.UNKNOWN))
    if causes is not None:
        panel = Panel.of(causes.select("customer", "cause"))
        by_cause = {str(cause): KINDS.index(each) for cause, each in BY_CAUSE.items()}
        row = lost.place(panel.codes)
        told = np.array([by_cause[each] for each in panel.table["cause"].to_pylist()], dtype=np.int64)
        kind[row[row >= 0]] = told[row >= 0]
    return np.where(margin <= 0, KINDS.index(LossKind.DROPPED), kind).astype(np.int64)


def _chance(recoveries: Frame | None, success: float) -> _Share:
    """The share of recorded attempts that won the account back, or the assumption where they are too few."""
    if recoveries is not None:
        won = np.asarray(
            Panel.of(recoveries.select("customer", "won")).table["won"].to_numpy(zero_copy_only=False), float
        )
        if won.size >= FEWEST_ATTEMPTS:
            yes = int((won > 0).sum())
            return _Share(yes / won.size, wilson(yes, won.size), won.size, measured=True)
    return _Share(success, Interval(success, success), 0, measured=False)


def _returns(days: Panel, silence: Whole, as_of: int) -> Floats:
    """P(bought again within a year | silent so long), from the gaps of all accounts; those still open are censored.

    What was seen ends somewhere: a return after the longest gap on record counts as none.
    """
    day, starts = days.whole("bought_on"), days.starts()
    ends = np.append(starts[1:], day.size) - 1
    times = np.append(day[1:], as_of) - day
    times[ends] = as_of - day[ends]
    happened = np.ones(day.size, dtype=bool)
    happened[ends] = False
    curve = kaplan_meier(np.maximum(times, 1).astype(np.float64), happened)
    now, later = (curve.at(np.asarray(silence + after, dtype=np.float64)) for after in (0, YEAR))
    as_long = times.size - np.searchsorted(np.sort(times), silence, side="right")
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where((now > 0) & (as_long >= FEWEST_ACCOUNTS), 1 - later / now, np.nan)


def _verdicts(kind: Whole, gain: Floats) -> Whole:
    words_ = list(WinBack)
    places = [words_.index(each) for each in (WinBack.LET_GO, WinBack.NO_NEED, WinBack.WORTH)]
    rules = [kind == KINDS.index(LossKind.DROPPED), kind == KINDS.index(LossKind.MOVED_AWAY), gain > 0]
    return np.asarray(np.select(rules, places, words_.index(WinBack.TOO_DEAR)), dtype=np.int64)


def _rows(lost: _Lost, verdict: Whole, kind: Whole, columns: dict[str, Floats]) -> pa.Table:
    rows = pa.table(
        {
            "customer": lost.codes,
            "verdict": words(list(WinBack), verdict),
            "segment": words(KINDS, kind),
            "silence": pa.array(lost.silence),
            **{name: figures(np.round(each, 4)) for name, each in columns.items() if name != "silence"},
        }
    )
    return rows.sort_by([("expected_gain", "descending"), ("customer", "ascending")])


def _figures(
    verdict: Whole, kind: Whole, columns: dict[str, Floats], chance: _Share, rate: _Share
) -> dict[str, float | int | None]:
    worth = verdict == list(WinBack).index(WinBack.WORTH)
    return {
        "accounts": int(verdict.size),
        "worth": int(worth.sum()),
        "value_of_worth": float(columns["value"][worth].sum()),
        "expected_gain": float(columns["expected_gain"][worth].sum()),
        "success": chance.share,
        "attempts": chance.n,
        "retention": rate.share,
        "retention_low": rate.interval.low,
        "retention_high": rate.interval.high,
        **{each.value: int((kind == place).sum()) for place, each in enumerate(KINDS)},
    }


def _headline(found: dict[str, float | int | None], currency: str, years: int) -> Message:
    return Message(
        _(
            "{worth} {worth:account is|accounts are} worth an attempt, of {lost} lost (silent for over a year) "
            "and {leaving} likely to leave; within {years} {years:year|years} they would bring {gain} more than "
            "it costs"
        ),
        {
            "worth": Count(found["worth"] or 0),
            "lost": Count(found["lost"] or 0),
            "leaving": Count(found["leaving"] or 0),
            "years": Count(years),
            "gain": Money(float(found["expected_gain"] or 0.0), currency),
        },
    )


def _warnings(chance: _Share, rate: _Share, cost: Money, *, costed: bool) -> list[Message]:
    said = [Message(_("An attempt is taken to cost {cost}: say what yours costs"), {"cost": cost})]
    if not chance.measured:
        text = _("The chance of success, {p}, is an assumption: record attempts, and your own share takes its place")
        said.append(Message(text, {"p": Percent(chance.share, 0)}))
    else:
        text = _("Of {n} attempts recorded, {p} succeeded ({low} – {high})")
        ends = {"low": Percent(chance.interval.low, 0), "high": Percent(chance.interval.high, 0)}
        said.append(Message(text, {"n": Count(chance.n), "p": Percent(chance.share, 0), **ends}))
    if not costed:
        said.append(Message(_("No cost is known: the value is net sales, not margin")))
    text = _(
        "{r} of {n} {n:account|accounts} stay from one year to the next: those won back are taken to stay as often"
    )
    return [*said, Message(text, {"r": Percent(rate.share, 0), "n": Count(rate.n)})]
