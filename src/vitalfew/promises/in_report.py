"""What an account's report says of promises: the open ones, by when they are due."""

from collections.abc import Iterator

from vitalfew.accounts.models import Account
from vitalfew.handouts import Column, Section, Table
from vitalfew.people.models import User
from vitalfew.promises import questions
from vitalfew.promises.rights import PromiseRight
from vitalfew.terms import Unit
from vitalfew.terms import gettext_noop as _

COLUMNS = (Column(_("What was promised")), Column(_("Due"), Unit.DAY), Column(_("Who sees to it")))


def sections(user: User, account: Account) -> Iterator[Section]:
    if user.may(PromiseRight.SEE):
        rows = [[row.text, row.due, str(row.owner or "")] for row in questions.open_of(user, account)]
        yield Section(_("Open promises"), table=Table(COLUMNS, rows))
