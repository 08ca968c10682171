"""What the facts and the audit trail know of an account: orders, complaints, changes of its record."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from django.conf import settings
from django.utils import timezone

from vitalfew.accounts import facts_of
from vitalfew.accounts.facts_of import dated
from vitalfew.accounts.models import Account
from vitalfew.language import Count, Message, Money, Word, short
from vitalfew.people.models import AuditEntry, User
from vitalfew.rooms import OURS, Touch
from vitalfew.terms import gettext_noop as _
from vitalfew.warehouse.run import day_of

CHANGES: Final = 50


def touches(_user: User, account: Account) -> Iterator[Touch]:
    home, codes = settings.HOME, account.codes
    ordered = facts_of.orders(home, codes)
    yield from map(_order, ordered)
    yield from (_delivery(row) for row in ordered if row["delivered_on"] is not None)
    names = {row["contact_id"]: row["name"] for row in facts_of.contacts(home, codes)}
    yield from (
        _survey(row, names) for row in facts_of.responses(home, codes) if not row["response_id"].startswith(OURS)
    )
    yield from map(_visit, facts_of.visits(home, codes))
    yield from (_complaint(row) for row in facts_of.complaints(home, codes) if not row["complaint_id"].startswith(OURS))
    done = AuditEntry.objects.filter(subject__in=[f"account:{code}" for code in codes], action__in=DONE)
    entries = list(done.order_by("-number")[:CHANGES])
    named = {entry.who for entry in entries}.union(*(_usernames(entry.changes) for entry in entries))
    people = {each.username: str(each) for each in User.objects.filter(username__in=named)}
    yield from (_change(entry, people) for entry in entries)


def _order(row: Mapping[str, Any]) -> Touch:
    told = _("Return {order}: {amount}") if row["amount"] < 0 else _("Order {order}: {amount}")
    figures = {"order": row["order_id"], "amount": Money(row["amount"], row["currency"])}
    return Touch(day_of(row["ordered_on"]), "order", Message(told, figures), dated(row))


def _delivery(row: Mapping[str, Any]) -> Touch:
    late = row["promised_on"] is not None and row["delivered_on"] > row["promised_on"]
    told = _("Order {order} delivered, later than promised") if late else _("Order {order} delivered")
    return Touch(day_of(row["delivered_on"]), "delivery", Message(told, {"order": row["order_id"]}), dated(row))


def _survey(row: Mapping[str, Any], names: Mapping[str, str]) -> Touch:
    who = row["respondent"]
    figures = {"n": Count(row["n"]), "who": names.get(who, who) if who else Word(_("Somebody there"))}
    told = Message(_("{who} answered {n} questions of a survey"), figures)
    return Touch(day_of(row["answered_on"]), "survey", told, dated(row))


def _visit(row: Mapping[str, Any]) -> Touch:
    told = _("Visit, from the cost record: who met whom is not said")
    if row["hours"] is not None:
        told = _("Visit of {hours} {hours:hour|hours}, from the cost record: who met whom is not said")
    return Touch(day_of(row["spent_on"]), "visit", Message(told, {"hours": short(row["hours"] or 0.0)}), dated(row))


def _complaint(row: Mapping[str, Any]) -> Touch:
    figures = {"number": row["complaint_id"], "text": row["text"] or ""}
    return Touch(day_of(row["received_on"]), "complaint", Message(_("Complaint {number}: {text}"), figures), dated(row))


DONE: Final = {
    "account-change": _("{who} changed the record"), "account-assign": _("{who} assigned the manager"),
    "account-merge": _("{who} merged another record into this one"),
    "account-part": _("{who} took merged records apart again"),
    "team-add": _("{who} added somebody to the team"), "team-remove": _("{who} took somebody out of the team"),
    "review-decide": _("{who} decided the tier in a review"),
    "file-add": _("{who} added a file"), "file-remove": _("{who} removed a file"),
    "file-fetch-back": _("{who} fetched a file back"), "file-drop": _("{who} removed a file for good"),
}  # fmt: skip
"""What people did with the record, as the trail names it; what rooms write there they tell themselves."""


def _change(entry: AuditEntry, people: Mapping[str, str]) -> Touch:
    about = {"at": entry.at, "who": entry.who, "action": entry.action, "changes": entry.changes}
    text = DONE[entry.action]
    told = Message(text, {"who": people.get(entry.who, entry.who)})
    changes = dict(entry.changes)
    if usernames := _usernames(changes):
        changes["manager"] = [people.get(each, each) for each in usernames]
    return Touch(timezone.localdate(entry.at), "change", told, about, changes)


def _usernames(changes: Mapping[str, Any]) -> list[str]:
    """Of the manager before and after, where that is what changed."""
    told = changes.get("manager", [])
    return [str(each or "") for each in told] if isinstance(told, list) else []
