"""The evidence for each cause of leaving, in the facts before an account would have bought next."""

from collections.abc import Sequence
from dataclasses import dataclass

import narwhals as nw
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from vitalfew.catalogue import Frame
from vitalfew.deliveries import due, missed, shares
from vitalfew.maths.intervals import wilson_low
from vitalfew.maths.years import YEAR
from vitalfew.panels import DAY, MONTHS_A_YEAR, NUMBER, TEXT, Bools, Floats, Panel, Whole, day_numbers, handed_over

FAIRNESS, RIVALRY, PRICE = ("fairness", "公平", "歧视"), ("competition", "竞争", "排挤"), ("price", "价格")
FAILED = ("late", "broken")
HALF, OPEN_DAYS, SLOW_DAYS = 182, 30, 5
HALF_MONTHS, FEWEST_LINES, TWICE = 6, 5, 2.0


@dataclass(frozen=True)
class Who:
    """All accounts: which are lost or leaving, and the day by which each would have bought again."""

    codes: pa.Array
    lost: Bools
    stopped: Whole

    def place(self, codes: pa.Array | pa.ChunkedArray) -> Whole:
        """Each code's row here, -1 for strangers."""
        return np.asarray(pc.index_in(codes, self.codes).fill_null(-1).to_numpy(zero_copy_only=False), dtype=np.int64)

    def count(self, row: Whole, chosen: Bools) -> Whole:
        return np.bincount(row[chosen & (row >= 0)], minlength=len(self.codes))

    def before(self, row: Whole, day: Floats, days: int) -> Bools:
        """Whether something on ``day`` lies in the days before the account stopped."""
        end = self.stopped[np.maximum(row, 0)]
        return np.asarray((row >= 0) & (day > end - days) & (day <= end))


def late_lines(order_lines: Frame, stops: Frame, who: Who, as_of: int) -> tuple[Floats, Bools]:
    """Share of lines late or short, of those due in the half year before it stopped; and whether it is far above the book's."""
    told = order_lines.filter(due(None, as_of)).with_columns(missed=missed())
    book = told.select(usual=nw.col("missed").cast(nw.Float64).mean()).collect("pyarrow").to_native()
    usual = book["usual"][0].as_py() or 0.0
    own = told.join(stops, on="customer", how="inner").filter(due(nw.col("stopped") - HALF, nw.col("stopped")))
    panel = Panel.of(own.group_by("customer").agg(nw.col("missed").sum(), n=nw.len()))
    row, n, k = who.place(panel.codes), np.zeros(len(who.codes)), np.zeros(len(who.codes))
    n[row], k[row] = panel.floats("n"), panel.floats("missed")
    with np.errstate(invalid="ignore"):
        share = np.where(n > 0, k / n, np.nan)
    return share, (n >= FEWEST_LINES) & (wilson_low(k, n) > TWICE * usual)


def promises_broken(promises: Frame | None, who: Who, as_of: int) -> Bools:
    """Whether a promise that was due in the half year before it stopped was not kept by its day."""
    if promises is None:
        return np.zeros(len(who.codes), dtype=bool)
    read = handed_over(promises, "promises", {"customer": TEXT, "due": DAY, "state": TEXT}, {})
    row, day = who.place(read["customer"]), day_numbers(read["due"]).astype(np.float64)
    state = read["state"].to_numpy(zero_copy_only=False)
    failed = np.isin(state, FAILED) | ((state == "open") & (day < as_of))
    return np.asarray(who.count(row, failed & who.before(row, day, HALF)) > 0)


def cut(allotted: Frame | None, who: Who) -> Bools:
    """Whether it was cut, in the half year before it stopped, when a product that was short was shared out."""
    if allotted is None:
        return np.zeros(len(who.codes), dtype=bool)
    told = shares(allotted)
    row = who.place(told.customer)
    return np.asarray(who.count(row, told.cut & who.before(row, told.day, HALF)) > 0)


def _months(day: Whole) -> Whole:
    return np.asarray(day.astype("datetime64[D]").astype("datetime64[M]").astype(np.int64))


@dataclass(frozen=True)
class Complaints:
    open: Whole
    unfair: Bools
    slow: Bools
    foul: Bools
    price: Bools


def complaints_of(complaints: Frame | None, who: Who) -> Complaints:
    none = np.zeros(len(who.codes), dtype=bool)
    if complaints is None:
        return Complaints(none.astype(np.int64), none, none, none, none)
    panel = Panel.of(complaints.select("customer", "received_on", "first_reply_on", "closed_on", "category"))
    row, received = who.place(panel.codes), panel.floats("received_on")
    end = who.stopped[np.maximum(row, 0)]
    closed = np.nan_to_num(panel.floats("closed_on"), nan=np.inf)
    recent = who.before(row, received, YEAR)
    still = recent & (closed > end) & (end - received > OPEN_DAYS)
    category = pc.utf8_lower(panel.table["category"].fill_null("")).to_numpy(zero_copy_only=False).astype(str)
    replied = panel.floats("first_reply_on")
    waited = np.minimum(np.fmin(replied, closed), end) - received
    slow = recent & (waited > _slow_from(replied - received))
    about = [who.count(row, recent & _says(category, kind)) > 0 for kind in (FAIRNESS, RIVALRY, PRICE)]
    return Complaints(who.count(row, still), about[0], who.count(row, slow) > 0, about[1], about[2])


