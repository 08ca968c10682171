"""How an account works with us: once, in phases, in season, or all the time.

From its distinct purchase days up to the day of the analysis, in this order:

    1  one day only          silent for 365 days or more: one-off, else it cannot be told yet
    2  brk = max(3 × median gap, 180 days)
    3  seasonal              purchases in two calendar years or more, the first 730 days ago or more, years with
                             purchases / years spanned ≥ .6, silence ≤ 455 days, and Rayleigh's test on the distinct
                             (year, month) cells with p < .01 and mean length ≥ .5; for two seasons a year the
                             test is repeated with doubled angles; from three whole years on Friedman's test on
                             purchases by month and year, too, with p < .05: two phases in the same spring are no season
    4  phased                silence or any gap longer than brk
    5  long-term             24 months or more from first to last purchase, else developing

A contract for what the account buys (``contracts``: customer, started_on, ended_on, covers) that runs on the day of the analysis
says more than its orders: it is long-term from 24 months under contract on, else developing; who buys in season under contract
stays seasonal. ``basis`` says which of the two spoke.

Beside the rule stands what the counts themselves say (``course``): Poisson counts by month, even, with a yearly wave (or two), or
in phases with pauses as dated by 2; the lowest BIC = −2 ln L + p ln n has it, and ``course_bic`` is how much lower than that of
even counts it lies. From twelve months and six purchases on. Where rule and course differ, look at the account.

``confidence`` says how clearly the deciding figure lies on its side: 0 on the border, 1 far from it. With less than two
years an account is never called seasonal.

    months 5 6 7 5 6 7 8 6  →  mean length .877, p = .0006: seasonal

Zar, J. H. (2010). Biostatistical Analysis, 5th ed., sec. 27.1 (Rayleigh's test). Friedman, M. (1937). JASA 32(200).
Schwarz, G. (1978). Annals of Statistics 6(2) (BIC).
"""

from dataclasses import dataclass, replace
from typing import Final, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from vitalfew.catalogue import Column, Drawing, Findings, Frame, Refusal, analysis
from vitalfew.language import Count, Message
from vitalfew.maths.arrays import sorted_within
from vitalfew.maths.circular import rayleigh_of_sums
from vitalfew.maths.courses import courses
from vitalfew.maths.seasons import YEARS, friedman_of_each
from vitalfew.maths.years import YEAR
from vitalfew.panels import (
    DAY,
    MONTHS_A_YEAR,
    TEXT,
    Bools,
    Floats,
    Panel,
    Whole,
    day_numbers,
    figures,
    handed_over,
    in_order,
    last_whole_month,
    words,
)
from vitalfew.sentences import days, kept, told
from vitalfew.terms import ContractScope, Cooperation, CooperationBasis, CountCourse, Group, Unit
from vitalfew.terms import gettext_noop as _

WORDS, BASES = list(Cooperation), list(CooperationBasis)
ONE_OFF_AFTER, SPELL_AT_LEAST, SPELL_GAPS = 365, 180, 3
SEASON_AGE, SEASON_SILENCE, SEASON_YEARS, SEASON_SHARE = 730, 455, 2, 0.6
SEASON_P, SEASON_LENGTH, MONTHS_P = 0.01, 0.5, 0.05
MOST_YEARS: Final = 10
FEWEST_FOR_COURSE: Final = 6
FEWEST_RECENT: Final = 3
SHOWN: Final = 3
LONG_TERM_DAYS: Final = 730


