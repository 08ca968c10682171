"""What is done about a loss-maker is approved by a second person, whatever it is worth."""

from vitalfew.rooms import Approvable
from vitalfew.terms import gettext_noop as _
from vitalfew.treatments import actions
from vitalfew.treatments.rights import TreatmentRight

KINDS = (
    Approvable(
        actions.KIND, _("Treatment of a loss-maker"), TreatmentRight.SEE, TreatmentRight.APPROVE, money=False,
        became=actions.became,
    ),
)  # fmt: skip
