"""What came of an idea is told to everybody who asked, each in his language: by letter, or by somebody who says so."""

from typing import Final

from django.db import transaction
from django.utils import timezone

from vitalfew.ideas import questions
from vitalfew.ideas.actions import OWN
from vitalfew.ideas.models import Idea
from vitalfew.ideas.words import Way
from vitalfew.language import Message, spoken
from vitalfew.outbox import server
from vitalfew.outbox.words import Kind
from vitalfew.outbox.writing import Letter, to, write
from vitalfew.people import records
from vitalfew.people.models import User
from vitalfew.people.records import NotPossible, Stale
from vitalfew.terms import gettext_noop as _

UNDECIDED: Final = _("It is not decided yet what comes of it")


def reach(row: Idea) -> str:
    """The address to which a letter can go; empty where there is none."""
    return row.person.email if row.person else ""


@transaction.atomic
def tell(user: User, pk: int, version: int, *, text: str, way: str) -> Idea:
    """Tell who asked here; what was told is kept, and he reads it in the portal."""
    row = OWN.held(user, pk)
    if not row.is_decided:
        raise NotPossible(UNDECIDED)
    if row.version != version:
        raise Stale(row)
    fields = {"outcome": text, "told_on": timezone.localdate(), "told_by": way, "word_since": None}
    if way == Way.LETTER:
        fields["letter"] = _letter(user, row, text)
    return records.change(user, Idea.objects.visible_to(user), pk, version, fields)


@transaction.atomic
def tell_all(user: User, pk: int) -> Idea:
    """By letter to everybody who asked and can be reached so; the others stay to be told."""
    main = OWN.held(user, pk)
    text = main.outcome
    rows = [main, *questions.together(user, main)]
    due = [row for row in rows if row.told_on is None and reach(row) and questions.may_change(user, row)]
    if not due:
        raise NotPossible(_("Nobody who is still to be told can be reached by letter: tell them, and say so"))
    for row in due:
        tell(user, row.pk, row.version, text=text, way=Way.LETTER)
    main.refresh_from_db()
    return main


def _letter(user: User, row: Idea, text: str) -> object:
    if row.person is None or not reach(row):
        raise NotPossible(_("No e-mail address is known: write it down first, or tell it otherwise"))
    if not server.is_set_up():
        raise NotPossible(_("Without a mail server no letter goes out: tell it otherwise, and say so"))
    language = spoken(to(row.person))
    begun = Message(_("You gave us an idea ({number}). This is what came of it:"), {"number": row.number})
    return write(
        Letter(
            kind=Kind.ANSWER, account=row.account, person=row.person, address=reach(row), name=row.person.name,
            language=to(row.person), subject=Message(_("Your idea {number}"), {"number": row.number}).say(language),
            paragraphs=(begun.say(language), text), about=row.subject,
        ),
        user,
    )  # fmt: skip
