"""The roles of the house."""

from typing import Final

from vitalfew.terms import Term
from vitalfew.terms import gettext_noop as _


class Role(Term):
    """A user has one role; what it may do stands in ``permissions``."""

    ADMINISTRATOR = "administrator", _("Administrator")
    DIRECTOR = "director", _("Head of key accounts")
    MANAGER = "manager", _("Key account manager")
    COMPLAINTS = "complaints", _("Complaint handler")
    SUPPLY = "supply", _("Supply coordinator")
    MARKETING = "marketing", _("Marketing")
    ANALYST = "analyst", _("Analyst")
    EXECUTIVE = "executive", _("Executive")
    PORTAL = "portal", _("Customer (portal)")


GIVEN: Final = tuple(role for role in Role if role is not Role.PORTAL)
"""The roles that can be given to us; the last is that of a visitor, made by giving access to the portal alone."""
