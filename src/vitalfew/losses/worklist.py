"""What the register of losses asks for: talks of one's own, and accounts of one's own that seem lost and are not entered."""

from collections.abc import Iterator
from typing import Any, Final

from django.urls import reverse

from vitalfew.accounts.models import Account
from vitalfew.language import Count, Message
from vitalfew.losses import questions
from vitalfew.losses.rights import LossRight
from vitalfew.people.models import User
from vitalfew.rooms import Task
from vitalfew.terms import gettext_noop as _

LINES: Final = 20
DUE: Final = 1e5
"""Below what keeps accounts that can still be kept."""


def waiting(user: User) -> Iterator[Task]:
    if not user.may(LossRight.WRITE):
        return
    for row in questions.waiting(user)[:LINES]:
        said: dict[str, Any] = {"account": row.account.name}
        yield Task(
            _("Ask why it left"), Message(_("{account} counts as lost, and nobody has asked it why"), said), _("Talk to it"),
            row.get_absolute_url(), row.account.code, priority=DUE,
        )  # fmt: skip
    yield from _seeming(user)


def _seeming(user: User) -> Iterator[Task]:
    """One line, with the way to the one lost last."""
    rows = questions.seems_lost(user)
    first = rows.first()
    account = Account.objects.filter(code=first.customer).first() if first else None
    if account is None:
        return
    said: dict[str, Any] = {"account": account.name, "n": Count(rows.count())}
    text = _("{n} of your accounts {n:has|have} bought nothing for more than a year; the latest is {account}")
    url = f"{reverse('loss-new')}?account={account.code}"
    yield Task(_("Enter accounts that left"), Message(text, said), _("Enter it"), url, account.code, priority=DUE / 10)
