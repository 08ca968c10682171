"""What an account is worth from now on: purchases still to come, what each brings, discounted.

For each account, from its purchase days up to the day of the analysis:

    x     repeat purchase days (same-day orders are one, the first is not a repeat)
    t_x   time from the first purchase to the last        T   time from the first purchase to the day of the analysis

A purchase-process model is fitted to all accounts together (BG/NBD, MBG/NBD, Pareto/NBD, or BG/CNBD-k for regular
buyers) and gives the chance that the account is still a customer and the purchases to expect. The amount of a purchase
comes from the gamma-gamma model, which draws accounts with few purchases towards the mean of all. Where costs are
known, the value is gross margin, not revenue.

    value = sum over the horizon of  expected purchases × expected amount × margin rate / (1 + discount rate)^years

Random buying is assumed. An account that buys in season looks lost in every quiet season: with ``seasonal="left-out"``
its chance and value are not told rather than told wrong.

``low`` and ``high`` hold 90 % of what may come: the count of purchases varies even if the model is right, and the model's
parameters are uncertain.

    CDNOW, weeks  →  r .243, alpha 4.414, a .793, b 2.426, log-likelihood −9582.43

Fader, P. S., Hardie, B. G. S. & Lee, K. L. (2005). Marketing Science 24(2); RFM and CLV, JMR 42(4). Batislam, E. P.,
Denizel, M. & Filiztekin, A. (2007). IJRM 24(3). Schmittlein, D. C., Morrison, D. G. & Colombo, R. (1987). Management
Science 33(1). Reutterer, T., Platzer, M. & Schröder, N. (2021). IJRM 38(3).
"""

from dataclasses import dataclass
from typing import Any, Final, Literal

import narwhals as nw
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from vitalfew.catalogue import Choice, Column, Drawing, Findings, Frame, Refusal, analysis
from vitalfew.language import Count, Message, Money, Percent
from vitalfew.maths import bg_cnbd_k, bg_nbd, gamma_gamma, mbg_nbd, pareto_nbd
from vitalfew.maths.fits import Fit
from vitalfew.panels import Bools, Floats, Panel, figures
from vitalfew.terms import Cooperation, Days, Group, Unit
from vitalfew.terms import gettext_noop as _

MODELS: Final[dict[str, Any]] = {"bg-nbd": bg_nbd, "mbg-nbd": mbg_nbd, "pareto-nbd": pareto_nbd}
UNIT_DAYS: Final = {"day": 1.0, "week": 7.0, "month": 365.25 / 12}
YEAR_DAYS: Final = 365.25
REGULAR: Final = "bg-cnbd-k"
FEWEST_ACCOUNTS: Final = 10
LONGEST_DAYS: Final = 50 * YEAR_DAYS
DEPENDENT: Final = 0.3
OWN_RATE_FROM: Final = 3
"""Purchases from which an account's own margin rate is used; below, that of the whole book."""


