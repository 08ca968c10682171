"""How much profit is made by the best accounts and lost again on the others.

Accounts by contribution, largest first, and their running sum. It rises to a peak and falls back to the total:

    destroyed = peak − total

    400 120 60 50 15 5 0 −20 −80 −150  →  peak 650 after 6 accounts, total 400, destroyed 250

With a total at or below zero, shares of it mean nothing: only amounts are given.

Kaplan, R. S. & Narayanan, V. G. (2001). Measuring and managing customer profitability. Journal of Cost Management 15(5).
"""

import numpy as np
import pyarrow as pa

from vitalfew.catalogue import Column, Drawing, Findings, Frame, Refusal, analysis
from vitalfew.language import Count, Message, Money, Percent
from vitalfew.panels import Panel, figures
from vitalfew.terms import Group, Unit
from vitalfew.terms import gettext_noop as _


@analysis(
    group=Group.CONTRIBUTION,
    title=_("Whale curve"),
    question=_("How much profit do the best accounts make, and how much is lost again on others?"),
    columns=(
        Column("customer", Unit.CODE, _("Account"), _("The account's code")),
        Column("contribution", Unit.MONEY, _("Contribution, all years"), _("Contribution over all years on record")),
        Column("cumulative", Unit.MONEY, _("Cumulated"), _("Contribution of this account and all better ones")),
        Column(
            "cumulative_share", Unit.SHARE, _("Cumulated share"), _("Cumulated contribution as a share of the total")
        ),
    ),
    drawing=Drawing("curve", "cumulative"),
    source="Kaplan & Narayanan (2001)",
)
def whale_curve(contribution: Frame, *, currency: str) -> Findings:
    panel = Panel.of(contribution.select("customer", "contribution"))
    earned = panel.floats("contribution")
    known = np.flatnonzero(~np.isnan(earned))
    if not known.size:
        raise Refusal(Message(_("No order line has a cost: margins cannot be told. Import lines with a cost column")))
    order = known[np.argsort(-earned[known], kind="stable")]
    earned = earned[order]
    running = np.cumsum(earned)
    total, peak = float(running[-1]), float(max(running.max(), 0.0))
    found = {
        "accounts": int(earned.size),
        "total": round(total, 4),
        "peak": round(peak, 4),
        "peak_accounts": int((earned > 0).sum()),
        "destroyed": round(peak - total, 4),
        "below_zero": int((earned < 0).sum()),
        "peak_share": peak / total if total > 0 else None,
    }
    rows = pa.table(
        {
            "customer": panel.codes.take(pa.array(order)),
            "contribution": figures(earned),
            "cumulative": figures(np.round(running, 4)),
            "cumulative_share": figures(running / total if total > 0 else np.full(earned.size, np.nan)),
        }
    )
    return Findings(rows, found, _headline(found, currency), _warnings(int(earned.size), len(panel), total))


def _headline(found: dict[str, float | int | None], currency: str) -> Message:
    return Message(
        _(
            "Over all years on record {best} {best:account|accounts} earned {peak}; {below} {below:other|others} "
            "lost {destroyed} of it again"
        ),
        {
            "best": Count(found["peak_accounts"] or 0),
            "peak": Money(found["peak"] or 0, currency),
            "below": Count(found["below_zero"] or 0),
            "destroyed": Money(found["destroyed"] or 0, currency),
        },
    )


def _warnings(known: int, accounts: int, total: float) -> list[Message]:
    said = []
    if known < accounts:
        text = _("{share} of the accounts have no known cost and are left out")
        said.append(Message(text, {"share": Percent(1 - known / accounts)}))
    if total <= 0:
        said.append(Message(_("The total is not above zero: shares of it mean nothing, only amounts are shown")))
    return said
