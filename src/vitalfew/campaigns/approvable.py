from vitalfew.campaigns import actions
from vitalfew.campaigns.rights import CampaignRight
from vitalfew.people.permissions import HEADS
from vitalfew.people.roles import Role
from vitalfew.rooms import Approvable
from vitalfew.terms import gettext_noop as _

ABOVE = HEADS | {Role.EXECUTIVE}
KINDS = (
    Approvable(
        actions.KIND, _("Budget of a campaign"), CampaignRight.SEE, CampaignRight.APPROVE, ABOVE, became=actions.became
    ),
)  # fmt: skip
