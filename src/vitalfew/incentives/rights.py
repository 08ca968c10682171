from vitalfew.people.permissions import DEPARTMENT, HEADS
from vitalfew.people.roles import Role
from vitalfew.rooms import Permission
from vitalfew.terms import gettext_noop as _


class IncentiveRight(Permission):
    """What incentives allow."""

    SEE = (
        "see-incentives",
        _("See incentive schemes and what accounts earned"),
        DEPARTMENT | {Role.MARKETING, Role.EXECUTIVE, Role.ANALYST},
    )
    TOTALS = (
        "see-incentive-totals",
        _("See what schemes cost over all accounts, and bookings"),
        HEADS | {Role.MARKETING, Role.EXECUTIVE, Role.ANALYST},
    )
    MAKE = "make-incentives", _("Draft and simulate incentive schemes"), HEADS | {Role.MARKETING}
    APPROVE = "approve-incentives", _("Approve incentive schemes and reversals"), HEADS | {Role.EXECUTIVE}
    RECORD = "record-incentive-cases", _("Record training and breaches with evidence"), DEPARTMENT | {Role.MARKETING}
    BOOK = "book-incentives", _("Book what accounts earned, and ask for reversals"), HEADS


RIGHTS = IncentiveRight