def _slow_from(replies: Floats) -> float:
    """The days to a first reply above which it is slow; none where the book records no replies."""
    known = replies[~np.isnan(replies)]
    return max(TWICE * float(np.median(known)), SLOW_DAYS) if known.size else np.inf


def _says(category: np.ndarray[tuple[int], np.dtype[np.str_]], kind: Sequence[str]) -> Bools:
    return np.asarray(np.any([np.char.find(category, word) >= 0 for word in kind], axis=0))


def staff_changed(order_lines: Frame, customers: Frame | None, who: Who) -> Bools:
    """Another sales person took over in the year before it stopped; or today's manager is not who took the last order.

    Since when the manager looks after the account the facts do not tell: it may be since it stopped.
    """
    named = order_lines.filter(~nw.col("sales_person").is_null())
    spans = named.group_by("customer", "sales_person").agg(
        first=nw.col("ordered_on").min(), last=nw.col("ordered_on").max()
    )
    panel = Panel.of(spans, "last", "first", "sales_person")
    if not len(panel):
        return np.zeros(len(who.codes), dtype=bool)
    row, first = who.place(panel.codes), panel.floats("first")
    newest = np.append(row[1:] != row[:-1], True)
    second = np.concatenate([[False], row[1:] == row[:-1]])
    taken_over = newest & second & who.before(row, first, YEAR)
    changed = who.count(row, taken_over) > 0
    if customers is None:
        return np.asarray(changed)
    managers = Panel.of(customers.select("customer", "manager"))
    place = pc.index_in(panel.codes, managers.codes)
    same = pc.equal(managers.table["manager"].take(place), panel.table["sales_person"]).fill_null(True)
    return np.asarray(changed | (who.count(row, newest & ~same.to_numpy(zero_copy_only=False)) > 0))


def contact_left(contacts: Frame | None, who: Who) -> Bools:
    if contacts is None:
        return np.zeros(len(who.codes), dtype=bool)
    panel = Panel.of(contacts.filter(~nw.col("left_on").is_null()).select("customer", "left_on"))
    row = who.place(panel.codes)
    return np.asarray(who.count(row, who.before(row, panel.floats("left_on"), YEAR)) > 0)


def abandoned(service_costs: Frame | None, who: Who) -> Bools:
    """Visited before, and not in the half year before it stopped."""
    if service_costs is None:
        return np.zeros(len(who.codes), dtype=bool)
    visits = service_costs.filter(nw.col("activity").is_in(["visit", "拜访"])).select("customer", "spent_on")
    panel = Panel.of(visits)
    row, day = who.place(panel.codes), panel.floats("spent_on")
    late, all_ = (who.count(row, who.before(row, day, days)) for days in (HALF, HALF + YEAR))
    return np.asarray((all_ > 1) & (late == 0))


def small_accounts(account_months: Frame, who: Who) -> Bools:
    panel = Panel.of(account_months.group_by("customer").agg(amount=nw.col("amount").sum().round(4)))
    sold = panel.floats("amount")
    place = who.place(panel.codes)
    small = np.zeros(len(who.codes), dtype=bool)
    small[place[place >= 0]] = (sold < np.median(sold))[place >= 0]
    return small


def spend(wallet: Frame | None, who: Who) -> tuple[Floats, Floats]:
    """Spend with all suppliers against the same months of the year before, and the change of the main rival's share."""
    unknown = np.full(len(who.codes), np.nan)
    if wallet is None:
        return unknown, unknown
    panel = Panel.of(
        wallet.select("customer", "period", *(nw.col(n).cast(nw.Float64) for n in ("total_spend", "competitor_spend")))
    )
    row, month = who.place(panel.codes), _month_of_period(panel.table["period"])
    back = _months(who.stopped)[np.maximum(row, 0)] - month
    sums = []
    for start in (0, MONTHS_A_YEAR):
        inside = (row >= 0) & (back >= start) & (back < start + HALF_MONTHS)
        sums += [
            np.bincount(row[inside], np.nan_to_num(panel.floats(name))[inside], len(who.codes))
            for name in ("total_spend", "competitor_spend")
        ]
    now, rival, before, rival_before = sums
    with np.errstate(divide="ignore", invalid="ignore"):
        known = (now > 0) & (before > 0)
        return np.where(known, now / before, np.nan), np.where(known, rival / now - rival_before / before, np.nan)


def _month_of_period(periods: pa.ChunkedArray) -> Whole:
    """The month since 1970 of ``2025-03``; a year alone lies outside all windows, its months being unknown."""
    monthly = pc.match_substring_regex(periods, r"^\s*\d{4}-\d{2}\s*$").to_numpy(zero_copy_only=False)
    texts = pc.ascii_trim_whitespace(periods).to_numpy(zero_copy_only=False)
    found = np.full(len(texts), -(10**6))
    found[monthly] = texts[monthly].astype("datetime64[M]").astype(np.int64)
    return found


def offers(offers: Frame | None, who: Who) -> Floats:
    """How sure it is that a competitor made the account an offer in the year before it stopped: by the best known."""
    sure = np.zeros(len(who.codes))
    if offers is None:
        return sure
    read = handed_over(offers, "competitor_offers", {"customer": TEXT, "known_on": DAY}, {"weight": NUMBER})
    row = who.place(read["customer"])
    weight = np.clip(np.nan_to_num(np.asarray(read["weight"].fill_null(1.0)), nan=0.0), 0.0, 1.0)
    inside = who.before(row, day_numbers(read["known_on"]).astype(np.float64), YEAR)
    np.maximum.at(sure, row[inside], weight[inside])
    return sure
