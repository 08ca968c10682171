"""Whether care for large accounts comes at the cost of small ones, and which of them.

Large is the first fifth by net sales of the last twelve months, small the lower half. Compared over accounts, each
counting once:

    on time    share of lines delivered in full by the promised day, last twelve months
    reply      days from a complaint to the first reply              visits    visits in the last twelve months
    lost       of accounts that bought in the twelve months before, the share that bought nothing in the last twelve; large
               and small there by the sales of those earlier months, as who leaves gets small

Means differ by Welch's interval, shares by Newcombe's, 95 %. Worse for the small is a difference whose interval lies on
one side of 0. Fewer visits are no neglect in themselves: effort follows size.

A small account is called neglected if it says so itself (a complaint about fairness), if the upper Wilson end of its
share on time lies below the mean of the large, if its complaints wait twice as long as theirs and five days at least,
or if it was visited before and not for half a year while it went on buying.

    on time: small .80 .90, large .95 .97 .96  →  difference −.11, interval −.71 to .49: cannot be told with two

A difference shows no motive, and the small may order what is scarce.

Welch, B. L. (1947). Biometrika 34. Newcombe, R. G. (1998). Statistics in Medicine 17(8). Wilson, E. B. (1927). JASA 22.
"""

from dataclasses import dataclass
from typing import Final

import narwhals as nw
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from vitalfew.catalogue import Choice, Column, Drawing, Findings, Frame, Refusal, analysis
from vitalfew.deliveries import due, missed
from vitalfew.language import Count, Message, Number, Percent, Word
from vitalfew.maths.intervals import newcombe, wilson_low
from vitalfew.maths.welch import welch
from vitalfew.maths.years import YEAR
from vitalfew.panels import MONTHS_A_YEAR, Bools, Floats, Panel, Whole, figures, last_whole_month, months, words
from vitalfew.terms import Group, Neglect, Size, Unit
from vitalfew.terms import gettext_noop as _

SIZES: Final = list(Size)
LARGE, MIDDLE, SMALL = range(3)
HALF, SLOW_DAYS, TWICE, FEWEST_ACCOUNTS = 182, 5, 2.0, 10
FAIRNESS: Final = ("fairness", "公平", "歧视")
VISITS: Final = ("visit", "拜访")
MEASURES: Final = {
    "on_time": _("delivery on time and in full"),
    "reply_days": _("days to the first reply"),
    "visits": _("visits"),
    "lost": _("accounts lost"),
}
SERVED: Final = ("on_time", "reply_days", "lost")
BETTER_IS_MORE: Final = frozenset({"on_time", "visits"})


@analysis(
    group=Group.RISK,
    title=_("Fairness to small accounts"),
    question=_("Do small accounts pay for our care for the large, and which of them?"),
    columns=(
        Column("customer", Unit.CODE, _("Account"), _("The account's code")),
        Column("size", Unit.WORD, _("Size"), _("Large: first fifth by sales; small: lower half"), Size),
        Column("sales", Unit.MONEY, _("Net sales, 12 months"), _("Net sales of the last twelve whole months")),
        Column("on_time", Unit.SHARE, _("On time, in full"), _("Share of lines delivered in full by the promised day")),
        Column("reply_days", Unit.NUMBER, _("Days to a reply"), _("Mean days from a complaint to the first reply")),
        Column("visits", Unit.COUNT, _("Visits"), _("Visits in the last 365 days")),
        Column("neglected", Unit.YES_NO, _("Neglected"), _("A small account that is served worse")),
        Column("sign", Unit.WORD, _("In what"), _("What shows it, the gravest first"), Neglect),
    ),
    choices={
        "large": Choice(_("Large: the first share of accounts"), least=0.01, most=0.5),
        "small": Choice(_("Small: the last share of accounts"), least=0.01, most=0.9),
    },
    drawing=Drawing("bars", "customer", "sign"),
    source="Welch (1947); Newcombe (1998); Wilson (1927)",
    ranked=("sales", "descending"),
)
def fairness(
    account_months: Frame,
    order_lines: Frame,
    complaints: Frame | None = None,
    service_costs: Frame | None = None,
    *,
    as_of: int,
    large: float = 0.2,
    small: float = 0.5,
) -> Findings:
    book = months(account_months, "amount", last_whole_month(as_of), 2 * MONTHS_A_YEAR)
    if len(book.accounts) < FEWEST_ACCOUNTS:
        text = _("{n} {n:account is|accounts are} too few to compare large and small: ten are needed at least")
        raise Refusal(Message(text, {"n": Count(len(book.accounts))}))
    before, sales = (each.sum(axis=1) for each in np.hsplit(book.values, 2))
    active, buying, earlier = (_any(book.values[:, part]) for part in (slice(-12, None), slice(-6, None), slice(12)))
    size = _sizes(sales, active, large, small)
    served = _served(book.accounts, buying, order_lines, complaints, service_costs, as_of)
    sign = _signs(served, size)
    rows = _rows(book.accounts, active, size, sales, served, sign)
    compared = {
        **{name: _means(getattr(served, name), size, active) for name in ("on_time", "reply_days", "visits")},
        "lost": _shares(~active, _sizes(before, earlier, large, small), earlier),
    }
    return Findings(rows, _figures(compared, size, sign, active), _headline(compared, sign, size), _warnings(compared))


