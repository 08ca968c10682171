"""Changes to advice: permission asked, version checked, audit written, in one transaction."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from vitalfew.accounts.models import Account
from vitalfew.advice import questions
from vitalfew.advice.models import Advice
from vitalfew.advice.rights import AdviceRight
from vitalfew.advice.words import USUAL, AdviceState, Answer, Reason
from vitalfew.people import records
from vitalfew.people.models import User
from vitalfew.people.records import NotPossible
from vitalfew.terms import gettext_noop as _

GONE = _("The figures do not propose this any more: look at the account again")
UNDER_WAY = _("Somebody accepted this already: open it")


@transaction.atomic
def accept(user: User, account: Account, action: str, *, owner: User, due: date, note: str) -> Advice:
    """Somebody does it, by a day."""
    if due < timezone.localdate():
        raise NotPossible(_("This day is over: say by when it will be done"))
    return records.make(user, _answered(user, account, action, owner=owner, due=due, note=note))


@transaction.atomic
def decline(user: User, account: Account, action: str, *, reason: str, note: str, days: int) -> Advice:
    """It is not done, and not proposed again for so many days."""
    if reason == Reason.OTHER and not note.strip():
        raise NotPossible(_("Say which reason: the advice can only become better by it"))
    until = timezone.localdate() + timedelta(days=days)
    given: dict[str, Any] = {"state": AdviceState.DECLINED.value, "reason": reason, "note": note, "until": until}
    return records.make(user, _answered(user, account, action, **given))


def answer(user: User, account: Account, action: str, given: Mapping[str, Any]) -> Advice:
    """As one answers it in a form: accepted with who and by when, or declined with why and for how long."""
    if given["answer"] == Answer.ACCEPT:
        return accept(user, account, action, **{name: given[name] for name in ("owner", "due", "note")})
    days = given["days"] or USUAL
    return decline(user, account, action, reason=given["reason"], note=given["note"], days=days)


def _answered(user: User, account: Account, action: str, **fields: Any) -> Advice:
    user.must(AdviceRight.ANSWER)
    Account.objects.select_for_update().get(pk=account.pk)
    told = questions.proposed(user, account, action)
    if told is None:
        raise NotPossible(GONE)
    if Advice.objects.under_way().filter(account=account, action=action).exists():
        raise NotPossible(UNDER_WAY)
    return Advice(
        account=account, action=action, why=told.why, effect=told.effect, guarded=told.guarded, as_of=told.refresh.as_of,
        answered_on=timezone.localdate(), **fields,
    )  # fmt: skip


@transaction.atomic
def change(user: User, pk: int, version: int, fields: Mapping[str, Any]) -> Advice:
    """Somebody else does it, or by another day."""
    _held(user, pk, AdviceState.OPEN)
    return records.change(user, Advice.objects.visible_to(user), pk, version, fields)


@transaction.atomic
def done(user: User, pk: int, version: int, *, on: date, outcome: str) -> Advice:
    """It was done on a day between its answer and today."""
    row = _held(user, pk, AdviceState.OPEN)
    if not row.answered_on <= on <= timezone.localdate():
        raise NotPossible(_("It was done between the day it was accepted and today"))
    given = {"state": AdviceState.DONE.value, "done_on": on, "outcome": outcome}
    return records.change(user, Advice.objects.visible_to(user), pk, version, given)


@transaction.atomic
def drop(user: User, pk: int, version: int, *, outcome: str) -> Advice:
    """It was accepted, and is not done after all; why is kept."""
    _held(user, pk, AdviceState.OPEN)
    given = {"state": AdviceState.DROPPED.value, "outcome": outcome}
    return records.change(user, Advice.objects.visible_to(user), pk, version, given)


@transaction.atomic
def reopen(user: User, pk: int) -> Advice:
    """Done or dropped by mistake."""
    row = _held(user, pk, AdviceState.DONE, AdviceState.DROPPED)
    if Advice.objects.under_way().filter(account=row.account, action=row.action).exists():
        raise NotPossible(UNDER_WAY)
    given = {"state": AdviceState.OPEN.value, "done_on": None}
    return records.change(user, Advice.objects.visible_to(user), pk, row.version, given)


@transaction.atomic
def put_away(user: User, pk: int) -> Advice:
    """The answer is taken back: it may be proposed again at once."""
    user.must(AdviceRight.ANSWER)
    return records.put_away(user, Advice.objects.visible_to(user), pk)


@transaction.atomic
def fetch_back(user: User, pk: int) -> Advice:
    user.must(AdviceRight.ANSWER)
    seen = Advice.objects.within_reach_of(user)
    row = seen.get(pk=pk)
    if (
        row.is_open
        and Advice.objects.under_way().filter(account=row.account, action=row.action).exclude(pk=pk).exists()
    ):
        raise NotPossible(UNDER_WAY)
    return records.fetch_back(user, seen, pk)


def _held(user: User, pk: int, *states: AdviceState) -> Advice:
    user.must(AdviceRight.ANSWER)
    row = questions.advice(user).select_for_update(of=("self",)).get(pk=pk)
    if row.state not in states:
        raise NotPossible(_("It is settled in another way already: look again"))
    return row
