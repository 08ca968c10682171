from vitalfew.duplicates.models import Pair
from vitalfew.duplicates.states import State
from vitalfew.rooms import Queue
from vitalfew.terms import gettext_noop as _

DUPLICATES = Queue(
    "duplicates", _("Possible duplicates"), Pair.objects.all, {"state": State.WAITING.value}, "made_at", "decided_at",
    accounts=("one_account", "other_account"), within=("-at_stake",),
)  # fmt: skip
QUEUES = (DUPLICATES,)