def _any(values: Floats) -> Bools:
    return np.asarray((values != 0).any(axis=1))


def _sizes(sales: Floats, counted: Bools, large: float, small: float) -> Whole:
    """Large, middle or small by rank among those counted; equal sales by place."""
    size = np.full(sales.size, MIDDLE)
    rows = np.flatnonzero(counted)
    order = rows[np.argsort(-sales[rows], kind="stable")]
    size[order[order.size - int(small * order.size) :]] = SMALL
    size[order[: max(1, round(large * order.size))]] = LARGE
    return size


@dataclass(frozen=True)
class _Served:
    """How each account is served; NaN where nothing is known."""

    on_time: Floats
    lines: Floats
    reply_days: Floats
    visits: Floats
    unfair: Bools
    abandoned: Bools


def _served(  # noqa: PLR0917  (each table, and the day)
    accounts: pa.Array,
    buying: Bools,
    order_lines: Frame,
    complaints: Frame | None,
    service_costs: Frame | None,
    as_of: int,
) -> _Served:
    on_time, lines = _on_time(accounts, order_lines, as_of)
    reply, unfair = _replies(accounts, complaints, as_of)
    visits, abandoned = _visits(accounts, service_costs, as_of)
    return _Served(on_time, lines, reply, visits, unfair, abandoned & buying)


def _place(codes: pa.Array, accounts: pa.Array) -> Whole:
    return np.asarray(pc.index_in(codes, accounts).fill_null(-1).to_numpy(zero_copy_only=False), dtype=np.int64)


def _on_time(accounts: pa.Array, order_lines: Frame, as_of: int) -> tuple[Floats, Floats]:
    lines = order_lines.filter(due(as_of - YEAR, as_of)).with_columns(kept=1 - missed())
    panel = Panel.of(lines.group_by("customer").agg(nw.col("kept").sum(), due=nw.len()))
    row = _place(panel.codes, accounts)
    share, count = np.full(len(accounts), np.nan), np.zeros(len(accounts))
    known = row >= 0
    share[row[known]] = (panel.floats("kept") / panel.floats("due"))[known]
    count[row[known]] = panel.floats("due")[known]
    return share, count


def _replies(accounts: pa.Array, complaints: Frame | None, as_of: int) -> tuple[Floats, Bools]:
    """Mean days to the first reply (so far, where there is none yet), and whether it complained about fairness."""
    if complaints is None:
        return np.full(len(accounts), np.nan), np.zeros(len(accounts), dtype=bool)
    recent = complaints.filter(nw.col("received_on") > as_of - YEAR, nw.col("received_on") <= as_of)
    panel = Panel.of(recent.select("customer", "received_on", "first_reply_on", "category"))
    row = _place(panel.codes, accounts)
    days = np.minimum(np.nan_to_num(panel.floats("first_reply_on"), nan=as_of), as_of) - panel.floats("received_on")
    known = row >= 0
    n, total = (np.bincount(row[known], each, len(accounts)) for each in (None, days[known]))
    category = pc.utf8_lower(panel.table["category"].fill_null("")).to_numpy(zero_copy_only=False).astype(str)
    unfair = np.any([np.char.find(category, word) >= 0 for word in FAIRNESS], axis=0)
    with np.errstate(invalid="ignore"):
        mean = np.where(n > 0, total / n, np.nan)
    return mean, np.bincount(row[known & unfair], minlength=len(accounts)) > 0


def _visits(accounts: pa.Array, service_costs: Frame | None, as_of: int) -> tuple[Floats, Bools]:
    """Visits in the last year, and whether it was visited before and not for half a year."""
    if service_costs is None:
        return np.full(len(accounts), np.nan), np.zeros(len(accounts), dtype=bool)
    panel = Panel.of(service_costs.filter(nw.col("activity").is_in(list(VISITS))).select("customer", "spent_on"))
    if not len(panel):
        return np.full(len(accounts), np.nan), np.zeros(len(accounts), dtype=bool)
    row, back = _place(panel.codes, accounts), as_of - panel.floats("spent_on")
    year, half, longer = (
        np.bincount(row[(row >= 0) & (back >= 0) & (back < days)], minlength=len(accounts))
        for days in (YEAR, HALF, HALF + YEAR)
    )
    return year.astype(np.float64), (longer > 1) & (half == 0)


