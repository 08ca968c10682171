"""What approvals ask for: to decide, and to mend what was sent back."""

from collections.abc import Iterator
from typing import Any, Final

from vitalfew.approvals import questions
from vitalfew.approvals.deciding import Authority, authorities
from vitalfew.approvals.kinds import kinds
from vitalfew.approvals.models import Approval
from vitalfew.approvals.rights import ApprovalRight
from vitalfew.language import Message, Word
from vitalfew.people.models import User
from vitalfew.rooms import Task
from vitalfew.terms import gettext_noop as _

OTHERS_WAIT: Final = 1.5e9
"""Somebody cannot go on: before what the analyses advise, whose priority is money; after one's own word that is overdue."""
ASKED: Final = _("Amount asked for")


def waiting(user: User) -> Iterator[Task]:
    rows = questions.asking(user)
    if not rows:
        return
    mine = authorities(user, rows) if user.may(ApprovalRight.DECIDE) else {}
    currency = questions.currency()
    for row in rows:
        if row.pk in mine:
            yield _decide(row, mine[row.pk], currency)
        elif not row.is_waiting:
            yield _mend(row)


def _decide(row: Approval, authority: Authority, currency: str) -> Task:
    """With its amount where that is in the currency in which Today counts."""
    figures: dict[str, Any] = {
        "who": str(row.asked_by or "–"), "kind": Word(kinds()[row.kind].label), "what": row.said,
        "person": str(authority.instead_of or ""),
    }  # fmt: skip
    why = _("{who} asks ({kind}): {what}")
    if authority.instead_of:
        why = _("In the place of {person}: {who} asks ({kind}): {what}")
    return Task(
        _("Approve or send back"), Message(why, figures), _("Look at it"), row.get_absolute_url(), _code(row),
        effect=float(row.amount) if row.amount is not None and row.currency == currency else None, basis=ASKED,
        due=row.needed_by, soon=True, priority=OTHERS_WAIT,
    )  # fmt: skip


def _mend(row: Approval) -> Task:
    *_before, last = row.steps.all()
    figures: dict[str, Any] = {"what": row.said, "note": last.note, "who": last.name}
    why = Message(_("{who} sent it back: {note} — {what}"), figures)
    url = row.url or row.get_absolute_url()
    return Task(_("Mend and ask again"), why, _("Open"), url, _code(row), soon=True, priority=OTHERS_WAIT)


def _code(row: Approval) -> str:
    return row.account.code if row.account else ""
