"""What reviews ask for: a round that is begun to be handed in, and the next one in time."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any, Final

from django.urls import reverse
from django.utils import timezone

from vitalfew.language import Count, Day, Message
from vitalfew.people.models import User
from vitalfew.reviews import questions
from vitalfew.reviews.models import Review
from vitalfew.reviews.rights import ReviewRight
from vitalfew.reviews.words import Cadence
from vitalfew.rooms import Task
from vitalfew.terms import gettext_noop as _
from vitalfew.warehouse.run import day_number

LASTS: Final = {Cadence.YEAR.value: timedelta(days=365), Cadence.QUARTER.value: timedelta(days=91)}


def waiting(user: User) -> Iterator[Task]:
    if not user.may(ReviewRight.PROPOSE):
        return
    row = questions.waiting()
    if row is not None:
        if row.opened_by == user.username and row.approval is None:
            yield _hand_in(row)
    elif (last := questions.approved().first()) and (due := _next(last)) <= timezone.localdate():
        yield _begin(last, due)


def _hand_in(row: Review) -> Task:
    moved, _all = questions.moving(row)
    text = _("{n} {n:account changes its tier|accounts change their tier}; nobody has been asked yet")
    why = Message(text, {"n": Count(moved)})
    return Task(_("Hand in the tier review"), why, _("See the review"), reverse("tier-review"))


def _next(last: Review) -> date:
    return (last.in_force_from or last.as_of) + LASTS[last.cadence]


def _begin(last: Review, due: date) -> Task:
    figures: dict[str, Any] = {"day": Day(day_number(last.in_force_from or last.as_of))}
    why = Message(_("The last round is in force since {day}"), figures)
    return Task(_("Begin the next tier review"), why, _("See the review"), reverse("tier-review"), due=due)
