from vitalfew.duplicates.rights import DuplicateRight
from vitalfew.rooms import Entry
from vitalfew.terms import gettext_noop as _

ENTRIES = (Entry(_("Duplicates"), "duplicates", "link", DuplicateRight.SEE, 750, under="data"),)
