"""Changes to rounds and attempts: permission asked, version checked, audit written, in one transaction."""

import secrets
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, Final

from django.db import transaction
from django.utils import timezone

from vitalfew.accounts.models import Account
from vitalfew.accounts.spans import months_later
from vitalfew.department.workdays import calendar
from vitalfew.people import records
from vitalfew.people.models import User
from vitalfew.people.records import NotPossible
from vitalfew.recoveries import lost
from vitalfew.recoveries.drawing import held_out
from vitalfew.recoveries.lost import Lost
from vitalfew.recoveries.models import Recovery, RecoveryStep, WinBackRound
from vitalfew.recoveries.playbook import STANDARD
from vitalfew.recoveries.rights import RecoveryRight
from vitalfew.recoveries.words import Arm, RecoveryState, StepState
from vitalfew.terms import gettext_noop as _

SEEDS: Final = 2**31
MOST: Final = 500
UNDER_WAY: Final = _("For one of these accounts an attempt is under way, or it is left alone until its round is judged")
SETTLED: Final = _("This attempt is settled: open it again first")


@transaction.atomic
def begin(
    user: User, accounts: Sequence[Account], *, name: str, cost: Decimal, share: int, months: int,
    owner: User | None = None, seed: int | None = None,
) -> WinBackRound:  # fmt: skip
    """A round: some of the accounts are left alone by lot; for each other an attempt by the plan against its cause."""
    user.must(RecoveryRight.WRITE)
    rows = _chosen(user, accounts, float(cost))
    today, drawn = timezone.localdate(), secrets.randbelow(SEEDS) if seed is None else seed
    made = records.make(user, WinBackRound(
        name=name, begun_on=today, until=months_later(today, months), cost=cost, share=share, seed=drawn,
        currency=lost.figures().currency,
    ))  # fmt: skip
    alone = held_out([row.account.code for row in rows], share, drawn)
    for row in rows:
        _added(user, made, row, owner or row.account.manager or user, alone=row.account.code in alone)
    return made


def _chosen(user: User, accounts: Sequence[Account], cost: float) -> list[Lost]:
    """Each as it is known today; all of them lost, none tried already."""
    if not 0 < len(accounts) <= MOST:
        raise NotPossible(_("Choose between one and five hundred lost accounts"))
    rows = lost.lost(user, cost, {each.code for each in accounts})
    if len(rows) < len({each.pk for each in accounts}):
        raise NotPossible(
            _("One of these accounts is not lost: it bought within a year and is not in the register of losses")
        )
    if any(row.running for row in rows):
        raise NotPossible(UNDER_WAY)
    return rows


def _added(user: User, made: WinBackRound, row: Lost, owner: User, *, alone: bool) -> None:
    plan = STANDARD[row.cause]
    state = RecoveryState.HELD_OUT if alone else RecoveryState.RUNNING
    recovery = records.make(user, Recovery(
        winback_round=made, account=row.account, arm=(Arm.HELD_OUT if alone else Arm.TRIED).value, cause=row.cause.value,
        known=row.known.value, owner=None if alone else owner, offer="" if alone else plan.offer, state=state.value,
        verdict=row.worth.verdict.value, silence=row.silence, value=row.value, expected=row.worth.expected,
        expected_low=row.worth.low, expected_high=row.worth.high,
    ))  # fmt: skip
    if not alone:
        played(user, recovery)


def played(user: User, row: Recovery) -> None:
    """The steps of the plan against its cause, from today on."""
    days, today = calendar(), timezone.localdate()
    for title, after in STANDARD[row.cause].steps:
        records.make(user, RecoveryStep(recovery=row, title=title, owner=row.owner, due=days.after(today, after)))


@transaction.atomic
def change(user: User, pk: int, version: int, fields: Mapping[str, Any]) -> Recovery:
    """Cause, offer, who leads it, what it has cost. By another cause its plan takes the place of steps still to do."""
    before = running(user, pk)
    offer = before.offer == STANDARD[before.cause].offer and fields["offer"] == before.offer
    new = fields["cause"] != before.cause
    given = {**fields, **({"offer": STANDARD[fields["cause"]].offer} if new and offer else {})}
    row: Recovery = records.change(user, Recovery.objects.visible_to(user), pk, version, given)
    for step in row.steps.filter(state=StepState.OPEN, put_away_at=None):
        if new:
            records.put_away(user, RecoveryStep.objects.visible_to(user), step.pk)
        elif step.owner_id == before.owner_id != row.owner_id:
            records.change(user, RecoveryStep.objects.visible_to(user), step.pk, step.version, {"owner": row.owner})
    if new:
        played(user, row)
    return row


