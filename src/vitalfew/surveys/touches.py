from collections.abc import Iterator
from typing import Any

from vitalfew.accounts.models import Account
from vitalfew.language import Count, Message
from vitalfew.people.models import User
from vitalfew.rooms import Touch, TouchKind
from vitalfew.surveys import questions
from vitalfew.surveys.rights import SurveyRight
from vitalfew.terms import gettext_noop as _


def touches(user: User, account: Account) -> Iterator[Touch]:
    """When people there were asked in writing, and when each answered."""
    if not user.may(SurveyRight.SEE):
        return
    rows = questions.of_account(user, account)
    sent: dict[tuple[int, Any], list[Any]] = {}
    for row in rows:
        if row.answered_on:
            what = Message(_("{who} answered the survey {survey}"), {"who": row.name, "survey": row.wave.name})
            yield Touch(row.answered_on, TouchKind.SURVEY.value, what, {"id": row.pk}, url=row.get_absolute_url())
        if row.sent_on:
            sent.setdefault((row.wave_id, row.sent_on), []).append(row)
    for (pk, day), people in sent.items():
        figures: dict[str, Any] = {"n": Count(len(people)), "survey": people[0].wave.name}
        what = Message(_("{n} {n:person was|people were} asked in writing: {survey}"), figures)
        yield Touch(day, TouchKind.SURVEY.value, what, {"id": pk}, url=people[0].wave.get_absolute_url())
