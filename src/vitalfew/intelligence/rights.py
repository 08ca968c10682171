from vitalfew.people.permissions import DEPARTMENT, STAFF
from vitalfew.people.roles import Role
from vitalfew.rooms import Permission
from vitalfew.terms import gettext_noop as _


class IntelligenceRight(Permission):
    """What intelligence allows."""

    SEE = "see-intelligence", _("See what is known of accounts"), STAFF
    MARKET = (
        "see-market-intelligence", _("See what is known of competitors and the market"),
        DEPARTMENT | {Role.MARKETING, Role.ANALYST, Role.EXECUTIVE},
    )  # fmt: skip
    ADD = "add-intelligence", _("Write down and confirm what is known"), STAFF
    SETTLE = (
        "settle-intelligence", _("Settle facts that contradict each other"), DEPARTMENT | {Role.MARKETING, Role.ANALYST}
    )  # fmt: skip
    COMPETITORS = "edit-competitors", _("Change and put away competitors"), DEPARTMENT | {Role.MARKETING}


RIGHTS = IntelligenceRight
