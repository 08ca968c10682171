from vitalfew.activities.rights import ActivityRight
from vitalfew.rooms import Entry
from vitalfew.terms import gettext_noop as _

QUICK = (
    Entry(_("Log a visit or call"), "activity-new", "plus", ActivityRight.LOG, 10, also=_("Visit, call, WeChat, note")),
)