@analysis(
    group=Group.BEHAVIOUR,
    title=_("Kind of cooperation"),
    question=_("Does the account buy once, in phases, in season, or all the time?"),
    columns=(
        Column("customer", Unit.CODE, _("Account"), _("The account's code")),
        Column("kind", Unit.WORD, _("Kind"), _("One-off, phased, seasonal, developing or long-term"), Cooperation),
        Column("confidence", Unit.SHARE, _("Confidence"), _("How far the deciding figure lies from its border")),
        Column("purchases", Unit.COUNT, _("Purchases"), _("Distinct purchase days")),
        Column("median_gap", Unit.DAYS, _("Usual gap"), _("Median days between purchases")),
        Column(
            "recent_gap", Unit.DAYS, _("Usual gap of late"), _("Median days between purchases of the last 365 days")
        ),
        Column("longest_gap", Unit.DAYS, _("Longest gap"), _("Longest time between purchases")),
        Column("silence", Unit.DAYS, _("Silence"), _("Days since the last purchase")),
        Column("span", Unit.DAYS, _("Span"), _("Days from the first to the last purchase")),
        Column(
            "season_length",
            Unit.NUMBER,
            _("Purchases bunched in the year"),
            _("How far its purchases crowd into the same months (mean length of the months' directions): 0 to 1"),
            statistic=True,
        ),
        Column(
            "season_p",
            Unit.NUMBER,
            _("p of season"),
            _("Rayleigh's test: how likely without any season"),
            statistic=True,
        ),
        Column(
            "months_p",
            Unit.NUMBER,
            _("p of months"),
            _("Friedman's test on months and years, from three years on"),
            statistic=True,
        ),
        Column("pauses", Unit.COUNT, _("Pauses"), _("Times without a purchase that are longer than brk")),
        Column("dated", Unit.SENTENCES, _("When it paused"), _("The latest three pauses with their days")),
        Column("basis", Unit.WORD, _("Told by"), _("Its purchases, or a contract that runs"), CooperationBasis),
        Column(
            "course",
            Unit.WORD,
            _("Course of counts"),
            _("Even, by season or in phases, by the lowest BIC"),
            CountCourse,
        ),
        Column("course_bic", Unit.NUMBER, _("BIC of course"), _("How much lower than that of even counts")),
    ),
    drawing=Drawing("bars", "customer", "kind"),
    source="Zar (2010), sec. 27.1; Friedman (1937)",
    ranked=("purchases", "descending"),
)
def cooperation(purchase_days: Frame, contracts: Frame | None = None, *, as_of: int) -> Findings:
    panel = Panel.of(purchase_days.select("customer", "bought_on"), "bought_on")
    if not len(panel):
        raise Refusal(Message(_("No purchases yet")))
    facts, shape = _facts(panel, as_of)
    spells = _spells(panel, _spell(facts), as_of)
    kind, margin = _kind(facts)
    kind, margin, bound = _by_contract(kind, margin, _under_contract(contracts, panel.accounts(), as_of))
    rows = pa.table(
        {
            "customer": panel.accounts(),
            "kind": words(WORDS, kind),
            "confidence": figures(np.round(margin, 4)),
            "purchases": pa.array(facts.purchases),
            "median_gap": figures(facts.median_gap),
            "recent_gap": figures(_recent_gaps(panel, as_of)),
            "longest_gap": figures(facts.longest_gap),
            "silence": pa.array(facts.silence),
            "span": pa.array(facts.span),
            "season_length": figures(facts.season_length),
            "season_p": figures(facts.season_p),
            "months_p": figures(facts.months_p),
            "pauses": pa.array(spells.made),
            "dated": spells.dated,
            "basis": words(BASES, bound.astype(np.int64)),
            "course": words(list(CountCourse), shape.course),
            "course_bic": figures(np.round(shape.lower, 4)),
        }
    )
    counts = {each.value: int((kind == place).sum()) for place, each in enumerate(WORDS)}
    headline = Message(
        _("{long} of {accounts} accounts buy all the time, {seasonal} in season"),
        {
            "long": Count(counts[Cooperation.LONG_TERM]),
            "accounts": Count(kind.size),
            "seasonal": Count(counts[Cooperation.SEASONAL]),
        },
    )
    more = {"under_contract": int(bound.sum()), "course_differs": int(_differs(kind, shape.course).sum())}
    return Findings(rows, {"accounts": int(kind.size), **counts, **more}, headline)


@dataclass(frozen=True)
class _Facts:
    """What decides, one entry an account."""

    purchases: Whole
    median_gap: Floats
    longest_gap: Floats
    silence: Whole
    span: Whole
    age: Whole
    years: Whole
    years_spanned: Whole
    season_length: Floats
    season_p: Floats
    months_p: Floats
    """NaN where it is not asked: no season by the directions, or fewer than three whole years."""


class _Shape(NamedTuple):
    """The course of the monthly counts, and how much lower its BIC is than that of even ones; NaN where it cannot be told."""

    course: Whole
    lower: Floats