@transaction.atomic
def settle(user: User, pk: int, version: int, *, state: str, on: date, outcome: str, spent: Decimal | None) -> Recovery:
    """What became of it. What was still to do counts as left out."""
    row = running(user, pk)
    if not row.winback_round.begun_on <= on <= timezone.localdate():
        raise NotPossible(_("It can be settled from the day on which its round began up to today"))
    for step in row.steps.filter(state=StepState.OPEN, put_away_at=None):
        given = {"state": StepState.LEFT_OUT.value, "settled_on": on, "note": ""}
        records.change(user, RecoveryStep.objects.visible_to(user), step.pk, step.version, given)
    given = {"state": state, "settled_on": on, "outcome": outcome, "spent": spent}
    done: Recovery = records.change(user, Recovery.objects.visible_to(user), pk, version, given)
    return done


@transaction.atomic
def reopen(user: User, pk: int) -> Recovery:
    """As if it were not settled: what was left out with it is to do again."""
    row = held(user, pk)
    if row.is_open or row.is_held_out:
        raise NotPossible(
            _("It is open") if row.is_open else _("This account is left alone, to compare: nothing is done")
        )
    others = Recovery.objects.filter(account=row.account, state=RecoveryState.RUNNING, put_away_at=None)
    if others.exclude(pk=pk).exists():
        raise NotPossible(_("Another attempt for this account is under way: open it"))
    for step in row.steps.filter(state=StepState.LEFT_OUT, settled_on=row.settled_on, note="", put_away_at=None):
        records.change(user, RecoveryStep.objects.visible_to(user), step.pk, step.version, UNSETTLED)
    opened = {"state": RecoveryState.RUNNING.value, "settled_on": None, "outcome": ""}
    done: Recovery = records.change(user, Recovery.objects.visible_to(user), pk, row.version, opened)
    return done


UNSETTLED: Final[Mapping[str, Any]] = {"state": StepState.OPEN.value, "settled_on": None, "note": ""}


@transaction.atomic
def put_away(user: User, pk: int) -> WinBackRound:
    """A round with its attempts: out of the lists. Only who sees all of its accounts can."""
    user.must(RecoveryRight.WRITE)
    _whole(user, pk)
    return records.put_away(user, WinBackRound.objects.visible_to(user), pk)


@transaction.atomic
def fetch_back(user: User, pk: int) -> WinBackRound:
    user.must(RecoveryRight.WRITE)
    _whole(user, pk)
    taken = Recovery.objects.filter(put_away_at=None, winback_round__put_away_at=None, state=RecoveryState.RUNNING)
    own = Recovery.objects.filter(winback_round=pk, state=RecoveryState.RUNNING).values("account")
    if taken.exclude(winback_round=pk).filter(account__in=own).exists():
        raise NotPossible(UNDER_WAY)
    return records.fetch_back(user, WinBackRound.objects.within_reach_of(user), pk)


def _whole(user: User, pk: int) -> None:
    if Recovery.objects.filter(winback_round=pk).exclude(pk__in=Recovery.objects.within_reach_of(user)).exists():
        raise NotPossible(_("There are accounts in this round that you do not see: ask who began it"))


def running(user: User, pk: int) -> Recovery:
    row = held(user, pk)
    if row.is_held_out:
        raise NotPossible(_("This account is left alone, to compare: nothing is done"))
    if not row.is_open:
        raise NotPossible(SETTLED)
    return row


def held(user: User, pk: int) -> Recovery:
    """Held until the change is stored."""
    user.must(RecoveryRight.WRITE)
    rows = Recovery.objects.visible_to(user).filter(winback_round__put_away_at=None).select_for_update(of=("self",))
    row: Recovery = rows.select_related("account", "owner", "winback_round").get(pk=pk)
    return row
