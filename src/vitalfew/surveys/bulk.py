from vitalfew.rooms import Entry
from vitalfew.surveys.rights import SurveyRight
from vitalfew.terms import gettext_noop as _

BULK = (Entry(_("Survey in writing"), "survey-new", "question", SurveyRight.PLAN, 32),)
