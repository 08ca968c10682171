"""Why accounts leave: the evidence for each of seven causes, and whose doing it is.

Asked are the accounts that are lost or leaving (risk of ``from_risk`` or more, not in their quiet season). Looked at are
the facts of the year before an account would have bought next; facts later than that are no cause.

    staff departure       we     its sales person changed, or the manager is another than took its last order; a contact left
    broken promise        we     share of lines late or short in six months, Wilson's lower end above twice the book's
    neglect of the small  we     below the median of sales, and: treated worse, it says; twice the usual time to a first
                                 reply; or visited before and not for half a year
    strategy change       customer     spends less than 70 % of the year before with all suppliers, our share steady
    foul play             competitor   a contact reported it
    stronger rival        competitor   the rival's share of its spend rose by a tenth, the spend did not fall; or a
                                       complaint about the price; or a competitor's offer there, of which we know
    unresolved complaint  we     a complaint open for more than 30 days

Every fact is looked for in the accounts that stay, too. How much it says is the logarithm of the odds ratio, half an
account added to each cell; the cause told is the one whose evidence says most, at least as often seen with losses as
without. No evidence: 'not known'. What the account itself gave as its reason (``loss_reasons``: customer, cause) stands
beside and is never overwritten.

Known offers of competitors (``competitor_offers``: customer, known_on, weight) are evidence as far as their source can be relied
on: one of weight .6 counts as six tenths of an account that shows it, and its log odds count by so much.

    9 of 40 lost and 4 of 100 kept show it  →  ln[(9.5/31.5)/(4.5/96.5)] = 1.8668, standard error .6079

It is evidence, not proof: a fact seen with losses need not be their cause, and afterwards one sees what one seeks.

Haldane, J. B. S. (1956). Annals of Human Genetics 20(4). Wilson, E. B. (1927). JASA 22.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import narwhals as nw
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from vitalfew.catalogue import Choice, Column, Drawing, Findings, Frame, Refusal, analysis
from vitalfew.language import Count, Message, Percent
from vitalfew.maths.intervals import wilson, wilson_low
from vitalfew.maths.odds import LogOdds, log_odds
from vitalfew.maths.years import YEAR
from vitalfew.panels import (
    DAY,
    MONTHS_A_YEAR,
    NUMBER,
    TEXT,
    Bools,
    Floats,
    Panel,
    Whole,
    day_numbers,
    figures,
    handed_over,
    words,
)
from vitalfew.terms import ChurnCause, ChurnSign, Force, Group, Unit
from vitalfew.terms import gettext_noop as _

CAUSES: Final = list(ChurnCause)
FORCES: Final = {
    ChurnCause.STAFF_DEPARTURE: Force.OUR_FAILURE,
    ChurnCause.BROKEN_PROMISE: Force.OUR_FAILURE,
    ChurnCause.NEGLECT_SMALL: Force.OUR_FAILURE,
    ChurnCause.STRATEGY_CHANGE: Force.CUSTOMER,
    ChurnCause.FOUL_PLAY: Force.COMPETITOR,
    ChurnCause.STRONGER_RIVAL: Force.COMPETITOR,
    ChurnCause.UNRESOLVED_COMPLAINT: Force.OUR_FAILURE,
    ChurnCause.UNKNOWN: Force.UNKNOWN,
}
EVIDENCE: Final = {
    ChurnCause.STAFF_DEPARTURE: _("Its sales person changed, or a contact left, in the year before it stopped"),
    ChurnCause.BROKEN_PROMISE: _(
        "Deliveries late or short twice as often as the book's, in the half year before it stopped"
    ),
    ChurnCause.NEGLECT_SMALL: _("A small account, not visited any more, answered slowly or treated worse, as it says"),
    ChurnCause.STRATEGY_CHANGE: _("It buys less from all suppliers than the year before"),
    ChurnCause.FOUL_PLAY: _("A contact reported how a competitor pushed us out"),
    ChurnCause.STRONGER_RIVAL: _(
        "A competitor's share of its spend rose, it complained about our price, or we know of a competitor's offer there"
    ),
    ChurnCause.UNRESOLVED_COMPLAINT: _("A complaint stayed open for more than 30 days"),
    ChurnCause.UNKNOWN: _("No evidence in the facts: ask the customer"),
}
FAIRNESS, RIVALRY, PRICE = ("fairness", "公平", "歧视"), ("competition", "竞争", "排挤"), ("price", "价格")
HALF, OPEN_DAYS, LEAST_GAP, SLOW_DAYS, FEW = 182, 30, 30, 5, 30
HALF_MONTHS, FEWEST_LINES, TWICE = 6, 5, 2.0
SHRUNK, ROSE, STEADY = 0.7, 0.1, 0.85


@analysis(
    group=Group.RISK,
    confidential=True,
    title=_("Causes of leaving"),
    question=_("Why do accounts leave, and is it our own doing?"),
    columns=(
        Column("customer", Unit.CODE, _("Account"), _("The account's code")),
        Column("cause", Unit.WORD, _("Cause"), _("The cause whose evidence says most"), ChurnCause),
        Column("force", Unit.WORD, _("Whose doing"), _("We, the customer, or a competitor"), Force),
        Column("evidence", Unit.TEXT, _("Evidence"), _("What was seen")),
        Column("weight", Unit.NUMBER, _("Weight"), _("Log odds of this evidence among lost against kept accounts")),
        Column("causes_shown", Unit.COUNT, _("Causes with evidence"), _("How many of the seven causes show evidence")),
        Column("stopped", Unit.DAY, _("Would have bought"), _("The day by which it would have bought again")),
        Column("late_share", Unit.SHARE, _("Late or short"), _("Share of lines late or short in the half year before")),
        Column("open_complaints", Unit.COUNT, _("Open complaints"), _("Complaints open for more than 30 days")),
        Column("spend_change", Unit.SHARE, _("Spend with all"), _("Spend with all suppliers against the year before")),
        Column("rival_change", Unit.SHARE, _("Rival's share"), _("Change of the main competitor's share of its spend")),
        Column("recorded_cause", Unit.WORD, _("Its own reason"), _("The reason the account itself gave"), ChurnCause),
    ),
    choices={"from_risk": Choice(_("Lost or leaving from a risk of"), least=0.05, most=1)},
    drawing=Drawing("bars", "customer", "cause"),
    source="Haldane (1956); Wilson (1927)",
    ranked=("weight", "descending"),
)
def churn_causes(  # noqa: PLR0917  (each table is an input)
    churn: Frame,
    order_lines: Frame,
    account_months: Frame,
    customers: Frame | None = None,
    complaints: Frame | None = None,
    contacts: Frame | None = None,
    wallet: Frame | None = None,
    service_costs: Frame | None = None,
    loss_reasons: Frame | None = None,
    competitor_offers: Frame | None = None,
    *,
    as_of: int,
    from_risk: float = 0.5,
) -> Findings:
    who = _who(churn, as_of, from_risk)
    late, much_late = _late(order_lines, who)
    said = _complaints(complaints, who)
    spend, rival = _wallet(wallet, who)
    small = _small(account_months, who)
    shown = np.column_stack(
        [
            _staff(order_lines, customers, who) | _left(contacts, who),
            much_late,
            small & (said.unfair | said.slow | _abandoned(service_costs, who)),
            (spend < SHRUNK) & ~(rival > ROSE),
            said.foul,
            ((rival > ROSE) & (spend > STEADY)) | said.price,
            said.open > 0,
        ]
    )
    degree = shown.astype(np.float64)
    rivalry = CAUSES.index(ChurnCause.STRONGER_RIVAL)
    degree[:, rivalry] = np.maximum(degree[:, rivalry], _offers(competitor_offers, who))
    weights = [_weight(degree[:, cause], who.lost) for cause in range(degree.shape[1])]
    cause = _cause(degree, weights)
    rows = _rows(who, degree, cause, weights, late, said.open, spend, rival, _recorded(loss_reasons, who))
    found = _figures(cause[who.lost], weights)
    return Findings(rows, found, _headline(found), _warnings(found, (complaints, wallet, contacts)))


@dataclass(frozen=True)
class _Who:
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


def _who(churn: Frame, as_of: int, from_risk: float) -> _Who:
    panel = Panel.of(churn.select("customer", "probability", "sign", "silence", "usual_gap"))
    quiet = panel.table["sign"].to_numpy(zero_copy_only=False) == str(ChurnSign.QUIET_SEASON)
    lost = (panel.floats("probability") >= from_risk) & ~quiet
    wait = np.maximum(2 * np.nan_to_num(panel.floats("usual_gap")), LEAST_GAP)
    if not lost.any():
        raise Refusal(Message(_("No account is lost or leaving: there is nothing to explain")))
    stopped = np.minimum(as_of, as_of - panel.whole("silence") + wait).astype(np.int64)
    return _Who(panel.codes, lost, stopped)


def _late(order_lines: Frame, who: _Who) -> tuple[Floats, Bools]:
    """Share of late or short lines in the six months before it stopped, and whether it is far above the book's."""
    due = order_lines.filter(~nw.col("promised_on").is_null(), nw.col("quantity") > 0)
    late = (nw.col("delivered_on") > nw.col("promised_on")) | (nw.col("quantity_delivered") < nw.col("quantity"))
    failed = nw.when(late.fill_null(value=False)).then(nw.lit(1)).otherwise(nw.lit(0))
    panel = Panel.of(
        due.with_columns(failed=failed).group_by("customer", "month").agg(nw.col("failed").sum(), due=nw.len())
    )
    row = who.place(panel.codes)
    back = _months(who.stopped)[np.maximum(row, 0)] - panel.whole("month")
    inside = (row >= 0) & (back >= 0) & (back < HALF_MONTHS)
    n, k = (
        np.asarray(np.bincount(row[inside], panel.floats(name)[inside], len(who.codes)), dtype=np.float64)
        for name in ("due", "failed")
    )
    with np.errstate(invalid="ignore"):
        share = np.where(n > 0, k / n, np.nan)
    usual = panel.floats("failed").sum() / max(panel.floats("due").sum(), 1)
    return share, (n >= FEWEST_LINES) & (wilson_low(k, n) > TWICE * usual)


