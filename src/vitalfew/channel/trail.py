from vitalfew.terms import gettext_noop as _

STEPS = {"channel-add": _("Longest wait set"), "channel-change": _("Longest wait changed")}
FIELDS = {"longest": _("Working days that anybody waits at most")}