@analysis(
    group=Group.VALUE,
    title=_("Lifetime value"),
    question=_("What is each account worth from now on, and is it still a customer?"),
    columns=(
        Column("customer", Unit.CODE, _("Account"), _("The account's code")),
        Column("frequency", Unit.COUNT, _("Repeat purchases"), _("Purchase days after the first")),
        Column("recency", Unit.NUMBER, _("First to last"), _("Time from the first to the last purchase")),
        Column("age", Unit.NUMBER, _("Known for"), _("Time from the first purchase to the day of the analysis")),
        Column("p_alive", Unit.SHARE, _("Still a customer"), _("Chance that the account is still a customer")),
        Column(
            "expected_purchases", Unit.NUMBER, _("Expected purchases"), _("Purchase days to expect within the horizon")
        ),
        Column(
            "expected_spend", Unit.MONEY, _("Expected amount a purchase"), _("Net amount to expect of one purchase")
        ),
        Column("margin_rate", Unit.SHARE, _("Margin rate"), _("Gross margin as a share of net sales")),
        Column("value", Unit.MONEY, _("Lifetime value"), _("Discounted margin to expect within the horizon")),
        Column("low", Unit.MONEY, _("from"), _("Lower end of the 90 % interval")),
        Column("high", Unit.MONEY, _("to"), _("Upper end of the 90 % interval")),
    ),
    choices={
        "model": Choice(
            _("Model of purchases"),
            {"bg-nbd": "BG/NBD", "mbg-nbd": "MBG/NBD", "pareto-nbd": "Pareto/NBD", "bg-cnbd-k": "BG/CNBD-k"},
        ),
        "time_unit": Choice(_("Unit of time"), {"day": _("Day"), "week": _("Week"), "month": _("Month")}),
        "horizon": Choice(_("Horizon (3y, 52w, 365d; a plain number counts units)")),
        "discount_rate": Choice(_("Discount rate a year"), most=10),
        "seasonal": Choice(_("Seasonal accounts"), {"as-others": _("As all others"), "left-out": _("Not told")}),
        "spend": Choice(
            _("Amount of a purchase"),
            {"gamma-gamma": _("Gamma-gamma model"), "mean": _("The account's own mean"), "none": _("Left out")},
        ),
    },
    drawing=Drawing("top", "value"),
    source="Fader, Hardie & Lee (2005), eqs. 6–10; Batislam et al. (2007); Schmittlein et al. (1987)",
)
def lifetime(
    purchase_days: Frame | None = None,
    cooperation: Frame | None = None,
    customers_summary: Frame | None = None,
    *,
    as_of: int,
    currency: str,
    model: Literal["bg-nbd", "mbg-nbd", "pareto-nbd", "bg-cnbd-k"] = "bg-nbd",
    time_unit: Literal["day", "week", "month"] = "week",
    horizon: str = "3y",
    discount_rate: float = 0.1,
    spend: Literal["gamma-gamma", "mean", "none"] = "gamma-gamma",
    seasonal: Literal["as-others", "left-out"] = "as-others",
) -> Findings:
    history = _history(purchase_days, customers_summary, as_of, UNIT_DAYS[time_unit])
    if len(history.codes) < FEWEST_ACCOUNTS:
        text = _("{n} accounts are too few to learn how they buy: ten are needed at least")
        raise Refusal(Message(text, {"n": Count(len(history.codes))}))
    fitted = _fit(history, model)
    span = _span(horizon, time_unit)
    purchases = _purchases(model, fitted, history, span, np.log1p(discount_rate) * UNIT_DAYS[time_unit] / YEAR_DAYS)
    money = _money(history, spend)
    in_season = _in_season(cooperation, history.codes)
    told = np.ones(in_season.size, dtype=bool) if seasonal == "as-others" else ~in_season
    rows, total = _rows(history, purchases, money, told)
    found = {"accounts": len(history.codes), **total, "horizon_days": round(span * UNIT_DAYS[time_unit])}
    fit = {**_described(fitted), "model": model, "time_unit": time_unit, **money.fit}
    return Findings(
        rows, found, _headline(found, int(told.sum()), currency, money), _warnings(fitted, money, in_season), fit
    )


@dataclass(frozen=True)
class _History:
    """What the models need of each account."""

    codes: pa.Array
    frequency: Floats
    recency: Floats
    age: Floats
    log_intervals: Floats | None
    weights: Floats | None
    mean_spend: Floats | None
    rate: Floats | None
    book_rate: float | None


@dataclass(frozen=True)
class _Purchases:
    alive: Floats
    expected: Floats
    discounted: Floats
    low: Floats
    high: Floats


@dataclass(frozen=True)
class _Money:
    """What a purchase brings: amount, margin rate, and how the amounts were modelled."""

    spend: Floats | None
    rate: Floats
    margin_known: bool
    fit: dict[str, object]
    warnings: tuple[Message, ...] = ()


def _history(days: Frame | None, summary: Frame | None, as_of: int, unit: float) -> _History:
    if summary is not None:
        return _given(Panel.of(summary))
    if days is None:
        raise Refusal(Message(_("No rows of '{table}' yet: import them first"), {"table": "order_lines"}))
    before = nw.col("bought_on").shift(1).over("customer", order_by="bought_on")
    gap = nw.col("before").is_null()
    panel = Panel.of(
        days.with_columns(before=before)
        .with_columns(
            repeat=nw.when(gap).then(nw.lit(0)).otherwise(nw.lit(1)),
            repeat_amount=nw.when(gap).then(nw.lit(0.0)).otherwise(nw.col("amount")),
            interval=nw.when(gap)
            .then(nw.lit(1.0))
            .otherwise((nw.col("bought_on") - nw.col("before")).cast(nw.Float64)),
            costed=nw.when(nw.col("cost").is_null()).then(nw.lit(0.0)).otherwise(nw.col("amount")),
        )
        .with_columns(log_interval=nw.col("interval").log())
        .group_by("customer")
        .agg(
            *(nw.col(name).sum() for name in ("repeat", "repeat_amount", "log_interval", "costed", "cost")),
            first=nw.col("bought_on").min(),
            last=nw.col("bought_on").max(),
        )
    )
    return _computed(panel, as_of, unit)


