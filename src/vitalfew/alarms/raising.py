"""What stands becomes alarms, each told once while it lasts; what stands no more ends; what nobody answers goes higher.

A look may be cut off and begun again: an alarm stands once a subject, a person is told once an alarm.
"""

import json
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial
from typing import Final

from django.db import transaction
from django.db.models import Count, Q
from django.utils import timezone

from vitalfew.accounts.models import Account
from vitalfew.accounts.parts import done_since
from vitalfew.alarms.actions import SYSTEM
from vitalfew.alarms.audience import FALLBACK, Audience
from vitalfew.alarms.kinds import kinds
from vitalfew.alarms.models import OPEN, Alarm, AlarmRule, Hook, Post, Telling, Wish
from vitalfew.alarms.timing import when, working_hours
from vitalfew.alarms.unseen import looked
from vitalfew.alarms.words import AlarmState, Why
from vitalfew.batches import batched
from vitalfew.department.workdays import calendar
from vitalfew.outbox.server import is_set_up
from vitalfew.people import audit
from vitalfew.people.models import User
from vitalfew.rooms import Alarming, Matter
from vitalfew.terms import Tier
from vitalfew.warehouse import scorecards
from vitalfew.warehouse.models import Scorecard
from vitalfew.workdays import Calendar

MOST: Final = 500
"""So many alarms of a kind stand at a time: beyond it nobody reads them."""
BATCH: Final = 2000
KEY: Final = (Tier.MVC.value, Tier.MGC.value)
FOLLOWED: Final = timedelta(days=60)
"""So long it is looked for what was done about an alarm."""


@dataclass(frozen=True)
class Look:
    """A look at everything that stands, at one moment."""

    now: datetime
    calendar: Calendar

    @property
    def today(self) -> date:
        return self.now.date()


def look_now(now: datetime | None = None) -> int:
    """Look at every kind that is switched on; gives how many alarms were raised."""
    look = Look(timezone.localtime(now), calendar())
    rules = list(AlarmRule.objects.filter(put_away_at=None, kind__in=list(kinds())))
    _read_for_previews({rule.kind for rule in rules}, look)
    raised = sum(_look_for_itself(rule, kinds()[rule.kind], look) for rule in rules)
    _end_switched_off({rule.kind for rule in rules}, look)
    for rule in rules:
        _escalate(rule, kinds()[rule.kind], look)
    note_what_was_done(look.today)
    return raised


def _read_for_previews(on: set[str], look: Look) -> None:
    """What is read once a refresh is read here, so that no page waits for it."""
    for name, kind in kinds().items():
        if name not in on:
            looked(kind, partial(_begin, kind), look.now)


def _begin(kind: Alarming) -> int:
    next(kind.standing(kind.usual, None), None)
    return 0


def _look_for_itself(rule: AlarmRule, kind: Alarming, look: Look) -> int:
    """Whatever becomes of the others; what stood of a kind that can't be looked at goes on standing."""
    return looked(kind, partial(_look_at, rule, kind, look), look.now)


def standing(rule: AlarmRule, kind: Alarming, back: date | None = None) -> list[Matter]:
    """What the rule is about, of the accounts that it names."""
    threshold = kind.usual if rule.threshold is None else rule.threshold
    found = kind.standing(threshold, back)
    return list(_of_key_accounts(found) if rule.key_only else found)


def _of_key_accounts(found: Iterable[Matter]) -> Iterator[Matter]:
    for some in batched(found, BATCH):
        key = _key({each.account for each in some if each.account})
        yield from (each for each in some if not each.account or each.account in key)


def _key(codes: set[str]) -> set[str]:
    """Those of them that are most valuable or most growable."""
    cards = Scorecard.objects.filter(refresh=scorecards.current(), tier__in=KEY, customer__in=codes)
    return set(cards.values_list("customer", flat=True))