def _facts(panel: Panel, as_of: int) -> tuple[_Facts, _Shape]:
    day, starts = panel.whole("bought_on"), panel.starts()
    counts = np.diff(np.append(starts, day.size))
    first, last = day[starts], day[starts + counts - 1]
    row = np.repeat(np.arange(counts.size), counts)
    month = day.astype("datetime64[D]").astype("datetime64[M]").astype(np.int64)
    length, p = _season(row, month, counts.size)
    median, longest = _gaps(day, row, counts)
    year = month // MONTHS_A_YEAR
    new_year = np.concatenate([[True], (row[1:] != row[:-1]) | (year[1:] != year[:-1])])
    years = np.bincount(row[new_year], minlength=counts.size)
    spanned = year[starts + counts - 1] - year[starts] + 1
    asked = np.full(counts.size, np.nan)
    facts = _Facts(counts, median, longest, as_of - last, last - first, as_of - first, years, spanned, length, p, asked)
    last_month = last_whole_month(as_of)
    tested = replace(facts, months_p=_by_months(row, month, _seasonal(facts), last_month))
    return tested, _shape(row, day, month, last_month, _spell(facts))


def _spell(facts: _Facts) -> Floats:
    """How many days without a purchase make a pause."""
    return np.asarray(np.maximum(SPELL_GAPS * np.nan_to_num(facts.median_gap), SPELL_AT_LEAST))


def _shape(row: Whole, day: Whole, month: Whole, last: int, spell: Floats) -> _Shape:
    """Counts by month of the year, from the first purchase to the last whole month, against their pauses."""
    first = month[np.searchsorted(row, np.arange(spell.size))]
    length = last - first + 1
    inside = month <= last
    total = np.bincount(row[inside], minlength=spell.size)
    known = np.flatnonzero((length >= MONTHS_A_YEAR) & (total >= FEWEST_FOR_COURSE))
    course, lower = np.full(spell.size, list(CountCourse).index(CountCourse.UNKNOWN)), np.full(spell.size, np.nan)
    if known.size:
        cell = row[inside] * MONTHS_A_YEAR + month[inside] % MONTHS_A_YEAR
        counts = np.bincount(cell, minlength=spell.size * MONTHS_A_YEAR).reshape(-1, MONTHS_A_YEAR)[known]
        since = (np.arange(MONTHS_A_YEAR) - first[known, None]) % MONTHS_A_YEAR
        months = (length[known, None] - since + MONTHS_A_YEAR - 1) // MONTHS_A_YEAR
        paused, switches = _pauses(row, day, month, last, spell)
        found = courses(counts.astype(np.float64), months.astype(np.float64), paused[known], switches[known])
        course[known], lower[known] = found.course, -found.bic.min(axis=1)
    return _Shape(course, lower)


def _pauses(row: Whole, day: Whole, month: Whole, last: int, spell: Floats) -> tuple[Floats, Floats]:
    """Whole months inside pauses, and how many dates bound them: two of a pause that is over, one of one that lasts."""
    ends = np.append(row[1:] != row[:-1], True)
    end_of_last = (np.datetime64(last + 1, "M")).astype("datetime64[D]").astype(np.int64)
    gap = np.where(ends, end_of_last - day, np.diff(day, append=day[-1:]))
    after = np.where(ends, last + 1, np.append(month[1:], last + 1))
    pause = (gap > spell[row]) & (month < last)
    whole = np.where(pause, np.maximum(np.minimum(after, last + 1) - month - 1, 0), 0)
    switches = np.where(pause, np.where(ends, 1, 2), 0)
    return _summed(row, whole, spell.size), _summed(row, switches, spell.size)


class _Spells(NamedTuple):
    """How many pauses each account made, and the latest of them in sentences."""

    made: Whole
    dated: pa.Array


def _spells(panel: Panel, spell: Floats, as_of: int) -> _Spells:
    """Pauses from purchase to purchase, and from the last one on where that is long ago."""
    day, starts = panel.whole("bought_on"), panel.starts()
    row = np.repeat(np.arange(starts.size), np.diff(np.append(starts, day.size)))
    ends = np.append(row[1:] != row[:-1], True)
    until = np.where(ends, as_of, np.append(day[1:], as_of))
    at = np.flatnonzero(until - day > spell[row])[::-1]
    latest = np.arange(at.size) - np.searchsorted(-row[at], -row[at], side="left")
    said = []
    for number in range(SHOWN):
        which = np.full(spell.size, -1)
        here = at[latest == number]
        which[row[here]] = here
        said.append(_pause(day, np.where(ends, 0, until), which))
    return _Spells(np.bincount(row[at], minlength=spell.size), kept(*said))


