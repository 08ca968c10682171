from vitalfew.people.permissions import DEPARTMENT, HEADS, STAFF
from vitalfew.people.roles import Role
from vitalfew.rooms import Permission
from vitalfew.terms import gettext_noop as _


class PeakRight(Permission):
    """What peak seasons allow."""

    SEE = "see-peaks", _("See peak seasons and what is agreed on for them"), STAFF
    MAKE = "make-peaks", _("Agree on peak seasons with accounts"), DEPARTMENT | {Role.SUPPLY}
    ANSWER = "answer-peaks", _("Answer for production and transport before a peak season"), HEADS | {Role.SUPPLY}


RIGHTS = PeakRight
