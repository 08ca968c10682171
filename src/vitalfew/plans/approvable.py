from vitalfew.people.models import User
from vitalfew.people.permissions import HEADS
from vitalfew.people.roles import Role
from vitalfew.plans import actions, versions
from vitalfew.plans.rights import AccountPlanRight
from vitalfew.rooms import Approvable
from vitalfew.terms import gettext_noop as _


def became(user: User, number: int, state: str) -> None:
    actions.decided(user, number, state, versions.content)


KINDS = (
    Approvable(
        actions.KIND,
        _("Account plan"),
        AccountPlanRight.SEE,
        AccountPlanRight.AGREE,
        HEADS | {Role.EXECUTIVE},
        became=became,
    ),
)
