from vitalfew.people.permissions import HEADS, STAFF
from vitalfew.people.roles import Role
from vitalfew.rooms import Permission
from vitalfew.terms import gettext_noop as _


class AlarmRight(Permission):
    """What alarms allow."""

    SEE = "see-alarms", _("See and answer the alarms one was told of; heads see all"), STAFF
    RULE = "alarm-rules", _("Say which alarms there are, and who is told"), HEADS
    POST = (
        "alarm-posts",
        _("Enter addresses of other systems that alarms are posted to"),
        frozenset({Role.ADMINISTRATOR}),
    )


RIGHTS = AlarmRight
