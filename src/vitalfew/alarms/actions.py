"""Changes to alarms, rules, addresses and wishes: permission asked, version checked, audit written, in one transaction."""

from collections.abc import Collection, Mapping
from typing import Any, Final

from django.db import transaction
from django.utils import timezone

from vitalfew.alarms.kinds import kinds
from vitalfew.alarms.models import OPEN, Alarm, AlarmRule, Hook, Post, Wish
from vitalfew.alarms.rights import AlarmRight
from vitalfew.alarms.words import AlarmState
from vitalfew.people import audit, records
from vitalfew.people.models import User
from vitalfew.people.records import NotPossible, Stale
from vitalfew.terms import gettext_noop as _

SYSTEM: Final = "system"
"""Who does what nobody of ours did."""

OF_RULE: Final = ("urgency", "threshold", "key_only", "to", "mail", "hooks", "after", "higher")
OF_HOOK: Final = ("name", "way", "url", "secret", "inside", "names", "language")
OF_WISH: Final = (
    "urgent",
    "normal",
    "low",
    "digest_at",
    "quiet_from",
    "quiet_until",
    "workdays_only",
    "breaks",
)


@transaction.atomic
def acknowledge(user: User, pk: int, version: int) -> Alarm:
    """Somebody knows, and sees to it: it goes no higher."""
    _standing(user, pk, (AlarmState.OPEN,))
    return _answered(user, pk, version, AlarmState.SEEN)


@transaction.atomic
def finish(user: User, pk: int, version: int) -> Alarm:
    """What was to do is done; while the same still stands, nobody is told again."""
    row = _standing(user, pk, OPEN)
    return _answered(user, pk, version, AlarmState.DONE, acted_on=row.acted_on or timezone.localdate())


def acknowledge_all(user: User, numbers: Collection[int]) -> int:
    """Those of them that wait, each as if alone; gives how many."""
    done = 0
    for row in Alarm.objects.visible_to(user).filter(pk__in=numbers, state=AlarmState.OPEN):
        try:
            acknowledge(user, row.pk, row.version)
        except (NotPossible, Stale):
            continue
        done += 1
    return done


@transaction.atomic
def reopen(user: User, pk: int) -> Alarm:
    """As if nobody had answered; what ended stays ended."""
    row = _standing(user, pk, (AlarmState.SEEN, AlarmState.DONE))
    if row.ended_at:
        raise NotPossible(_("What it tells of stands no more"))
    fields: dict[str, Any] = {"state": AlarmState.OPEN.value, "answered_by": None, "answered_at": None}
    if row.state == AlarmState.DONE and row.answered_at and row.acted_on == timezone.localdate(row.answered_at):
        fields["acted_on"] = None
    return records.change(user, Alarm.objects.visible_to(user), pk, row.version, fields)


def _standing(user: User, pk: int, states: Collection[AlarmState]) -> Alarm:
    user.must(AlarmRight.SEE)
    row = Alarm.objects.visible_to(user).get(pk=pk)
    if row.state not in states:
        raise NotPossible(_("Somebody answered it meanwhile, or it ended by itself"))
    return row


def _answered(user: User, pk: int, version: int, state: AlarmState, **more: Any) -> Alarm:
    fields = {"state": state.value, "answered_by": user, "answered_at": timezone.now(), **more}
    return records.change(user, Alarm.objects.visible_to(user), pk, version, fields)


@transaction.atomic
def switch_on(user: User, kind: str, fields: Mapping[str, Any]) -> AlarmRule:
    """From the next look on, what stands of this kind is told."""
    user.must(AlarmRight.RULE)
    if kind not in kinds():
        raise NotPossible(_("There is no such kind of alarm"))
    if AlarmRule.objects.select_for_update().filter(kind=kind, put_away_at=None).exists():
        raise NotPossible(_("It is switched on already: change its rule"))
    return records.make(user, AlarmRule(kind=kind, **fields))


@transaction.atomic
def begin() -> None:
    """What no house should be without is on until somebody switches it off."""
    known = set(AlarmRule.objects.values_list("kind", flat=True))
    for kind in kinds().values():
        if kind.from_start and kind.value not in known:
            row = AlarmRule(kind=kind.value, urgency=kind.urgency, to=list(kind.to), mail=True, made_by=SYSTEM)
            row.save()
            audit.record(SYSTEM, "alarmrule-add", row.subject, row.filled())


@transaction.atomic
def change_rule(user: User, pk: int, version: int, fields: Mapping[str, Any]) -> AlarmRule:
    user.must(AlarmRight.RULE)
    return records.change(user, AlarmRule.objects.visible_to(user), pk, version, fields)


@transaction.atomic
def switch_off(user: User, pk: int) -> AlarmRule:
    """What stands of this kind ends with the next look."""
    user.must(AlarmRight.RULE)
    return records.put_away(user, AlarmRule.objects.visible_to(user), pk)


@transaction.atomic
def switch_on_again(user: User, pk: int) -> AlarmRule:
    user.must(AlarmRight.RULE)
    row = AlarmRule.objects.within_reach_of(user).get(pk=pk)
    if AlarmRule.objects.filter(kind=row.kind, put_away_at=None).exclude(pk=pk).exists():
        raise NotPossible(_("It is switched on already: change its rule"))
    return records.fetch_back(user, AlarmRule.objects.within_reach_of(user), pk)


@transaction.atomic
def add_hook(user: User, fields: Mapping[str, Any]) -> Hook:
    user.must(AlarmRight.POST)
    return records.make(user, Hook(**fields))


@transaction.atomic
def change_hook(user: User, pk: int, version: int, fields: Mapping[str, Any]) -> Hook:
    user.must(AlarmRight.POST)
    return records.change(user, Hook.objects.visible_to(user), pk, version, fields)


@transaction.atomic
def drop_hook(user: User, pk: int) -> Hook:
    """Nothing is posted to it any more."""
    user.must(AlarmRight.POST)
    return records.put_away(user, Hook.objects.visible_to(user), pk)


@transaction.atomic
def fetch_hook_back(user: User, pk: int) -> Hook:
    user.must(AlarmRight.POST)
    return records.fetch_back(user, Hook.objects.within_reach_of(user), pk)


@transaction.atomic
def try_hook(user: User, pk: int) -> Post:
    """A trial post, and another try of what failed."""
    user.must(AlarmRight.POST)
    hook, now = Hook.objects.visible_to(user).get(pk=pk), timezone.now()
    failed = Post.objects.filter(hook=hook, sent_at=None, due_at=None).exclude(trouble="").exclude(alarm=None)
    failed.update(due_at=now, tries=0)
    audit.record(user, "hook-try", hook.subject)
    return Post.objects.create(hook=hook, due_at=now)


@transaction.atomic
def wish(user: User, version: int, fields: Mapping[str, Any]) -> Wish:
    """How the user himself is told from now on."""
    user.must(AlarmRight.SEE)
    row = Wish.objects.filter(user=user).first()
    if row is None:
        return records.make(user, Wish(user=user, **fields))
    return records.change(user, Wish.objects.filter(user=user), row.pk, version, fields)
