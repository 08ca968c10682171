"""Which accounts may buy no more, how sure that is, and what is at stake.

``probability`` is the chance that an account makes no purchase within the ``horizon`` after the day of the analysis;
``money_at_stake`` that chance times its net sales of the last 365 days. Three steps, each with the company's own past:

    1  the purchase process   Pareto/NBD, or MBG/CNBD-k where buying is even, in a time that runs faster in the book's
                              season (`operational_time`)
    2  what it misses         up to seven days in the past show for which accounts the process erred: months with
                              purchases, purchases in each, amount, lines, the same days of last year (`staying`)
    3  proof                  what would have been said one horizon ago, against what came. If the correction was no
                              better than the process, the process is used; if 'silent for twice its median gap' put
                              more pairs right, that rule is used, and a warning says so

With fewer than 30 losses, or 30 that stayed, nothing is learned, and a warning says so: the process speaks together with
the rule that an account silent beyond its own gaps has probably left (`silences`).

An account that buys in season is judged by the same days of its own years before; in its quiet season it is no loss.

An account under contract for what it buys (``contracts``, see `renewal`) is judged by its next renewal: the risk that this is
not renewed, if it is due within the horizon, else none, for it is bound; of several contracts the one least at risk counts.
At stake is what its contracts due pay a year. The purchases told are those of the process all the same, and the proof is that
of accounts without contract: how well renewals are told stands with `renewal`.

``low`` and ``high`` hold the probability with 90 %: the coefficients are uncertain, and so is the level of the whole
book, by as much as it was off at earlier days. ``purchases_low`` and ``purchases_high`` hold 90 % of what may come;
``likely_purchases`` are the whole numbers that fit the expected total best (`hurdle`). These purchases serve to tell who leaves:
they come at the pace of an account's whole past. What it will buy month by month tells `forecast`, what it is worth at its
present pace `lifetime`; an account's page shows those.

    probability .3, net sales of the last year 40,000  →  12,000 at stake

It tells who may leave, not why: a cause needs evidence, and a silent account with a frame contract may be well.

Schmittlein, D. C., Morrison, D. G. & Colombo, R. (1987). Management Science 33(1). Platzer, M. & Reutterer, T. (2016).
Marketing Science 35(5). Brier, G. W. (1950). Monthly Weather Review 78(1). Tashman, L. J. (2000). IJF 16(4).
"""

from dataclasses import dataclass, replace
from typing import Final

import narwhals as nw
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from scipy.special import expit, logit

from vitalfew.analyses.churn.proof import Said, described, proven, shipped
from vitalfew.catalogue import Choice, Column, Drawing, Findings, Frame, Refusal, analysis
from vitalfew.language import Count, Message, Money
from vitalfew.maths import hurdle
from vitalfew.maths.contract_periods import LeastRisk, least_risk
from vitalfew.maths.expected_amount import expected_amounts
from vitalfew.maths.hurdle import Hurdle
from vitalfew.maths.intervals import Z90
from vitalfew.maths.own_season import by_own_years, years_before
from vitalfew.maths.purchase_origins import Purchases
from vitalfew.maths.silences import declined, gaps, overdue
from vitalfew.maths.staying import foretell
from vitalfew.maths.years import YEAR
from vitalfew.panels import Bools, Floats, Panel, Whole, figures, in_order, words
from vitalfew.terms import ChurnSign, ContractScope, Cooperation, Days, Group, Unit
from vitalfew.terms import gettext_noop as _

FEWEST_ACCOUNTS: Final = 10
HALF_A_YEAR: Final = Days(162)
RARE: Final = 0.05
SURE, EVEN = 1e-4, 0.5


