from vitalfew.mails.models import Mail
from vitalfew.mails.words import MailState
from vitalfew.rooms import Queue
from vitalfew.terms import gettext_noop as _

MAILS = Queue(
    "mails", _("Mail that came in"), Mail.objects.all, {"state": MailState.WAITING.value}, "made_at", "decided_at",
    accounts=("near",),
)  # fmt: skip
QUEUES = (MAILS,)
