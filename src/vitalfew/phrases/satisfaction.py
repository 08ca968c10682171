"""What an account thinks of us, and what it complains of."""

from collections.abc import Mapping

import narwhals as nw

from vitalfew.catalogue import Frame
from vitalfew.panels import Panel
from vitalfew.phrases import Sentences, column, leading, where
from vitalfew.sentences import counts, days, numbers, texts, told
from vitalfew.terms import Loyalty, Verdict
from vitalfew.terms import gettext_noop as _


def opinion(panel: Panel) -> Sentences:
    """The index of satisfaction, trust and commitment, from `relationship-quality`."""
    ends = {name: numbers(panel.floats(name), 0) for name in ("index", "low", "high")}
    return told(_("Its opinion of us is {index} of 100 ({low} to {high})."), **ends)


def loyalty(panel: Panel) -> Mapping[Loyalty, Sentences]:
    """Attitude and repeat purchase, from `loyalty`; by quadrant."""
    said = {
        Loyalty.COMPLETE: _("It prefers us to competitors and buys from us again and again."),
        Loyalty.LATENT: _("It prefers us to competitors, and still buys little from us."),
        Loyalty.INERTIA: _("It buys from us by habit: it does not think us better than competitors."),
        Loyalty.NONE: _("It does not think us better than competitors, and buys little from us."),
    }
    return {quadrant: told(text, where(panel, "quadrant", quadrant)) for quadrant, text in said.items()}


def rivals(panel: Panel) -> tuple[Sentences, Sentences]:
    """The competitor that gives it surely more than we do, or all that don't, from `delivered-value`."""
    worst = leading(panel, panel.floats("advantage"))
    rival = texts(column(panel, "competitor"))
    ends = {name: numbers(panel.floats(name)) for name in ("advantage", "low", "high")}
    lower, higher = (where(panel, "verdict", each) & worst for each in (Verdict.LOWER, Verdict.HIGHER))
    return (
        told(_("{rival} gives it more for its money than we do: {advantage} points ({low} to {high})."), lower,
             rival=rival, **ends),
        told(_("We give it more for its money than any competitor it named."), higher),
    )  # fmt: skip


def waiting(complaints: Frame, as_of: int) -> Panel:
    """The open complaints of each account: how many, and since when."""
    still = complaints.filter(nw.col("closed_on").is_null() | (nw.col("closed_on") > as_of))
    return Panel.of(still.group_by("customer").agg(n=nw.len(), first=nw.col("received_on").min()))


def open_complaints(panel: Panel) -> tuple[Sentences, Sentences]:
    n, first = panel.whole("n"), panel.floats("first")
    return (
        told(_("A complaint has been open since {day}."), n == 1, day=days(first)),
        told(
            _("{n} {n:complaint is|complaints are} open, the oldest since {day}."), n > 1, n=counts(n), day=days(first)
        ),
    )
