"""The test on an attendee's phone: begun, answered one question at a time, handed in. Every answer is kept as it is given."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils import timezone

from vitalfew.people.records import NotPossible
from vitalfew.terms import gettext_noop as _
from vitalfew.training import certifying
from vitalfew.training.attending import AT_THE_DOOR
from vitalfew.training.marking import score
from vitalfew.training.models import Attempt, Attendee


def open_try(attendee: Attendee) -> Attempt | None:
    """The one that was begun and not handed in."""
    return attendee.attempts.filter(handed_in_at=None).select_related("test").first()


def done(attendee: Attendee) -> list[Attempt]:
    return list(attendee.attempts.filter(handed_in_at__isnull=False).select_related("test"))


def tries_left(attendee: Attendee) -> int:
    """None where it was passed."""
    test = attendee.session.programme.test
    tries = done(attendee)
    if test is None or any(each.passed for each in tries):
        return 0
    return max(test.tries - len(tries), 0)


@transaction.atomic
def begin(attendee: Attendee) -> Attempt:
    """Begun twice, it is the same try."""
    _locked(attendee)
    if going := open_try(attendee):
        return going
    test = attendee.session.programme.test
    if test is None or not tries_left(attendee):
        raise NotPossible(_("There is no try left"))
    made: Attempt = Attempt.objects.create(attendee=attendee, test=test, number=attendee.attempts.count() + 1)
    return made


@transaction.atomic
def answer(attendee: Attendee, place: int, chosen: Iterable[int]) -> Attempt:
    """One question; what was said before to it is forgotten."""
    _locked(attendee)
    going = open_try(attendee)
    if going is None or not 0 <= place < len(going.test.questions):
        raise NotPossible(_("There is no test to answer now"))
    possible = range(len(going.test.questions[place]["choices"]))
    kept = sorted({each for each in chosen if each in possible})
    going.answers = {**going.answers, str(place): kept}
    if not kept:
        del going.answers[str(place)]
    going.save(update_fields=["answers"])
    return going


@transaction.atomic
def hand_in(attendee: Attendee) -> Attempt:
    """Scored once; who passes is certified at once. Handed in twice, it is the same result."""
    _locked(attendee)
    going = open_try(attendee)
    if going is None:
        latest = attendee.attempts.last()
        if latest is None:
            raise NotPossible(_("There is no test to answer now"))
        return latest
    going.score = score(going.test.questions, going.answers)
    going.passed = going.score >= going.test.pass_mark
    going.handed_in_at = timezone.now()
    going.save()
    if going.passed:
        certifying.issue(AT_THE_DOOR, attendee, timezone.localdate())
    return going


def _locked(attendee: Attendee) -> Any:
    return Attendee.objects.select_for_update().get(pk=attendee.pk)
