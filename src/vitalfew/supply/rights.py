from vitalfew.people.permissions import HEADS, STAFF
from vitalfew.people.roles import Role
from vitalfew.rooms import Permission
from vitalfew.terms import gettext_noop as _


class SupplyRight(Permission):
    """What supply allows."""

    SEE = "see-supply", _("See stock, weeks of cover and accounts at risk"), STAFF
    WORK = "work-supply", _("Enter capacity and lead times, answer for products that run short"), HEADS | {Role.SUPPLY}
    RESERVE = "reserve-supply", _("Approve what is reserved for accounts, up to the own limit"), HEADS | {Role.SUPPLY}


RIGHTS = SupplyRight
