"""What somebody of a customer's sees of ideas: those of its own firm, and what we share with all, in our words."""

from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Any, Final

from django.db.models import Q
from django.utils import timezone

from vitalfew.accounts.models import Account
from vitalfew.ideas.forms import FileForm
from vitalfew.ideas.models import Idea, Vote
from vitalfew.ideas.words import OPEN
from vitalfew.language import Message
from vitalfew.rooms import PortalPart, Visitor, Waiting
from vitalfew.terms import gettext_noop as _

SHOWN: Final = 50
LATELY: Final = timedelta(days=30)


def told(_visitor: Visitor, account: Account) -> Mapping[str, Any]:
    """Its own, the latest first; what it may vote for; the form for a new one."""
    rows = Idea.objects.filter(account=account, put_away_at=None).select_related("merged_into")
    own = rows.prefetch_related("remarks")[:SHOWN]
    return {"ideas": [_line(row) for row in own], "shared": _shared(account), "form": FileForm()}


def _line(row: Idea) -> Mapping[str, Any]:
    """Of the one it is followed under how far it is, and nothing else: its words may be another firm's."""
    return {
        "pk": row.pk, "number": row.number, "said_on": row.said_on, "text": row.text,
        "state": row.main.get_state_display(), "told_on": row.told_on, "outcome": row.outcome if row.told_on else "",
        "remarks": [{"ours": each.ours, "text": each.text, "on": timezone.localdate(each.at)} for each in row.remarks.all()],
    }  # fmt: skip


def _shared(account: Account) -> list[Mapping[str, Any]]:
    rows = Idea.objects.filter(shared=True, put_away_at=None, state__in=OPEN).exclude(account=account)
    mine = set(Vote.objects.filter(account=account).values_list("idea", flat=True))
    return [
        {"pk": row.pk, "title": row.outside_title, "text": row.outside_text, "mine": row.pk in mine}
        for row in rows[:SHOWN]
    ]


def waiting(_visitor: Visitor, account: Account) -> Iterator[Waiting]:
    """What came of one lately, and where our word was the last."""
    today = timezone.localdate()
    rows = Idea.objects.filter(account=account, put_away_at=None).prefetch_related("remarks")
    for row in rows.filter(Q(told_on__gte=today - LATELY) | Q(remarks__ours=True)).distinct()[:SHOWN]:
        last = list(row.remarks.all())[-1:]
        if row.told_on and row.told_on >= today - LATELY:
            yield Waiting(Message(_("What came of your idea {number}"), {"number": row.number}), row.told_on, new=True)
        elif last and last[0].ours and not row.told_on:
            yield Waiting(Message(_("We wrote to you about your idea {number}"), {"number": row.number}))


PARTS: Final = (PortalPart("ideas", _("Ideas"), 25, "note", "ideas/portal.html", told, waiting),)
