"""The loss-makers that a user sees, the largest loss first: what drives the loss, and what would end it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.conf import settings

from vitalfew.accounts.models import Account
from vitalfew.accounts.remembered import remembered
from vitalfew.analyses.negative_assets import LossReason
from vitalfew.catalogue import Refusal
from vitalfew.language import Count, Message, Money, Percent
from vitalfew.people.models import User
from vitalfew.terms import WayOut
from vitalfew.terms import gettext_noop as _
from vitalfew.treatments.models import Treatment
from vitalfew.treatments.words import OPEN, PROPOSED, TreatmentKind
from vitalfew.warehouse import scorecards
from vitalfew.warehouse.models import Refresh

ANALYSIS: Final = "negative-assets"
REASONS: Final = {each.value: each for each in LossReason}
WAYS: Final = {each.value: each for each in WayOut}


@dataclass(frozen=True)
class Book:
    """The rows of the latest refresh by code, or why there are none."""

    rows: Mapping[str, Mapping[str, Any]]
    currency: str = ""
    refusal: Message | None = None
    known: bool = False


@dataclass(frozen=True)
class Loser:
    """An account that costs more than it brings."""

    account: Account
    earned: float
    revenue: float | None
    reason: LossReason
    way: WayOut
    kind: TreatmentKind
    means: Message | None
    treatment: Treatment | None


def book() -> Book:
    """Read once a refresh."""
    refresh = scorecards.current()
    return remembered(refresh, "treatments", lambda: _read(refresh)) if refresh else Book({})


def _read(refresh: Refresh) -> Book:
    whole = Refresh.objects.get(pk=refresh.pk)
    try:
        table = scorecards.result(settings.HOME, whole, ANALYSIS).table
    except Refusal as why:
        return Book({}, whole.currency, why.message, known=True)
    return Book({row["customer"]: row for row in table.to_pylist()}, whole.currency, known=True)


def losers(user: User) -> list[Loser]:
    known = book()
    accounts = {
        row.code: row for row in Account.objects.visible_to(user).select_related("manager") if row.code in known.rows
    }
    under_way = {row.account_id: row for row in Treatment.objects.filter(put_away_at=None, state__in=OPEN)}
    rows = [_of(account, known, under_way.get(account.pk)) for account in accounts.values()]
    return sorted(rows, key=lambda row: (row.earned, row.account.code))


def _of(account: Account, known: Book, treatment: Treatment | None) -> Loser:
    row = known.rows[account.code]
    kind = PROPOSED[row["way_out"]]
    return Loser(
        account, row["earned"], row["revenue"], REASONS[row["reason"]], WAYS[row["way_out"]], kind,
        means(row, known.currency), treatment,
    )  # fmt: skip


def means(row: Mapping[str, Any], currency: str) -> Message | None:
    """What alone would end the loss, of the way out that is proposed."""
    way = row["way_out"]
    if way == WayOut.REPRICE and row["price_rise"] is not None:
        return Message(_("Prices up by {share} would end the loss"), {"share": Percent(row["price_rise"])})
    if way == WayOut.SERVE_LESS and row["service_less"] is not None:
        return Message(
            _("Serving it for {money} less a year would end the loss"), {"money": Money(row["service_less"], currency)}
        )
    if way == WayOut.FEWER_RETURNS and row["returns_less"] is not None:
        return Message(_("Returns down by {share} would end the loss"), {"share": Percent(row["returns_less"])})
    if way == WayOut.SHORTER_TERMS and row["days_less"] is not None:
        return Message(_("Paying {n} {n:day|days} earlier would end the loss"), {"n": Count(row["days_less"])})
    return None
