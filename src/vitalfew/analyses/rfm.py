"""How recently, how often and for how much each account buys.

    recency     days from the last purchase day to the day of the analysis
    frequency   purchase days in the period (same-day orders are one)
    monetary    net amount in the period

Each is scored 1 to 5 by its place among all accounts: the score is 1 + the number of fifths of the accounts that are
strictly worse. Equal accounts have equal scores, so a cell never depends on the order of rows or on the engine.

    recency 5 30 30 90 400  →  strictly worse: 4/5 2/5 2/5 1/5 0  →  r = 5 3 3 2 1

``cell`` is the three scores in a row: 555 is the best, 155 the alarm (bought often and much, but not lately).

Hughes, A. M. (1994). Strategic Database Marketing. Probus.
"""

import narwhals as nw
import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from vitalfew.catalogue import Choice, Column, Drawing, Findings, Frame, Refusal, analysis
from vitalfew.language import Count, Message
from vitalfew.panels import Floats, Panel, figures
from vitalfew.terms import Group, Unit
from vitalfew.terms import gettext_noop as _

STEPS = 5


@analysis(
    group=Group.BEHAVIOUR,
    title=_("Recency, frequency, amount"),
    question=_("How recently, how often and for how much does each account buy?"),
    columns=(
        Column("customer", Unit.CODE, _("Account"), _("The account's code")),
        Column("recency", Unit.DAYS, _("Recency"), _("Days since the last purchase")),
        Column("frequency", Unit.COUNT, _("Frequency"), _("Days with a purchase")),
        Column("monetary", Unit.MONEY, _("Amount"), _("Net amount in the period")),
        Column("r", Unit.COUNT, _("R"), _("Recency score, 5 is best")),
        Column("f", Unit.COUNT, _("F"), _("Frequency score, 5 is best")),
        Column("m", Unit.COUNT, _("M"), _("Amount score, 5 is best")),
        Column("cell", Unit.CODE, _("Cell"), _("The three scores in a row")),
    ),
    choices={"days": Choice(_("Last days (0: all)"), most=40_000)},
    drawing=Drawing("points", "monetary", "recency"),
    source="Hughes (1994), Strategic Database Marketing",
)
def rfm(purchase_days: Frame, *, as_of: int, days: int = 0) -> Findings:
    if days:
        purchase_days = purchase_days.filter(nw.col("bought_on") > as_of - days)
    panel = Panel.of(
        purchase_days.group_by("customer").agg(
            last=nw.col("bought_on").max(), frequency=nw.len(), monetary=nw.col("amount").sum().round(4)
        )
    )
    if not len(panel):
        raise Refusal(Message(_("Nobody bought in this period")))
    recency, frequency, monetary = as_of - panel.whole("last"), panel.whole("frequency"), panel.floats("monetary")
    scores = [_score(-recency.astype(np.float64)), _score(frequency.astype(np.float64)), _score(monetary)]
    rows = pa.table(
        {
            "customer": panel.codes,
            "recency": pa.array(recency),
            "frequency": pa.array(frequency),
            "monetary": figures(monetary),
            **dict(zip("rfm", map(pa.array, scores), strict=True)),
            "cell": pa.array(scores[0] * 100 + scores[1] * 10 + scores[2]).cast(pa.string()),
        }
    )
    lapsing = int(((scores[0] == 1) & (scores[2] == STEPS)).sum())
    headline = Message(
        _("{n} of {accounts} {accounts:account|accounts} belong to the largest fifth but bought longest ago"),
        {"n": Count(lapsing), "accounts": Count(len(panel))},
    )
    return Findings(rows, {"accounts": len(panel), "lapsing_large": lapsing}, headline)


def _score(values: Floats) -> NDArray[np.int64]:
    """1 + fifths of the accounts that are strictly lower."""
    lower = np.searchsorted(np.sort(values), values, side="left")
    return 1 + np.minimum(lower * STEPS // values.size, STEPS - 1)
