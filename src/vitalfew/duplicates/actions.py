"""Decisions about pairs: permission asked, version checked, audit written, in one transaction. Each can be undone."""

from datetime import timedelta
from typing import Any, Final

from django.db import transaction
from django.utils import timezone

from vitalfew.accounts.models import Account
from vitalfew.contacts.models import Person
from vitalfew.duplicates import finding, merging
from vitalfew.duplicates.models import Pair
from vitalfew.duplicates.rights import DuplicateRight
from vitalfew.duplicates.states import Decision, Kind, State
from vitalfew.people import audit
from vitalfew.people.models import User
from vitalfew.people.records import Stale
from vitalfew.warehouse import scorecards

PUT_OFF: Final = timedelta(days=30)


class NotNow(RuntimeError):
    """The merge can't be undone yet: the record that stands was merged into another since."""


def look_asked(user: User) -> None:
    """Somebody wants all records looked through now."""
    user.must(DuplicateRight.DECIDE)
    audit.record(user, "duplicates-find", "duplicates")


@transaction.atomic
def decide(user: User, pk: int, version: int, decision: Decision, kept: str = "one") -> Pair:
    """Merge into ``kept`` (one or other), tell apart for good, or put off; unless somebody decided since ``version``."""
    user.must(DuplicateRight.DECIDE)
    pair = _held(user, pk, version)
    if pair.state not in finding.OPEN:
        raise Stale(pair)
    if decision == Decision.SAME:
        _merge(user, pair, "other" if kept == "other" else "one")
    pair.until = timezone.localdate() + PUT_OFF if decision == Decision.LATER else None
    return _told(user, pair, State[decision.name])


@transaction.atomic
def undo(user: User, pk: int, version: int) -> Pair:
    """The pair waits again; what was merged is two again, each as it was."""
    user.must(DuplicateRight.DECIDE)
    pair = _held(user, pk, version)
    if pair.state == State.SAME:
        _part(user, pair)
    pair.until = None
    return _told(user, pair, State.WAITING)


def _held(user: User, pk: int, version: int) -> Pair:
    pair = Pair.objects.visible_to(user).select_for_update().get(pk=pk)
    if pair.version != version:
        raise Stale(pair)
    return pair


def _told(user: User, pair: Pair, state: State) -> Pair:
    before, pair.state = pair.state, state
    pair.decided_by, pair.decided_at = user.username, timezone.now()
    pair.version += 1
    pair.changed_by = user.username
    pair.save()
    pair.noted(user, "change", {"state": [before, state.value]})
    return pair


def _sides(pair: Pair, kept: str) -> tuple[Any, Any]:
    """The record that stays and the one that goes, held for the change."""
    ids = (pair.one.pk, pair.other.pk)
    model = Account.everyone if pair.kind == Kind.ACCOUNT else Person.objects
    found = {each.pk: each for each in model.select_for_update().filter(pk__in=ids)}
    stays, goes = ids if kept == "one" else ids[::-1]
    return found[stays], found[goes]


def _merge(user: User, pair: Pair, kept: str) -> None:
    stays, goes = _sides(pair, kept)
    if stays.merged_into_id or goes.merged_into_id:
        raise Stale(pair)
    merge = merging.merge_accounts if pair.kind == Kind.ACCOUNT else merging.merge_persons
    pair.moved = {"kept": kept, **merge(stays, goes)}
    counts = {label.rpartition(".")[0]: len(ids) for label, ids in pair.moved["moved"].items()}
    if pair.kind == Kind.ACCOUNT:
        audit.record(user, "account-merge", f"account:{stays.code}", {"merged": goes.code, **counts})
        audit.record(user, "account-merged", f"account:{goes.code}", {"into": stays.code})
        scorecards.wanted.send(Pair)
    else:
        audit.record(user, "person-merge", stays.subject, {"merged": goes.subject, **counts})


def _part(user: User, pair: Pair) -> None:
    stays, goes = _sides(pair, pair.moved["kept"])
    if stays.merged_into_id or goes.merged_into_id != stays.pk:
        raise NotNow
    part = merging.part_accounts if pair.kind == Kind.ACCOUNT else merging.part_persons
    part(stays, goes, pair.moved)
    pair.moved = {}
    if pair.kind == Kind.ACCOUNT:
        audit.record(user, "account-part", f"account:{stays.code}", {"merged": goes.code})
        audit.record(user, "account-parted", f"account:{goes.code}", {"into": stays.code})
        scorecards.wanted.send(Pair)
    else:
        audit.record(user, "person-part", stays.subject, {"merged": goes.subject})
