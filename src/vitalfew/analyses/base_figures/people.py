"""Rules of thumb that surveys, complaints, referrals and losses can test."""

from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from vitalfew.analyses.base_figures.cards import (
    FEW,
    Book,
    Card,
    at_least,
    less_than,
    numbers,
    percents,
    points,
    share,
)
from vitalfew.analyses.base_figures.claims import ClaimVerdict
from vitalfew.language import Count, Figure, Message, Number, Percent
from vitalfew.maths.intervals import newcombe
from vitalfew.maths.scales import mean_interval
from vitalfew.maths.uncertainty import Estimate, event_rate, rank_correlation
from vitalfew.maths.welch import welch
from vitalfew.maths.years import YEAR
from vitalfew.panels import DAY, TEXT, Bools, Floats, Panel, handed_over
from vitalfew.terms import ChurnCause, ComplaintSplit, Construct, Force, Loyalty, Size
from vitalfew.terms import gettext_noop as _

SATISFIED, DISSATISFIED, AT_RISK = 0.75, 0.5, 0.5
DEALS, HALF, THIRD = 8.0, 0.5, 1 / 3
WORKING_DAYS: Final = 250
VISITS: Final = ("visit", "拜访", "拜訪")
EXECUTIVES: Final = ("executive", "高层", "高層")


def eight_deals(book: Book) -> Card | None:
    """Recorded referrals are the least there are: they can prove the number, never refute it."""
    panel, frame = book.panel("loyalty", "ours"), book.frames.get("referrals")
    if panel is None or frame is None:
        return None
    happy = panel.codes.filter(pa.array(np.nan_to_num(panel.floats("ours")) >= SATISFIED))
    if not len(happy):
        return None
    referrers = frame.select("referrer").collect("pyarrow").to_native()["referrer"]
    found = event_rate(float(pc.sum(pc.is_in(referrers, value_set=happy)).as_py() or 0), len(happy))
    text = _(
        "{n} satisfied accounts brought {value} customers each ({low} to {high}) as far as is recorded, which is the least."
    )
    proven = at_least(found, DEALS, len(happy)) is ClaimVerdict.SUPPORTED
    verdict = ClaimVerdict.SUPPORTED if proven else ClaimVerdict.CANNOT_TELL
    return Card(Message(text, {**numbers(found), "n": Count(len(happy))}), verdict, found, len(happy))


def third_of_time(book: Book) -> Card | None:
    frame = book.frames.get("touches")
    if frame is None:
        return None
    columns = {"touched_on": DAY, "channel": TEXT, "our_person": TEXT, "our_level": TEXT}
    read = handed_over(frame, "touches", columns, {})
    lead = pc.and_(pc.is_in(read["channel"], pa.array(VISITS)), pc.is_in(read["our_level"], pa.array(EXECUTIVES)))
    read = read.filter(pc.and_(lead, pc.is_valid(read["touched_on"]))).combine_chunks()
    day = np.asarray(read["touched_on"].cast(pa.int32()).to_numpy(), dtype=np.int64)
    recent = (day > book.as_of - YEAR) & (day <= book.as_of)
    if not recent.any():
        return None
    people = read["our_person"].fill_null("").combine_chunks().dictionary_encode().indices.to_numpy()
    visits = np.unique(np.column_stack([people, day])[recent], axis=0)
    shares = np.unique(visits[:, 0], return_counts=True)[1] / WORKING_DAYS
    ends = mean_interval(shares)
    found = Estimate(float(shares.mean()), *(ends or (np.nan, np.nan)))
    text = _("{n} executives had visits on {value} of their working days in a year.")
    verdict = at_least(found, THIRD, FEW) if ends else ClaimVerdict.CANNOT_TELL
    return Card(Message(text, {"n": Count(shares.size), "value": Percent(found.value, 0)}), verdict, found, shares.size)