def _months(day: Whole) -> Whole:
    return np.asarray(day.astype("datetime64[D]").astype("datetime64[M]").astype(np.int64))


@dataclass(frozen=True)
class _Complaints:
    open: Whole
    unfair: Bools
    slow: Bools
    foul: Bools
    price: Bools


def _complaints(complaints: Frame | None, who: _Who) -> _Complaints:
    none = np.zeros(len(who.codes), dtype=bool)
    if complaints is None:
        return _Complaints(none.astype(np.int64), none, none, none, none)
    panel = Panel.of(complaints.select("customer", "received_on", "first_reply_on", "closed_on", "category"))
    row, received = who.place(panel.codes), panel.floats("received_on")
    end = who.stopped[np.maximum(row, 0)]
    closed = np.nan_to_num(panel.floats("closed_on"), nan=np.inf)
    still = who.before(row, received, YEAR) & (np.minimum(closed, end) - received > OPEN_DAYS) & (closed > end)
    recent = who.before(row, received, YEAR)
    category = pc.utf8_lower(panel.table["category"].fill_null("")).to_numpy(zero_copy_only=False).astype(str)
    reply = panel.floats("first_reply_on") - received
    usual = np.nanmedian(reply) if (~np.isnan(reply)).any() else 0.0
    slow = recent & (np.nan_to_num(reply) > max(TWICE * float(usual), SLOW_DAYS))
    about = [who.count(row, recent & _says(category, kind)) > 0 for kind in (FAIRNESS, RIVALRY, PRICE)]
    return _Complaints(who.count(row, still), about[0], who.count(row, slow) > 0, about[1], about[2])