def _pause(day: Whole, until: Whole, which: Whole) -> pa.Array:
    """A sentence on the pause after each of these purchases (-1: none); ``until`` is 0 where it lasts."""
    here, over = which >= 0, until[which] > 0
    first, last = days(np.where(here, day[which], np.nan)), days(np.where(here & over, until[which], np.nan))
    past = told(_("No purchase from {first} to {last}."), here & over, first=first, last=last)
    return pc.coalesce(past, told(_("No purchase since {first}."), here & ~over, first=first))


def _differs(kind: Whole, course: Whole) -> Bools:
    """Whether the counts clearly follow another course than the rule tells."""
    like = {
        Cooperation.SEASONAL: CountCourse.SEASON,
        Cooperation.PHASED: CountCourse.PHASES,
        Cooperation.LONG_TERM: CountCourse.EVEN,
    }
    expected = np.array([list(CountCourse).index(like.get(each, CountCourse.UNKNOWN)) for each in WORDS])[kind]
    unknown = list(CountCourse).index(CountCourse.UNKNOWN)
    return np.asarray((expected != unknown) & (course != unknown) & (expected != course))


def _under_contract(contracts: Frame | None, accounts: pa.Array, as_of: int) -> Floats:
    """Days since an account's first contract for what it buys, where one of them runs; NaN elsewhere."""
    if contracts is None:
        return np.full(len(accounts), np.nan)
    read = handed_over(contracts, "contracts", {"customer": TEXT, "started_on": DAY}, {"ended_on": DAY, "covers": TEXT})
    buys = pc.not_equal(read["covers"].fill_null(""), str(ContractScope.SERVICE)).to_numpy()
    place, start = in_order(read["customer"].combine_chunks(), accounts), day_numbers(read["started_on"])
    over = read["ended_on"].is_valid().to_numpy() & (day_numbers(read["ended_on"]) <= as_of)
    ours = buys & (place >= 0) & read["started_on"].is_valid().to_numpy() & (start <= as_of)
    since = np.full(len(accounts), np.inf)
    np.minimum.at(since, place[ours], start[ours])
    runs = np.bincount(place[ours & ~over], minlength=len(accounts)) > 0
    return np.where(runs, as_of - since, np.nan)


def _by_contract(kind: Whole, margin: Floats, length: Floats) -> tuple[Whole, Floats, Bools]:
    """Those under contract by its length; who buys in season stays seasonal."""
    bound = np.isfinite(length) & (kind != WORDS.index(Cooperation.SEASONAL))
    long = np.nan_to_num(length) >= LONG_TERM_DAYS
    by_length = np.where(long, WORDS.index(Cooperation.LONG_TERM), WORDS.index(Cooperation.DEVELOPING))
    clear = np.clip(np.abs(np.nan_to_num(length) / LONG_TERM_DAYS - 1), 0, 1)
    return np.where(bound, by_length, kind), np.where(bound, clear, margin), bound


