from vitalfew.people.permissions import DEPARTMENT, HEADS, STAFF
from vitalfew.people.roles import Role
from vitalfew.rooms import Permission
from vitalfew.terms import gettext_noop as _


class OutboxRight(Permission):
    """What letters to customers allow; writing one is a matter of the room that does."""

    SEE = "see-letters", _("See letters to customers, and what became of them"), STAFF
    SEND = (
        "send-letters", _("Stop letters to customers, and send them again"), DEPARTMENT | {Role.COMPLAINTS, Role.MARKETING},
    )  # fmt: skip
    WORD = "word-letters", _("Set how letters to customers begin and end"), HEADS


RIGHTS = OutboxRight