def _given(panel: Panel) -> _History:
    """Sufficient statistics as they were handed over."""
    names = set(panel.table.column_names)
    optional = {name: panel.floats(name) if name in names else None for name in ("weights", "monetary_value")}
    return _History(
        panel.codes,
        panel.floats("frequency"),
        panel.floats("recency"),
        panel.floats("T"),
        panel.floats("log_intervals") if "log_intervals" in names else None,
        optional["weights"],
        optional["monetary_value"],
        None,
        None,
    )


def _computed(panel: Panel, as_of: int, unit: float) -> _History:
    x = panel.floats("repeat")
    first, last = panel.floats("first"), panel.floats("last")
    with np.errstate(divide="ignore", invalid="ignore"):
        mean = np.where(x > 0, panel.floats("repeat_amount") / x, 0.0)
        costed, cost = panel.floats("costed"), np.nan_to_num(panel.floats("cost"))
        whole = float(costed.sum())
        book = 1 - float(cost.sum()) / whole if whole > 0 and cost.any() else None
        own = np.where((costed > 0) & (x + 1 >= OWN_RATE_FROM), 1 - cost / costed, np.nan)
    litt = panel.floats("log_interval") - x * np.log(unit)
    return _History(panel.codes, x, (last - first) / unit, (as_of - first) / unit, litt, None, mean, own, book)


def _fit(history: _History, model: str) -> Fit:
    seen = (history.frequency, history.recency, history.age)
    if model != REGULAR:
        fitted: Fit = MODELS[model].fit(*seen, history.weights)
        return fitted
    if history.log_intervals is None:
        raise Refusal(
            Message(_("BG/CNBD-k needs the logarithms of the intervals: a column log_intervals, or order lines"))
        )
    return bg_cnbd_k.fit(*seen, history.log_intervals, history.weights, early=0)


def _span(horizon: str, time_unit: str) -> float:
    """The horizon in units of time: ``3y`` and the like, or a plain number of units."""
    try:
        units = float(horizon) if horizon.replace(".", "", 1).isdigit() else Days(horizon) / UNIT_DAYS[time_unit]
    except ValueError:
        units = 0.0
    if not 0 < units * UNIT_DAYS[time_unit] <= LONGEST_DAYS:
        text = _("Horizon '{text}' is no length of time up to 50 years: write 3y, 52w or 365d")
        raise Refusal(Message(text, {"text": horizon}))
    return units


def _purchases(model: str, fitted: Fit, history: _History, span: float, rate: float) -> _Purchases:
    seen = (history.frequency, history.recency, history.age)
    module = MODELS.get(model, bg_cnbd_k)
    kind = {"early": 0} if model == REGULAR else {}
    discounted = module.discounted_expected_purchases(fitted, *seen, horizon=span, rate=rate, **kind)
    low, high = module.predictive_interval(fitted, span, *seen, **kind)
    expected = module.expected_purchases(fitted, span, *seen, **kind)
    alive = module.p_alive(fitted, *seen, **kind)
    return _Purchases(alive, expected, discounted, low.astype(np.float64), high.astype(np.float64))


def _money(history: _History, spend: str) -> _Money:
    known = history.book_rate is not None
    rate = np.full(history.frequency.size, 1.0)
    if history.book_rate is not None and history.rate is not None:
        rate = np.where(np.isnan(history.rate), history.book_rate, history.rate)
    if spend == "none" or history.mean_spend is None:
        return _Money(None, rate, known, {})
    paying = (history.frequency > 0) & (history.mean_spend > 0)
    if spend == "mean" or paying.sum() < FEWEST_ACCOUNTS:
        usual = float(history.mean_spend[paying].mean()) if paying.any() else np.nan
        return _Money(np.where(paying, history.mean_spend, usual), rate, known, {})
    return _modelled(history.frequency, history.mean_spend, paying, rate, known=known)