def complaints_of_the_dissatisfied(book: Book) -> Card | None:
    panel = book.panel("loyalty", "ours")
    spoke = None if panel is None else book.named(panel, "complaints", day="received_on")
    if panel is None or spoke is None:
        return None
    unhappy = np.asarray(panel.floats("ours") < DISSATISFIED)
    n = int(unhappy.sum())
    if not n:
        return None
    found = share(int((unhappy & spoke).sum()), n)
    text = _(
        "Of {n} accounts that mark us below the middle of the scale, {value} complained within a year ({low} to {high})."
    )
    return Card(Message(text, {**percents(found), "n": Count(n)}), less_than(found, HALF, n), found, n)


def own_fault(book: Book) -> Card | None:
    panel = book.panel("churn_causes", "cause", "force")
    if panel is None:
        return None
    known = pc.not_equal(panel.table["cause"], str(ChurnCause.UNKNOWN)).to_numpy()
    n = int(known.sum())
    if not n:
        return None
    ours = pc.equal(panel.table["force"], str(Force.OUR_FAILURE)).to_numpy() & known
    found = share(int(ours.sum()), n)
    text = _(
        "Of {n} accounts lost or leaving for which a cause shows, {value} were lost by our own doing ({low} to {high}); of {m} "
        "more no cause shows."
    )
    said = {**percents(found), "n": Count(n), "m": Count(len(panel) - n)}
    return Card(Message(text, said), at_least(found, HALF, n), found, n)


def four_benefits(book: Book) -> Card | None:
    """Three of the four can be seen: two must surely be so, and none surely the contrary."""
    panel = book.panel("loyalty", "quadrant")
    if panel is None:
        return None
    loyal = pc.equal(panel.table["quadrant"], str(Loyalty.COMPLETE)).to_numpy()
    apart = pa.array([Loyalty.LATENT.value, Loyalty.INERTIA.value, Loyalty.NONE.value])
    others = pc.is_in(panel.table["quadrant"], value_set=apart).to_numpy()
    n, m = int(loyal.sum()), int(others.sum())
    if n < FEW or m < FEW:
        return None
    sales, served = (book.beside(panel, "yearly_contribution", name) for name in ("revenue", "cost_to_serve"))
    bought = np.where(sales > 0, sales, np.nan)
    rate = served / bought
    brought = book.named(panel, "referrals", "referrer")
    referred = np.zeros(len(panel)) if brought is None else brought.astype(np.float64)
    signs = [_sign(np.log(bought), loyal, others), -_sign(rate, loyal, others), _shares(referred, loyal, others)]
    verdict = ClaimVerdict.SUPPORTED if min(signs) >= 0 and sum(signs) > 1 else ClaimVerdict.CANNOT_TELL
    verdict = ClaimVerdict.NOT_SUPPORTED if max(signs) <= 0 and min(signs) < 0 else verdict
    text = _(
        "Of {n} completely loyal accounts {a} recommended us, and serving them costs {b} of sales; of {m} others it is {c} and "
        "{d}. The middle loyal account buys {e} times what the middle one of the others buys."
    )
    means = {name: Percent(_mean(each, who)) for name, each, who in
             (("a", referred, loyal), ("b", rate, loyal), ("c", referred, others), ("d", rate, others))}  # fmt: skip
    times = Number(_median(bought, loyal) / _median(bought, others), 1)
    return Card(Message(text, {**means, "e": times, "n": Count(n), "m": Count(m)}), verdict, None, n + m)


def _mean(values: Floats, who: Bools) -> float:
    known = values[who & np.isfinite(values)]
    return float(known.mean()) if known.size else 0.0


def _median(values: Floats, who: Bools) -> float:
    known = values[who & np.isfinite(values)]
    return float(np.median(known)) if known.size else 1.0


def _sign(values: Floats, one: Bools, other: Bools) -> int:
    """1 where the first group's mean is surely higher, -1 where it is surely lower, else 0."""
    known = np.isfinite(values)
    found = welch(values[one & known], values[other & known])
    return 0 if found is None else int(found.low > 0) - int(found.high < 0)


