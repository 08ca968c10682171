from vitalfew.activities.rights import ActivityRight
from vitalfew.rooms import Entry
from vitalfew.terms import gettext_noop as _

ENTRIES = (Entry(_("Visits, calls and notes"), "activities", "note", ActivityRight.SEE, 310, under="accounts"),)
