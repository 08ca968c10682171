"""What is to be renewed: asked of who wrote it, else of who manages the account."""

from collections.abc import Iterator
from typing import Final

from django.utils import timezone

from vitalfew.intelligence import questions
from vitalfew.intelligence.models import Intelligence
from vitalfew.intelligence.rights import IntelligenceRight
from vitalfew.language import Message
from vitalfew.people.models import User
from vitalfew.rooms import Task
from vitalfew.terms import gettext_noop as _

MOST: Final = 10


def waiting(user: User) -> Iterator[Task]:
    if user.may(IntelligenceRight.ADD):
        for row in questions.to_be_renewed(user)[:MOST]:
            yield _task(row)


def _task(row: Intelligence) -> Task:
    over = row.valid_until < timezone.localdate()
    text = _("It was to hold until then: {text}") if over else _("It soon expires: {text}")
    figures = {"text": f"{row.about}: {row}" if row.about else str(row)}
    return Task(
        _("Is it still so?"), Message(text, figures), _("Renew or correct"), row.get_absolute_url(),
        row.account.code if row.account else "", due=row.valid_until, soon=over,
    )  # fmt: skip