@analysis(
    group=Group.RISK,
    title=_("Risk of leaving"),
    question=_("Which accounts may buy no more, and what is at stake?"),
    columns=(
        Column("customer", Unit.CODE, _("Account"), _("The account's code")),
        Column(
            "probability",
            Unit.SHARE,
            _("Risk"),
            _("Chance of no purchase within the horizon; under contract, of no renewal within it"),
        ),
        Column("low", Unit.SHARE, _("from"), _("Lower end of the 90 % interval")),
        Column("high", Unit.SHARE, _("to"), _("Upper end of the 90 % interval")),
        Column(
            "money_at_stake",
            Unit.MONEY,
            _("Money at stake"),
            _("The risk times the net sales of the last 365 days; under contract, times its value a year"),
        ),
        Column(
            "alarm", Unit.YES_NO, _("Alarm"), _("Bought within a year, not in its quiet season, and the risk is high")
        ),
        Column("sign", Unit.WORD, _("Sign"), _("What speaks for it, the weightiest first"), ChurnSign),
        Column("silence", Unit.DAYS, _("Silence"), _("Days since the last purchase")),
        Column("usual_gap", Unit.DAYS, _("Usual gap"), _("Median days between purchases")),
        Column(
            "gap_chance",
            Unit.SHARE,
            _("Chance of such a gap"),
            _("How likely so long a gap is for the account"),
            statistic=True,
        ),
        Column(
            "expected_purchases",
            Unit.NUMBER,
            _("Expected purchases"),
            _("Purchase days to expect within the horizon, at the pace of its whole past"),
            statistic=True,
        ),
        Column(
            "likely_purchases",
            Unit.COUNT,
            _("Likely purchases"),
            _("Whole number that fits the expected total best"),
            statistic=True,
        ),
        Column("purchases_low", Unit.COUNT, _("Purchases from"), _("Lower end of the 90 % interval"), statistic=True),
        Column("purchases_high", Unit.COUNT, _("Purchases to"), _("Upper end of the 90 % interval"), statistic=True),
        Column(
            "expected_revenue",
            Unit.MONEY,
            _("Expected net sales"),
            _("Expected purchases times the expected amount; by month and with its season see the forecast"),
            statistic=True,
        ),
        Column(
            "sales_year",
            Unit.MONEY,
            _("Purchases without returns, 365 days"),
            _("Net sales of the days with a purchase in the last 365 days; days of returns only are left out"),
        ),
    ),
    choices={
        "horizon": Choice(_("How far ahead (162d: days, 26w: weeks, 6m: months)"), least=14, most=1100),
        "alarm_from": Choice(_("Alarm from a risk of"), least=0, most=1),
    },
    drawing=Drawing("top", "money_at_stake"),
    source="Schmittlein et al. (1987); Platzer & Reutterer (2016); Brier (1950); Tashman (2000)",
)
def churn(
    purchase_days: Frame,
    cooperation: Frame | None = None,
    renewal: Frame | None = None,
    *,
    as_of: int,
    currency: str,
    horizon: Days = HALF_A_YEAR,
    alarm_from: float = 0.5,
) -> Findings:
    codes, bought = _purchases(purchase_days)
    if len(codes) < FEWEST_ACCOUNTS:
        text = _("{n} {n:account is|accounts are} too few to learn how they buy: ten are needed at least")
        raise Refusal(Message(text, {"n": Count(len(codes))}))
    said = shipped(foretell(bought, as_of, int(horizon)), bought, as_of)
    risk = _risk(said, bought, as_of, int(horizon), _in_season(cooperation, codes), alarm_from)
    bound = None if renewal is None else _renewals(renewal, codes, as_of + int(horizon))
    risk = risk if bound is None else _by_contract(risk, bound, alarm_from)
    rows = _rows(codes, risk)
    found = {**_figures(risk), "under_contract": 0 if bound is None else int(bound.runs.sum()), **said.proof}
    return Findings(
        rows, found, _headline(found, currency, int(horizon)), _warnings(said, risk, bound), described(said)
    )


def _purchases(purchase_days: Frame) -> tuple[pa.Array, Purchases]:
    panel = Panel.of(purchase_days.select("customer", "bought_on", "amount", "lines"), "bought_on")
    counts = np.diff(np.append(panel.starts(), len(panel)))
    account = np.repeat(np.arange(counts.size), counts)
    return panel.accounts(), Purchases(account, panel.whole("bought_on"), panel.floats("amount"), panel.floats("lines"))


