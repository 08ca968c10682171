from vitalfew.feedback.rights import FeedbackRight
from vitalfew.rooms import Entry
from vitalfew.terms import gettext_noop as _

ENTRIES = (Entry(_("Feedback"), "feedback", "question", FeedbackRight.SEE, 380, under="department"),)
