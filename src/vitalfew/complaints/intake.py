"""By which ways a complaint comes in: written down by one of ours, from outside by the open form, from a survey, from a mail."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from vitalfew.accounts.models import Account
from vitalfew.complaints import questions, telling
from vitalfew.complaints.actions import Upload, take_in
from vitalfew.complaints.keeping import CUSTOMER, Customer
from vitalfew.complaints.models import Complaint
from vitalfew.complaints.rights import ComplaintRight
from vitalfew.complaints.words import Channel
from vitalfew.contacts.models import Person
from vitalfew.people.models import User


@transaction.atomic
def write_down(user: User, fields: Mapping[str, Any], file: Upload | None = None) -> Complaint:
    """Somebody of ours takes one in: his where he settles anybody's, else the account's manager's."""
    user.must(ComplaintRight.TAKE)
    account = fields.get("account")
    owner = user if user.role in questions.ALL else account and account.manager
    made = take_in(user, {"owner": owner, **fields}, file)
    if not made.acknowledged_at:
        telling.acknowledge(user, made)
    made.refresh_from_db()
    return made


@transaction.atomic
def by_the_form(fields: Mapping[str, Any]) -> Complaint:
    """Somebody writes by the open form, named or not; whose it is a handler finds out."""
    made = take_in(CUSTOMER, {**fields, "channel": Channel.WEB.value})
    telling.acknowledge(CUSTOMER, made)
    made.refresh_from_db()
    return made


@transaction.atomic
def by_a_visitor(username: str, account: Account, person: Person | None, fields: Mapping[str, Any]) -> Complaint:
    """Somebody of a customer's files one in the portal."""
    guest = Customer(username)
    said = {"account": account, "person": person, "channel": Channel.PORTAL.value, "owner": account.manager}
    made = take_in(guest, {**fields, **said})
    telling.acknowledge(guest, made)
    made.refresh_from_db()
    return made


@transaction.atomic
def from_survey(
    account: Account, text: str, *, person: Person | None = None, score: str = "", named: str = "", survey: str = ""
) -> Complaint:
    """A score so low that it is a complaint, with what was written beside it."""
    line = " · ".join(each for each in (survey, score) if each)
    said = "\n".join(each for each in (text.strip(), line) if each)
    made = take_in(
        Customer("survey"),
        {"account": account, "person": person, "named": named, "text": said, "channel": Channel.SURVEY.value,
         "owner": account.manager},
    )  # fmt: skip
    telling.acknowledge(Customer("survey"), made)
    made.refresh_from_db()
    return made


def from_mail(user: User, account: Account | None, *, sender: str, name: str, title: str, text: str) -> Complaint:
    """A mail that is a complaint, in one step."""
    said = "\n\n".join(each for each in (title.strip(), text.strip()) if each)[:4000]
    fields = {"account": account, "email": sender, "named": name[:100], "text": said, "channel": Channel.MAIL.value}
    return write_down(user, fields)
