"""What becomes of a check: done, with what was found; left out, with the reason; taken back; handed to somebody else."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from vitalfew.accounts.actions import keep_file
from vitalfew.accounts.models import AccountFile
from vitalfew.activities.models import Activity
from vitalfew.department.workdays import calendar
from vitalfew.journeys.actions import UNSETTLED, settled
from vitalfew.journeys.composing import asked
from vitalfew.journeys.due import due
from vitalfew.journeys.models import Check, Journey
from vitalfew.journeys.rights import JourneyRight
from vitalfew.journeys.words import CheckState, End, Result
from vitalfew.people import records
from vitalfew.people.models import User
from vitalfew.people.records import NotPossible
from vitalfew.promises import actions as promises
from vitalfew.promises.models import Promise
from vitalfew.promises.rights import PromiseRight
from vitalfew.promises.words import Origin
from vitalfew.terms import gettext_noop as _

Upload = tuple[str, bytes]
SETTLED_NOW: Final = frozenset({CheckState.FINE.value, CheckState.TROUBLE.value})


@transaction.atomic
def do(
    user: User, pk: int, version: int, *, on: date, result: str = Result.FINE.value, note: str = "",
    file: Upload | None = None, document: AccountFile | None = None, activity: Activity | None = None,
    promise: str = "", promise_due: date | None = None,
) -> Check:  # fmt: skip
    """It was done on a day, or needs not be; trouble may become a promise in the same step."""
    check = _open(user, pk)
    if on > timezone.localdate():
        raise NotPossible(_("This day lies ahead: settle it when it has come"))
    shown = file or document or activity
    if check.evidence and result != Result.SPARED and not shown:
        raise NotPossible(_("This check asks for evidence: add a document or a touch of the account"))
    if result != Result.FINE and not note.strip():
        raise NotPossible(_("Say in a few words what was found, or why it does not apply"))
    fields: dict[str, Any] = {"state": result, "settled_on": on, "settled_by": user, "note": note, "activity": activity}
    fields["file"] = keep_file(user, check.account, settings.HOME, *file) if file else document
    if promise.strip():
        fields["promise"] = _promised(user, check, on, promise, promise_due or on)
    return _settled(user, check, version, fields)


def _promised(user: User, check: Check, on: date, text: str, by: date) -> Promise:
    if not user.may(PromiseRight.MAKE):
        raise NotPossible(_("You may not write down promises: ask the account's manager"))
    fields = {
        "text": text, "origin": Origin.SERVICE.value, "reference": check.journey.order, "department": check.function,
        "owner": check.journey.owner or user, "made_on": on, "due": by, "person": None,
    }  # fmt: skip
    return promises.promise(user, check.account, fields)


@transaction.atomic
def leave_out(user: User, pk: int, version: int, *, why: str) -> Check:
    """It is not done, and somebody says why; it counts as not done in time."""
    check = _open(user, pk)
    fields = {"state": CheckState.LEFT_OUT.value, "settled_on": timezone.localdate(), "settled_by": user, "note": why}
    return _settled(user, check, version, fields)


def _settled(user: User, check: Check, version: int, fields: Mapping[str, Any]) -> Check:
    done: Check = records.change(user, Check.objects.visible_to(user), check.pk, version, fields)
    if done.months:
        _follows(user, done)
    settled(user, check.journey)
    return done


def _follows(user: User, check: Check) -> None:
    """What comes again is due again; once, however often this round is settled."""
    if _next(check) is None:
        base = (
            check.settled_on if check.state in SETTLED_NOW else max(check.due or date.min, check.settled_on or date.min)
        )
        Check.objects.create(
            journey=check.journey, checkpoint=check.checkpoint, round=check.round + 1, owner=check.owner, **asked(check),
            due=due(base, calendar(), check.days, check.months), made_by=user.username, changed_by=user.username,
        )  # fmt: skip


def _next(check: Check) -> Check | None:
    rows = check.journey.checks.filter(checkpoint=check.checkpoint, title=check.title, round=check.round + 1)
    return rows.filter(put_away_at=None).first()


@transaction.atomic
def reopen(user: User, pk: int) -> Check:
    """As if it had not been settled; the round that followed goes, unless something was done with it."""
    check = _held(user, pk)
    if check.is_open:
        raise NotPossible(_("It is open"))
    if not check.journey.is_open and check.journey.end != End.COMPLETE:
        raise NotPossible(_("Its journey is closed: open that again first"))
    follows = _next(check) if check.months else None
    if follows and not follows.is_open:
        raise NotPossible(_("A later round of it is settled already"))
    if follows:
        records.put_away(user, Check.objects.visible_to(user), follows.pk)
    _journey_open(user, check.journey)
    done: Check = records.change(user, Check.objects.visible_to(user), pk, check.version, UNSETTLED)
    settled(user, done.journey)
    return done


def _journey_open(user: User, row: Journey) -> None:
    """One that was complete is not, any more."""
    if not row.is_open:
        fields = {"closed_on": None, "end": "", "why": ""}
        records.change(user, Journey.objects.visible_to(user), row.pk, row.version, fields)
        row.refresh_from_db()


@transaction.atomic
def hand_on(user: User, pk: int, version: int, *, owner: User) -> Check:
    """Somebody else does it."""
    check = _open(user, pk)
    done: Check = records.change(user, Check.objects.visible_to(user), check.pk, version, {"owner": owner})
    return done


def _held(user: User, pk: int) -> Check:
    user.must(JourneyRight.CHECK)
    rows = Check.objects.visible_to(user).select_for_update(of=("self",))
    check: Check = rows.select_related("journey", "journey__account", "journey__owner", "checkpoint").get(pk=pk)
    return check


def _open(user: User, pk: int) -> Check:
    check = _held(user, pk)
    if not check.is_open:
        raise NotPossible(_("It is settled already: take that back first"))
    return check
