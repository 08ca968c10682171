from vitalfew.people.permissions import Right
from vitalfew.rooms import Entry
from vitalfew.terms import gettext_noop as _

BULK = (Entry(_("Change the manager"), "reassign", "users", Right.ASSIGN, 10),)
