from vitalfew.people.permissions import DEPARTMENT, SEES_ALL_ACCOUNTS, STAFF
from vitalfew.people.roles import Role
from vitalfew.rooms import Permission
from vitalfew.terms import gettext_noop as _


class DirectoryRight(Permission):
    """What the directory allows."""

    SEE = "see-directory", _("See distributors, agents, suppliers and carriers"), STAFF
    FIGURES = "see-directory-figures", _("See their figures over all accounts"), SEES_ALL_ACCOUNTS
    EDIT = (
        "edit-directory",
        _("Add and change distributors, agents, suppliers and carriers"),
        DEPARTMENT | {Role.SUPPLY},
    )
    IMPORT = "import-directory", _("Import a list of them, add all that the facts name"), frozenset(
        {Role.ADMINISTRATOR, Role.DIRECTOR, Role.SUPPLY}
    )  # fmt: skip


RIGHTS = DirectoryRight
