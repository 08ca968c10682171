"""What an account's report says of visits: the next, and what came of the last ones."""

from collections.abc import Iterator
from typing import Final

from vitalfew.accounts.models import Account
from vitalfew.handouts import Column, Section, Table
from vitalfew.people.models import User
from vitalfew.terms import Unit
from vitalfew.terms import gettext_noop as _
from vitalfew.visits import questions
from vitalfew.visits.models import Visit
from vitalfew.visits.rights import VisitRight
from vitalfew.visits.words import Purpose, VisitState

LATEST: Final = 8
COLUMNS: Final = (
    Column(_("Date"), Unit.DAY), Column(_("Purpose"), Unit.WORD, Purpose), Column(_("State"), Unit.WORD, VisitState),
    Column(_("Who goes")), Column(_("Result")),
)  # fmt: skip


def sections(user: User, account: Account) -> Iterator[Section]:
    if user.may(VisitRight.SEE):
        rows = questions.of_account(user, account)[:LATEST]
        yield Section(_("Visits"), table=Table(COLUMNS, [_row(user, each) for each in rows]))


def _row(user: User, row: Visit) -> list[object]:
    """What was spoken with several accounts is told to who may read it whole."""
    result = row.result if questions.sees_whole(user, row) else ""
    return [row.day, row.purpose, row.state, str(row.leader or ""), result]
