from vitalfew.people.permissions import Right
from vitalfew.rooms import Entry
from vitalfew.terms import gettext_noop as _

ENTRIES = (Entry(_("Accounts"), "accounts", "accounts", Right.ACCOUNTS, 300, also=_("Export, CSV, Excel")),)
