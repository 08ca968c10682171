from collections.abc import Iterator, Mapping
from typing import Any, Final

from django.utils import timezone

from vitalfew.accounts.models import Account
from vitalfew.approvals import questions
from vitalfew.approvals.kinds import kinds
from vitalfew.approvals.words import StepKind
from vitalfew.language import Message, Word
from vitalfew.people.models import User
from vitalfew.rooms import Touch
from vitalfew.terms import gettext_noop as _

CAME_TO: Final[Mapping[str, str]] = {
    StepKind.ASKED: _("{who} asked for approval ({kind}): {what}"),
    StepKind.AGAIN: _("{who} asked again for approval ({kind}): {what}"),
    StepKind.APPROVED: _("{who} approved ({kind}): {what}"),
    StepKind.RETURNED: _("{who} sent back ({kind}): {what}"),
    StepKind.WITHDRAWN: _("{who} withdrew ({kind}): {what}"),
}


def touches(user: User, account: Account) -> Iterator[Touch]:
    """What was asked for about it, and what was decided."""
    for row in questions.of_account(user, account):
        for step in row.steps.all():
            figures: dict[str, Any] = {"who": step.name, "kind": Word(kinds()[row.kind].label), "what": row.said}
            told = Message(CAME_TO[step.kind], figures)
            about = {"id": row.pk, "state": row.state}
            yield Touch(timezone.localtime(step.at).date(), "approval", told, about, url=row.get_absolute_url())
