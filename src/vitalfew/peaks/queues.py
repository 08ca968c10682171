from vitalfew.peaks.models import Arrangement
from vitalfew.peaks.words import Answer
from vitalfew.rooms import Queue
from vitalfew.terms import gettext_noop as _

ARRANGEMENTS = Queue(
    "arrangements", _("Asked of production and transport"), Arrangement.objects.all,
    {"answer": Answer.OPEN.value, "put_away_at": None}, "made_at", "answered_at",
    accounts=("peak__account",), within=("due",),
)  # fmt: skip
QUEUES = (ARRANGEMENTS,)
