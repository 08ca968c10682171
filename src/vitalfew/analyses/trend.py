"""Which accounts rise, which fall, and how sure that is.

Over the account's last whole months (from its first order, 36 at most unless another number is asked for; empty months
counted as zero):

    slope     Theil-Sen: the median of all (y_j − y_i)/(j − i), in money a month
    p_value   Mann-Kendall with tie correction, two-sided: how likely such a run is without any trend
    growth    the last 12 months against the 12 before, where both are whole
    cagr      the constant yearly rate from the first whole year of the window to the last, where both are positive
    shift     the month in which the level last shifted (pieces of constant level, least squares and 3 ln n a cut)

An account that orders in fewer than half of its months is looked at by quarters, so that empty months don't hide its
course; its slope is still told in money a month (the change from quarter to quarter, divided by nine).

``direction`` is 'falling' or 'rising' when p < 0.05 over at least eight periods; with fewer than four there is no test.
A season must not pass for a trend: where the book's months differ by season (Friedman's test over years, p < 0.05),
each month is first divided by the book's seasonal factor.

Whole months make a trend; whether an account stopped is asked of its days, too: who bought in the month that has begun
(``revenue_since``) did not stop.

Growth and direction may disagree: an account that rose until spring and has fallen since can stand above the year before
and still be falling. ``course`` says so, that nobody takes the growth for the direction.

    1 2 4 3 5 7  →  slope 1.0 a month, S = 13, p = 0.024

Sen, P. K. (1968). JASA 63(324). Mann, H. B. (1945). Econometrica 13(3). Friedman, M. (1937). JASA 32(200).
Jackson, B. et al. (2005). IEEE Signal Processing Letters 12(2).
"""

from dataclasses import fields
from typing import Final, Literal

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from vitalfew.catalogue import Choice, Column, Drawing, Findings, Frame, Refusal, analysis
from vitalfew.language import Count, Message
from vitalfew.maths.change_points import change_points
from vitalfew.maths.seasons import factors
from vitalfew.maths.trends import Trends, trends
from vitalfew.panels import MONTHS_A_YEAR, Floats, Months, figures, last_whole_month, month_of, month_start, words
from vitalfew.panels import months as window
from vitalfew.terms import Course, Direction, Group, Unit
from vitalfew.terms import gettext_noop as _

LONGEST: Final = 36
QUARTER: Final = 3
OFTEN: Final = 0.5
FEWEST_FOR_TEST: Final = 4
FEWEST_FOR_WORD: Final = 8
SIGNIFICANT: Final = 0.05
WORDS: Final = list(Direction)
COURSES: Final = list(Course)


@analysis(
    group=Group.DEVELOPMENT,
    title=_("Trend"),
    question=_("Which accounts rise, which fall, and how sure is that?"),
    columns=(
        Column("customer", Unit.CODE, _("Account"), _("The account's code")),
        Column("direction", Unit.WORD, _("Direction"), _("Rising or falling when p is below 0.05"), Direction),
        Column("slope", Unit.MONEY, _("Change a month"), _("Median change of net sales from month to month")),
        Column("low", Unit.MONEY, _("from"), _("Lower end of the slope's 95 % interval")),
        Column("high", Unit.MONEY, _("to"), _("Upper end of the slope's 95 % interval")),
        Column("p_value", Unit.NUMBER, _("p"), _("How likely such a run is without any trend"), statistic=True),
        Column("growth", Unit.SHARE, _("Growth"), _("Last 12 months against the 12 before")),
        Column(
            "course", Unit.WORD, _("Course"), _("Whether growth and direction agree, and which one to heed"), Course
        ),
        Column("cagr", Unit.SHARE, _("Yearly rate"), _("Constant rate from the window's first whole year to its last")),
        Column("changed_on", Unit.DAY, _("Level shifted"), _("Month in which the account's level last shifted")),
        Column("periods", Unit.COUNT, _("Periods"), _("Months, or quarters where orders are rare")),
        Column("revenue_12m", Unit.MONEY, _("Net sales, 12 months"), _("Net sales of the last 12 whole months")),
        Column(
            "revenue_since", Unit.MONEY, _("Net sales since"), _("Net sales in the month that has begun, if one has")
        ),
    ),
    choices={
        "months": Choice(_("Months looked at"), least=4, most=120),
        "season": Choice(_("Season"), {"auto": _("Taken out where proven"), "none": _("Left in")}),
    },
    drawing=Drawing("points", "growth", "revenue_12m"),
    source="Theil (1950); Sen (1968); Mann (1945); Kendall (1975)",
    version=3,
)
def trend(
    account_months: Frame, *, as_of: int, months: int = LONGEST, season: Literal["auto", "none"] = "auto"
) -> Findings:
    panel, since = _whole_months(account_months, as_of, max(months, 2 * MONTHS_A_YEAR))
    if not len(panel.accounts):
        raise Refusal(Message(_("No orders yet")))
    seasonal = _season(panel) if season == "auto" else None
    values = panel.values if seasonal is None else panel.values / seasonal
    known = np.where(panel.numbers[None, :] >= panel.first[:, None], values, np.nan)[:, -months:]
    found = _trends(known)
    growth = _growth(panel)
    direction = _direction(found.slope, found.p, found.n)
    rows = pa.table(
        {
            "customer": panel.accounts,
            "direction": words(WORDS, direction),
            "slope": figures(found.slope),
            "low": figures(found.low),
            "high": figures(found.high),
            "p_value": figures(found.p),
            "growth": figures(growth),
            "course": words(COURSES, _course(direction, growth, since)),
            "cagr": figures(_yearly_rate(panel)),
            "changed_on": _changed(values, panel),
            "periods": pa.array(found.n.astype(np.int64)),
            "revenue_12m": figures(np.round(panel.values[:, -MONTHS_A_YEAR:].sum(axis=1), 4)),
            "revenue_since": figures(np.round(since, 4)),
        }
    )
    counts = {each.value: int((direction == place).sum()) for place, each in enumerate(WORDS)}
    return Findings(rows, {"accounts": len(panel.accounts), **counts}, _headline(counts), _warnings(seasonal))


