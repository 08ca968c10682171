"""Changes to the register of losses: permission asked, version checked, audit written, in one transaction."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, Final

from django.db import transaction
from django.utils import timezone

from vitalfew.accounts.models import Account
from vitalfew.losses import questions
from vitalfew.losses.interview import ASKED
from vitalfew.losses.models import Loss
from vitalfew.losses.rights import LossRight
from vitalfew.losses.words import Back, LossState
from vitalfew.people import records
from vitalfew.people.models import User
from vitalfew.people.records import NotPossible
from vitalfew.terms import gettext_noop as _
from vitalfew.warehouse import scorecards
from vitalfew.warehouse.models import Scorecard

ANSWERS: Final = (*ASKED, "cause", "back", "needed")
APART: Final = timedelta(days=90)
"""Two losses of an account lie so far apart at least."""
NOTHING: Final[Mapping[str, Any]] = {
    **dict.fromkeys(ASKED, ""), "cause": "", "needed": "", "back": Back.UNKNOWN.value, "talked_on": None,
    "state": LossState.WAITING.value,
}  # fmt: skip


@transaction.atomic
def enter(user: User, account: Account, lost_on: date, talker: User) -> Loss:
    """An account left; what the facts show as its cause is kept with it."""
    user.must(LossRight.WRITE)
    if lost_on > timezone.localdate():
        raise NotPossible(_("This day lies ahead"))
    _alone(account, lost_on)
    card = Scorecard.objects.filter(refresh=scorecards.current(), customer=account.code).first()
    row = Loss(account=account, lost_on=lost_on, talker=talker, seen=card.cause if card else "")
    return records.make(user, row)


def _alone(account: Account, day: date, but: int = 0) -> None:
    near = Loss.objects.filter(account=account, put_away_at=None, lost_on__range=(day - APART, day + APART))
    if near.exclude(pk=but).exists():
        raise NotPossible(_("This loss is entered already: open it"))


@transaction.atomic
def change(user: User, pk: int, version: int, fields: Mapping[str, Any]) -> Loss:
    """Another day, or somebody else who talks to it."""
    _alone(held(user, pk).account, fields["lost_on"], pk)
    return records.change(user, Loss.objects.visible_to(user), pk, version, fields)


@transaction.atomic
def talked(user: User, pk: int, version: int, *, on: date, **answers: str) -> Loss:
    """What it said; answers can be completed later."""
    row = held(user, pk)
    if not row.lost_on <= on <= timezone.localdate():
        raise NotPossible(_("The talk lies between the loss and today"))
    given = {name: answers[name] for name in ANSWERS}
    return _settled(user, pk, version, {**given, "talked_on": on, "state": LossState.TALKED.value})


@transaction.atomic
def refused(user: User, pk: int, version: int, *, needed: str) -> Loss:
    """It gives no reason; what we think we would have needed to know is kept all the same."""
    held(user, pk)
    given = {**NOTHING, "state": LossState.REFUSED.value, "needed": needed, "talked_on": timezone.localdate()}
    return _settled(user, pk, version, given)


@transaction.atomic
def reopen(user: User, pk: int) -> Loss:
    """It is to be talked to again; a refusal is forgotten, answers stay until they are given anew."""
    row = held(user, pk)
    if row.is_waiting:
        raise NotPossible(_("It is open"))
    return _settled(user, pk, row.version, {"state": LossState.WAITING.value})


@transaction.atomic
def put_away(user: User, pk: int) -> Loss:
    user.must(LossRight.WRITE)
    return records.put_away(user, Loss.objects.visible_to(user), pk)


@transaction.atomic
def fetch_back(user: User, pk: int) -> Loss:
    user.must(LossRight.WRITE)
    seen = Loss.objects.within_reach_of(user)
    row = seen.select_related("account").get(pk=pk)
    _alone(row.account, row.lost_on, pk)
    return records.fetch_back(user, seen, pk)


def held(user: User, pk: int) -> Loss:
    """Held until the change is stored."""
    user.must(LossRight.WRITE)
    return questions.losses(user).select_for_update(of=("self",)).get(pk=pk)


def _settled(user: User, pk: int, version: int, fields: Mapping[str, Any]) -> Loss:
    return records.change(user, Loss.objects.visible_to(user), pk, version, fields)
