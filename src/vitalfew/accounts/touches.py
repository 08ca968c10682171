"""What the facts and the audit trail know of an account: orders, complaints, changes of its record."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from django.conf import settings
from django.utils import timezone

from vitalfew.accounts import facts_of
from vitalfew.accounts.facts_of import dated
from vitalfew.accounts.models import Account
from vitalfew.language import Message, Money
from vitalfew.people.models import AuditEntry, User
from vitalfew.rooms import Touch
from vitalfew.terms import gettext_noop as _
from vitalfew.warehouse.run import day_of

CHANGES: Final = 50


def touches(_user: User, account: Account) -> Iterator[Touch]:
    home, codes = settings.HOME, account.codes
    yield from map(_order, facts_of.orders(home, codes))
    yield from map(_complaint, facts_of.complaints(home, codes))
    subjects = [f"account:{code}" for code in codes]
    yield from map(_change, AuditEntry.objects.filter(subject__in=subjects).order_by("-number")[:CHANGES])


def _order(row: Mapping[str, Any]) -> Touch:
    told = _("Return {order}: {amount}") if row["amount"] < 0 else _("Order {order}: {amount}")
    figures = {"order": row["order_id"], "amount": Money(row["amount"], row["currency"])}
    return Touch(day_of(row["ordered_on"]), "order", Message(told, figures), dated(row))


def _complaint(row: Mapping[str, Any]) -> Touch:
    figures = {"number": row["complaint_id"], "text": row["text"] or ""}
    return Touch(day_of(row["received_on"]), "complaint", Message(_("Complaint {number}: {text}"), figures), dated(row))


def _change(entry: AuditEntry) -> Touch:
    about = {"at": entry.at, "who": entry.who, "action": entry.action, "changes": entry.changes}
    told = Message(_("{who} changed the record"), {"who": entry.who})
    return Touch(timezone.localdate(entry.at), "change", told, about, entry.changes)
