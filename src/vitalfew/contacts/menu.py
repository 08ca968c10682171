from vitalfew.contacts.rights import ContactRight
from vitalfew.rooms import Entry
from vitalfew.terms import gettext_noop as _

ENTRIES = (Entry(_("Contacts"), "contacts", "user", ContactRight.SEE, 350),)
