"""Whether care for large accounts comes at the cost of small ones, and which of them.

Large is the first fifth by net sales of the last twelve months, small the lower half. Compared over accounts, each
counting once:

    on time    share of lines delivered in full by the promised day, last twelve months
    reply      days from a complaint to the first reply              visits    visits in the last twelve months
    allotted   of what it needed of products that were short and shared out, the part it got; mean over these
    lost       of accounts that bought in the twelve months before, the share that bought nothing in the last twelve; large
               and small there by the sales of those earlier months, as who leaves gets small

Means differ by Welch's interval, shares by Newcombe's, 95 %. Worse for the small is a difference whose interval lies on
one side of 0. Fewer visits are no neglect in themselves: effort follows size.

A small account is called neglected if it says so itself (a complaint about fairness), if the upper Wilson end of its
share on time lies below the mean of the large, if it was cut twice at least and more than twice as often as the other accounts
of its size on average, if its complaints wait twice as long as those of the large and five days at least, or if it was visited
before and not for half a year while it went on buying. Cut is who got less than four fifths of what it needed of a product when
that was shared out (``allotted``: customer, product, decided_on, needed, given); compared are accounts that had a part in it.

    on time: small .80 .90, large .95 .97 .96  →  difference −.11, interval −.71 to .49: cannot be told with two
    cut: small 3, 1, 0 times  →  others like the first: (1 + 0)/2 = .5, and 3 > 2 × .5: the first is neglected

A difference shows no motive, and the small may order what is scarce.

Welch, B. L. (1947). Biometrika 34. Newcombe, R. G. (1998). Statistics in Medicine 17(8). Wilson, E. B. (1927). JASA 22.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
import pyarrow as pa

from vitalfew.analyses.fairness import served as by
from vitalfew.analyses.fairness.served import Served
from vitalfew.catalogue import Choice, Column, Drawing, Findings, Frame, Refusal, analysis
from vitalfew.language import Count, Message, Number, Percent, Word
from vitalfew.maths.intervals import newcombe, wilson_low
from vitalfew.maths.welch import welch
from vitalfew.panels import MONTHS_A_YEAR, Bools, Floats, Whole, figures, last_whole_month, months, words
from vitalfew.terms import Group, Neglect, Size, Unit
from vitalfew.terms import gettext_noop as _

SIZES: Final = list(Size)
LARGE, MIDDLE, SMALL = range(3)
SLOW_DAYS, TWICE, FEWEST_ACCOUNTS, FEWEST_CUTS = 5, 2.0, 10, 2
MEASURES: Final = {
    "on_time": _("delivery on time and in full"),
    "allotted": _("shares of goods that were short"),
    "reply_days": _("days to the first reply"),
    "visits": _("visits"),
    "lost": _("accounts lost"),
}
_MEANS: Final = ("on_time", "allotted", "reply_days", "visits")
SERVED: Final = ("on_time", "allotted", "reply_days", "lost")
BETTER_IS_MORE: Final = frozenset({"on_time", "allotted", "visits"})


@analysis(
    group=Group.RISK,
    title=_("Fairness to small accounts"),
    question=_("Do small accounts pay for our care for the large, and which of them?"),
    columns=(
        Column("customer", Unit.CODE, _("Account"), _("The account's code")),
        Column("size", Unit.WORD, _("Size"), _("Large: first fifth by sales; small: lower half"), Size),
        Column("sales", Unit.MONEY, _("Net sales, 12 months"), _("Net sales of the last twelve whole months")),
        Column("on_time", Unit.SHARE, _("On time, in full"), _("Share of lines delivered in full by the promised day")),
        Column(
            "allotted", Unit.SHARE, _("Got when short"), _("Of what it needed of products shared out, the part it got")
        ),
        Column("cuts", Unit.COUNT, _("Times cut"), _("How often it got less than four fifths of what it needed")),
        Column("cuts_alike", Unit.NUMBER, _("Times cut, alike"), _("The same, mean of the other accounts of its size")),
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
    allotted: Frame | None = None,
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
    shared = by.shared(book.accounts, allotted, size, as_of)
    served = by.served(book.accounts, buying, order_lines, complaints, service_costs, shared, as_of)
    sign = _signs(served, size)
    rows = _rows(book.accounts, active, size, sales, served, sign)
    compared = {
        **{name: _means(served.of(name), size, active) for name in _MEANS},
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


def _signs(served: Served, size: Whole) -> Whole:
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
        cut = (served.shared.cuts >= FEWEST_CUTS) & (served.shared.cuts > TWICE * served.shared.alike)
    signs = [served.unfair, late, cut, slow, served.abandoned]
    shown = np.select(signs, range(len(signs)), len(signs))
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
    accounts: pa.Array, active: Bools, size: Whole, sales: Floats, served: Served, sign: Whole
) -> pa.Table:
    rows = pa.table(
        {
            "customer": accounts,
            "size": words(SIZES, size),
            "sales": figures(np.round(sales, 4)),
            "on_time": figures(served.on_time),
            "allotted": figures(served.shared.part),
            "cuts": _counts(served.shared.cuts),
            "cuts_alike": figures(served.shared.alike),
            "reply_days": figures(served.reply_days),
            "visits": _counts(served.visits),
            "neglected": pa.array(sign < len(Neglect) - 1),
            "sign": words(list(Neglect), sign),
        }
    )
    return rows.filter(pa.array(active))


def _counts(values: Floats) -> pa.Array:
    return pa.array(values, mask=np.isnan(values)).cast(pa.int64())


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
