"""What is left of an account's sales, and what would turn a loss."""

import pyarrow.compute as pc

from vitalfew.panels import Panel
from vitalfew.phrases import Sentences, column, where
from vitalfew.sentences import amounts, counts, labels, percents, texts, told
from vitalfew.terms import Activity, WayOut
from vitalfew.terms import gettext_noop as _


def earned(panel: Panel, currency: str) -> Sentences:
    """From sales to contribution in twelve months, from `contribution`."""
    names = ("revenue", "gross_margin", "cost_to_serve", "contribution")
    said = {name: amounts(panel.floats(name), currency) for name in names}
    text = _(
        "Of {revenue} in sales {gross_margin} is margin; serving it cost {cost_to_serve}: it contributed {contribution}."
    )
    return told(text, **said)


def loss(panel: Panel, currency: str) -> Sentences:
    """What it lost us in twelve months, from `negative-assets`."""
    lost = -panel.floats("earned")
    return told(
        _("It lost us {money} in twelve months, counting what its unpaid invoices cost."),
        lost > 0,
        money=amounts(lost, currency),
    )


def way_out(panel: Panel, currency: str) -> tuple[Sentences, ...]:
    """What alone would turn the loss, from `negative-assets`."""
    way = {each: where(panel, "way_out", each) for each in WayOut}
    price, returns = percents(panel.floats("price_rise"), 1), percents(panel.floats("returns_less"))
    spent = column(panel, "activity")
    activity, named = (
        pc.coalesce(labels(Activity, spent), texts(spent)),
        spent.is_valid().to_numpy(zero_copy_only=False),
    )
    less, cost = (amounts(panel.floats(name), currency) for name in ("service_less", "activity_cost"))
    sooner = counts(panel.floats("days_less"))
    return (
        told(_("A price {share} higher would end the loss."), way[WayOut.REPRICE], share=price),
        told(
            _("Serving it for {less} less would end the loss; what cost most: {activity}, {cost}."),
            way[WayOut.SERVE_LESS],
            less=less,
            activity=activity,
            cost=cost,
        ),
        told(_("Serving it for {less} less would end the loss."), way[WayOut.SERVE_LESS] & ~named, less=less),
        told(_("Taking back {share} less would end the loss."), way[WayOut.FEWER_RETURNS], share=returns),
        told(_("Payment {n} {n:day|days} sooner would end the loss."), way[WayOut.SHORTER_TERMS], n=sooner),
        told(_("No single measure turns it."), way[WayOut.SEVERAL]),
        told(_("It buys far below cost: turn it around quickly, or let it go."), way[WayOut.LET_GO]),
    )
