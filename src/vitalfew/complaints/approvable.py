from vitalfew.complaints.compensating import KIND, became
from vitalfew.complaints.rights import ComplaintRight
from vitalfew.people.permissions import HEADS
from vitalfew.people.roles import Role
from vitalfew.rooms import Approvable
from vitalfew.terms import gettext_noop as _

KINDS = (
    Approvable(
        KIND, _("Compensation"), ComplaintRight.SEE, ComplaintRight.ABOVE, HEADS | {Role.EXECUTIVE}, became=became
    ),
)  # fmt: skip
