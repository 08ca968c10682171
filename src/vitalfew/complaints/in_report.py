"""What an account's report says of complaints: the latest, the open ones first."""

from collections.abc import Iterator
from typing import Final

from django.db.models import F

from vitalfew.accounts.models import Account
from vitalfew.complaints import questions
from vitalfew.complaints.rights import ComplaintRight
from vitalfew.complaints.words import Category, State
from vitalfew.handouts import Column, Section, Table
from vitalfew.people.models import User
from vitalfew.terms import Unit
from vitalfew.terms import gettext_noop as _

LATEST: Final = 20
COLUMNS: Final = (
    Column(_("Complaint number"), Unit.CODE), Column(_("Received on"), Unit.DAY),
    Column(_("Subject of the complaint"), Unit.WORD, Category), Column(_("State"), Unit.WORD, State),
    Column(_("Settled on"), Unit.DAY),
)  # fmt: skip


def sections(user: User, account: Account) -> Iterator[Section]:
    if user.may(ComplaintRight.SEE):
        found = questions.complaints(user).filter(account=account, merged_into=None)
        latest = found.order_by(F("closed_at").desc(nulls_first=True), "-received_on", "-pk")[:LATEST]
        rows = [[row.number, row.received_on, row.category, row.state, row.closed_at] for row in latest]
        yield Section(_("Complaints"), table=Table(COLUMNS, rows))
