"""What the exchange asks for: an answer to what is odd about an account's data, one line an account."""

from collections.abc import Iterator
from itertools import groupby
from typing import Any, Final

from vitalfew.exchange import questions
from vitalfew.exchange.models import DataDoubt
from vitalfew.exchange.rights import ExchangeRight
from vitalfew.exchange.words import Doubt
from vitalfew.language import Count, Message
from vitalfew.people.models import User
from vitalfew.rooms import Task
from vitalfew.terms import gettext_noop as _

MOST: Final = 60
PRIORITY: Final = 2e8


def waiting(user: User) -> Iterator[Task]:
    if not user.may(ExchangeRight.TAKE):
        return
    rows = list(questions.asking(user)[:MOST])
    for _account, some in groupby(rows, key=lambda row: row.account_id):
        yield _task(list(some))


def _task(rows: list[DataDoubt]) -> Task:
    """A late report is asked for before what is odd in one that came."""
    first = min(rows, key=lambda row: (row.kind != Doubt.LATE, row.day, row.pk))
    said = Message.restored(first.why)
    if len(rows) > 1:
        figures: dict[str, Any] = {"n": Count(len(rows))}
        said = Message(_("{n} questions about its sales and stock figures wait for an answer"), figures)
    return Task(
        _("Ask about data"), said, _("Open"), first.get_absolute_url() if len(rows) == 1 else questions.doubts_of(first),
        first.account.code, soon=True, priority=PRIORITY,
    )  # fmt: skip
