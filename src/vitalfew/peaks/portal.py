"""What somebody of a customer's sees of its peak seasons: what is booked, to what we commit ourselves, and what to say of it."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from django.db.models import QuerySet
from django.utils import timezone

from vitalfew.accounts.models import Account
from vitalfew.language import Day, Message
from vitalfew.peaks.forms import SayForm
from vitalfew.peaks.models import Peak
from vitalfew.peaks.words import PeakState
from vitalfew.rooms import PortalPart, Visitor, Waiting
from vitalfew.terms import gettext_noop as _
from vitalfew.warehouse.run import day_number

SHOWN: Final = 10


def asked(account: Account) -> QuerySet[Peak]:
    """What it was asked or agreed to, the latest first."""
    rows = Peak.objects.filter(account=account, put_away_at=None).exclude(state=PeakState.DRAFT)
    return rows.order_by("-begins", "-pk").prefetch_related("bookings")


def told(_visitor: Visitor, account: Account) -> Mapping[str, Any]:
    return {"peaks": [line(row) for row in asked(account)[:SHOWN]]}


def line(row: Peak, form: SayForm | None = None) -> Mapping[str, Any]:
    """One of them, with the form while it is asked for."""
    rows = list(row.bookings.all())
    return {
        "pk": row.pk, "category": row.category, "begins": row.begins, "ends": row.ends, "state": row.standing.label,
        "commitment": row.commitment, "stock": None if row.stock is None else float(row.stock),
        "bookings": [
            {"product": each.product, "week": each.week, "quantity": float(each.quantity),
             "said": None if each.said is None else float(each.said)}
            for each in rows
        ],
        "form": (form or SayForm(rows)) if row.state == PeakState.ASKED else None,
    }  # fmt: skip


def waiting(_visitor: Visitor, account: Account) -> Iterator[Waiting]:
    """Where quantities are asked for."""
    for row in asked(account).filter(state=PeakState.ASKED, ends__gte=timezone.localdate())[:SHOWN]:
        figures: dict[str, Any] = {"day": Day(day_number(row.begins)), "what": row.category}
        yield Waiting(Message(_("Which quantities do you need from {day} on? {what}"), figures), row.begins)


PARTS: Final = (PortalPart("peaks", _("Peak season"), 21, "calendar", "peaks/portal.html", told, waiting),)
