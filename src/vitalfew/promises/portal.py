"""What somebody of a customer's sees of what we promised it: the text, its day, what became of it, and what is asked."""

from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Any, Final

from django.utils import timezone

from vitalfew.accounts.models import Account
from vitalfew.language import Message
from vitalfew.promises.models import NewDay, Promise
from vitalfew.promises.words import PromiseState
from vitalfew.rooms import PortalPart, Visitor, Waiting
from vitalfew.terms import gettext_noop as _

SHOWN: Final = 100
LATELY: Final = timedelta(days=14)
TOLD: Final[Mapping[str, str]] = {
    PromiseState.OPEN: _("Under way"), PromiseState.KEPT: _("Done"), PromiseState.LATE: _("Done, later than promised"),
    PromiseState.BROKEN: _("Not kept"), PromiseState.RELEASED: _("No longer wanted"),
}  # fmt: skip


def told(_visitor: Visitor, account: Account) -> Mapping[str, Any]:
    """The open ones by their day, then the settled ones, latest first."""
    rows = Promise.objects.filter(account=account, put_away_at=None, shared=True).prefetch_related("new_days", "heard")
    opened = rows.filter(state=PromiseState.OPEN)[:SHOWN]
    settled = rows.exclude(state=PromiseState.OPEN).order_by("-settled_on", "-pk")[:SHOWN]
    return {"promises": [_line(row) for row in (*opened, *settled)]}


def _line(row: Promise) -> Mapping[str, Any]:
    heard = next(iter(row.heard.all()), None)
    asked = next((each for each in row.new_days.all() if _waits(row, each)), None)
    return {
        "pk": row.pk, "text": row.text, "made_on": row.made_on, "due": row.due, "state": TOLD[row.state],
        "late": row.is_open and row.due < timezone.localdate(), "settled_on": row.settled_on,
        "confirms": row.state in {PromiseState.KEPT, PromiseState.LATE} and heard is None,
        "heard": {"kept": heard.kept, "text": heard.text} if heard else None,
        "asked": {"pk": asked.pk, "due": asked.due, "why": asked.why} if asked else None,
    }  # fmt: skip


def _waits(row: Promise, asked: NewDay) -> bool:
    return asked.agreed is None and row.is_open and row.due >= timezone.localdate()


def waiting(_visitor: Visitor, account: Account) -> Iterator[Waiting]:
    """Other days we ask for, and what was done lately and is not confirmed yet."""
    today = timezone.localdate()
    here = {
        "promise__account": account, "promise__put_away_at": None, "promise__due__gte": today, "promise__shared": True,
    }  # fmt: skip
    for asked in NewDay.objects.filter(agreed=None, promise__state=PromiseState.OPEN, **here).select_related("promise"):
        yield Waiting(Message(_("We ask you for another day: {text}"), {"text": str(asked.promise)}), asked.promise.due)
    done = Promise.objects.filter(
        account=account, put_away_at=None, shared=True, state__in=(PromiseState.KEPT, PromiseState.LATE)
    )
    for row in done.filter(settled_on__gte=today - LATELY, heard=None)[:SHOWN]:
        yield Waiting(Message(_("Was this kept as promised? {text}"), {"text": str(row)}))


PARTS: Final = (PortalPart("promises", _("What we promised"), 20, "check", "promises/portal.html", told, waiting),)
