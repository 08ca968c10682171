"""What a customer's person answers in the portal: to another day we ask for, and whether a promise was kept."""

from collections.abc import Collection
from datetime import date
from typing import Final

from django.db import transaction
from django.utils import timezone

from vitalfew.people import records
from vitalfew.people.models import User
from vitalfew.people.records import NotPossible
from vitalfew.promises.actions import OWN
from vitalfew.promises.models import Heard, Moved, NewDay, Promise
from vitalfew.promises.words import PromiseState
from vitalfew.terms import gettext_noop as _

PASSED: Final = _("Its day has passed: it counts as not kept, and another day can't be agreed to any more")


@transaction.atomic
def ask(user: User, pk: int, version: int, *, due: date, why: str) -> Promise:
    """Ask the customer in the portal for another day; one asked for before waits no more."""
    row = OWN.held(user, pk)
    if not row.is_open or row.due < timezone.localdate():
        raise NotPossible(PASSED)
    if due <= row.due:
        raise NotPossible(_("The new day must lie after the present one"))
    row = records.change(user, Promise.objects.visible_to(user), pk, version, {"shared": True})
    NewDay.objects.filter(promise=row, agreed=None).delete()
    NewDay.objects.create(promise=row, due=due, why=why, asked_by=user.username)
    row.noted(user, "ask-day", {"due": [row.due, due]})
    return row


@transaction.atomic
def answer(guest: User, person: int, accounts: Collection[int], pk: int, *, agreed: bool, text: str) -> NewDay:
    """The customer agrees, and the day moves by its consent; or does not, and it stays."""
    asked = NewDay.objects.select_for_update().get(
        pk=pk, promise__account__in=accounts, promise__put_away_at=None, promise__shared=True
    )
    row = Promise.objects.select_for_update(of=("self",)).get(pk=asked.promise_id)
    today = timezone.localdate()
    if asked.agreed is not None:
        raise NotPossible(_("It is answered already"))
    if agreed and (not row.is_open or row.due < today):
        raise NotPossible(PASSED)
    asked.agreed, asked.answer, asked.answered_by_id, asked.answered_at = agreed, text, person, timezone.now()
    asked.save()
    if agreed:
        Moved.objects.create(
            promise=row,
            was_due=row.due,
            due=asked.due,
            agreed_on=today,
            consent=guest.name,
            why=asked.why,
            who=guest.username,
        )
        records.change(guest, Promise.objects.all(), row.pk, row.version, {"due": asked.due})
    row.noted(guest, "answer-day", {"agreed": [None, agreed]})
    return asked


@transaction.atomic
def hear(guest: User, person: int, accounts: Collection[int], pk: int, *, kept: bool, text: str) -> Heard:
    """The customer says whether it was kept; what it counts as stays ours to say."""
    row = Promise.objects.select_for_update(of=("self",)).get(
        pk=pk, account__in=accounts, put_away_at=None, shared=True
    )
    if row.state not in {PromiseState.KEPT, PromiseState.LATE}:
        raise NotPossible(_("It is not settled as done: there is nothing to confirm yet"))
    heard = Heard.objects.create(promise=row, kept=kept, text=text, person_id=person)
    row.noted(guest, "heard", {"kept": [None, kept]})
    return heard
