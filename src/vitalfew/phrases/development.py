"""How an account's purchases run, and what is to come."""

import numpy as np

from vitalfew.panels import Panel
from vitalfew.phrases import Sentences, leading, where
from vitalfew.sentences import amounts, months, percents, told
from vitalfew.terms import Course, Direction
from vitalfew.terms import gettext_noop as _

RISES = _(
    "It bought for {money} in the last twelve months, {growth} against the year before; its purchases rise by "
    "more than chance explains."
)
FALLS = _(
    "It bought for {money} in the last twelve months, {growth} against the year before; its purchases fall by "
    "more than chance explains."
)
PAST_ITS_PEAK = _(
    "It bought for {money} in the last twelve months, {growth} against the year before; lately its purchases have "
    "fallen by more than chance explains."
)
RECOVERS = _(
    "It bought for {money} in the last twelve months, {growth} against the year before; lately its purchases have "
    "risen by more than chance explains."
)
SINCE = _("It bought for {money} in the month that has begun, and nothing in the twelve whole months before.")
PLAIN = _("It bought for {money} in the last twelve months, {growth} against the year before; no clear trend.")


def course(panel: Panel, currency: str) -> tuple[Sentences, ...]:
    """Sales of twelve months, their growth and whether it is more than chance, from `trend`."""
    year, growth = panel.floats("revenue_12m"), panel.floats("growth")
    said = {"money": amounts(year, currency), "growth": percents(growth, signed=True)}
    rising, falling = (where(panel, "direction", way) for way in (Direction.RISING, Direction.FALLING))
    peak, back = (where(panel, "course", each) for each in (Course.PAST_ITS_PEAK, Course.RECOVERING))
    buys, new, since = year > 0, np.isnan(growth), panel.floats("revenue_since")
    return (
        told(_("It stopped buying: nothing came in the last twelve months."), ~buys & ~(since > 0)),
        told(RISES, buys & rising & ~back, **said),
        told(FALLS, buys & falling & ~peak, **said),
        told(PAST_ITS_PEAK, buys & peak, **said),
        told(RECOVERS, buys & back, **said),
        told(PLAIN, buys & ~rising & ~falling, **said),
        told(_("It bought for {money} in the last twelve months."), buys & new, money=said["money"]),
        told(SINCE, ~buys & (since > 0), money=amounts(since, currency)),
        told(_("The level of its purchases changed in {month}."), buys, month=months(panel.floats("changed_on"))),
    )


def falls(panel: Panel, currency: str) -> Sentences:
    """Where purchases fall beyond chance, from `trend`."""
    return course(panel, currency)[FALLING]


FALLING = 2
"""The place of those that fall among the sentences of the course."""


def outlook(panel: Panel, currency: str) -> Sentences:
    """What the next month should bring, from the first period of `forecast`."""
    first = leading(panel, panel.floats("period"))
    said = {each: amounts(panel.floats(each), currency) for each in ("mean", "low", "high")}
    text = _("In {month} it should buy for {mean} ({low} to {high}).")
    return told(text, first, month=months(panel.floats("period")), **said)
