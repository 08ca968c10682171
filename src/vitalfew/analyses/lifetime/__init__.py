"""What an account is worth from now on: purchases still to come, what each brings, discounted.

For each account, from its purchase days up to the day of the analysis:

    x     repeat purchase days (same-day orders are one, the first is not a repeat)
    t_x   time from the first purchase to the last        T   time from the first purchase to the day of the analysis

A model fitted to all accounts together gives the chance that the account is still a customer and the purchases to expect.
The amount of a purchase comes from the gamma-gamma model, which draws accounts with few purchases towards the mean of
all. Where costs are known, the value is gross margin, not revenue.

    value = sum over the horizon of  expected purchases × pace × expected amount × margin rate / (1 + discount rate)^years

``model="auto"`` takes for each account the model that its way of buying asks for (columns ``model``, ``reason``):

    under contract      `contracts` for what it buys, running: its renewals alone, by the shifted beta-geometric
    on occasions        `occasions` handed in (customer, held_on, bought as 0 or 1): BG/BB over tenders or call-offs
    in season           `cooperation` says so: the same days of its own years before
    all others          BG/NBD, unless MBG/NBD or Pareto/NBD fits clearly better (BIC), or (M)BG/CNBD-k for even buying
                        does (k by the highest likelihood of 1 to 12) and told better on earlier days who buys again

It also follows the book's own season and each account's present ``pace``: these models hold rates constant, so a growing
account is told by its average past. How fast older purchases fade is learned from earlier days; where they tell nothing,
nothing fades. Accounts met in the book's first sixty days, which are older than it shows, are fitted apart where there are
a hundred of either. A model that is asked for by name is taken as published, without all this.

``low`` and ``high`` hold 90 % of what may come: counts and amounts vary, and parameters are uncertain. What would have
been told on up to three earlier days is held against what came: if fewer than 90 % of these ranges held, all are widened
as far as that would have helped. Who is given up reaches up to what nine in ten of those given up then brought after all.
``total_low`` and ``total_high`` are those of the sum: accounts vary apart from each other, the level of the whole book, by as
much as it was off on those days, does not. ``purchases_if_nobody_left`` (NBD) is what would come at the same rates if every
account stayed: what it has beyond ``purchases`` is what leaving takes, and the most that keeping could bring back.

    CDNOW, weeks, BG/NBD  →  r .243, alpha 4.414, a .793, b 2.426, log-likelihood −9582.43

Of two accounts silent as long, the one that bought more often is the likelier to be gone: for it the silence is the longer.

Not for a book shorter than a few usual gaps between purchases; and the past knows nothing of what has changed since.

Fader, P. S., Hardie, B. G. S. & Lee, K. L. (2005). Marketing Science 24(2); RFM and CLV, JMR 42(4). Batislam, E. P.,
Denizel, M. & Filiztekin, A. (2007). IJRM 24(3). Schmittlein, D. C., Morrison, D. G. & Colombo, R. (1987). Management
Science 33(1). Reutterer, T., Platzer, M. & Schröder, N. (2021). IJRM 38(3). Fader, P. S. & Hardie, B. G. S. (2010).
Marketing Science 29(1). Fader, P. S., Hardie, B. G. S. & Shang, J. (2010). Marketing Science 29(6). Harvey, A. C. &
Fernandes, C. (1989). JBES 7(4). Ehrenberg, A. S. C. (1959). Applied Statistics 8(1).
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final, Literal, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from vitalfew.analyses.lifetime.apart import Apart, by_contract, by_occasions
from vitalfew.catalogue import Choice, Column, Drawing, Findings, Frame, Refusal, analysis
from vitalfew.language import Count, Figure, Message, Money, Percent, Word, short
from vitalfew.maths.arrays import Bools
from vitalfew.maths.buying import PROCESSES, Known, bic
from vitalfew.maths.fits import Fit
from vitalfew.maths.purchase_origins import Purchases
from vitalfew.maths.spokesmen import MODELS, REASONS, Spoken, by_process
from vitalfew.maths.value_interval import COVERAGE, total
from vitalfew.maths.worth import (
    DEPENDENT,
    FEWEST,
    Asked,
    History,
    Leaving,
    Told,
    at_pace,
    leaving,
    level_error,
    margins,
    tell,
)
from vitalfew.maths.worth_days import Bought, Trust, choose, history, learned_pace, look_back, trust
from vitalfew.maths.years import MEAN_YEAR
from vitalfew.panels import Panel, figures, words
from vitalfew.phrases.buying_again import sure_of_once
from vitalfew.terms import Cooperation, Days, Group, LifetimeModel, ModelReason, Unit, label_of
from vitalfew.terms import gettext_noop as _

UNIT_DAYS: Final = {"day": 1.0, "week": 7.0, "month": MEAN_YEAR / 12}
LONGEST_DAYS, AUTO, SIMPLEST = 50 * MEAN_YEAR, "auto", "bg-nbd"


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
        Column(
            "value", Unit.MONEY, _("Value to come"), _("Discounted margin within the horizon, before cost to serve")
        ),
        Column("low", Unit.MONEY, _("from"), _("Lower end of the 90 % interval")),
        Column("high", Unit.MONEY, _("to"), _("Upper end of the 90 % interval")),
        Column("pace", Unit.NUMBER, _("Pace"), _("How many times as fast as on its average it buys of late")),
        Column("model", Unit.WORD, _("Model"), _("Which model spoke for the account"), LifetimeModel),
        Column("reason", Unit.WORD, _("Why this model"), _("Why this model spoke for the account"), ModelReason),
    ),
    choices={
        "model": Choice(
            _("Model of purchases"),
            {AUTO: _("The one that fits"), **{name: label_of(LifetimeModel, name) for name in PROCESSES}},
        ),
        "time_unit": Choice(_("Unit of time"), {"day": _("Day"), "week": _("Week"), "month": _("Month")}),
        "horizon": Choice(_("Horizon (3y, 52w, 365d; a plain number counts units)")),
        "discount_rate": Choice(_("Discount rate a year"), most=10),
        "seasonal": Choice(
            _("Seasonal accounts"),
            {"own": _("By their own years"), "as-others": _("As all others"), "left-out": _("Not told")},
        ),
        "spend": Choice(
            _("Amount of a purchase"),
            {"gamma-gamma": _("Gamma-gamma model"), "mean": _("The account's own mean"), "none": _("Left out")},
        ),
    },
    drawing=Drawing("top", "value"),
    source="Fader, Hardie & Lee (2005), eqs. 6–10; Batislam et al. (2007); Schmittlein et al. (1987); Harvey & Fernandes (1989)",
    version=2,
)
def lifetime(
    purchase_days: Frame | None = None,
    cooperation: Frame | None = None,
    customers_summary: Frame | None = None,
    contracts: Frame | None = None,
    occasions: Frame | None = None,
    *,
    as_of: int,
    currency: str,
    model: Literal["auto", "bg-nbd", "mbg-nbd", "pareto-nbd", "bg-cnbd-k", "mbg-cnbd-k"] = "auto",
    time_unit: Literal["day", "week", "month"] = "week",
    horizon: str = "3y",
    discount_rate: float = 0.1,
    spend: Literal["gamma-gamma", "mean", "none"] = "gamma-gamma",
    seasonal: Literal["own", "as-others", "left-out"] = "own",
) -> Findings:
    asked = Asked(model, UNIT_DAYS[time_unit], _span(horizon, time_unit), discount_rate, spend)
    if customers_summary is not None:
        said = _of_sums(Panel.of(customers_summary), asked)
    elif purchase_days is not None:
        said = _of_purchases(purchase_days, cooperation, as_of, asked, seasonal)
    else:
        raise Refusal(
            Message(
                _("No rows of '{table}' yet: import them first"),
                {"table": Word(_("Order lines, returns as negative lines"))},
            )
        )
    apart = {
        "occasions": by_occasions(occasions, said.codes, said.told, as_of),
        "contracts": by_contract(contracts, said.codes, as_of, asked),
    }
    return _findings(said, apart, currency, time_unit)


class _Said(NamedTuple):
    """What the processes tell, how far it may be trusted, and of whom: in season, or not told at all."""

    codes: pa.Array
    told: Told
    how_far: Trust
    forced: bool
    at_random: Bools
    left_out: Bools
    rivals: Mapping[str, Fit] = {}
    memory: Mapping[float, float] = {}


def _of_sums(panel: Panel, asked: Asked) -> _Said:
    """Sufficient statistics as they were handed over: BG/NBD, if no other is asked for."""
    more = ("log_intervals", "weights", "monetary_value")
    logs, weights, spent = (panel.floats(name) if name in panel.table.column_names else None for name in more)
    x, last, age = (panel.floats(name) for name in ("frequency", "recency", "T"))
    _enough(len(panel))
    name = SIMPLEST if asked.model == AUTO else asked.model
    if PROCESSES[name].even and logs is None:
        raise Refusal(Message(_("BG/CNBD-k needs order lines, or the logarithms of the intervals between purchases")))
    known = History(Known(x, last, age, logs, weights), asked.span, None, spent)
    nobody = np.zeros(x.size, dtype=bool)
    told = tell(known, None, 0, replace(asked, model=name))
    return _Said(panel.codes, told, Trust(), asked.model != AUTO, nobody, nobody)


def _of_purchases(days: Frame, cooperation: Frame | None, now: int, asked: Asked, seasonal: str) -> _Said:
    """What the purchases tell, held against what they would have told before."""
    panel = Panel.of(days.select("customer", "bought_on", "amount", "cost"), "bought_on")
    codes, starts = panel.accounts(), panel.starts()
    _enough(len(codes))
    account = np.repeat(np.arange(starts.size), np.diff(np.append(starts, len(panel))))
    amount, forced = panel.floats("amount"), asked.model != AUTO
    purchases = Purchases(account, panel.whole("bought_on"), amount, amount)
    in_season = _in_season(cooperation, codes)
    own = in_season & (seasonal == "own" and not forced)
    bought = Bought(purchases, own)
    known = history(purchases, now, asked, by_season=not forced)
    own_rate, book_rate = margins(account, amount, panel.floats("cost"), len(codes))
    known = replace(known, rate=own_rate, book_rate=book_rate)
    asked, rivals = (asked, {}) if forced else choose(bought, known, now, asked)
    told = tell(known, bought.seasonal(), now, asked)
    past = look_back(bought, told, now, by_season=not forced)
    kept, memory = (1.0, {}) if forced else learned_pace(past, asked.year)
    left_out = in_season & (seasonal == "left-out")
    return _Said(
        codes, at_pace(told, kept), trust(past, kept), forced, in_season & ~own & ~left_out, left_out, rivals, memory
    )


def _enough(accounts: int) -> None:
    if accounts < FEWEST:
        text = _("{n} {n:account is|accounts are} too few to learn how they buy: ten are needed at least")
        raise Refusal(Message(text, {"n": Count(accounts)}))


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


def _in_season(cooperation: Frame | None, codes: pa.Array) -> Bools:
    """Which accounts buy in season."""
    if cooperation is None:
        return np.zeros(len(codes), dtype=bool)
    kinds = Panel.of(cooperation.select("customer", "kind"))
    seasonal = kinds.codes.filter(pc.equal(kinds.table["kind"], str(Cooperation.SEASONAL)))
    return np.asarray(pc.is_in(codes, value_set=seasonal).to_numpy(zero_copy_only=False))


def _findings(said: _Said, apart: Mapping[str, Apart], currency: str, time_unit: str) -> Findings:
    spoken = by_process(said.told, said.how_far, said.left_out, forced=said.forced)
    for each in apart.values():
        if each.told is not None:
            spoken = spoken.instead(each.told, said.told.history.margin_rate)
    level = float(np.hypot(level_error(said.told), said.how_far.level))
    stay = None if said.forced else leaving(said.told)
    found = _figures(said, spoken, level) | _leaving(stay)
    fit = _described(said) | {"time_unit": time_unit, "level_error": level, "nbd": stay.described if stay else {}}
    fit |= {name: {} if each.fitted is None else each.fitted.parameters for name, each in apart.items()}
    headline = _headline(found, int((~said.left_out).sum()), currency, said.told)
    warnings = [*_warnings(said), *(text for each in apart.values() for text in each.warnings)]
    return Findings(_table(said, spoken), found, headline, warnings, fit)


def _table(said: _Said, spoken: Spoken) -> pa.Table:
    told, nothing = said.told, np.full(len(said.codes), np.nan)
    columns = {
        "recency": told.history.recency,
        "age": told.history.age,
        "p_alive": spoken.alive,
        "expected_purchases": spoken.expected,
        "expected_spend": nothing if told.amounts.spend is None else told.amounts.spend,
        "margin_rate": nothing if told.history.book_rate is None else told.history.margin_rate,
        "value": spoken.value,
        "low": spoken.ends.low,
        "high": spoken.ends.high,
        "pace": told.pace,
    }
    return pa.table(
        {
            "customer": said.codes,
            "frequency": pa.array(told.history.known.x.astype(np.int64)),
            **{name: figures(each) for name, each in columns.items()},
            "model": words([each.value for each in MODELS], spoken.model),
            "reason": words([each.value for each in REASONS], spoken.reason),
        }
    )


def _figures(said: _Said, spoken: Spoken, level: float) -> dict[str, Any]:
    sums: list[float | None] = [None] * 3
    if not np.isnan(spoken.value).all():
        sums = [round(each, 2) for each in total(spoken.value, spoken.ends, level)]
    return {
        "accounts": int(spoken.value.size),
        **dict(zip(("total", "total_low", "total_high"), sums, strict=True)),
        "horizon_days": said.told.asked.days,
        "held_before": said.how_far.by.held,
        "days_looked_back": said.how_far.days,
    }


def _leaving(stay: Leaving | None) -> dict[str, float | None]:
    """Purchases within the horizon at usual rates, as the process has it and if nobody left; seasonal accounts aside."""
    told = (None, None) if stay is None else (stay.expected, stay.if_nobody_left)
    return dict(zip(("purchases", "purchases_if_nobody_left"), told, strict=True))


def _described(said: _Said) -> dict[str, Any]:
    fitted = said.told.fitted
    rivals = {
        name: {**each.parameters, "log_likelihood": each.log_likelihood, "bic": bic(each)}
        for name, each in said.rivals.items()
    }
    return {
        **fitted.parameters,
        "log_likelihood": fitted.log_likelihood,
        "standard_errors": fitted.standard_errors,
        "n": fitted.n,
        "iterations": fitted.iterations,
        "converged": fitted.converged,
        "seconds": round(fitted.seconds, 4),
        "model": said.told.name,
        "candidates": rivals,
        "kept_after_a_year": said.told.kept,
        "memory_log_likelihood": {str(keep): each for keep, each in said.memory.items()},
        **said.told.amounts.described,
    }


def _headline(found: dict[str, Any], told_of: int, currency: str, told: Told) -> Message | None:
    if found["total"] is None:
        return None
    text = _(
        "{accounts} {accounts:account|accounts} bring {total} of net sales within {years} {years:year|years} "
        "({low} – {high})"
    )
    if told.history.book_rate is not None:
        text = _(
            "{accounts} {accounts:account|accounts} bring {total} of margin within {years} {years:year|years}, "
            "before cost to serve ({low} – {high})"
        )
    names = {"total": "total", "low": "total_low", "high": "total_high"}
    said: dict[str, Figure] = {each: Money(found[name], currency) for each, name in names.items()}
    return Message(text, {**said, "accounts": Count(told_of), "years": short(told.asked.days / MEAN_YEAR)})


def _warnings(said: _Said) -> list[Message]:
    told, how_far = said.told, said.how_far
    notes = [Message(note.label) for note in told.fitted.notes]
    notes += sure_of_once(told.name, told.history.known.x, told.own | said.left_out)
    if said.at_random.any():
        text = _(
            "{n} {n:account|accounts} buy in season: a model of random buying takes their quiet season for leaving"
        )
        notes.append(Message(text, {"n": Count(said.at_random.sum())}))
    if told.history.book_rate is None:
        notes.append(Message(_("No cost is known: the value is net sales, not margin")))
    if abs(told.amounts.correlation) > DEPENDENT:
        text = _("How much is spent depends on how often (correlation {r}): the gamma-gamma model assumes it does not")
        notes.append(Message(text, {"r": Percent(told.amounts.correlation, 0)}))
    if how_far.by.held is not None and how_far.by.held < COVERAGE:
        text = _(
            "On {n} earlier {n:day|days} only {held} of the 90 % intervals held: they are widened as far as that "
            "would have helped"
        )
        notes.append(Message(text, {"n": Count(how_far.days), "held": Percent(how_far.by.held, 0)}))
    if how_far.back:
        text = _("Of {lost} customers thought lost on earlier days {back} came back: worth near nothing is not certain")
        notes.append(Message(text, {"lost": Count(how_far.lost), "back": Count(how_far.back)}))
    if not how_far.days:
        text = _("The book is too short to hold the intervals against its past: they rest on the model alone")
        notes.append(Message(text))
    return notes
