from vitalfew.club import actions
from vitalfew.club.rights import ClubRight
from vitalfew.rooms import Approvable
from vitalfew.terms import gettext_noop as _

KINDS = (
    Approvable(
        actions.KIND, _("Club member beyond the rule"), ClubRight.SEE, ClubRight.APPROVE, money=False,
        became=actions.became,
    ),
)  # fmt: skip