def _says(category: np.ndarray[tuple[int], np.dtype[np.str_]], kind: Sequence[str]) -> Bools:
    return np.asarray(np.any([np.char.find(category, word) >= 0 for word in kind], axis=0))


def _staff(order_lines: Frame, customers: Frame | None, who: _Who) -> Bools:
    """Another sales person took over, in the year before it stopped; or the manager is not who took the last order."""
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


def _left(contacts: Frame | None, who: _Who) -> Bools:
    if contacts is None:
        return np.zeros(len(who.codes), dtype=bool)
    panel = Panel.of(contacts.filter(~nw.col("left_on").is_null()).select("customer", "left_on"))
    row = who.place(panel.codes)
    return np.asarray(who.count(row, who.before(row, panel.floats("left_on"), HALF)) > 0)


def _abandoned(service_costs: Frame | None, who: _Who) -> Bools:
    """Visited before, and not in the half year before it stopped."""
    if service_costs is None:
        return np.zeros(len(who.codes), dtype=bool)
    visits = service_costs.filter(nw.col("activity").is_in(["visit", "拜访"])).select("customer", "spent_on")
    panel = Panel.of(visits)
    row, day = who.place(panel.codes), panel.floats("spent_on")
    late, all_ = (who.count(row, who.before(row, day, days)) for days in (HALF, HALF + YEAR))
    return np.asarray((all_ > 1) & (late == 0))


def _small(account_months: Frame, who: _Who) -> Bools:
    panel = Panel.of(account_months.group_by("customer").agg(amount=nw.col("amount").sum().round(4)))
    sold = panel.floats("amount")
    place = who.place(panel.codes)
    small = np.zeros(len(who.codes), dtype=bool)
    small[place[place >= 0]] = (sold < np.median(sold))[place >= 0]
    return small


def _wallet(wallet: Frame | None, who: _Who) -> tuple[Floats, Floats]:
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


