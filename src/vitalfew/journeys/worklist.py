"""What service journeys ask for: one's own checks, a line an account; for heads, what their people are late with."""

from collections.abc import Iterator
from typing import Any, Final
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone

from vitalfew.journeys import questions
from vitalfew.journeys.models import SOON, Check
from vitalfew.journeys.rights import JourneyRight
from vitalfew.journeys.words import CheckStanding
from vitalfew.language import Count, Message
from vitalfew.people.models import User
from vitalfew.rooms import Task
from vitalfew.terms import gettext_noop as _

MOST: Final = 200
LINES: Final = 30
OVERDUE: Final = 5e8
"""A check that is late stands after one's word to the customer, and before what the analyses advise."""
DUE: Final = 1e6


def waiting(user: User) -> Iterator[Task]:
    if not user.may(JourneyRight.CHECK):
        return
    rows = list(questions.asking(user)[:MOST])
    own = [row for row in rows if row.is_mine]
    others = [row for row in rows if not row.is_mine]
    yield from (_own(each) for each in _grouped(own, "account")[:LINES])
    if others:
        yield _late(others, cut=len(rows) == MOST)


def _grouped(rows: list[Check], by: str) -> list[list[Check]]:
    """In the order of their first."""
    found: dict[Any, list[Check]] = {}
    for row in rows:
        found.setdefault(getattr(row, by), []).append(row)
    return list(found.values())


def _own(rows: list[Check]) -> Task:
    """All that is due at an account; where it is one check, that one."""
    first, today = rows[0], timezone.localdate()
    over = first.due is not None and first.due < today
    said: dict[str, Any] = {"account": first.account.name, "text": first.title, "n": Count(len(rows))}
    why = _("{account}: {text}") if len(rows) == 1 else _("{account}: {n} checks, the first is {text}")
    url = first.get_absolute_url() if len(rows) == 1 else _where(first)
    return Task(
        _("Check how the customer is served"), Message(why, said), _("Do it"), url, first.account.code, due=first.due,
        soon=first.due is not None and first.due <= today + SOON, priority=OVERDUE if over else DUE,
    )  # fmt: skip


def _where(first: Check) -> str:
    """The journey, where one sees them all; several journeys stand on the account's tab."""
    return f"{first.account.get_absolute_url()}?tab=journeys"


def _late(rows: list[Check], *, cut: bool) -> Task:
    """All that others are late with, and who with most of it; of very many, that they are."""
    most = max(_grouped(rows, "owner"), key=len)
    said: dict[str, Any] = {
        "n": Count(len(rows)), "accounts": Count(len({row.account.pk for row in rows})),
        "people": Count(len({row.owner_id for row in rows})), "who": str(most[0].owner or "–"), "most": Count(len(most)),
    }  # fmt: skip
    why = _(
        "{people} {people:colleague is|colleagues are} late with {n} {n:check|checks} at {accounts} {accounts:account|accounts}; "
        "{who} with {most}"
    )
    if cut:
        why = _("Colleagues are late with {n} checks or more")
    url = f"{reverse('journey-checks')}?{urlencode({'standing': CheckStanding.OVERDUE.value})}"
    return Task(
        _("Help colleagues with late checks"), Message(why, said), _("See them"), url, due=rows[0].due, soon=True, priority=DUE,
    )  # fmt: skip