def _whole_months(account_months: Frame, as_of: int, width: int) -> tuple[Months, Floats]:
    """The window of whole months, and the sales since: NaN where no month has begun."""
    last = last_whole_month(as_of)
    panel = window(account_months, "amount", month_of(as_of), width + month_of(as_of) - last)
    begun = month_of(as_of) > last
    return panel.until(last), panel.values[:, -1] if begun else np.full(len(panel.accounts), np.nan)


def _trends(known: Floats) -> Trends:
    """By months, or by quarters for accounts that order in fewer than half of their months."""
    sparse = np.count_nonzero(np.nan_to_num(known), axis=1) < OFTEN * np.count_nonzero(~np.isnan(known), axis=1)
    rows = known[sparse][:, known.shape[1] % QUARTER :]
    quarters = rows.reshape(rows.shape[0], known.shape[1] // QUARTER, QUARTER).sum(axis=2)
    monthly, quarterly = trends(known[~sparse]), trends(quarters)
    merged = {field.name: np.empty(len(known)) for field in fields(Trends)}
    for name, values in merged.items():
        values[~sparse] = getattr(monthly, name)
        values[sparse] = getattr(quarterly, name) / (QUARTER**2 if name in {"slope", "low", "high"} else 1)
    return Trends(**merged)


def _season(panel: Months) -> Floats | None:
    """The book's factor for each month of the window, or None where no season is proven."""
    years = (panel.end - int(panel.first.min()) + 1) // MONTHS_A_YEAR
    years = min(years, panel.values.shape[1] // MONTHS_A_YEAR)
    factor = factors(panel.values[:, -years * MONTHS_A_YEAR :].sum(axis=0), MONTHS_A_YEAR, SIGNIFICANT)
    places = (np.arange(panel.values.shape[1]) - panel.values.shape[1]) % MONTHS_A_YEAR
    return None if factor is None else np.asarray(factor[places])


def _growth(panel: Months) -> Floats:
    """NaN unless both years are whole in the account's life and the earlier one is positive."""
    later = panel.values[:, -MONTHS_A_YEAR:].sum(axis=1)
    before = panel.values[:, -2 * MONTHS_A_YEAR : -MONTHS_A_YEAR].sum(axis=1)
    whole = panel.first <= panel.end - 2 * MONTHS_A_YEAR + 1
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(whole & (before > 0), later / before - 1, np.nan)


def _direction(slope: Floats, p: Floats, n: Floats) -> NDArray[np.int64]:
    sure = (p < SIGNIFICANT) & (n >= FEWEST_FOR_WORD)
    word = np.where(sure & (slope > 0), WORDS.index(Direction.RISING), WORDS.index(Direction.STEADY))
    word = np.where(sure & (slope < 0), WORDS.index(Direction.FALLING), word)
    return np.where(n < FEWEST_FOR_TEST, WORDS.index(Direction.TOO_SHORT), word).astype(np.int64)


def _course(direction: NDArray[np.int64], growth: Floats, since: Floats) -> NDArray[np.int64]:
    falling, rising = (direction == WORDS.index(word) for word in (Direction.FALLING, Direction.RISING))
    chosen = np.where(falling & (growth > 0), COURSES.index(Course.PAST_ITS_PEAK), COURSES.index(Course.AS_IT_SEEMS))
    chosen = np.where(rising & (growth < 0), COURSES.index(Course.RECOVERING), chosen)
    return np.where((growth <= -1) & ~(since > 0), COURSES.index(Course.STOPPED), chosen).astype(np.int64)


def _yearly_rate(panel: Months) -> Floats:
    """NaN unless two whole years or more lie within window and life, and both ends are positive."""
    lived = np.minimum(panel.end - panel.first + 1, panel.values.shape[1])
    years = lived // MONTHS_A_YEAR
    sums = np.cumsum(np.column_stack([np.zeros(len(panel.values)), panel.values]), axis=1)
    row, start = np.arange(len(years)), panel.values.shape[1] - years * MONTHS_A_YEAR
    earliest = sums[row, np.minimum(start + MONTHS_A_YEAR, panel.values.shape[1])] - sums[row, start]
    latest = panel.values[:, -MONTHS_A_YEAR:].sum(axis=1)
    whole = (years > 1) & (earliest > 0) & (latest > 0)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(whole, (latest / earliest) ** (1.0 / np.maximum(years - 1, 1)) - 1.0, np.nan)


def _changed(values: Floats, panel: Months) -> pa.Array:
    """The month of each account's latest shift of level; null where there is none."""
    found = change_points(np.where(panel.numbers >= panel.first[:, None], values, np.nan))
    starts = np.array([month_start(int(month)) for month in panel.numbers])
    return pa.array(starts[found.latest], mask=found.cuts == 0)


def _headline(counts: dict[str, int]) -> Message:
    return Message(
        _("{rising} {rising:account|accounts} rise and {falling} fall, beyond what chance explains"),
        {"rising": Count(counts[Direction.RISING]), "falling": Count(counts[Direction.FALLING])},
    )


def _warnings(seasonal: Floats | None) -> list[Message]:
    if seasonal is None:
        return []
    return [Message(_("The book has a season: months were divided by the book's seasonal factors before the test"))]
