from vitalfew.people.permissions import HEADS, STAFF
from vitalfew.people.roles import Role
from vitalfew.rooms import Permission
from vitalfew.terms import gettext_noop as _


class SurveyRight(Permission):
    """What surveys allow."""

    SEE = "see-surveys", _("See surveys and the answers of one's accounts"), STAFF
    PLAN = "plan-surveys", _("Write questionnaires, run surveys, send their links"), HEADS | {Role.MARKETING}
    PULSE = "survey-colleagues", _("Survey colleagues, and see what came of it"), HEADS


RIGHTS = SurveyRight