def _signs(served: _Served, size: Whole) -> Whole:
    """In what each small account is served worse."""
    best = size == LARGE
    usual = [
        np.nanmean(each[best]) if (~np.isnan(each[best])).any() else np.nan
        for each in (served.on_time, served.reply_days)
    ]
    highest = 1 - wilson_low((1 - served.on_time) * served.lines, served.lines)
    with np.errstate(invalid="ignore"):
        late = highest < usual[0]
        slow = served.reply_days > max(TWICE * np.nan_to_num(usual[1]), SLOW_DAYS)
    shown = np.select([served.unfair, late, slow, served.abandoned], range(4), 4)
    return np.where(size == SMALL, shown, len(Neglect) - 1).astype(np.int64)


@dataclass(frozen=True)
class _Compared:
    """One measure of small and large accounts."""

    small: float | None
    large: float | None
    difference: float | None
    low: float | None
    high: float | None
    accounts: int


_NOTHING: Final = _Compared(None, None, None, None, None, 0)


def _means(values: Floats, size: Whole, counted: Bools) -> _Compared:
    known = counted & ~np.isnan(values)
    small, large = (values[known & (size == each)] for each in (SMALL, LARGE))
    if min(small.size, large.size) < 2:  # noqa: PLR2004  (a mean of one says nothing)
        return _NOTHING
    found, apart = welch(small, large), float(small.mean() - large.mean())
    ends = (apart, apart, apart) if found is None else (found.mean, found.low, found.high)
    return _Compared(float(small.mean()), float(large.mean()), *ends, small.size + large.size)


def _shares(lost: Bools, size: Whole, counted: Bools) -> _Compared:
    small, large = (lost[counted & (size == each)] for each in (SMALL, LARGE))
    if not small.size or not large.size:
        return _NOTHING
    low, high = newcombe(int(small.sum()), small.size, int(large.sum()), large.size)
    share, other = float(small.mean()), float(large.mean())
    return _Compared(share, other, share - other, low, high, small.size + large.size)


def _rows(  # noqa: PLR0917  (a row's parts)
    accounts: pa.Array, active: Bools, size: Whole, sales: Floats, served: _Served, sign: Whole
) -> pa.Table:
    rows = pa.table(
        {
            "customer": accounts,
            "size": words(SIZES, size),
            "sales": figures(np.round(sales, 4)),
            "on_time": figures(served.on_time),
            "reply_days": figures(served.reply_days),
            "visits": pa.array(served.visits, mask=np.isnan(served.visits)).cast(pa.int64()),
            "neglected": pa.array(sign < len(Neglect) - 1),
            "sign": words(list(Neglect), sign),
        }
    )
    return rows.filter(pa.array(active))


def _figures(compared: dict[str, _Compared], size: Whole, sign: Whole, active: Bools) -> dict[str, float | int | None]:
    found: dict[str, float | int | None] = {
        "accounts": int(active.sum()),
        "small": int((active & (size == SMALL)).sum()),
        "large": int((active & (size == LARGE)).sum()),
        "neglected": int((active & (sign < len(Neglect) - 1)).sum()),
    }
    for name, each in compared.items():
        found |= {
            f"{name}_small": each.small, f"{name}_large": each.large, f"{name}_difference": each.difference,
            f"{name}_low": each.low, f"{name}_high": each.high,
        }  # fmt: skip
    return found


def _worse(name: str, each: _Compared) -> bool:
    """Whether the small are surely served worse."""
    if each.low is None or each.high is None:
        return False
    return each.high < 0 if name in BETTER_IS_MORE else each.low > 0


def _headline(compared: dict[str, _Compared], sign: Whole, size: Whole) -> Message:
    neglected, small = int((sign < len(Neglect) - 1).sum()), int((size == SMALL).sum())
    counts = {"n": Count(neglected), "small": Count(small)}
    told = [name for name in SERVED if compared[name].difference is not None]
    worse = [name for name in told if _worse(name, compared[name])]
    if not worse:
        text = _(
            "{n} of {small} small accounts {n:shows|show} neglect; overall, small ones are not surely served "
            "worse than large ones"
        )
        return Message(text, counts)
    text = _(
        "{n} of {small} small accounts {n:shows|show} neglect; overall, small ones are surely worse off in "
        "{worse} of {all} respects"
    )
    return Message(text, {**counts, "worse": Count(len(worse)), "all": Count(len(told))})


def _warnings(compared: dict[str, _Compared]) -> list[Message]:
    said = [
        Message(_("Not compared, as too little is known: {measure}"), {"measure": Word(MEASURES[name])})
        for name, each in compared.items()
        if each.difference is None
    ]
    for name in SERVED:
        each = compared[name]
        if _worse(name, each) and each.small is not None and each.large is not None:
            text = _("Small accounts are worse off in {measure}: {small}, large ones {large}")
            small, large = (Number(v, 1) if name == "reply_days" else Percent(v) for v in (each.small, each.large))
            said.append(Message(text, {"measure": Word(MEASURES[name]), "small": small, "large": large}))
    return said
