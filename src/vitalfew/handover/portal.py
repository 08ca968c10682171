"""What somebody of a customer's sees of a handover: who looks after it from now on; and that it agrees."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from vitalfew.accounts.models import Account
from vitalfew.handover.models import Handover
from vitalfew.handover.words import HandoverCause, HandoverState
from vitalfew.language import Message
from vitalfew.rooms import PortalPart, Visitor, Waiting
from vitalfew.terms import gettext_noop as _

SHOWN: Final = 10


def rows(accounts: Any) -> Any:
    """Those that the successor has accepted: before that nothing is told outside; changes at the customer are its own."""
    told_outside = Handover.objects.filter(
        account__in=accounts, put_away_at=None, state__in=(HandoverState.ACCEPTED, HandoverState.DONE)
    )
    return told_outside.exclude(cause=HandoverCause.CONTACT).select_related("giver", "successor")


def told(_visitor: Visitor, account: Account) -> Mapping[str, Any]:
    return {"contact": _contact(account), "handovers": [_line(row) for row in rows([account.pk])[:SHOWN]]}


def _contact(account: Account) -> Mapping[str, str]:
    """Whoever looks after it today, and how to write to them."""
    return {"name": account.in_charge, "email": account.manager.email if account.manager else ""}


def _line(row: Handover) -> Mapping[str, Any]:
    return {
        "pk": row.pk, "before": str(row.giver or ""), "now": str(row.successor or ""), "agreed_on": row.agreed_on,
        "asks": row.agreed_on is None and row.state == HandoverState.ACCEPTED,
    }  # fmt: skip


def waiting(_visitor: Visitor, account: Account) -> Iterator[Waiting]:
    for row in rows([account.pk]).filter(agreed_on=None, state=HandoverState.ACCEPTED):
        yield Waiting(
            Message(_("{who} looks after you from now on: do you agree?"), {"who": str(row.successor or "–")})
        )


PARTS: Final = (PortalPart("contact", _("Your contact"), 65, "user", "handover/portal.html", told, waiting),)
