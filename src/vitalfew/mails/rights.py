from vitalfew.people.permissions import STAFF
from vitalfew.rooms import Permission
from vitalfew.terms import gettext_noop as _


class MailRight(Permission):
    """What mail that came in allows: everybody his own, administrators all."""

    SEE = "see-mails", _("See mails one sent or received, and where they went"), STAFF
    MATCH = "match-mails", _("Say which account a mail belongs to"), STAFF


RIGHTS = MailRight
