"""Letters of a campaign: to the people of treated accounts who have not refused such letters, each in his language, once."""

from collections.abc import Iterator
from typing import Final

from django.db import transaction

from vitalfew.campaigns.actions import held
from vitalfew.campaigns.excluding import consenting
from vitalfew.campaigns.models import Campaign, Target
from vitalfew.campaigns.words import CampaignState
from vitalfew.contacts.models import Person
from vitalfew.outbox.models import OutgoingMail
from vitalfew.outbox.words import Kind
from vitalfew.outbox.writing import Letter, to, write
from vitalfew.people import audit
from vitalfew.people.models import User
from vitalfew.people.records import NotPossible
from vitalfew.terms import gettext_noop as _

MARK: Final = "{name}"
"""Stands for the reader's name in the letter."""


@transaction.atomic
def send(user: User, pk: int) -> Campaign:
    """To everybody who has not got it yet. Who is held out gets none."""
    row = held(user, pk)
    if row.standing != CampaignState.RUNNING:
        raise NotPossible(_("It does not run: letters go out from its first day to its last"))
    if not row.letters:
        raise NotPossible(_("Write the letter first"))
    written = sum(_written(user, row, target, person) for target, person in unwritten(row))
    if not written:
        raise NotPossible(_("Nobody is left to write to: everybody who may be written to has got it"))
    audit.record(user, "campaign-send", row.subject, {"letters": written})
    return row


def unwritten(row: Campaign) -> Iterator[tuple[Target, Person]]:
    had = set(OutgoingMail.objects.filter(about=row.subject).values_list("person", flat=True))
    for target in row.targets.treated().select_related("account"):
        for person in consenting(target.account):
            if person.pk not in had:
                had.add(person.pk)
                yield target, person


def _written(user: User, row: Campaign, target: Target, person: Person) -> bool:
    language = to(person)
    said = row.text_in(language, row.letters)
    lines = (line.strip() for line in said["text"].replace(MARK, person.called or person.name).splitlines())
    write(
        Letter(
            kind=Kind.CAMPAIGN, account=target.account, person=person, address=person.email,
            name=person.called or person.name, language=language, subject=said["title"],
            paragraphs=tuple(line for line in lines if line), about=row.subject,
        ),
        by=user,
    )  # fmt: skip
    return True


def sent(row: Campaign) -> int:
    """How many letters of it were written."""
    return OutgoingMail.objects.filter(about=row.subject).count()
