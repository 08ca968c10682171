"""What is unusual enough to ask the customer about, before it becomes a complaint.

    silence   the time since the last purchase, against the account's own gaps: a gamma distribution by moments
              (shape k = 1/CV², at most 25), P(gap > silence) below 5 %
    drop      the last whole month, against the account's own 12 before: more than 3.5 robust deviations below
    surge     the same, above

An account that is silent is asked about its silence only.

The robust deviation is 1.4826 × the median absolute deviation, and at least a fifth of the median, so that a very even
account does not cry at every ripple. ``score`` is how rare it is: 1 − p for a silence, 1 − 1/z² (Chebyshev's
bound) for a month. An account that buys in season, or bought for one occasion, is not asked about its silence. Silence
needs five purchases, a month needs eight earlier months with orders; a silence of more than half a year and three longest
gaps, or of over a year, is no question any more: see the value of winning back.

    gaps 30 28 33 29, silence 75  →  k = 25, P(gap > 75) < 0.0001: ask

Iglewicz, B. & Hoaglin, D. C. (1993). How to Detect and Handle Outliers. ASQC (robust z, 3.5).
"""

from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from vitalfew.catalogue import Choice, Column, Drawing, Findings, Frame, Refusal, analysis
from vitalfew.language import Count, Message
from vitalfew.maths.silences import gaps, overdue
from vitalfew.maths.years import YEAR
from vitalfew.panels import MONTHS_A_YEAR, Floats, Panel, Whole, figures, last_whole_month, month_start, months
from vitalfew.terms import AnomalyKind, Cooperation, Group, Unit
from vitalfew.terms import gettext_noop as _

QUESTIONS: Final = {
    AnomalyKind.SILENCE: _(
        "You have not ordered for an unusually long time. Has your need changed, or did we do something wrong?"
    ),
    AnomalyKind.DROP: _(
        "You ordered much less than usual last month. Is something wrong on our side, or has your business slowed?"
    ),
    AnomalyKind.SURGE: _(
        "You ordered much more than usual last month. Will you need more from now on, and can we prepare for it?"
    ),
}
COUNTED_IN: Final = {AnomalyKind.SILENCE: Unit.DAYS, AnomalyKind.DROP: Unit.MONEY, AnomalyKind.SURGE: Unit.MONEY}
FEWEST_MONTHS, FAR, LEAST_SPREAD = 8, 3.5, 0.2
LAPSED_GAPS, LAPSED_DAYS = 3, 180
"""Silent for longer than three of its longest gaps and than half a year, or for over a year: gone, and no question any more."""


@analysis(
    group=Group.BEHAVIOUR,
    title=_("Worth a question"),
    question=_("What is unusual enough to ask the customer about?"),
    columns=(
        Column("customer", Unit.CODE, _("Account"), _("The account's code")),
        Column("date", Unit.DAY, _("Since"), _("Since when it is unusual")),
        Column("kind", Unit.WORD, _("Kind"), _("Silence, low month or high month"), AnomalyKind),
        Column("score", Unit.SHARE, _("Rarity"), _("How rare this is for the account")),
        Column("value", Unit.NUMBER, _("Seen"), _("Days of silence, or the month's net sales"), unit_in="counted_in"),
        Column(
            "expected",
            Unit.NUMBER,
            _("Usual"),
            _("Median gap in days, or median net sales a month"),
            unit_in="counted_in",
        ),
        Column("counted_in", Unit.WORD, _("Counted in"), _("Whether days or an amount is seen"), Unit),
        Column("question", Unit.TEXT, _("Question"), _("What to ask the customer")),
    ),
    choices={"level": Choice(_("At most so likely (0.05: one in twenty)"), least=1e-6, most=0.5)},
    drawing=Drawing("bars", "customer", "kind"),
    per_account=False,
    source="Iglewicz & Hoaglin (1993)",
    version=4,
)
def anomalies(
    purchase_days: Frame, account_months: Frame, cooperation: Frame, *, as_of: int, level: float = 0.05
) -> Findings:
    last = last_whole_month(as_of)
    kinds = Panel.of(cooperation.select("customer", "kind", "median_gap"))
    found = [
        _silences(Panel.of(purchase_days.select("customer", "bought_on"), "bought_on"), kinds, as_of, level),
        *_months(account_months, last),
    ]
    silent = found[0]["customer"].combine_chunks()
    found[1:] = [each.filter(pc.invert(pc.is_in(each["customer"], value_set=silent))) for each in found[1:]]
    rows = pa.concat_tables(found)
    rows = rows.sort_by([("score", "descending"), ("customer", "ascending"), ("kind", "ascending")])
    counts = {each.value: table.num_rows for each, table in zip(AnomalyKind, found, strict=True)}
    headline = Message(
        _(
            "{n} {n:account is|accounts are} worth a question now: {silent} silent for unusually long, {low} with "
            "an unusually low month, {high} with an unusually high one"
        ),
        {
            "n": Count(len(rows["customer"].unique())),
            "silent": Count(counts["silence"]),
            "low": Count(counts["drop"]),
            "high": Count(counts["surge"]),
        },
    )
    return Findings(rows, counts, headline)


