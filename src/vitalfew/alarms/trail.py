from vitalfew.terms import gettext_noop as _

STEPS = {
    "alarm-add": _("Alarm raised"), "alarm-put-away": _("Alarm put away"), "alarm-fetch-back": _("Alarm fetched back"),
    "wish-put-away": _("Wishes about alarms put away"), "wish-fetch-back": _("Wishes about alarms fetched back"),
    "alarm-change": _("Alarm acknowledged, done or opened again"), "alarm-escalate": _("Alarm went higher"),
    "alarmrule-add": _("Kind of alarm switched on"), "alarmrule-change": _("Rule of an alarm changed"),
    "alarmrule-put-away": _("Kind of alarm switched off"), "alarmrule-fetch-back": _("Kind of alarm switched on again"),
    "hook-add": _("Address for posts entered"), "hook-change": _("Address for posts changed"),
    "hook-put-away": _("Address for posts put away"), "hook-fetch-back": _("Address for posts fetched back"),
    "hook-try": _("Trial post sent"), "wish-add": _("Said how one is told of alarms"),
    "wish-change": _("Changed how one is told of alarms"),
}  # fmt: skip
FIELDS = {
    "to": _("Who is told"), "higher": _("Who is told then"), "after": _("Working hours until it goes higher"),
    "hooks": _("Posted to"), "threshold": _("From how much on"), "key_only": _("Most valuable and growable accounts alone"),
    "urgency": _("Urgency"), "mail": _("By mail too"), "quiet_from": _("Quiet from"), "quiet_until": _("Quiet until"),
    "workdays_only": _("On working days alone"), "digest_at": _("Digest at"), "urgent": _("Urgent ones"),
    "normal": _("Normal ones"), "low": _("For information"), "breaks": _("Urgent ones in quiet hours too"),
}  # fmt: skip
