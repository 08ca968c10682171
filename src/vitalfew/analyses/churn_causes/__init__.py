"""Why accounts leave: the evidence for each of seven causes, and whose doing it is.

Asked are the accounts that are lost or leaving (risk of ``from_risk`` or more, not in their quiet season). Looked at are
the facts of the year before an account would have bought next; facts later than that are no cause.

    staff departure       we     its sales person changed; a contact left; or the manager is another than took its last
                                 order (today's manager: since when, the facts do not tell)
    broken promise        we     share of lines late or short, of five or more due in the half year before, Wilson's lower
                                 end above twice the book's; or a promise due in that time was not kept by its day; or
                                 it got less than four fifths of what it needed of a product shared out in that time
    neglect of the small  we     below the median of sales, and: treated worse, it says; twice the usual time to a first
                                 reply (so far, where none came) and over five days; or visited before and not for half a
                                 year
    strategy change       customer     spends less than 70 % of the year before with all suppliers, our share steady
    foul play             competitor   a contact reported it
    stronger rival        competitor   the rival's share of its spend rose by a tenth, the spend did not fall; or a
                                       complaint about the price; or a competitor's offer there, of which we know
    unresolved complaint  we     a complaint open for more than 30 days, and still open on the day it would have bought

Every fact is looked for in the accounts that stay, too. How much it says is the logarithm of the odds ratio, half an
account added to each cell; the cause told is the one whose evidence says most, at least as often seen with losses as
without. No evidence: 'not known'. What the account itself gave as its reason (``loss_reasons``: customer, cause) stands
beside and is never overwritten; from ten such reasons on, ``kappa`` (Cohen) tells how far the evidence agrees with them beyond
chance, ``force_kappa`` how far on whose doing it was.

Promises written down (``promises``: customer, due, state) count as not kept where the state is late or broken, or still open
after the day. What was shared out while it was short stands in ``allotted`` (customer, product, decided_on, needed, given),
as of the day on which that was decided. Known offers of competitors (``competitor_offers``: customer, known_on, weight) are
evidence as far as their source can be relied on: one of weight .6 counts as six tenths of an account that shows it, and its log
odds count by so much.

    9 of 40 lost and 4 of 100 kept show it  →  ln[(9.5/31.5)/(4.5/96.5)] = 1.8668, standard error .6079

It is evidence, not proof: a fact seen with losses need not be their cause, and afterwards one sees what one seeks.

Haldane, J. B. S. (1956). Annals of Human Genetics 20(4). Wilson, E. B. (1927). JASA 22. Cohen, J. (1960). Educational and
Psychological Measurement 20(1). Fleiss, J. L., Cohen, J. & Everitt, B. S. (1969). Psychological Bulletin 72(5).
"""

from collections.abc import Sequence
from typing import Final

import narwhals as nw
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from vitalfew.analyses.churn_causes import evidence
from vitalfew.analyses.churn_causes.evidence import Who
from vitalfew.catalogue import Choice, Column, Drawing, Findings, Frame, Refusal, analysis
from vitalfew.language import Count, Message, Number, Percent
from vitalfew.maths.agreement import kappa
from vitalfew.maths.intervals import wilson
from vitalfew.maths.odds import LogOdds, log_odds
from vitalfew.panels import Bools, Floats, Panel, Whole, figures, words
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
WORDS: Final = pa.array([each.value for each in CAUSES])
OF_FORCE: Final = np.array([list(Force).index(FORCES[each]) for each in CAUSES])
EVIDENCE: Final = {
    ChurnCause.STAFF_DEPARTURE: _(
        "Its salesperson changed or a contact left in the year before it stopped, or its present manager did not "
        "take its last order"
    ),
    ChurnCause.BROKEN_PROMISE: _(
        "Deliveries late or short twice as often as across all accounts, a promise not kept, or its share cut when goods were "
        "short, in the half year before it stopped"
    ),
    ChurnCause.NEGLECT_SMALL: _("A small account, not visited any more, answered slowly or treated worse, as it says"),
    ChurnCause.STRATEGY_CHANGE: _("It buys less from all suppliers than the year before"),
    ChurnCause.FOUL_PLAY: _("A contact reported how a competitor pushed us out"),
    ChurnCause.STRONGER_RIVAL: _(
        "A competitor's share of its spend rose, it complained about our price, or we know of a competitor's offer there"
    ),
    ChurnCause.UNRESOLVED_COMPLAINT: _(
        "A complaint was open for more than 30 days, and still so when it would have bought"
    ),
    ChurnCause.UNKNOWN: _("No evidence in the facts: ask the customer"),
}
LEAST_GAP, FEW, FEWEST_REASONS = 30, 30, 10
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
        Column(
            "open_complaints",
            Unit.COUNT,
            _("Open complaints"),
            _("Open for more than 30 days when it would have bought"),
        ),
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
    promises: Frame | None = None,
    allotted: Frame | None = None,
    *,
    as_of: int,
    from_risk: float = 0.5,
) -> Findings:
    told = _stops(churn, as_of)
    who = _who(told, from_risk)
    late, much_late = evidence.late_lines(order_lines, told.select("customer", "stopped"), who, as_of)
    said = evidence.complaints_of(complaints, who)
    spend, rival = evidence.spend(wallet, who)
    small = evidence.small_accounts(account_months, who)
    shown = np.column_stack(
        [
            evidence.staff_changed(order_lines, customers, who) | evidence.contact_left(contacts, who),
            much_late | evidence.promises_broken(promises, who, as_of) | evidence.cut(allotted, who),
            small & (said.unfair | said.slow | evidence.abandoned(service_costs, who)),
            (spend < SHRUNK) & ~(rival > ROSE),
            said.foul,
            ((rival > ROSE) & (spend > STEADY)) | said.price,
            said.open > 0,
        ]
    )
    degree = shown.astype(np.float64)
    rivalry = CAUSES.index(ChurnCause.STRONGER_RIVAL)
    degree[:, rivalry] = np.maximum(degree[:, rivalry], evidence.offers(competitor_offers, who))
    weights = [_weight(degree[:, cause], who.lost) for cause in range(degree.shape[1])]
    cause = _cause(degree, weights)
    rows = _rows(who, degree, cause, weights, late, said.open, spend, rival, _recorded(loss_reasons, who))
    found = {**_figures(cause[who.lost], weights), **_agreement(rows)}
    return Findings(rows, found, _headline(found), _warnings(found, (complaints, wallet, contacts)))


