from vitalfew.people.permissions import DEPARTMENT, HEADS, STAFF
from vitalfew.people.roles import Role
from vitalfew.rooms import Permission
from vitalfew.terms import gettext_noop as _


class RescueRight(Permission):
    """What rescue plans allow. Causes, chances and money in them are told to those alone who may see money."""

    SEE = "see-rescues", _("See rescue plans"), STAFF
    STEP = "settle-rescue-steps", _("Settle steps of rescue plans"), STAFF - {Role.ANALYST}
    LEAD = "lead-rescues", _("Begin and end rescue plans"), DEPARTMENT
    PLAYBOOK = "define-playbook", _("Define what is done against each cause of leaving"), HEADS
    THRESHOLD = "set-warning-threshold", _("Set from which risk on accounts are warned of"), HEADS


RIGHTS = RescueRight
