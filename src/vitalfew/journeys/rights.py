from vitalfew.people.permissions import DEPARTMENT, HEADS, STAFF
from vitalfew.people.roles import Role
from vitalfew.rooms import Permission
from vitalfew.terms import gettext_noop as _


class JourneyRight(Permission):
    """What service journeys allow."""

    SEE = "see-journeys", _("See service journeys and their checks"), STAFF
    DEFINE = "define-journeys", _("Define templates of service journeys"), HEADS
    OPEN = "open-journeys", _("Begin, correct and close service journeys"), DEPARTMENT | {Role.SUPPLY, Role.MARKETING}
    CHECK = "check-journeys", _("Do the checks of service journeys"), STAFF


RIGHTS = JourneyRight