@transaction.atomic
def _look_at(rule: AlarmRule, kind: Alarming, look: Look) -> int:
    found = {each.subject: each for each in standing(rule, kind)}
    standing_now = Alarm.objects.select_for_update(of=("self",)).filter(kind=rule.kind, ended_at=None)
    known = {row.matter: row for row in standing_now.select_related("account")}
    _again([row for subject, row in known.items() if subject in found], look)
    _end([row for subject, row in known.items() if subject not in found], look)
    room = max(MOST - sum(subject in found for subject in known), 0)
    fresh = [each for subject, each in found.items() if subject not in known][:room]
    open_ones = [row for subject, row in known.items() if subject in found and row.is_open]
    _tell(rule, kind, [*open_ones, *_raise(rule, fresh, look)], found, look)
    return len(fresh)


def _again(rows: Sequence[Alarm], look: Look) -> None:
    """It still stands: nobody is told again, and that is counted, once a day."""
    another_day = [row for row in rows if row.last_seen < look.today]
    for row in another_day:
        row.repeats, row.last_seen = row.repeats + 1, look.today
    Alarm.objects.bulk_update(another_day, ["repeats", "last_seen"])


def _end(rows: Sequence[Alarm], look: Look) -> None:
    """It stands no more. What people have said of it stays said."""
    for row in rows:
        row.ended_at, row.version = look.now, row.version + 1
        if row.state in OPEN:
            row.state = AlarmState.ENDED.value
        kind = row.of
        if kind and kind.by_people and row.acted_on is None:
            row.acted_on = look.today
    Alarm.objects.bulk_update(rows, ["ended_at", "version", "state", "acted_on"])


def _end_switched_off(on: set[str], look: Look) -> None:
    """What nobody is to be told of any more stands no more."""
    rows = Alarm.objects.filter(ended_at=None).exclude(kind__in=on)
    rows.filter(state__in=OPEN).update(state=AlarmState.ENDED)
    rows.update(ended_at=look.now)


def _raise(rule: AlarmRule, fresh: Sequence[Matter], look: Look) -> list[Alarm]:
    accounts = {each.code: each for each in Account.objects.filter(code__in={m.account for m in fresh if m.account})}
    before = Alarm.objects.filter(kind=rule.kind, matter__in=[each.subject for each in fresh]).order_by()
    episodes = dict(before.values_list("matter").annotate(n=Count("pk")))
    return Alarm.objects.bulk_create(
        Alarm(
            kind=rule.kind, matter=each.subject, account=accounts.get(each.account), url=each.url, since=each.since,
            said=json.dumps([each.said.stored()], ensure_ascii=False), urgency=rule.urgency, raised_at=look.now,
            last_seen=look.today, episode=episodes.get(each.subject, 0) + 1, made_by=SYSTEM, changed_by=SYSTEM,
        ) for each in fresh
    )  # fmt: skip


def _tell(rule: AlarmRule, kind: Alarming, rows: Sequence[Alarm], found: dict[str, Matter], look: Look) -> None:
    """Each person once, also who became responsible while it lasts; where nobody may be told, the heads are."""
    if not rows:
        return
    audience = Audience([row.account for row in rows if row.account], look.today)
    told: list[tuple[Alarm, User, Why]] = []
    for row in rows:
        concerned = found[row.matter].concerned
        meant = audience.of(rule.to, kind, row.account, concerned)
        others = [] if meant else audience.of([FALLBACK], kind, row.account, ())
        told += [(row, user, Why.ADDRESSED) for user in meant] + [(row, user, Why.FALLBACK) for user in others]
    _write(rule, told, look)
    _post(rule, rows, look)


