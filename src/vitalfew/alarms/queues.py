from vitalfew.alarms.models import Alarm
from vitalfew.alarms.words import AlarmState
from vitalfew.rooms import Queue
from vitalfew.terms import gettext_noop as _

ALARMS = Queue(
    "alarms", _("Alarms"), Alarm.objects.all, {"state": AlarmState.OPEN.value}, "raised_at", "answered_at",
    first=("-weight",),
)  # fmt: skip
"""``weight`` is told of each by the list."""
QUEUES = (ALARMS,)
