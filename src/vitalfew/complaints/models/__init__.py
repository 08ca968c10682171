"""What is kept of complaints."""

from vitalfew.complaints.models.complaint import RESTING, SOON, Complaint, ComplaintQuerySet
from vitalfew.complaints.models.effect import EffectCheck, EffectCheckQuerySet
from vitalfew.complaints.models.eight_d import EightD, EightDQuerySet
from vitalfew.complaints.models.handling import Counted, Deadline, Knock, Opening, Said, Step
from vitalfew.complaints.models.inquiry import Inquiry, InquiryQuerySet
from vitalfew.complaints.models.learning import Cause
from vitalfew.complaints.models.money import Claim, ClaimQuerySet, Compensation, MonthLimit
from vitalfew.complaints.models.month import ClosedMonth, MonthLine, MonthQuerySet
from vitalfew.complaints.models.text_group import Resembling, TextGroup, TextGroupQuerySet, TextLook

__all__ = (
    "RESTING", "SOON", "Cause", "Claim", "ClaimQuerySet", "ClosedMonth", "Compensation", "Complaint",
    "ComplaintQuerySet", "Counted", "Deadline", "EffectCheck", "EffectCheckQuerySet", "EightD", "EightDQuerySet",
    "Inquiry", "InquiryQuerySet", "Knock", "MonthLimit", "MonthLine", "MonthQuerySet", "Opening", "Resembling", "Said", "Step",
    "TextGroup", "TextGroupQuerySet", "TextLook",
)  # fmt: skip
