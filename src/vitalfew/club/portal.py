"""What somebody of a customer's sees of the club: its level, its rights, and the events it is invited to."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from django.utils import timezone

from vitalfew.accounts.models import Account
from vitalfew.club.models import Benefit, Invited, Member
from vitalfew.club.words import Answered
from vitalfew.language import Message
from vitalfew.rooms import PortalPart, Visitor, Waiting
from vitalfew.terms import gettext_noop as _

SHOWN: Final = 30
OPEN: Final = (Answered.INVITED, Answered.ACCEPTED, Answered.DECLINED)
TOLD: Final[Mapping[str, str]] = {
    Answered.INVITED: _("You are invited"), Answered.ACCEPTED: _("You said yes"), Answered.DECLINED: _("You said no"),
    Answered.ATTENDED: _("You were there"), Answered.ABSENT: _("You could not come"),
}  # fmt: skip


def told(_visitor: Visitor, account: Account) -> Mapping[str, Any]:
    member = Member.objects.current().filter(account=account, level__put_away_at=None).select_related("level").first()
    rights = Benefit.objects.filter(level=member.level, put_away_at=None) if member else ()
    return {
        "level": str(member.level) if member else "", "since": member.since if member else None,
        "rights": [{"kind": each.get_kind_display(), "text": each.text, "hours": each.hours} for each in rights],
        "events": [_line(row) for row in _invited(account).order_by("-event__day")[:SHOWN]],
    }  # fmt: skip


def _invited(account: Account) -> Any:
    rows = Invited.objects.filter(account=account, put_away_at=None, event__put_away_at=None)
    return rows.select_related("event")


def _line(row: Invited) -> Mapping[str, Any]:
    return {
        "pk": row.pk, "title": row.event.title, "day": row.event.day, "place": row.event.place, "answer": TOLD[row.answer],
        "open": not row.event.is_over and row.answer in OPEN, "said": row.answer != Answered.INVITED,
    }  # fmt: skip


def waiting(_visitor: Visitor, account: Account) -> Iterator[Waiting]:
    """Invitations that are not answered."""
    ahead = _invited(account).filter(answer=Answered.INVITED, event__day__gte=timezone.localdate())
    for row in ahead.order_by("event__day")[:SHOWN]:
        yield Waiting(Message(_("You are invited: {title}"), {"title": row.event.title}), row.event.day)


PARTS: Final = (PortalPart("club", _("Club"), 30, "star", "club/portal.html", told, waiting),)
