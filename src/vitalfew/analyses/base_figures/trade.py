"""Rules of thumb that orders, costs and opportunities can test."""

from typing import Final

import narwhals as nw
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from vitalfew.analyses.base_figures.cards import Book, Card, at_least, numbers, percents, points
from vitalfew.analyses.base_figures.claims import ClaimVerdict
from vitalfew.catalogue import Frame
from vitalfew.deliveries import due, missed
from vitalfew.language import Count, Figure, Message, Money, Percent
from vitalfew.maths.discounting import margin_multiple
from vitalfew.maths.intervals import newcombe
from vitalfew.maths.scales import mean_interval
from vitalfew.maths.uncertainty import Estimate, largest_share, rank_correlation
from vitalfew.maths.welch import welch
from vitalfew.maths.years import YEAR
from vitalfew.panels import NUMBER, TEXT, Floats, Panel, handed_over, in_order
from vitalfew.terms import gettext_noop as _

FIFTH, OF_SALES = 0.2, 0.8
TIMES: Final = 5.0
POINTS, LEAST_GAIN = 0.05, 0.25
DEPENDENCE: Final = 0.1
"""The share of revenue from which IFRS 8 has a customer disclosed."""
HALF_YEAR, FEWEST_LINES = 182, 10
EXISTING, NEW = "existing", "new"


def vital_few(book: Book) -> Card | None:
    panel = book.panel("yearly_contribution", "revenue", "contribution")
    sales = None if panel is None else largest_share(panel.floats("revenue"), FIFTH)
    if panel is None or sales is None:
        return None
    said: dict[str, Figure] = {**percents(sales), "n": Count(len(panel))}
    earned = panel.floats("contribution")
    profit = largest_share(earned[np.isfinite(earned)], FIFTH)
    text = _("In twelve months the first fifth of {n} accounts made {value} of net sales ({low} to {high}).")
    if profit:
        said["profit"] = Percent(profit.value, 0)
        text = _(
            "In twelve months the first fifth of {n} accounts made {value} of net sales ({low} to {high}); the first fifth by "
            "contribution made {profit} of all contribution."
        )
    return Card(Message(text, said), at_least(sales, OF_SALES, len(panel)), sales, len(panel))


def keeping(book: Book) -> Card | None:
    """Serving an account that has been here for a year, against what is told of winning one."""
    panel, spans = book.panel("yearly_contribution", "cost_to_serve"), book.spans
    if panel is None or spans is None or "service_costs" not in book.frames:
        return None
    first = np.append(spans.floats("first"), np.nan)[in_order(panel.codes, spans.codes)]
    served = panel.floats("cost_to_serve")[first < book.as_of - YEAR]
    ends = mean_interval(served)
    if ends is None or ends.low <= 0:
        return None
    kept = float(served.mean())
    said: dict[str, Figure] = {"n": Count(served.size), "kept": Money(kept, book.currency)}
    if not book.acquisition_cost:
        text = _(
            "Serving one of {n} accounts kept cost {kept} in twelve months; what winning an account costs is not known."
        )
        return Card(Message(text, said), n=served.size)
    found = Estimate(*(book.acquisition_cost / each for each in (kept, ends.high, ends.low)))
    text = _(
        "Winning an account costs {value} times ({low} to {high}) what serving one of {n} accounts kept costs a year, {kept}."
    )
    return Card(Message(text, {**said, **numbers(found, 1)}), at_least(found, TIMES, served.size), found, served.size)


def five_points(book: Book) -> Card | None:
    last = book.latest_retention
    if last is None:
        return None
    kept, most = last["logo_retention"], 1 - POINTS
    said: dict[str, Figure] = {"kept": Percent(kept), "n": Count(last["accounts"])}
    if kept > most:
        text = _("{kept} of {n} accounts stayed from one year to the next: five points more cannot be had.")
        return Card(Message(text, said), n=last["accounts"])
    found = Estimate(*(_gained(min(each, most), book.discount_rate) for each in (kept, last["low"], last["high"])))
    text = _(
        "{kept} of {n} accounts stayed from one year to the next; five points more would raise the worth of an account by "
        "{value} ({low} to {high})."
    )
    return Card(
        Message(text, {**said, **percents(found)}),
        at_least(found, LEAST_GAIN, last["accounts"]),
        found,
        last["accounts"],
    )


def _gained(kept: float, rate: float) -> float:
    return margin_multiple(kept + POINTS, rate) / margin_multiple(max(kept, POINTS), rate) - 1


def success(book: Book) -> Card | None:
    frame = book.frames.get("opportunities")
    if frame is None:
        return None
    read = handed_over(frame, "opportunities", {"kind": TEXT, "won": NUMBER}, {})
    old, new = (read.filter(pc.equal(read["kind"], each))["won"].drop_null().to_numpy() > 0 for each in (EXISTING, NEW))
    if not old.size or not new.size:
        return None
    apart = Estimate(float(old.mean() - new.mean()), *newcombe(int(old.sum()), old.size, int(new.sum()), new.size))
    text = _(
        "{old} of {n} opportunities with existing customers were won and {new} of {m} with new ones: {value} points apart "
        "({low} to {high})."
    )
    rates: dict[str, Figure] = {"old": Percent(float(old.mean()), 0), "new": Percent(float(new.mean()), 0)}
    said = {**points(apart), **rates, "n": Count(old.size), "m": Count(new.size)}
    return Card(Message(text, said), at_least(apart, 0.0, min(old.size, new.size)), apart, old.size + new.size)


