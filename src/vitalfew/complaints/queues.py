from vitalfew.complaints.models import RESTING, Complaint, EffectCheck, EightD, Inquiry
from vitalfew.complaints.words import State
from vitalfew.rooms import Queue
from vitalfew.terms import gettext_noop as _

RUNNING = [each.value for each in State if each.value not in RESTING]
COMPLAINTS = Queue(
    "complaints", _("Complaints"), Complaint.objects.all,
    {"state__in": RUNNING, "merged_into": None, "put_away_at": None}, "received_at", "closed_at", within=("due_at",),
)  # fmt: skip
TO_SIGN = Queue(
    "eight-ds", _("8D records to be signed"), EightD.objects.all,
    {"offered_at__isnull": False, "signed_at": None, "put_away_at": None}, "offered_at", "signed_at",
    accounts=("complaint__account",),
)  # fmt: skip
TO_CHECK = Queue(
    "effect-checks", _("Countermeasures to be looked at"), EffectCheck.objects.all, {"found": "", "put_away_at": None},
    "due", "found_on", accounts=("complaint__account",), timed=False,
)  # fmt: skip
INQUIRIES = Queue(
    "inquiries", _("Asked before it is a complaint"), Inquiry.objects.all, {"answer": "", "put_away_at": None}, "asked_at",
    "answered_at",
)  # fmt: skip
QUEUES = (COMPLAINTS, TO_SIGN, TO_CHECK, INQUIRIES)
