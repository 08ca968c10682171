from vitalfew.people.permissions import DEPARTMENT, HEADS, STAFF, Right
from vitalfew.rooms import Permission
from vitalfew.terms import gettext_noop as _


class StakeholderRight(Permission):
    """What the stakeholder map allows."""

    SEE = "see-stakeholders", _("See stakeholder maps"), STAFF
    STATE = "state-acquaintance", _("State how well one knows a person at a customer"), STAFF
    COVERAGE = "see-coverage", _("See which of us is to meet whom, which follows the tiers"), Right.MONEY.roles
    PLAN = "plan-coverage", _("Plan for an account whom to meet at which level"), DEPARTMENT
    PLAN_HOUSE = "plan-coverage-house", _("Plan for all accounts of a tier whom to meet at which level"), HEADS


RIGHTS = StakeholderRight
