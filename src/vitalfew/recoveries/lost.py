"""The lost accounts that a user sees, with what an attempt at each may bring.

Lost is who is in the register of losses, and who by `win-back-value` has bought nothing for a year. The cause is the one the
account gives itself, else the one whose evidence says most.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any, Final

from django.conf import settings
from django.utils import timezone

from vitalfew.accounts.models import Account
from vitalfew.accounts.remembered import remembered
from vitalfew.batches import batched
from vitalfew.catalogue import Refusal
from vitalfew.language import Message
from vitalfew.losses.models import Loss
from vitalfew.losses.words import LossState
from vitalfew.people.models import User
from vitalfew.recoveries.models import Recovery
from vitalfew.recoveries.words import Arm, Known, RecoveryState, Verdict
from vitalfew.recoveries.worth import Chance, Worth, worth
from vitalfew.terms import ChurnCause
from vitalfew.warehouse import scorecards
from vitalfew.warehouse.models import Refresh, Scorecard

ANALYSIS: Final = "win-back-value"
SILENT: Final = 365
FEW: Final = 500
"""As many codes as are asked for at once."""
Row = Mapping[str, Any]


@dataclass(frozen=True)
class Figures:
    """What the latest refresh says of accounts that are away, by code; or why it says nothing."""

    rows: Mapping[str, Row]
    chance: Chance
    currency: str = ""
    as_of: date | None = None
    refusal: Message | None = None


@dataclass(frozen=True)
class Lost:
    """A lost account: since when, why, what it is worth, and the attempt under way."""

    account: Account
    silence: int | None
    cause: ChurnCause
    known: Known
    worth: Worth
    value: float | None
    low: float | None
    high: float | None
    anyway: float | None
    running: Recovery | None = None


def figures() -> Figures:
    """Read once a refresh."""
    refresh = scorecards.current()
    if refresh is None:
        return Figures({}, Chance())
    return remembered(refresh, "win-back", lambda: _read(refresh))


def _read(refresh: Refresh) -> Figures:
    whole = Refresh.objects.get(pk=refresh.pk)
    try:
        found = scorecards.result(settings.HOME, whole, ANALYSIS)
    except Refusal as why:
        return Figures({}, Chance(), whole.currency, whole.as_of, why.message)
    rows = {row["customer"]: row for row in found.table.to_pylist()}
    return Figures(rows, Chance.of(found.findings.figures), whole.currency, whole.as_of)


def lost(user: User, cost: float, only: Collection[str] | None = None) -> list[Lost]:
    """Who is worth most first; ``only`` those of these codes."""
    known = figures()
    entered = _entered(user, only)
    away = {code for code, row in known.rows.items() if row["silence"] >= SILENT}
    wanted = (away | set(entered)) if only is None else (away | set(entered)) & set(only)
    accounts = _visible(user, wanted)
    seen, running = _seen(accounts), _running(accounts)
    rows = [_of(account, known, cost, entered.get(code), seen.get(code, "")) for code, account in accounts.items()]
    return sorted((replace(row, running=running.get(row.account.pk)) for row in rows), key=_place)


def _visible(user: User, codes: Collection[str]) -> dict[str, Account]:
    rows = Account.objects.visible_to(user).select_related("manager")
    if len(codes) <= FEW:
        rows = rows.filter(code__in=codes)
    return {row.code: row for row in rows if row.code in codes}


def _entered(user: User, only: Collection[str] | None) -> dict[str, Loss]:
    """The latest loss of each account that the user sees."""
    rows = Loss.objects.visible_to(user).select_related("account")
    if only is not None:
        rows = rows.filter(account__code__in=only)
    return {row.account.code: row for row in rows.order_by("lost_on", "pk")}


def _seen(accounts: Mapping[str, Account]) -> dict[str, str]:
    found: dict[str, str] = {}
    for codes in batched(accounts, FEW):
        cards = Scorecard.objects.filter(refresh=scorecards.current(), customer__in=codes)
        found |= dict(cards.values_list("customer", "cause"))
    return found


def _running(accounts: Mapping[str, Account]) -> dict[int, Recovery]:
    """What is under way at each, or that it is left alone until its round is judged."""
    rows = Recovery.objects.filter(put_away_at=None, winback_round__put_away_at=None).select_related("winback_round")
    open_ones = rows.filter(state__in=(RecoveryState.RUNNING, RecoveryState.HELD_OUT))
    ours = {account.pk for account in accounts.values()}
    found = {row.account_id: row for row in open_ones if row.account_id in ours}
    return {
        pk: row for pk, row in found.items() if row.arm == Arm.TRIED or row.winback_round.until > timezone.localdate()
    }


def _of(account: Account, known: Figures, cost: float, loss: Loss | None, seen: str) -> Lost:
    row = known.rows.get(account.code)
    cause, how = _cause(loss, seen)
    told = row or {}
    return Lost(
        account, _silence(row, loss), cause, how, worth(row, known.chance, cost, known.currency), told.get("value"),
        told.get("low"), told.get("high"), told.get("returns_anyway"),
    )  # fmt: skip


def _silence(row: Row | None, loss: Loss | None) -> int | None:
    """Days since the last purchase; of who is entered alone, since it was lost."""
    if row:
        return int(row["silence"])
    return (timezone.localdate() - loss.lost_on) // timedelta(days=1) if loss else None


def _cause(loss: Loss | None, seen: str) -> tuple[ChurnCause, Known]:
    words = {each.value: each for each in ChurnCause}
    if loss and loss.state == LossState.TALKED and loss.cause not in {"", ChurnCause.UNKNOWN.value}:
        return words[loss.cause], Known.SAID
    shown = seen or (loss.seen if loss else "")
    if shown and shown != ChurnCause.UNKNOWN.value:
        return words[shown], Known.SEEN
    return ChurnCause.UNKNOWN, Known.UNKNOWN


def _place(row: Lost) -> tuple[int, float, str]:
    order = (Verdict.WORTH, Verdict.CANNOT_TELL, Verdict.NOT_WORTH)
    return order.index(row.worth.verdict), -(row.worth.expected or 0.0), row.account.code
