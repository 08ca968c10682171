"""What somebody of a customer's sees of its complaints: those settled here, how far each is, and where it is followed."""

from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Any, Final

from django.db.models import Q
from django.utils import timezone

from vitalfew.accounts.models import Account
from vitalfew.complaints import address
from vitalfew.complaints.models import Complaint
from vitalfew.complaints.voice_forms import FileForm
from vitalfew.complaints.words import Channel, State
from vitalfew.language import Message
from vitalfew.rooms import PortalPart, Visitor, Waiting
from vitalfew.terms import gettext_noop as _

SHOWN: Final = 50
LATELY: Final = timedelta(days=30)


def _rows(visitor: Visitor, account: Account) -> Any:
    """Not those that only the facts have, nor what we noticed ourselves; what somebody said in a survey is his alone."""
    ours, own = Q(imported=False) | Q(taken_up=True), Q(person=visitor.person)
    return (
        Complaint.objects.filter(ours, account=account, put_away_at=None)
        .filter(~Q(channel=Channel.SURVEY) | own)
        .exclude(channel=Channel.ASKED)
        .select_related("merged_into")
        .exclude(nonce="")
    )


def told(visitor: Visitor, account: Account) -> Mapping[str, Any]:
    """The latest first, and the form for a new one."""
    rows = _rows(visitor, account).order_by("-received_on", "-pk")[:SHOWN]
    return {"complaints": [_line(row) for row in rows], "form": FileForm()}


def _line(row: Complaint) -> Mapping[str, Any]:
    main = row.merged_into or row
    return {
        "number": row.number, "received_on": row.received_on, "text": row.text, "state": main.get_state_display(),
        "closed": main.state == State.CLOSED, "waits": main.waiting_since is not None, "url": address.of(row),
    }  # fmt: skip


def waiting(visitor: Visitor, account: Account) -> Iterator[Waiting]:
    """Where we wait for the customer's answer, and whether it is satisfied with what was settled lately."""
    since = timezone.localdate() - LATELY
    for row in _rows(visitor, account).filter(merged_into=None, waiting_since__isnull=False)[:SHOWN]:
        yield Waiting(Message(_("We wait for your answer to complaint {number}"), {"number": row.number}))
    for row in _rows(visitor, account).filter(
        merged_into=None, state=State.CLOSED, satisfied=None, closed_on__gte=since
    )[:SHOWN]:
        yield Waiting(Message(_("Complaint {number} is settled: are you satisfied?"), {"number": row.number}))


PARTS: Final = (PortalPart("complaints", _("Complaints"), 15, "note", "complaints/portal.html", told, waiting),)
