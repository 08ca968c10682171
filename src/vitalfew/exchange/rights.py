from vitalfew.people.permissions import DEPARTMENT, STAFF
from vitalfew.people.roles import Role
from vitalfew.rooms import Permission
from vitalfew.terms import gettext_noop as _


class ExchangeRight(Permission):
    """What the exchange of data allows."""

    SEE = "see-exchange", _("See what data accounts give and get"), STAFF
    AGREE = "agree-exchange", _("Agree with accounts on what data each side gives"), DEPARTMENT
    TAKE = "take-data", _("Bring in data of accounts and answer what is odd about it"), DEPARTMENT | {Role.SUPPLY}


RIGHTS = ExchangeRight