def _stops(churn: Frame, as_of: int) -> Frame:
    """The accounts, each with the day by which it would have bought again; today's at the latest."""
    wait = nw.max_horizontal(2 * nw.col("usual_gap").fill_null(0), nw.lit(LEAST_GAP))
    stopped = nw.min_horizontal(nw.lit(as_of), as_of - nw.col("silence") + wait)
    return churn.select("customer", "probability", "sign", stopped=stopped.floor().cast(nw.Int64))


def _who(accounts: Frame, from_risk: float) -> Who:
    panel = Panel.of(accounts)
    quiet = panel.table["sign"].to_numpy(zero_copy_only=False) == str(ChurnSign.QUIET_SEASON)
    lost = (panel.floats("probability") >= from_risk) & ~quiet
    if not lost.any():
        raise Refusal(Message(_("No account is lost or leaving: there is nothing to explain")))
    return Who(panel.codes, lost, panel.whole("stopped"))


def _weight(degree: Floats, lost: Bools) -> LogOdds:
    return log_odds(float(degree[lost].sum()), int(lost.sum()), float(degree[~lost].sum()), int((~lost).sum()))


def _cause(degree: Floats, weights: list[LogOdds]) -> Whole:
    """The cause whose evidence says most, if it is seen with losses at least as often as without."""
    value = np.array([weight.ratio for weight in weights])
    says = np.where((degree > 0) & (value >= 0), value * degree, -1.0)
    best = says.argmax(axis=1)
    return np.where(says[np.arange(best.size), best] < 0, CAUSES.index(ChurnCause.UNKNOWN), best).astype(np.int64)


def _recorded(reasons: Frame | None, who: Who) -> pa.Array:
    """The reason each account gave; not known where it gave none of the seven."""
    if reasons is None:
        return pa.array([str(ChurnCause.UNKNOWN)] * len(who.codes))
    panel = Panel.of(reasons.select("customer", "cause"))
    told = panel.table["cause"].combine_chunks().take(pc.index_in(who.codes, panel.codes))
    known = pc.is_in(told, value_set=pa.array([str(word) for word in ChurnCause]))
    return pc.if_else(known, told, str(ChurnCause.UNKNOWN))


def _rows(  # noqa: PLR0917  (the parts of the evidence, side by side)
    who: Who, degree: Floats, cause: Whole, weights: list[LogOdds], late: Floats, open_: Whole, spend: Floats,
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


def _agreement(rows: pa.Table) -> dict[str, float | int | None]:
    """How far the causes shown are those the accounts gave, by cause and by whose doing; from ten reasons on."""
    gave = rows.filter(pc.not_equal(rows["recorded_cause"], str(ChurnCause.UNKNOWN)))
    told, shown = (pc.index_in(gave[name], WORDS).to_numpy() for name in ("recorded_cause", "cause"))
    found: dict[str, float | int | None] = {"reasons": len(gave)}
    for name, of in (("", np.arange(len(CAUSES))), ("force_", OF_FORCE)):
        agreed = kappa(of[told], of[shown], len(CAUSES)) if len(gave) >= FEWEST_REASONS else None
        ends = (None,) * 4 if agreed is None else (agreed.agreed, agreed.kappa, agreed.low, agreed.high)
        found |= dict(
            zip((f"{name}agreed", f"{name}kappa", f"{name}kappa_low", f"{name}kappa_high"), ends, strict=True)
        )
    return found


def _headline(found: dict[str, float | int | None]) -> Message:
    if not found["known"]:
        text = _("{n} {n:account is|accounts are} lost or leaving, and the facts show no cause for any: ask them")
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
        text = _("Only {n} {n:account|accounts} lost or leaving: which evidence says most is uncertain")
        told.append(Message(text, {"n": Count(found["accounts"] or 0)}))
    told += _of_reasons(found)
    names = ("complaints", "wallet", "contacts")
    for name, frame in zip(names, given, strict=True):
        if frame is None:
            text = _("No rows of '{table}': causes that show there cannot be seen")
            told.append(Message(text, {"table": name}))
    return told


def _of_reasons(found: dict[str, float | int | None]) -> list[Message]:
    """How far the evidence may stand for the account's own reason."""
    if found["kappa"] is None:
        return []
    text = _(
        "Of {n} accounts that gave their reason the evidence shows the same for {agreed}: kappa {kappa} ({low} to {high}; 0 is "
        "chance, 1 full agreement)"
    )
    said = {
        name: Number(float(found[f"kappa{end}"] or 0.0))
        for name, end in (("kappa", ""), ("low", "_low"), ("high", "_high"))
    }
    return [Message(text, {**said, "n": Count(found["reasons"] or 0), "agreed": Percent(found["agreed"] or 0.0, 0)})]
