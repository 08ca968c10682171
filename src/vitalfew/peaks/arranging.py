"""What production and transport are asked before a peak, and what they answer."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from django.db import transaction
from django.utils import timezone

from vitalfew.peaks.actions import CLOSED, OWN
from vitalfew.peaks.models import Arrangement
from vitalfew.peaks.rights import PeakRight
from vitalfew.peaks.words import Answer, PeakState
from vitalfew.people import records
from vitalfew.people.models import User
from vitalfew.people.records import NotPossible
from vitalfew.terms import gettext_noop as _

FIELDS: Final = ("side", "text", "due")


@transaction.atomic
def ask(user: User, peak: int, fields: Mapping[str, Any]) -> Arrangement:
    """One thing more."""
    row = OWN.held(user, peak)
    if row.state == PeakState.CLOSED:
        raise NotPossible(CLOSED)
    return records.make(user, Arrangement(peak=row, **fields))


@transaction.atomic
def answer(user: User, pk: int, version: int, *, answer: str, reason: str, other_day: date | None) -> Arrangement:
    """It can be done; it cannot, and why; it can be on another day."""
    user.must(PeakRight.ANSWER)
    if answer != Answer.YES and not reason:
        raise NotPossible(_("Say why: the account will ask"))
    if answer == Answer.OTHER and other_day is None:
        raise NotPossible(_("Say on which day it can be done"))
    fields = {
        "answer": answer, "reason": reason, "other_day": other_day if answer == Answer.OTHER else None,
        "answered_by": user.username, "answered_at": timezone.now(),
    }  # fmt: skip
    return records.change(user, Arrangement.objects.visible_to(user), pk, version, fields)


@transaction.atomic
def ask_again(user: User, pk: int) -> Arrangement:
    """The answer no longer holds."""
    row = _own(user, pk)
    fields = {"answer": Answer.OPEN.value, "reason": "", "other_day": None, "answered_by": "", "answered_at": None}
    return records.change(user, Arrangement.objects.visible_to(user), pk, row.version, fields)


@transaction.atomic
def put_away(user: User, pk: int) -> Arrangement:
    _own(user, pk)
    return records.put_away(user, Arrangement.objects.visible_to(user), pk)


@transaction.atomic
def fetch_back(user: User, pk: int) -> Arrangement:
    _own(user, pk)
    return records.fetch_back(user, Arrangement.objects.within_reach_of(user), pk)


def _own(user: User, pk: int) -> Arrangement:
    """Of a peak that the user may change."""
    user.must(PeakRight.MAKE)
    row = Arrangement.objects.within_reach_of(user).select_for_update(of=("self",)).get(pk=pk)
    OWN.held(user, row.peak_id)
    return row
