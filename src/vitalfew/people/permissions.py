"""The one table of rights: what × action → the roles that may, and how far they see.

Pages, API, exports, search, reports and background work all ask here. A route names its right when it is declared
(``@needs(...)``); a route without one answers nobody and fails the build.

How far a role sees accounts is its reach: all of them, or its own (those it manages or whose team it belongs to).
A foreign record is answered as if it did not exist.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from vitalfew.people.roles import Role
from vitalfew.terms import Term
from vitalfew.terms import gettext_noop as _


class Right(Term):
    """What can be allowed."""

    TODAY = "today", _("See Today")
    ACCOUNTS = "accounts", _("See accounts")
    MONEY = "money", _("See margins, contribution and lifetime value")
    EDIT_ACCOUNTS = "edit-accounts", _("Change accounts and their team")
    ASSIGN = "assign", _("Assign managers in bulk")
    EXPORT = "export", _("Export lists")
    PORTFOLIO = "portfolio", _("See the portfolio")
    SEE_REVIEWS = "see-reviews", _("See tier reviews")
    PROPOSE_TIERS = "propose-tiers", _("Propose and decide tiers")
    APPROVE_TIERS = "approve-tiers", _("Approve tier reviews")
    INSIGHT = "insight", _("Run analyses")
    DATA = "data", _("See imports")
    IMPORT = "import", _("Import, take back and refresh")
    ADMIN = "admin", _("Manage users, tokens and the audit trail")
    SELF = "self", _("Own profile and security")
    OPEN = "open", _("Open to everybody")


STAFF: Final = frozenset(Role) - {Role.PORTAL}
EVERYBODY: Final = frozenset(Role)
DEPARTMENT: Final = frozenset({Role.ADMINISTRATOR, Role.DIRECTOR, Role.MANAGER})

TABLE: Final[Mapping[Right, frozenset[Role]]] = MappingProxyType(
    {
        Right.TODAY: STAFF,
        Right.ACCOUNTS: STAFF,
        Right.MONEY: DEPARTMENT | {Role.ANALYST, Role.EXECUTIVE},
        Right.EDIT_ACCOUNTS: DEPARTMENT,
        Right.ASSIGN: frozenset({Role.ADMINISTRATOR, Role.DIRECTOR}),
        Right.EXPORT: DEPARTMENT | {Role.ANALYST, Role.MARKETING},
        Right.PORTFOLIO: frozenset({Role.ADMINISTRATOR, Role.DIRECTOR, Role.EXECUTIVE, Role.ANALYST}),
        Right.SEE_REVIEWS: DEPARTMENT | {Role.ANALYST, Role.EXECUTIVE},
        Right.PROPOSE_TIERS: frozenset({Role.ADMINISTRATOR, Role.DIRECTOR, Role.ANALYST}),
        Right.APPROVE_TIERS: frozenset({Role.ADMINISTRATOR, Role.DIRECTOR, Role.EXECUTIVE}),
        Right.INSIGHT: frozenset({Role.ADMINISTRATOR, Role.DIRECTOR, Role.EXECUTIVE, Role.ANALYST}),
        Right.DATA: frozenset({Role.ADMINISTRATOR, Role.DIRECTOR, Role.ANALYST}),
        Right.IMPORT: frozenset({Role.ADMINISTRATOR, Role.ANALYST}),
        Right.ADMIN: frozenset({Role.ADMINISTRATOR}),
        Right.SELF: EVERYBODY,
    }
)

SEES_ALL_ACCOUNTS: Final = STAFF - {Role.MANAGER}


def may(role: str, right: Right) -> bool:
    """Whether the role has the right."""
    return right is Right.OPEN or role in TABLE[right]


def sees_all(role: str) -> bool:
    """Whether the role sees every account, or only its own."""
    return role in SEES_ALL_ACCOUNTS
