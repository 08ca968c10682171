"""The one table of rights: what can be allowed, and to which roles; a role's reach says how far it sees.

Pages, API, exports, search, reports and background work all ask here. A route names its right when it is declared
(``@needs(...)``); a route without one answers nobody and fails the build. Rooms of the department add their own lines in
their files ``rights``.

How far a role sees accounts is its reach: all of them, or its own (those it manages or whose team it belongs to).
A foreign record is answered as if it did not exist.
"""

from functools import cache
from typing import Final

from django.core.exceptions import PermissionDenied

from vitalfew.people.roles import Role
from vitalfew.rooms import Permission, declared
from vitalfew.terms import gettext_noop as _

EVERYBODY: Final = frozenset(Role)
STAFF: Final = EVERYBODY - {Role.PORTAL}
HEADS: Final = frozenset({Role.ADMINISTRATOR, Role.DIRECTOR})
DEPARTMENT: Final = HEADS | {Role.MANAGER}


class Right(Permission):
    """What the house itself allows."""

    TODAY = "today", _("See Today"), STAFF
    OVERSEE = "oversee", _("See what waits for others"), HEADS
    ACCOUNTS = "accounts", _("See accounts"), STAFF
    MONEY = "money", _("See margins, contribution and lifetime value"), DEPARTMENT | {Role.ANALYST, Role.EXECUTIVE}
    EDIT_ACCOUNTS = "edit-accounts", _("Change accounts and their team"), DEPARTMENT
    ASSIGN = "assign", _("Assign managers in bulk"), HEADS
    EXPORT = "export", _("Export lists"), DEPARTMENT | {Role.ANALYST, Role.MARKETING}
    PORTFOLIO = "portfolio", _("See the portfolio"), HEADS | {Role.EXECUTIVE, Role.ANALYST}
    INSIGHT = "insight", _("Run analyses"), HEADS | {Role.EXECUTIVE, Role.ANALYST}
    DATA = "data", _("See imports"), HEADS | {Role.ANALYST}
    IMPORT = "import", _("Import, take back and refresh"), frozenset({Role.ADMINISTRATOR, Role.ANALYST})
    ADMIN = "admin", _("Manage users, tokens and the audit trail"), frozenset({Role.ADMINISTRATOR})
    SELF = "self", _("Own profile and security"), EVERYBODY
    OPEN = "open", _("Open to everybody"), EVERYBODY


class Forbidden(PermissionDenied):
    """The user has no right to do it."""


@cache
def table() -> tuple[Permission, ...]:
    """Every line: the house's, then each room's."""
    rooms = [line for room in declared("rights") for line in room.RIGHTS]
    return (*Right, *rooms)


SEES_ALL_ACCOUNTS: Final = STAFF - {Role.MANAGER}


def may(role: str, right: Permission) -> bool:
    """Whether the role has the right."""
    return right is Right.OPEN or role in right.roles


def sees_all(role: str) -> bool:
    """Whether the role sees every account, or only its own."""
    return role in SEES_ALL_ACCOUNTS
