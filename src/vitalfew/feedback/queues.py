from vitalfew.feedback.models import Asked
from vitalfew.feedback.words import AskedState
from vitalfew.rooms import Queue
from vitalfew.terms import gettext_noop as _

ASKED = Queue(
    "feedback", _("Accounts asked for feedback"), Asked.objects.all,
    {"state__in": (AskedState.PLANNED.value, AskedState.ASKED.value)}, "round__since", "answered_on",
    within=("round__until",), timed=False,
)  # fmt: skip
QUEUES = (ASKED,)
