from vitalfew.reviews import actions
from vitalfew.reviews.rights import ReviewRight
from vitalfew.rooms import Approvable
from vitalfew.terms import gettext_noop as _

KINDS = (
    Approvable(
        actions.KIND,
        _("Tier review"),
        ReviewRight.SEE,
        ReviewRight.APPROVE,
        money=False,
        alone=True,
        became=actions.became,
    ),
)
