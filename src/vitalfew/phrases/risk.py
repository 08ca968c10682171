"""Whether an account leaves, why, and whether it pays."""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from vitalfew.panels import Bools, Panel
from vitalfew.phrases import Sentences, column, where
from vitalfew.sentences import amounts, counts, labels, percents, texts, told
from vitalfew.terms import ChurnCause, ChurnSign, CreditSign
from vitalfew.terms import gettext_noop as _


def leaving(panel: Panel) -> Sentences:
    """The risk with its interval, from `churn`; in its quiet season no figure means anything."""
    chance = {name: percents(panel.floats(name)) for name in ("probability", "low", "high")}
    text = _("The risk that it buys no more is {probability} ({low} to {high}).")
    return told(text, ~where(panel, "sign", ChurnSign.QUIET_SEASON), **chance)


def sign(panel: Panel) -> tuple[Sentences, Sentences, Sentences]:
    """What shows it, that its silence is the season's, or that its contract speaks, from `churn`."""
    signs = (ChurnSign.QUIET_SEASON, ChurnSign.NONE, ChurnSign.UNDER_CONTRACT)
    quiet, none, bound = (where(panel, "sign", each) for each in signs)
    return (
        told(_("What shows it: {sign}."), ~quiet & ~none & ~bound, sign=labels(ChurnSign, column(panel, "sign"))),
        told(
            _("It is in its quiet season: its silence says little, and no risk of leaving can be told from it."), quiet
        ),
        told(_("It is under contract: its next renewal is what counts, not its purchases."), bound),
    )


def cause(panel: Panel) -> tuple[Sentences, Sentences]:
    """The cause that the evidence speaks for, and the one that the account gave, from `churn-causes`."""
    found, own = column(panel, "cause"), column(panel, "recorded_cause")
    evidence = pc.binary_join_element_wise('["Word", ', texts(column(panel, "evidence")), "]", "")
    said = {"cause": labels(ChurnCause, found), "evidence": evidence}
    return (
        told(_("Likely cause: {cause}. What was seen: {evidence}."), _named(found), **said),
        told(_("The reason it gave itself: {cause}."), _named(own), cause=labels(ChurnCause, own)),
    )


def _named(causes: pa.Array) -> Bools:
    return np.asarray(pc.not_equal(causes, str(ChurnCause.UNKNOWN)).fill_null(False).to_numpy(zero_copy_only=False))


def owing(panel: Panel, currency: str) -> tuple[Sentences, ...]:
    """What it owes and how it pays, from `credit-watch`."""
    overdue, late = amounts(panel.floats("overdue"), currency), counts(panel.floats("late_days"))
    owes = {"owed": amounts(panel.floats("owed"), currency), "limit": amounts(panel.floats("credit_limit"), currency)}
    long, over, slower, falling = (where(panel, "sign", each) for each in CREDIT)
    return (
        told(_("{money} is overdue, the oldest invoice by {n} {n:day|days}."), long, money=overdue,
             n=counts(panel.floats("oldest"))),
        told(_("It owes {owed}, more than its limit of {limit}."), over, **owes),
        told(_("It pays {n} {n:day|days} late on average, and later from month to month."), slower, n=late),
        told(_("It pays {n} {n:day|days} late on average, and buys less."), falling, n=late),
        told(_("{money} of what it owes is overdue."), (over | slower | falling) & (panel.floats("overdue") > 0), money=overdue),
    )  # fmt: skip


CREDIT = (CreditSign.OVERDUE, CreditSign.OVER_LIMIT, CreditSign.SLOWER, CreditSign.FALLING)
"""The signs that ask for a talk about payment."""


def lost(panel: Panel, currency: str) -> pa.Array:
    """How long it is away and what it would be worth again, from `win-back-value`."""
    said = {"n": counts(panel.floats("silence")), "value": amounts(panel.floats("value"), currency)}
    return told(_("Silent for {n} {n:day|days}; won back, it is worth {value}."), **said)
