from collections.abc import Iterator
from typing import Final

from vitalfew.comments import questions
from vitalfew.comments.rights import CommentRight
from vitalfew.comments.spots import spots
from vitalfew.language import Message
from vitalfew.people.models import User
from vitalfew.rooms import Task
from vitalfew.terms import gettext_noop as _

MOST: Final = 30
CUT: Final = 80
FIRST: Final = 1e12
"""A colleague waits for a word: it stands before what is ranked by money."""


def waiting(user: User) -> Iterator[Task]:
    """Comments that mention the user, until he has opened them."""
    if not user.may(CommentRight.SEE):
        return
    rows = list(questions.unseen(user)[:MOST])
    where = spots(user, questions.spots_of(rows)) if rows else {}
    for row in rows:
        if found := where.get((row.kind, row.number)):
            why = Message(_("{who}: {text}"), {"who": str(row.who or "–"), "text": row.text[:CUT]})
            url = f"{found.url}#comment-{row.pk}"
            yield Task(_("You are mentioned"), why, _("Read"), url, row.account.code, priority=FIRST, soon=True)
