"""A room writes to somebody at a customer: its words are kept as they are, and go out in the background."""

from dataclasses import dataclass
from typing import Final

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils import timezone

from vitalfew.accounts.models import Account
from vitalfew.contacts.models import Person
from vitalfew.outbox import questions, refusing, server, work
from vitalfew.outbox.models import OutgoingMail
from vitalfew.outbox.rights import OutboxRight
from vitalfew.outbox.wording import worded
from vitalfew.outbox.words import Kind, LetterState
from vitalfew.people import records
from vitalfew.people.language import KNOWN
from vitalfew.people.models import User
from vitalfew.people.records import NotPossible
from vitalfew.terms import gettext_noop as _

NO_ADDRESS: Final = _("This is no e-mail address that a letter can go to")
LONGEST_NAME: Final = 100
LONGEST_TITLE: Final = 200
LONGEST_SENDER: Final = 300


@dataclass(frozen=True, kw_only=True)
class Letter:
    """What a room writes, in the language of who reads it."""

    kind: Kind
    subject: str
    paragraphs: tuple[str, ...]
    address: str
    name: str = ""
    """How the reader is addressed."""
    language: str = settings.LANGUAGE_CODE
    account: Account | None = None
    person: Person | None = None
    button: str = ""
    url: str = ""
    about: str = ""
    """The record it is about, as the audit trail calls it: ``complaint:12``."""


def to(person: Person) -> str:
    """In which language the person reads."""
    return person.language if person.language in KNOWN else settings.LANGUAGE_CODE


@transaction.atomic
def write(letter: Letter, by: User | str) -> OutgoingMail:
    """The letter as it is kept; its state says whether it goes out.

    Refuses an address that is none. Line breaks in the subject and the names become spaces, so that nothing in them is read
    as a header.
    """
    try:
        validate_email(letter.address)
    except ValidationError:
        raise NotPossible(NO_ADDRESS) from None
    state, name = _state(letter), _one_line(letter.name)[:LONGEST_NAME]
    own = worded(questions.own_words(letter.kind.value, letter.language), name)
    row = OutgoingMail(
        kind=letter.kind.value, account=letter.account, person=letter.person, address=letter.address,
        name=name, language=letter.language, title=_one_line(letter.subject)[:LONGEST_TITLE],
        paragraphs=list(letter.paragraphs), button=letter.button, url=letter.url, about=letter.about, state=state.value,
        due_at=timezone.now() if state is LetterState.WAITING else None, made_by=_name(by), changed_by=_name(by),
        **{**own, "sender": _one_line(own.get("sender", ""))[:LONGEST_SENDER]},
    )  # fmt: skip
    row.save()
    row.noted(by, "add", {"kind": [None, row.kind], "about": [None, row.about]})
    if state is LetterState.WAITING:
        work.deliver_soon()
    return row


def _state(letter: Letter) -> LetterState:
    if not refusing.wants(letter.address, letter.kind):
        return LetterState.UNWANTED
    return LetterState.WAITING if server.is_set_up() else LetterState.KEPT


def _one_line(said: str) -> str:
    return " ".join("".join(each if each.isprintable() else " " for each in said).split())


def _name(by: User | str) -> str:
    return str(getattr(by, "username", by))


@transaction.atomic
def send_again(user: User, pk: int) -> OutgoingMail:
    """What was kept, stopped or refused goes out now."""
    row = _open(user, pk)
    if not row.can_be_sent:
        raise NotPossible(_("It is on its way already, or not wanted"))
    if not server.is_set_up():
        raise NotPossible(
            _("No mail server is named. Whoever runs the server sets VITALFEW_SMTP; the README says how.")
        )
    work.deliver_soon()
    return _became(user, row, LetterState.WAITING, tries=0, trouble="", due_at=timezone.now())


@transaction.atomic
def stop(user: User, pk: int) -> OutgoingMail:
    """What was not sent yet is not sent."""
    row = _open(user, pk)
    if row.due_at is None:
        raise NotPossible(_("It is not waiting any more"))
    return _became(user, row, LetterState.STOPPED, due_at=None)


def _open(user: User, pk: int) -> OutgoingMail:
    user.must(OutboxRight.SEND)
    row: OutgoingMail = OutgoingMail.objects.visible_to(user).select_for_update(of=("self",)).get(pk=pk)
    return row


def _became(user: User, row: OutgoingMail, state: LetterState, **fields: object) -> OutgoingMail:
    return records.change(user, OutgoingMail.objects.all(), row.pk, row.version, {"state": state.value, **fields})
