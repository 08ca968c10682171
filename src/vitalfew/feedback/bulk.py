from vitalfew.feedback.rights import FeedbackRight
from vitalfew.rooms import Entry
from vitalfew.terms import gettext_noop as _

BULK = (Entry(_("Ask for feedback"), "feedback-new", "question", FeedbackRight.PLAN, 30),)
