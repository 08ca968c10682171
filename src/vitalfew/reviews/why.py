"""Why a tier is proposed, in sentences with the account's own figures."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from vitalfew.language import Count, Message, Money, Names, Number, Percent
from vitalfew.reviews.models import Decision
from vitalfew.terms import Tier
from vitalfew.terms import gettext_noop as _

VITAL: Final = 0.8
"""The share of all positive value up to which accounts count as most valuable."""

WHY: Final[Mapping[str, str]] = {
    Tier.MVC: _(
        "Its actual value is {actual}. The accounts before it earn {ahead} of all positive value; those that make {vital} are "
        "most valuable"
    ),
    Tier.MGC: _(
        "Its actual value is {actual}; if it bought all from us, {more} would come on top: at least as much again"
    ),
    Tier.OTHER: _(
        "Its actual value is {actual}, behind the accounts that make {vital}; if it bought all from us, {more} would come on top"
    ),
    Tier.MIGRATE: _("It costs more than it brings: {actual}. If it bought all from us, it would bring {strategic}"),
    Tier.BZ: _("It costs more than it brings: {actual}, and would do so if it bought all from us: {strategic}"),
}
UNKNOWN: Final = _(
    "Its actual value is {actual}. How much it buys elsewhere is unknown, so whether it can grow cannot be told"
)
NO_WALLET: Final = _("It costs more than it brings: {actual}. How much it buys elsewhere is unknown")
NO_COST: Final = _("No cost is known of it: what it earns, and its tier, cannot be told")


def why(row: Decision, currency: str) -> Iterator[Message]:
    """What led to the proposed tier, and where it stands by the criteria."""
    yield Message(_sentence(row), _figures(row, currency))
    if row.wallet_share is not None:
        yield Message(_("Our share of what it buys: {share}"), {"share": Percent(row.wallet_share, 0)})
    if row.rank is not None and row.closeness is not None:
        figures: dict[str, Any] = {"rank": Count(row.rank), "closeness": Number(row.closeness, 2)}
        yield Message(
            _("By the criteria it is number {rank}, with a closeness of {closeness} to the ideal (1: best)"), figures
        )


def _sentence(row: Decision) -> str:
    if row.actual is None:
        return NO_COST
    if row.proposed == Tier.UNKNOWN:
        return UNKNOWN
    if row.proposed == Tier.BZ and row.strategic is None:
        return NO_WALLET
    return WHY[row.proposed]


def _figures(row: Decision, currency: str) -> dict[str, Any]:
    def money(value: float | None) -> Money | Names:
        return Names(["–"]) if value is None else Money(value, currency)

    return {
        "actual": money(row.actual), "strategic": money(row.strategic), "more": money(row.unrealised),
        "ahead": Percent(row.ahead or 0.0, 0), "vital": Percent(VITAL, 0),
    }  # fmt: skip
