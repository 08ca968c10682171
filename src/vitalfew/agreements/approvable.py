"""What of agreements a second person approves: the agreement itself, and that a penalty is waived."""

from vitalfew.agreements import actions, breaching
from vitalfew.agreements.rights import AgreementRight
from vitalfew.people.permissions import HEADS
from vitalfew.people.roles import Role
from vitalfew.rooms import Approvable
from vitalfew.terms import gettext_noop as _

ABOVE = HEADS | {Role.EXECUTIVE}

KINDS = (
    Approvable(
        actions.KIND, _("Agreement"), AgreementRight.SEE, AgreementRight.APPROVE, ABOVE, became=actions.became
    ),
    Approvable(
        breaching.KIND, _("Waiver of a penalty"), AgreementRight.SEE, AgreementRight.WAIVE, ABOVE,
        became=breaching.became,
    ),
)  # fmt: skip