def length(book: Book) -> Card | None:
    panel, spans = book.panel("contribution", "revenue", "contribution"), book.spans
    if panel is None or spans is None:
        return None
    span = np.append(spans.floats("last") - spans.floats("first"), np.nan)[in_order(panel.codes, spans.codes)]
    sales = panel.floats("revenue")
    left = panel.floats("contribution") / np.where(sales > 0, sales, np.nan)
    known = np.isfinite(span) & np.isfinite(left)
    n, found = int(known.sum()), rank_correlation(span[known], left[known])
    if found is None:
        return None
    text = _(
        "Over {n} accounts, lost ones too, the time from first to last purchase and what is left of their sales after service "
        "have a rank correlation of {value} ({low} to {high})."
    )
    return Card(Message(text, {**numbers(found), "n": Count(n)}), at_least(found, 0.0, n), found, n)


def two_way(book: Book) -> Card | None:
    """Lines late or short, before and after an account's first data; the others around the same days.

    Stock at the account before the exchange is not known: of the claim only shortages are tested.
    """
    lines, given = book.frames.get("order_lines"), book.frames.get("sell_out")
    if lines is None or given is None:
        return None
    begins = Panel.of(given.group_by("customer").agg(began=nw.col("date").min()))
    first = lines.select(nw.col("ordered_on").min()).collect("pyarrow").to_native()["ordered_on"][0].as_py()
    if not len(begins) or first is None:
        return None
    middle = int(np.median(begins.whole("began")))
    if middle - first < HALF_YEAR or book.as_of - middle < HALF_YEAR:
        return Card(
            Message(_("Exchange of data with accounts began with the book, or lately: there is no before and after."))
        )
    change, codes = _less_late(lines, middle)
    exchanging = pc.is_in(codes, value_set=begins.codes).to_numpy(zero_copy_only=False)
    apart = welch(change[exchanging], change[~exchanging])
    if apart is None:
        return None
    found, n, m = Estimate(apart.mean, apart.low, apart.high), int(exchanging.sum()), int((~exchanging).sum())
    fell = _(
        "Since {n} accounts give us their data, the share of late or short lines fell by {value} points more with them than with "
        "{m} others ({low} to {high})."
    )
    rose = _(
        "Since {n} accounts give us their data, the share of late or short lines rose by {value} points more with them than with "
        "{m} others ({low} to {high})."
    )
    better = found.value >= 0
    seen = found if better else Estimate(-found.value, -found.high, -found.low)
    said = {**points(seen), "n": Count(n), "m": Count(m)}
    return Card(Message(fell if better else rose, said), at_least(found, 0.0, min(n, m)), found, n + m)


def _less_late(lines: Frame, middle: int) -> tuple[Floats, pa.Array]:
    """By how much the share of late or short lines fell, half a year after against half a year before, by account."""
    told = lines.filter(due(middle - HALF_YEAR, middle + HALF_YEAR)).with_columns(
        missed=missed(), after=nw.when(nw.col("promised_on") > middle).then(nw.lit(1)).otherwise(nw.lit(0))
    )
    panel = Panel.of(told.group_by("customer", "after").agg(nw.col("missed").sum(), n=nw.len()), "after")
    codes = panel.accounts()
    share = np.full((len(codes), 2), np.nan)
    enough = panel.whole("n") >= FEWEST_LINES
    rate = np.where(enough, panel.floats("missed") / np.maximum(panel.floats("n"), 1), np.nan)
    share[in_order(panel.codes, codes), panel.whole("after")] = rate
    known = np.isfinite(share).all(axis=1)
    return np.asarray(share[known, 0] - share[known, 1]), codes.filter(pa.array(known))


def one_account(book: Book) -> Card | None:
    """Counted, not estimated: there is no interval."""
    panel = book.panel("yearly_contribution", "revenue", "contribution")
    if panel is None:
        return None
    sales, earned = panel.floats("revenue"), panel.floats("contribution")
    if sales.sum() <= 0:
        return None
    first = int(sales.argmax())
    part = float(sales[first] / sales.sum())
    said: dict[str, Figure] = {"value": Percent(part), "n": Count(len(panel))}
    text = _("The largest of {n} accounts makes {value} of net sales.")
    whole = float(np.nansum(earned))
    if np.isfinite(earned[first]) and whole > 0:
        text = _(
            "The largest of {n} accounts makes {value} of net sales; without it contribution would change by {change}."
        )
        said["change"] = Percent(-float(earned[first]) / whole, 0, signed=True)
    verdict = ClaimVerdict.SUPPORTED if part >= DEPENDENCE else ClaimVerdict.NOT_SUPPORTED
    return Card(Message(text, said), verdict, Estimate(part, np.nan, np.nan), len(panel))
