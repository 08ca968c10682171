from vitalfew.portal.rights import PortalRight
from vitalfew.rooms import Entry
from vitalfew.terms import gettext_noop as _

ENTRIES = (Entry(_("Customer portal"), "portal-access", "external", PortalRight.SEE, 346, under="accounts"),)