def _silences(panel: Panel, kinds: Panel, as_of: int, level: float) -> pa.Table:
    if not len(panel):
        raise Refusal(Message(_("No purchases yet")))
    day, starts = panel.whole("bought_on"), panel.starts()
    account = np.repeat(np.arange(starts.size), np.diff(np.append(starts, day.size)))
    known = gaps(account, day, as_of)
    chance = overdue(known)
    apart = np.isin(kinds.table["kind"].to_numpy(zero_copy_only=False), [Cooperation.SEASONAL, Cooperation.ONE_OFF])
    lapsed = np.clip(LAPSED_GAPS * _longest(account, day, starts.size), LAPSED_DAYS, YEAR - 1)
    chosen = np.flatnonzero((chance < level) & ~apart & (known.silence <= lapsed))
    silence, usual = known.silence.astype(np.float64), kinds.floats("median_gap")
    since = as_of - known.silence
    return _rows(panel.accounts(), chosen, AnomalyKind.SILENCE, since, 1 - chance, silence, usual)


def _longest(account: Whole, day: Whole, size: int) -> Floats:
    """The longest gap of each account."""
    inner = account[1:] == account[:-1]
    longest = np.zeros(size)
    np.maximum.at(longest, account[1:][inner], np.diff(day)[inner])
    return longest


def _months(account_months: Frame, last: int) -> list[pa.Table]:
    panel = months(account_months, "amount", last, MONTHS_A_YEAR + 1)
    before, now = panel.values[:, :-1], panel.values[:, -1]
    usual = np.median(before, axis=1)
    spread = 1.4826 * np.median(np.abs(before - usual[:, None]), axis=1)
    z = (now - usual) / np.maximum(np.maximum(spread, LEAST_SPREAD * np.abs(usual)), 1e-9)
    enough = ((before != 0).sum(axis=1) >= FEWEST_MONTHS) & (usual > 0)
    rarity = 1 - 1 / np.maximum(z**2, 1)
    since = np.full(now.size, month_start(last))
    sides = ((AnomalyKind.DROP, z < -FAR), (AnomalyKind.SURGE, z > FAR))
    return [_rows(panel.accounts, np.flatnonzero(enough & far), kind, since, rarity, now, usual) for kind, far in sides]


def _rows(  # noqa: PLR0917  (a row's six parts, side by side)
    accounts: pa.Array, chosen: Whole, kind: AnomalyKind, since: Whole, score: Floats, value: Floats, usual: Floats
) -> pa.Table:
    return pa.table(
        {
            "customer": accounts.take(pa.array(chosen)),
            "date": pa.array(since[chosen].astype(np.int64)),
            "kind": pa.array([str(kind)] * chosen.size, type=pa.string()),
            "score": figures(np.round(score[chosen], 4)),
            "value": figures(value[chosen]),
            "expected": figures(np.round(usual[chosen], 4)),
            "counted_in": pa.array([str(COUNTED_IN[kind])] * chosen.size, type=pa.string()),
            "question": pa.array([QUESTIONS[kind]] * chosen.size, type=pa.string()),
        }
    )
