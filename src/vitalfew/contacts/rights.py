from vitalfew.people.permissions import DEPARTMENT, HEADS, STAFF
from vitalfew.people.roles import Role
from vitalfew.rooms import Permission
from vitalfew.terms import gettext_noop as _


class ContactRight(Permission):
    """What the people at our customers allow."""

    SEE = "see-contacts", _("See the people at customers"), STAFF
    EDIT = "edit-contacts", _("Add and change the people at customers"), DEPARTMENT | {Role.COMPLAINTS, Role.EXECUTIVE}
    ERASE = "erase-contacts", _("Hand out and erase what is kept of a person"), HEADS


RIGHTS = ContactRight