@dataclass(frozen=True)
class _Risk:
    """What is told of each account."""

    lost: Floats
    low: Floats
    high: Floats
    at_stake: Floats
    alarm: Bools
    sign: Whole
    silence: Whole
    median: Floats
    tail: Floats
    counts: Hurdle
    coverage: float
    revenue: Floats
    sales: Floats
    active: Bools
    seasonal: int


def _risk(  # noqa: PLR0917  (forecast, facts, and the two options)
    said: Said, bought: Purchases, as_of: int, horizon: int, seasonal: Bools, alarm_from: float
) -> _Risk:
    years, forecast = years_before(bought, as_of, horizon), said.forecast
    by_season = seasonal & (years.known > 0)
    plain = forecast.counts.any, forecast.counts.mean, forecast.error
    chance, mean, error = by_own_years(plain, years, by_season)
    quiet = by_season & (years.bought == 0)
    known = gaps(bought.account, bought.day, as_of)
    tail = overdue(known)
    year = bought.day > as_of - YEAR
    sales = np.asarray(np.bincount(bought.account[year], bought.amount[year], known.silence.size), dtype=np.float64)
    active = (known.silence < YEAR) | (by_season & ~quiet)
    centre, half = logit(np.clip(1 - chance, SURE, 1 - SURE)), Z90 * error
    counts = Hurdle(chance, np.maximum(mean, chance), forecast.counts.theta)
    return _Risk(
        1 - chance, expit(centre - half), expit(centre + half),
        np.where(quiet, 0.0, (1 - chance) * np.maximum(sales, 0)),
        active & ~quiet & (1 - chance >= alarm_from),
        _signs(known.silence, tail, declined(bought.account, bought.day, as_of), known.purchases, quiet, by_season),
        known.silence, known.median, np.where(by_season, np.nan, tail), counts, forecast.coverage,
        counts.mean * expected_amounts(bought, as_of), sales, active & ~quiet, int(seasonal.sum()),
    )  # fmt: skip


def _signs(silence: Whole, tail: Floats, fallen: Bools, purchases: Whole, quiet: Bools, by_season: Bools) -> Whole:  # noqa: PLR0917  (a sign each)
    rules = (
        quiet,
        by_season & (silence > YEAR),
        ~by_season & (silence > YEAR),
        ~by_season & (np.nan_to_num(tail, nan=1.0) < RARE),
        ~by_season & fallen,
        purchases == 1,
    )
    return np.asarray(np.select(rules, range(len(rules)), list(ChurnSign).index(ChurnSign.NONE)), dtype=np.int64)


def _in_season(cooperation: Frame | None, codes: pa.Array) -> Bools:
    if cooperation is None:
        return np.zeros(len(codes), dtype=bool)
    kinds = Panel.of(cooperation.select("customer", "kind"))
    seasonal = kinds.codes.filter(pc.equal(kinds.table["kind"], str(Cooperation.SEASONAL)))
    return np.asarray(pc.is_in(codes, value_set=seasonal).to_numpy(zero_copy_only=False))


def _renewals(renewal: Frame, codes: pa.Array, until: int) -> LeastRisk | None:
    """What is told of the contracts for what accounts buy, due by that day."""
    bound = renewal.filter(nw.col("covers") == str(ContractScope.PURCHASES))
    panel = Panel.of(bound.select("customer", "next_on", "probability", "low", "high", "money_at_stake"))
    due = panel.whole("next_on") <= until
    told = [panel.floats(name) for name in ("probability", "low", "high")]
    risk = least_risk(in_order(panel.codes, codes), due, told, panel.floats("money_at_stake"), len(codes))
    return risk if risk.runs.any() else None