def _offers(offers: Frame | None, who: _Who) -> Floats:
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


def _weight(degree: Floats, lost: Bools) -> LogOdds:
    return log_odds(float(degree[lost].sum()), int(lost.sum()), float(degree[~lost].sum()), int((~lost).sum()))


def _cause(degree: Floats, weights: list[LogOdds]) -> Whole:
    """The cause whose evidence says most, if it is seen with losses at least as often as without."""
    value = np.array([weight.ratio for weight in weights])
    says = np.where((degree > 0) & (value >= 0), value * degree, -1.0)
    best = says.argmax(axis=1)
    return np.where(says[np.arange(best.size), best] < 0, CAUSES.index(ChurnCause.UNKNOWN), best).astype(np.int64)


def _recorded(reasons: Frame | None, who: _Who) -> pa.Array:
    """The reason each account gave; not known where it gave none of the seven."""
    if reasons is None:
        return pa.array([str(ChurnCause.UNKNOWN)] * len(who.codes))
    panel = Panel.of(reasons.select("customer", "cause"))
    told = panel.table["cause"].combine_chunks().take(pc.index_in(who.codes, panel.codes))
    known = pc.is_in(told, value_set=pa.array([str(word) for word in ChurnCause]))
    return pc.if_else(known, told, str(ChurnCause.UNKNOWN))


def _rows(  # noqa: PLR0917  (the parts of the evidence, side by side)
    who: _Who, degree: Floats, cause: Whole, weights: list[LogOdds], late: Floats, open_: Whole, spend: Floats,
    rival: Floats, recorded: pa.Array,
) -> pa.Table:  # fmt: skip
    value = np.append([weight.ratio for weight in weights], np.nan)
    rows = pa.table(
        {
            "customer": who.codes,
            "cause": words(CAUSES, cause),
            "force": words([FORCES[each] for each in CAUSES], cause),
            "evidence": words([EVIDENCE[each] for each in CAUSES], cause),
            "weight": figures(value[cause]),
            "causes_shown": pa.array((degree > 0).sum(axis=1)),
            "stopped": pa.array(who.stopped),
            "late_share": figures(late),
            "open_complaints": pa.array(open_),
            "spend_change": figures(spend - 1),
            "rival_change": figures(rival),
            "recorded_cause": recorded,
        }
    )
    return rows.filter(pa.array(who.lost))


def _figures(cause: Whole, weights: list[LogOdds]) -> dict[str, float | int | None]:
    ours = [place for place, each in enumerate(CAUSES) if FORCES[each] is Force.OUR_FAILURE]
    known = int((cause != CAUSES.index(ChurnCause.UNKNOWN)).sum())
    our = int(np.isin(cause, ours).sum())
    low, high = wilson(our, known) if known else (None, None)
    found: dict[str, float | int | None] = {
        "accounts": int(cause.size),
        "known": known,
        "our_failure": our,
        "our_share": our / known if known else None,
        "our_share_low": low,
        "our_share_high": high,
    }
    for place, each in enumerate(CAUSES):
        found[each.value] = int((cause == place).sum())
    for each, weight in zip(CAUSES, weights, strict=False):
        found |= {f"{each.value}_log_odds": weight.ratio, f"{each.value}_error": weight.error}
    return found


def _headline(found: dict[str, float | int | None]) -> Message:
    if not found["known"]:
        text = _("{n} accounts are lost or leaving, and the facts show no cause for any: ask them")
        return Message(text, {"n": Count(found["accounts"] or 0)})
    return Message(
        _(
            "Of {n} accounts lost or leaving, {known} show a cause; in {ours} of these it is our own doing ({low} – {high})"
        ),
        {
            "n": Count(found["accounts"] or 0),
            "known": Count(found["known"] or 0),
            "ours": Percent(found["our_share"] or 0.0, 0),
            "low": Percent(found["our_share_low"] or 0.0, 0),
            "high": Percent(found["our_share_high"] or 0.0, 0),
        },
    )


def _warnings(found: dict[str, float | int | None], given: Sequence[Frame | None]) -> list[Message]:
    told = [Message(_("Evidence is no proof: the account's own reason, once asked, stands beside it"))]
    if (found["accounts"] or 0) < FEW:
        text = _("Only {n} accounts lost or leaving: which evidence says most is uncertain")
        told.append(Message(text, {"n": Count(found["accounts"] or 0)}))
    names = ("complaints", "wallet", "contacts")
    for name, frame in zip(names, given, strict=True):
        if frame is None:
            text = _("No rows of '{table}': causes that show there cannot be seen")
            told.append(Message(text, {"table": name}))
    return told
