from vitalfew.alarms.rights import AlarmRight
from vitalfew.rooms import Entry
from vitalfew.terms import gettext_noop as _

ENTRIES = (
    Entry(_("Alarms"), "alarms", "bell", AlarmRight.SEE, 128, under="today"),
    Entry(_("How I am told"), "alarm-wish", "snooze", AlarmRight.SEE, 138, under="today"),
    Entry(_("Rules of alarms"), "alarm-rules", "bell", AlarmRight.RULE, 418, under="department"),
    Entry(_("Alarms that are noise"), "alarm-noise", "chart", AlarmRight.RULE, 428, under="department"),
    Entry(_("Alarms to other systems"), "alarm-hooks", "external", AlarmRight.POST, 1118, under="admin"),
)
