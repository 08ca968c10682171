from vitalfew.people.permissions import Right
from vitalfew.rooms import Entry
from vitalfew.terms import gettext_noop as _

ENTRIES = (Entry(_("Data"), "data", "data", Right.DATA, 1000, also=_("Import, upload, rejected rows")),)