def _by_months(row: Whole, month: Whole, asked: Bools, last: int) -> Floats:
    """Friedman's p of the purchases by month, the whole years up to now as its blocks; NaN for fewer than three."""
    first = month[np.searchsorted(row, np.arange(asked.size))]
    whole = np.where(asked, np.minimum((last - first + 1) // MONTHS_A_YEAR, MOST_YEARS), 0)
    p = np.full(asked.size, np.nan)
    for years in np.unique(whole[whole >= YEARS]):
        some = np.flatnonzero(whole == years)
        place, width = np.full(asked.size, -1), int(years) * MONTHS_A_YEAR
        place[some] = np.arange(some.size)
        inside = (place[row] >= 0) & (month > last - width) & (month <= last)
        cell = place[row[inside]] * width + month[inside] - (last - width + 1)
        counts = np.bincount(cell, minlength=some.size * width).astype(np.float64)
        p[some] = friedman_of_each(counts.reshape(some.size, int(years), MONTHS_A_YEAR))
    return p


def _recent_gaps(panel: Panel, as_of: int) -> Floats:
    """Median gap of each account among those that ended within a year; NaN where these are too few to tell."""
    day, starts = panel.whole("bought_on"), panel.starts()
    row = np.repeat(np.arange(starts.size), np.diff(np.append(starts, day.size)))
    recent = (row[1:] == row[:-1]) & (day[1:] > as_of - YEAR)
    n = np.bincount(row[1:][recent], minlength=starts.size)
    median, _longest = _middle(np.diff(day)[recent], row[1:][recent], n)
    return np.where(n >= FEWEST_RECENT, median, np.nan)


def _gaps(day: Whole, row: Whole, counts: Whole) -> tuple[Floats, Floats]:
    """Median and longest gap of each account, NaN where it bought once."""
    inner = row[1:] == row[:-1]
    return _middle(np.diff(day)[inner], row[1:][inner], counts - 1)


def _middle(gap: Whole, row: Whole, n: Whole) -> tuple[Floats, Floats]:
    """Median and largest of each account's ``n`` gaps, NaN where it has none."""
    gap = sorted_within(gap, row).astype(np.float64)
    start = np.concatenate([[0], np.cumsum(n)[:-1]])
    some = n > 0
    median, longest = np.full(n.size, np.nan), np.full(n.size, np.nan)
    low, high = start + np.maximum(n - 1, 0) // 2, start + n // 2
    median[some] = (gap[low[some]] + gap[high[some]]) / 2
    longest[some] = gap[(start + n - 1)[some]]
    return median, longest


def _season(row: Whole, month: Whole, accounts: int) -> tuple[Floats, Floats]:
    """Rayleigh's test on the distinct months with purchases; the clearer of one and two seasons a year."""
    cell = np.concatenate([[True], (row[1:] != row[:-1]) | (month[1:] != month[:-1])])
    row, angle = row[cell], 2 * np.pi * (month[cell] % MONTHS_A_YEAR + 0.5) / MONTHS_A_YEAR
    n = np.bincount(row, minlength=accounts).astype(np.float64)
    once, twice = (_rayleigh(row, angle * times, n, accounts) for times in (1, 2))
    better = twice[1] < once[1]
    return np.where(better, twice[0], once[0]), np.where(better, twice[1], once[1])


def _rayleigh(row: Whole, angle: Floats, n: Floats, accounts: int) -> tuple[Floats, Floats]:
    found = rayleigh_of_sums(n, _summed(row, np.cos(angle), accounts), _summed(row, np.sin(angle), accounts))
    return found.length, found.p


def _summed(row: Whole, values: Floats | Whole, accounts: int) -> Floats:
    return np.asarray(np.bincount(row, values, accounts), dtype=np.float64)


def _kind(facts: _Facts) -> tuple[NDArray[np.int64], Floats]:
    """The first rule that holds decides; its distance from the border is the confidence."""
    spell = _spell(facts)
    longest = np.maximum(np.nan_to_num(facts.longest_gap), facts.silence)
    single, silent = facts.purchases == 1, facts.silence >= ONE_OFF_AFTER
    rules = [
        (single & silent, Cooperation.ONE_OFF, facts.silence / ONE_OFF_AFTER - 1),
        (single, Cooperation.UNDETERMINED, np.zeros(single.size)),
        (_seasonal(facts), Cooperation.SEASONAL, 1 - facts.season_p / SEASON_P),
        (longest > spell, Cooperation.PHASED, longest / spell - 1),
        (facts.span >= LONG_TERM_DAYS, Cooperation.LONG_TERM, 1 - longest / spell),
    ]
    conditions = [condition for condition, _word, _margin in rules]
    kind = np.select(conditions, [WORDS.index(word) for _c, word, _m in rules], WORDS.index(Cooperation.DEVELOPING))
    margin = np.select(conditions, [margin for _c, _w, margin in rules], 1 - facts.span / LONG_TERM_DAYS)
    return kind.astype(np.int64), np.clip(margin, 0, 1)


def _seasonal(facts: _Facts) -> NDArray[np.bool_]:
    return np.asarray(
        (facts.years >= SEASON_YEARS)
        & (facts.age >= SEASON_AGE)
        & (facts.years / facts.years_spanned >= SEASON_SHARE)
        & (facts.silence <= SEASON_SILENCE)
        & (facts.season_p < SEASON_P)
        & (facts.season_length >= SEASON_LENGTH)
        & ~(facts.months_p >= MONTHS_P)
    )
