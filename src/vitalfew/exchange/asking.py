"""Who answers for an account's data is written once about reports that are late; in the portal it stands as long as they are."""

from typing import Final

from django.db import transaction
from django.utils import timezone

from vitalfew.contacts.models import Person
from vitalfew.exchange.models import DataDoubt, DataExchange
from vitalfew.exchange.words import Doubt, Settled
from vitalfew.language import Message, spoken
from vitalfew.outbox.words import Kind
from vitalfew.outbox.writing import Letter, to, write
from vitalfew.people.records import NotPossible
from vitalfew.terms import gettext_noop as _

BY: Final = "exchange"
WAITS: Final = _("We wait for your sales and stock figures: {n} {n:report|reports}, from {day} on")
SUBJECT: Final = _("Your sales and stock figures")
CORRECT: Final = _(
    "Please send them the way we agreed on, or tell us why there are none. If they are on their way, all is well."
)


def ask() -> int:
    """Of those that run: each late report once, where somebody can be written; gives how many letters."""
    late = DataDoubt.objects.filter(kind=Doubt.LATE, state=Settled.OPEN, written_at=None).select_related("account")
    rows = DataExchange.objects.running(timezone.localdate()).exclude(person=None).select_related("person")
    people = {row.account_id: row.person for row in rows}
    return sum(_asked(doubt, people[doubt.account_id]) for doubt in late if doubt.account_id in people)


@transaction.atomic
def _asked(doubt: DataDoubt, person: Person | None) -> bool:
    """Claimed before it is written, so that nobody is asked twice."""
    if person is None or not person.email:
        return False
    mine = DataDoubt.objects.filter(pk=doubt.pk, written_at=None).update(written_at=timezone.now())
    if not mine:
        return False
    try:
        with transaction.atomic():
            write(_letter(doubt, person), BY)
    except NotPossible:
        DataDoubt.objects.filter(pk=doubt.pk).update(written_at=None)
        return False
    return True


def _letter(doubt: DataDoubt, person: Person) -> Letter:
    language = spoken(to(person))
    figures = Message.restored(doubt.why).figures
    waits = Message(WAITS, {name: figures[name] for name in ("n", "day")})
    return Letter(
        kind=Kind.AGREED, account=doubt.account, person=person, address=person.email, name=person.name, language=to(person),
        subject=Message(SUBJECT).say(language), about=doubt.subject,
        paragraphs=(waits.say(language), Message(CORRECT).say(language)),
    )  # fmt: skip
