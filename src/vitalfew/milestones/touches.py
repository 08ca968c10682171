from collections.abc import Iterator, Mapping
from typing import Any, Final

from vitalfew.accounts.models import Account
from vitalfew.language import Message, Word
from vitalfew.milestones import questions
from vitalfew.milestones.models import Celebration
from vitalfew.milestones.rights import MilestoneRight
from vitalfew.milestones.words import Became, Occasion
from vitalfew.people.models import User
from vitalfew.rooms import Touch
from vitalfew.terms import gettext_noop as _
from vitalfew.terms import label_of

SAID: Final[Mapping[str, str]] = {
    Became.ANSWERED: _("{who} congratulated: {kind} {title}: {what}"),
    Became.MISSED: _("A day passed without a word: {kind} {title}"),
}
REPLY: Final = _("It answered our congratulation: {reply}")


def touches(user: User, account: Account) -> Iterator[Touch]:
    """What was sent for its days, what came back, and what was missed."""
    if not user.may(MilestoneRight.SEE):
        return
    for row in questions.celebrations(user, account).exclude(became=Became.LEFT_OUT):
        yield _touch(row, row.done_on or row.on, Message(SAID[row.became], _figures(row)))
        if row.replied_on:
            yield _touch(row, row.replied_on, Message(REPLY, {"reply": row.reply}))


def _figures(row: Celebration) -> dict[str, Any]:
    kind = Word(label_of(Occasion, row.milestone.kind))
    return {"who": str(row.who or "–"), "kind": kind, "title": row.milestone.title, "what": row.what}


def _touch(row: Celebration, day: Any, what: Message) -> Touch:
    return Touch(day, "milestone", what, {"id": row.milestone_id}, url=row.milestone.get_absolute_url())