def _modelled(frequency: Floats, means: Floats, paying: Bools, rate: Floats, *, known: bool) -> _Money:
    """Amounts by the gamma-gamma model, fitted to accounts that bought again for something."""
    x, mean = frequency[paying], means[paying]
    fitted = gamma_gamma.fit(x, mean)
    expected = gamma_gamma.expected_spend(fitted, np.where(paying, frequency, 0.0), np.where(paying, means, 0.0))
    correlation = float(np.corrcoef(x, mean)[0, 1]) if x.std() and mean.std() else 0.0
    warned = (
        Message(
            _("How much is spent depends on how often (correlation {r}): the gamma-gamma model assumes it does not"),
            {"r": Percent(correlation, 0)},
        ),
    )
    fit: dict[str, object] = {
        **fitted.parameters,
        "spend_log_likelihood": fitted.log_likelihood,
        "spend_accounts": int(paying.sum()),
        "frequency_spend_correlation": correlation,
    }
    return _Money(np.asarray(expected), rate, known, fit, warned if abs(correlation) > DEPENDENT else ())


def _in_season(cooperation: Frame | None, codes: pa.Array) -> Bools:
    """Which accounts buy in season."""
    if cooperation is None:
        return np.zeros(len(codes), dtype=bool)
    kinds = Panel.of(cooperation.select("customer", "kind"))
    seasonal = kinds.codes.filter(pc.equal(kinds.table["kind"], str(Cooperation.SEASONAL)))
    return np.asarray(pc.is_in(codes, value_set=seasonal).to_numpy(zero_copy_only=False))


def _rows(
    history: _History, purchases: _Purchases, money: _Money, told: Bools
) -> tuple[pa.Table, dict[str, float | None]]:
    worth = np.full(history.frequency.size, np.nan) if money.spend is None else money.spend * money.rate
    worth = np.where(told, worth, np.nan)
    with np.errstate(divide="ignore", invalid="ignore"):
        discount = np.where(purchases.expected > 0, purchases.discounted / purchases.expected, 1.0)
    ends = np.sort(np.stack([purchases.low, purchases.high]) * discount * worth, axis=0)
    value = purchases.discounted * worth
    ends = np.stack([np.minimum(ends[0], value), np.maximum(ends[1], value)])
    columns = {
        "recency": history.recency,
        "age": history.age,
        "p_alive": np.where(told, purchases.alive, np.nan),
        "expected_purchases": np.where(told, purchases.expected, np.nan),
        "expected_spend": np.full(worth.size, np.nan) if money.spend is None else money.spend,
        "margin_rate": money.rate if money.margin_known else np.full(worth.size, np.nan),
        "value": value,
        "low": ends[0],
        "high": ends[1],
    }
    rows = pa.table(
        {
            "customer": history.codes,
            "frequency": pa.array(history.frequency.astype(np.int64)),
            **{n: figures(v) for n, v in columns.items()},
        }
    )
    return rows, _total(value, ends)


def _total(value: Floats, ends: Floats) -> dict[str, float | None]:
    """The book's worth; accounts vary independently, so their spreads add as squares."""
    if np.isnan(value).all():
        return {"total": None, "total_low": None, "total_high": None}
    total = float(np.nansum(value))
    spread = float(np.sqrt(np.nansum(((ends[1] - ends[0]) / 2) ** 2)))
    return {"total": round(total, 2), "total_low": round(total - spread, 2), "total_high": round(total + spread, 2)}


def _described(fitted: Fit) -> dict[str, object]:
    return {
        **fitted.parameters,
        "log_likelihood": fitted.log_likelihood,
        "standard_errors": fitted.standard_errors,
        "n": fitted.n,
        "iterations": fitted.iterations,
        "converged": fitted.converged,
        "seconds": round(fitted.seconds, 4),
    }


def _headline(found: dict[str, float | int | None], told: int, currency: str, money: _Money) -> Message | None:
    if found["total"] is None:
        return None
    text = (
        _("{accounts} accounts are worth {total} of margin from now on")
        if money.margin_known
        else _("{accounts} accounts are worth {total} of net sales from now on")
    )
    return Message(text, {"accounts": Count(told), "total": Money(float(found["total"]), currency)})


def _warnings(fitted: Fit, money: _Money, in_season: Bools) -> list[Message]:
    said = [Message(note.label) for note in fitted.notes]
    if in_season.any():
        text = _("{n} accounts buy in season: a model of random buying takes their quiet season for leaving")
        said.append(Message(text, {"n": Count(in_season.sum())}))
    if not money.margin_known:
        said.append(Message(_("No cost is known: the value is net sales, not margin")))
    return [*said, *money.warnings]
