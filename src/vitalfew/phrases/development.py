"""How an account's purchases run, and what is to come."""

import numpy as np

from vitalfew.panels import Panel
from vitalfew.phrases import Sentences, leading, where
from vitalfew.sentences import amounts, months, percents, told
from vitalfew.terms import Direction
from vitalfew.terms import gettext_noop as _


def course(panel: Panel, currency: str) -> tuple[Sentences, ...]:
    """Sales of twelve months, their growth and whether it is more than chance, from `trend`."""
    year, growth = panel.floats("revenue_12m"), panel.floats("growth")
    said = {"money": amounts(year, currency), "growth": percents(growth, signed=True)}
    rising, falling = (where(panel, "direction", way) for way in (Direction.RISING, Direction.FALLING))
    rises = _(
        "It bought for {money} in the last twelve months, {growth} against the year before; its purchases rise beyond chance."
    )
    falls = _(
        "It bought for {money} in the last twelve months, {growth} against the year before; its purchases fall beyond chance."
    )
    plain = _("It bought for {money} in the last twelve months, {growth} against the year before; no clear trend.")
    return (
        told(rises, rising, **said),
        told(falls, falling, **said),
        told(plain, ~rising & ~falling, **said),
        told(_("It bought for {money} in the last twelve months."), np.isnan(growth), money=amounts(year, currency)),
        told(_("The level of its purchases changed in {month}."), month=months(panel.floats("changed_on"))),
    )


def outlook(panel: Panel, currency: str) -> Sentences:
    """What the next month should bring, from the first period of `forecast`."""
    first = leading(panel, panel.floats("period"))
    said = {each: amounts(panel.floats(each), currency) for each in ("mean", "low", "high")}
    text = _("In {month} it should buy for {mean} ({low} to {high}).")
    return told(text, first, month=months(panel.floats("period")), **said)