def _write(rule: AlarmRule, told: Sequence[tuple[Alarm, User, Why]], look: Look) -> None:
    known = set(Telling.objects.filter(alarm__in={row.pk for row, _u, _w in told}).values_list("alarm_id", "user_id"))
    fresh = [(row, user, why) for row, user, why in told if (row.pk, user.pk) not in known]
    wishes = {wish.user_id: wish for wish in Wish.objects.filter(user__in={user.pk for _row, user, _why in fresh})}
    Telling.objects.bulk_create(
        Telling(alarm=row, user=user, why=why.value, told_at=look.now, due_at=_due(rule, user, wishes, look))
        for row, user, why in fresh
    )


def _due(rule: AlarmRule, user: User, wishes: dict[int, Wish], look: Look) -> datetime | None:
    """When he is written to; never where he has no address, or no mail server is named."""
    if not rule.mail or not user.email or not is_set_up():
        return None
    return when(wishes.get(user.pk) or Wish(user=user), rule.urgency, look.now, look.calendar)


def _post(rule: AlarmRule, rows: Sequence[Alarm], look: Look) -> None:
    hooks = list(Hook.objects.filter(pk__in=rule.hooks, put_away_at=None))
    known = (
        set(Post.objects.filter(alarm__in=rows, hook__in=hooks).values_list("alarm_id", "hook_id")) if hooks else set()
    )
    fresh = [(row, hook) for row in rows for hook in hooks if (row.pk, hook.pk) not in known]
    Post.objects.bulk_create(Post(alarm=row, hook=hook, due_at=look.now, made_at=look.now) for row, hook in fresh)


@transaction.atomic
def _escalate(rule: AlarmRule, kind: Alarming, look: Look) -> None:
    """Those that nobody has answered within the rule's working hours are told to whom it names next."""
    if rule.after is None or not rule.higher:
        return
    waiting = Alarm.objects.select_for_update(of=("self",)).filter(
        kind=rule.kind, state=AlarmState.OPEN, escalated_at=None
    )
    late = [row for row in waiting.select_related("account") if _unanswered(row, look) >= rule.after]
    if not late:
        return
    audience = Audience([row.account for row in late if row.account], look.today)
    told = [(row, user, Why.ESCALATED) for row in late for user in _higher(rule, kind, row, audience)]
    _write(rule, told, look)
    Alarm.objects.filter(pk__in=[row.pk for row in late]).update(escalated_at=look.now)
    for row in late:
        who = sorted(user.username for each, user, _why in told if each is row)
        audit.record(SYSTEM, "alarm-escalate", f"alarm:{row.pk}", {"to": who})


def _higher(rule: AlarmRule, kind: Alarming, row: Alarm, audience: Audience) -> Collection[User]:
    """Whom the rule names next; where that is nobody, the heads."""
    return audience.of(rule.higher, kind, row.account, ()) or audience.of([FALLBACK], kind, row.account, ())


def _unanswered(row: Alarm, look: Look) -> float:
    return working_hours(timezone.localtime(row.raised_at), look.now, look.calendar)


def note_what_was_done(today: date) -> None:
    """The first day, from the alarm's on, on which something was done about its account, as the rooms know it."""
    rows = Alarm.objects.filter(acted_on=None, account__isnull=False, raised_at__date__gte=today - FOLLOWED)
    lasting = rows.filter(Q(ended_at=None) | Q(ended_at__date__gte=today - timedelta(days=7))).select_related("account")
    by_day: dict[date, list[Alarm]] = {}
    for row in lasting:
        by_day.setdefault(timezone.localdate(row.raised_at), []).append(row)
    for day, some in by_day.items():
        _note(day, some)


def _note(day: date, rows: Sequence[Alarm]) -> None:
    done = done_since({row.account.code for row in rows if row.account}, day - timedelta(days=1))
    last: dict[str, date] = {}
    for (code, _action), on in done.items():
        last[code] = min(on, last.get(code, on))
    acted = [row for row in rows if row.account and row.account.code in last]
    for row in acted:
        row.acted_on = last[row.account.code] if row.account else None
    Alarm.objects.bulk_update(acted, ["acted_on"])