def _shares(values: Floats, one: Bools, other: Bools) -> int:
    low, high = newcombe(values[one].sum(), int(one.sum()), values[other].sum(), int(other.sum()))
    return int(low > 0) - int(high < 0)


def handling(book: Book) -> Card | None:
    """Complaints closed quickly against the others, by how much both change buying again."""
    frame = book.frames.get("complaint_effect")
    rows = [] if frame is None else frame.collect("pyarrow").to_native().to_pylist()
    groups = [row for row in rows if row["split"] == ComplaintSplit.CLOSING and row["low"] is not None]
    if len(groups) != 2:  # noqa: PLR2004  (closed quickly, and not)
        return None
    quick, slow = groups
    reach = float(np.hypot(quick["high"] - quick["low"], slow["high"] - slow["low"])) / 2
    effect = (quick["effect"] - slow["effect"]) / 100
    found = Estimate(effect, effect - reach / 100, effect + reach / 100)
    accounts = min(quick["accounts"], slow["accounts"])
    text = _(
        "After {n} complaints closed quickly accounts bought again more often by {value} points ({low} to {high}) than after {m} "
        "others."
    )
    said = {**points(found), "n": Count(quick["complaints"]), "m": Count(slow["complaints"])}
    n = quick["complaints"] + slow["complaints"]
    return Card(Message(text, said), at_least(found, 0.0, accounts), found, n)


def chain(book: Book) -> Card | None:
    """The weaker of the two links satisfaction – trust and trust – commitment."""
    panel = book.panel("relationship_quality", *(each.value for each in Construct))
    if panel is None:
        return None
    columns = {each: panel.floats(each.value) for each in Construct}
    known = np.all([np.isfinite(each) for each in columns.values()], axis=0)
    n = int(known.sum())
    first, trust, last = (
        columns[each][known] for each in (Construct.SATISFACTION, Construct.TRUST, Construct.COMMITMENT)
    )
    links = [rank_correlation(first, trust), rank_correlation(trust, last)]
    if links[0] is None or links[1] is None:
        return None
    found = min(links[0], links[1], key=lambda each: each.low)
    text = _(
        "Over {n} accounts the rank correlation of satisfaction and trust is {one}, of trust and commitment {other}; the weaker "
        "lies between {low} and {high}."
    )
    said = {**numbers(found), "one": Number(links[0].value), "other": Number(links[1].value), "n": Count(n)}
    return Card(Message(text, said), at_least(found, 0.0, n), found, n)


def favouring(book: Book) -> Card | None:
    """Small accounts served worse than large ones against small accounts that are not."""
    panel = book.panel("fairness", "size", "neglected")
    if panel is None or "churn" not in book.frames:
        return None
    risk = book.beside(panel, "churn", "probability")
    small = pc.equal(panel.table["size"], str(Size.SMALL)).to_numpy() & np.isfinite(risk)
    neglected = _yes(panel, "neglected")
    worse, well = risk[small & neglected] >= AT_RISK, risk[small & ~neglected] >= AT_RISK
    if not worse.size or not well.size:
        return None
    ends = newcombe(int(worse.sum()), worse.size, int(well.sum()), well.size)
    found = Estimate(float(worse.mean() - well.mean()), *ends)
    text = _(
        "Of {n} small accounts served worse {worse} are likely to leave, of {m} others {well}: {value} points apart ({low} to "
        "{high})."
    )
    rates: dict[str, Figure] = {"worse": Percent(float(worse.mean()), 0), "well": Percent(float(well.mean()), 0)}
    said = {**points(found), **rates, "n": Count(worse.size), "m": Count(well.size)}
    return Card(Message(text, said), at_least(found, 0.0, min(worse.size, well.size)), found, worse.size + well.size)


def _yes(panel: Panel, name: str) -> Bools:
    return np.asarray(pc.fill_null(panel.table[name], False).to_numpy(), dtype=bool)
