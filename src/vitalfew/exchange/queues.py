from vitalfew.exchange.models import DataDoubt
from vitalfew.exchange.models.doubts import UNSETTLED
from vitalfew.rooms import Queue
from vitalfew.terms import gettext_noop as _

DOUBTS = Queue(
    "data-doubts", _("Questions about accounts' data"), DataDoubt.objects.all,
    {"state__in": UNSETTLED, "account__merged_into": None}, "raised_at", "answered_at",
)  # fmt: skip
QUEUES = (DOUBTS,)
