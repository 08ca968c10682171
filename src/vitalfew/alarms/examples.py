"""What the demo house is told of: kinds that are switched on, what stands now, and a year of which some was noise."""

import json
from datetime import datetime, time, timedelta
from typing import Any, Final

from django.utils import timezone

from vitalfew.accounts.alarming import OWES, UNUSUAL
from vitalfew.accounts.largest import largest
from vitalfew.accounts.models import Account
from vitalfew.alarms import actions
from vitalfew.alarms.actions import SYSTEM
from vitalfew.alarms.forms import begun
from vitalfew.alarms.kinds import kinds
from vitalfew.alarms.models import Alarm, AlarmRule, Telling
from vitalfew.alarms.raising import look_now
from vitalfew.alarms.words import AlarmState
from vitalfew.language import Message, Word
from vitalfew.people.models import User
from vitalfew.people.roles import Role
from vitalfew.terms import AnomalyKind, CreditSign

ON: Final = ("promise-overdue", "approval-waiting", "leaving", "complaint-open", "credit", "unusual", "import-failed")
HIGHER: Final = {"promise-overdue": 8, "complaint-open": 16}
"""Kinds that go to the head of key accounts after so many working hours."""
ROUNDS: Final = (320, 270, 220, 170, 120)
"""So many days ago the same was told before."""
LASTED: Final = 24
UNTIL_DONE: Final = 3
EVERY: Final = 3
"""Of the alarms about credit, every third led to nothing; of those about unusual buying, all."""


def plant() -> None:
    """Once."""
    if AlarmRule.objects.exclude(made_by=SYSTEM).exists():
        return
    director = User.objects.get(username="director")
    _past(largest())
    for name in ON:
        actions.switch_on(director, name, _usual(name))
    look_now()
    if row := Alarm.objects.filter(state=AlarmState.OPEN, kind="complaint-open").order_by("pk").first():
        actions.acknowledge(director, row.pk, row.version)


def _usual(name: str) -> dict[str, Any]:
    """As its kind proposes; some go higher."""
    kind = kinds()[name]
    said = begun(kind, None)
    after = HIGHER.get(name)
    return {
        "urgency": said["urgency"], "threshold": kind.usual if kind.threshold else None, "key_only": said["key_only"],
        "to": list(kind.to), "mail": True, "hooks": [], "after": after,
        "higher": [f"role:{Role.DIRECTOR}"] if after else [],
    }  # fmt: skip


def _past(accounts: list[Account]) -> None:
    """What was told in the year before, and ended."""
    for days in ROUNDS:
        for place, account in enumerate(accounts):
            name = {"account": account.name}
            silence = Message(UNUSUAL, {**name, "kind": Word(AnomalyKind.DROP.label)})
            owing = Message(OWES, {**name, "sign": Word(CreditSign.SLOWER.label)})
            _told("unusual", account, silence, days + place)
            _told("credit", account, owing, days - place, acted=place % EVERY != 0)


def _told(kind: str, account: Account, said: Message, days: int, *, acted: bool = False) -> None:
    today = timezone.localdate()
    raised = today - timedelta(days=days)
    begin, end = (_at(raised), _at(raised + timedelta(days=LASTED)))
    manager = account.manager
    row = Alarm.objects.create(
        kind=kind, matter=f"account:{account.code}", account=account, urgency=kinds()[kind].urgency, raised_at=begin,
        said=json.dumps([said.stored()], ensure_ascii=False), last_seen=end.date(), ended_at=end, repeats=LASTED,
        state=AlarmState.DONE if acted else AlarmState.ENDED, made_by=SYSTEM, changed_by=SYSTEM,
        acted_on=raised + timedelta(days=UNTIL_DONE) if acted else None, answered_by=manager if acted else None,
        answered_at=_at(raised + timedelta(days=1)) if acted else None,
    )  # fmt: skip
    if manager:
        Telling.objects.create(alarm=row, user=manager, told_at=begin)


def _at(day: Any) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(9)))
