"""How an account buys, what is unusual about it, and what it doesn't buy."""

from vitalfew.panels import Panel
from vitalfew.phrases import Sentences, column, leading, where
from vitalfew.sentences import amounts, labels, spans, texts, told
from vitalfew.terms import AnomalyKind, Cooperation, MixGap
from vitalfew.terms import gettext_noop as _


def rhythm(panel: Panel) -> tuple[Sentences, Sentences, Sentences]:
    """Its kind of cooperation and its usual gap, from `cooperation`."""
    kind, silence = labels(Cooperation, column(panel, "kind")), panel.floats("silence")
    gap, late = panel.floats("median_gap"), panel.floats("recent_gap")
    said = {"kind": kind, "silence": spans(silence)}
    recent = _("Kind of cooperation: {kind}; of late it orders every {gap}, the last time {silence} ago.")
    return (
        told(recent, late >= 1, gap=spans(late), **said),
        told(
            _("Kind of cooperation: {kind}; it usually orders every {gap}, the last time {silence} ago."),
            (gap >= 1) & ~(late >= 1), gap=spans(gap), **said,
        ),
        told(_("Kind of cooperation: {kind}; it ordered {silence} ago."), ~(gap >= 1) & ~(late >= 1), **said),
    )  # fmt: skip


def unusual(panel: Panel, currency: str) -> tuple[Sentences, ...]:
    """A silence or a month beyond its own usual, from `anomalies`."""
    now, usual = panel.floats("value"), panel.floats("expected")
    silent, low, high = (
        where(panel, "kind", kind) for kind in (AnomalyKind.SILENCE, AnomalyKind.DROP, AnomalyKind.SURGE)
    )
    said = {"now": amounts(now, currency), "usual": amounts(usual, currency)}
    silence = _("It has been silent for {days}; usually it orders every {usual}.")
    return (
        told(silence, silent, days=spans(now), usual=spans(usual)),
        told(_("Last month it bought for {now}, far less than the usual {usual}."), low, **said),
        told(_("Last month it bought for {now}, far more than the usual {usual}."), high, **said),
    )


def gap(panel: Panel, currency: str) -> tuple[Sentences, Sentences]:
    """The category whose gap is largest, from `product-mix`."""
    money = panel.floats("gap")
    largest = leading(panel, -money) & (money > 0)
    said = {"category": texts(column(panel, "category")), "money": amounts(money, currency)}
    cross, more = (where(panel, "kind", kind) & largest for kind in (MixGap.CROSS, MixGap.UP))
    return (
        told(
            _("It buys nothing in the category {category}; accounts like it would for {money} a year."), cross, **said
        ),
        told(_("It buys less in the category {category} than accounts like it, by {money} a year."), more, **said),
    )
