from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any, Final

from django.utils.translation import gettext as _

from vitalfew.agreements import questions
from vitalfew.people.models import User
from vitalfew.rooms import Appointment

MOST: Final = 500
DAY: Final = timedelta(days=1)


def appointments(user: User, since: date) -> Iterator[Appointment]:
    """Of the user's agreements in force: the last day of notice, the day on which one ends, and what is owed once."""
    for row in questions.own_in_force(user).filter(until__gte=since)[:MOST]:
        told = {"agreement": str(row), "account": row.account.name}
        if row.notice_on and row.notice_on >= since and row.notice_given_on is None:
            yield _entry(row, "notice", row.notice_on, _("Last day of notice: %(agreement)s, %(account)s") % told)
        yield _entry(row, "end", row.until, _("Agreement ends: %(agreement)s, %(account)s") % told)
    for owed in questions.owed_once(user).filter(due__gte=since)[:MOST]:
        told = {"text": owed.text, "account": owed.agreement.account.name}
        yield _entry(owed, "due", owed.due, _("Owed by agreement: %(text)s, %(account)s") % told)


def _entry(row: Any, what: str, day: Any, said: str) -> Appointment:
    subject = f"{row.subject}:{what}"
    return Appointment(subject, said, day, day + DAY, row.get_absolute_url(), row.version, row.changed_at)
