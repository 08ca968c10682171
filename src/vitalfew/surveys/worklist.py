"""What surveys ask for: to answer one's own, to talk about a low score."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any, Final

from django.db.models import Q
from django.utils import timezone

from vitalfew.language import Message
from vitalfew.people.models import User
from vitalfew.rooms import Task
from vitalfew.surveys import questions
from vitalfew.surveys.link import address_of
from vitalfew.surveys.models import Respondent
from vitalfew.surveys.rights import SurveyRight
from vitalfew.terms import gettext_noop as _

MOST: Final = 40
PRIORITY: Final = 2.0
WITHIN: Final = timedelta(days=5)


def waiting(user: User) -> Iterator[Task]:
    """In one query: own surveys of colleagues, and low scores at accounts one manages."""
    if not user.may(SurveyRight.SEE):
        return
    own, low = (Q(pk__in=rows.order_by().values("pk")) for rows in (questions.to_answer(user), questions.low(user)))
    rows = Respondent.objects.filter(own | low).select_related("wave", "account")
    for row in rows.order_by("-answered_on", "pk")[:MOST]:
        yield _own(row) if row.colleague_id == user.pk else _low(row)


def _own(row: Respondent) -> Task:
    why = Message(_("{survey}: what you say is counted without your name"), {"survey": row.wave.name})
    return Task(_("Answer the survey of colleagues"), why, _("Fill it in"), address_of(row), due=row.wave.closes)


def _low(row: Respondent) -> Task:
    figures: dict[str, Any] = {
        "who": row.name, "account": row.account.name if row.account else "", "survey": row.wave.name,
    }  # fmt: skip
    why = Message(_("{who} of {account} gave us a low score: {survey}"), figures)
    due = (row.answered_on or timezone.localdate()) + WITHIN
    return Task(
        _("Talk about a low score"), why, _("See the answers"), row.get_absolute_url(), row.account.code if row.account else "",
        due=due, soon=True, priority=PRIORITY,
    )  # fmt: skip
