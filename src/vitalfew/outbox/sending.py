"""What is due goes out, and is tried again where that failed, ever later; then it is said.

Each goes out at least once: what was sent and could not be noted as sent is sent again, under the same Message-ID.
"""

from datetime import datetime, timedelta
from email.utils import formataddr, parseaddr
from typing import Final

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.utils import timezone
from django.utils.crypto import salted_hmac

from vitalfew.outbox import layout, refusing, server
from vitalfew.outbox.models import OutgoingMail
from vitalfew.outbox.server import NotTaken
from vitalfew.outbox.words import OPTIONAL, LetterState, Trouble

AGAIN: Final = (1, 5, 30, 120, 720)
"""Minutes after which it is tried once more, one after the other."""
MOST: Final = 200
"""So many a time: the others wait for the next."""
SALT: Final = "vitalfew.outbox.letter"


def deliver_now(now: datetime | None = None) -> int:
    """Everything that is due; gives how much of it went out."""
    due = OutgoingMail.objects.filter(due_at__lte=now or timezone.now(), put_away_at=None).order_by("due_at", "pk")
    return sum(_sent(row, now or timezone.now()) for row in due[:MOST])


def next_due() -> datetime | None:
    """When something is due again."""
    found: datetime | None = OutgoingMail.objects.filter(due_at__isnull=False, put_away_at=None).order_by(
        "due_at"
    ).values_list("due_at", flat=True).first()  # fmt: skip
    return found


def _sent(row: OutgoingMail, now: datetime) -> bool:
    if not refusing.still_wanted(row):
        return False
    if (row.url.startswith("/") or row.kind in OPTIONAL) and not settings.ADDRESS:
        _is(row, LetterState.FAILED, trouble=Trouble.ADDRESS.value, due_at=None)
        return False
    try:
        server.send(message(row))
    except NotTaken:
        _later(row, now)
        return False
    _is(row, LetterState.SENT, sent_at=now, due_at=None, trouble="")
    return True


def message(row: OutgoingMail) -> EmailMultiAlternatives:
    """What the mail server gets."""
    headers = {
        "Message-ID": f"<{salted_hmac(SALT, str(row.pk)).hexdigest()}@vitalfew>",
        "Auto-Submitted": "auto-generated",
    }
    if row.kind in OPTIONAL:
        headers |= {
            "List-Unsubscribe": f"<{layout.one_click(row)}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        }  # fmt: skip
    made = EmailMultiAlternatives(
        row.title, layout.text(row), _from(row), [formataddr((row.name, row.address))], headers=headers
    )
    made.attach_alternative(layout.html(row), "text/html")
    return made


def _from(row: OutgoingMail) -> str | None:
    """The house's address under the sender's name; as the house is set up where none is written."""
    return formataddr((row.sender, parseaddr(settings.DEFAULT_FROM_EMAIL)[1])) if row.sender else None


def _later(row: OutgoingMail, now: datetime) -> None:
    """Another try, if there was not one too many already."""
    more = row.tries < len(AGAIN)
    state = LetterState.WAITING if more else LetterState.FAILED
    due = now + timedelta(minutes=AGAIN[row.tries]) if more else None
    _is(row, state, trouble=Trouble.SERVER.value, tries=row.tries + 1, due_at=due)


def _is(row: OutgoingMail, state: LetterState, **fields: object) -> None:
    """What became of it, unless somebody stopped it meanwhile."""
    waits = OutgoingMail.objects.filter(pk=row.pk, due_at=row.due_at)
    waits.update(state=state.value, version=row.version + 1, changed_by="system", changed_at=timezone.now(), **fields)
