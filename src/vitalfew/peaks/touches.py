from collections.abc import Iterator
from typing import Any

from vitalfew.accounts.models import Account
from vitalfew.language import Day, Message
from vitalfew.peaks import questions
from vitalfew.peaks.rights import PeakRight
from vitalfew.people.models import User
from vitalfew.rooms import Touch
from vitalfew.terms import gettext_noop as _
from vitalfew.warehouse.run import day_number


def touches(user: User, account: Account) -> Iterator[Touch]:
    """When a peak was asked about, agreed on, and closed."""
    if not user.may(PeakRight.SEE):
        return
    for row in questions.of_account(user, account):
        steps = (
            (row.asked_on, _("It was asked about its peak season from {day} on: {what}")),
            (row.agreed_on, _("Its peak season from {day} on was agreed on: {what}")),
            (row.closed_on, _("Its peak season from {day} on was closed: {what}")),
        )
        figures: dict[str, Any] = {"day": Day(day_number(row.begins)), "what": row.category or "–"}
        for day, text in steps:
            if day:
                yield Touch(day, "supply", Message(text, figures), {"id": row.pk}, url=row.get_absolute_url())