def _by_contract(risk: _Risk, bound: LeastRisk, alarm_from: float) -> _Risk:
    """The same, those whose contract runs by their next renewal."""
    runs = bound.runs
    return replace(
        risk,
        lost=np.where(runs, bound.chance, risk.lost),
        low=np.where(runs, bound.low, risk.low),
        high=np.where(runs, bound.high, risk.high),
        at_stake=np.where(runs, bound.money, risk.at_stake),
        alarm=np.where(runs, bound.chance >= alarm_from, risk.alarm),
        sign=np.where(runs, list(ChurnSign).index(ChurnSign.UNDER_CONTRACT), risk.sign),
        active=risk.active | runs,
    )


def _rows(codes: pa.Array, risk: _Risk) -> pa.Table:
    low, high = hurdle.interval(risk.counts, risk.coverage)
    rows = pa.table(
        {
            "customer": codes,
            "probability": figures(risk.lost),
            "low": figures(risk.low),
            "high": figures(risk.high),
            "money_at_stake": figures(np.round(risk.at_stake, 4)),
            "alarm": pa.array(risk.alarm),
            "sign": words(list(ChurnSign), risk.sign),
            "silence": pa.array(risk.silence),
            "usual_gap": figures(risk.median),
            "gap_chance": figures(risk.tail),
            "expected_purchases": figures(risk.counts.mean),
            "likely_purchases": pa.array(hurdle.whole_numbers(risk.counts)),
            "purchases_low": pa.array(low),
            "purchases_high": pa.array(high),
            "expected_revenue": figures(np.round(risk.revenue, 4)),
            "sales_year": figures(np.round(risk.sales, 4)),
        }
    )
    return rows.sort_by([("money_at_stake", "descending"), ("customer", "ascending")])


def _figures(risk: _Risk) -> dict[str, float | int | None]:
    return {
        "accounts": int(risk.lost.size),
        "active": int(risk.active.sum()),
        "expected_losses": float(risk.lost[risk.active].sum()),
        "likely_losses": int((risk.lost[risk.active] > EVEN).sum()),
        "money_at_stake": round(float(risk.at_stake.sum()), 2),
        "alarms": int(risk.alarm.sum()),
        "expected_purchases": float(risk.counts.mean.sum()),
    }


def _headline(found: dict[str, float | int | None], currency: str, horizon: int) -> Message:
    return Message(
        _(
            "Of {active} accounts that bought within a year (none in its quiet season), about {lost} will buy nothing in "
            "the next {days} days (all risks summed); {likely} are more likely to than not; of yearly sales, weighed by the "
            "risk of each account, {money} are at stake"
        ),
        {
            "active": Count(found["active"] or 0),
            "lost": Count(found["expected_losses"] or 0),
            "likely": Count(found["likely_losses"] or 0),
            "days": Count(horizon),
            "money": Money(float(found["money_at_stake"] or 0), currency),
        },
    )


def _warnings(said: Said, risk: _Risk, bound: LeastRisk | None) -> list[Message]:
    record, proof = said.forecast.record, said.proof
    told: list[Message] = []
    if record is None:
        text = _(
            "Only {n} losses to learn from (30 are needed): no learning, the purchase process and the silences speak"
        )
        told.append(Message(text, {"n": Count(said.forecast.losses)}))
    else:
        told += proven(said)
    if not said.forecast.levels.size:
        told.append(Message(_("The book is shorter than two horizons: the risk's interval cannot be told")))
    if risk.seasonal:
        text = _(
            "{n} {n:account buys in season and is judged by the same days of its|accounts buy in season and "
            "are judged by the same days of their} years before"
        )
        told.append(Message(text, {"n": Count(risk.seasonal)}))
    if bound is not None:
        text = _(
            "{n} {n:account is|accounts are} under contract: they are judged by their next renewal, see the "
            "renewal of contracts"
        )
        told.append(Message(text, {"n": Count(bound.runs.sum())}))
    if said.method == "process" and record is not None:
        told.append(Message(_("What earlier days taught was no better than the purchase process: that alone is used")))
    if proof.get("method_beaten"):
        told.append(Message(_("'Silent for twice its usual gap' told better than the model: that rule is used")))
    return told
