"""Parting from an account in good manners: in writing, in its reader's language, with the notice that is agreed on.

The text is proposed and can be changed; what goes out is what was approved, to the letter.
"""

from datetime import date
from typing import Final

from django.utils import timezone

from vitalfew.accounts.models import Account
from vitalfew.contacts.models import Person
from vitalfew.language import Day, Message, spoken
from vitalfew.outbox.words import Kind
from vitalfew.outbox.writing import Letter, to
from vitalfew.outbox.writing import write as write_letter
from vitalfew.people.models import User
from vitalfew.people.records import NotPossible
from vitalfew.terms import gettext_noop as _
from vitalfew.treatments import questions
from vitalfew.treatments.models import Treatment
from vitalfew.warehouse.run import day_number

SUBJECT: Final = _("The end of our supplies")
TEXT: Final = (
    _("Thank you for the years in which you have bought from us."),
    _(
        "We can no longer supply you in a way that is sound for both sides, and will therefore end our business on {day}."
    ),
    _("Orders that reach us before that day are delivered as usual; warranty and open matters are settled as agreed."),
    _("We are glad to help you find another source, and your contact with us remains there for all questions."),
)


def proposed(person: Person | None, last_day: date) -> str:
    """The letter in the language of who reads it."""
    language = spoken(to(person)) if person else spoken("zh-hans")
    return "\n\n".join(Message(text, {"day": Day(day_number(last_day))}).say(language) for text in TEXT)


def must_keep_notice(account: Account, last_day: date | None) -> None:
    """The day lies ahead, and no sooner than what runs with the account allows."""
    today = timezone.localdate()
    if last_day is None or last_day <= today:
        raise NotPossible(_("The day on which the relationship ends lies ahead"))
    for row in questions.bound_by(account):
        if row.until and row.notice_given_on is None and last_day < row.until:
            raise NotPossible(
                _(
                    "An agreement with this account runs beyond that day: give notice there first, or choose its last day"
                )
            )


def write(user: User, row: Treatment) -> None:
    """To the person that was named."""
    if not row.parts:
        raise NotPossible(_("Only who parts writes such a letter"))
    if row.written_on:
        raise NotPossible(_("This letter is written already"))
    if row.person is None or not row.person.email:
        raise NotPossible(_("Nobody with an e-mail address is named: tell the account in person, and say so"))
    language = to(row.person)
    paragraphs = tuple(part.strip() for part in row.letter.split("\n\n") if part.strip())
    if not paragraphs:
        raise NotPossible(_("The letter has no words"))
    letter = Letter(
        kind=Kind.AGREED, account=row.account, person=row.person, address=row.person.email, name=row.person.name,
        language=language, subject=Message(SUBJECT).say(spoken(language)), paragraphs=paragraphs, about=row.subject,
    )  # fmt: skip
    write_letter(letter, user)
