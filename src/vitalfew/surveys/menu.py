from vitalfew.rooms import Entry
from vitalfew.surveys.rights import SurveyRight
from vitalfew.terms import gettext_noop as _

ENTRIES = (
    Entry(_("Surveys"), "surveys", "question", SurveyRight.SEE, 382, under="department", also=_("NPS, satisfaction, loyalty")),
    Entry(_("Questionnaires"), "questionnaires", "note", SurveyRight.SEE, 383, under="surveys"),
    Entry(_("Who was asked in writing"), "survey-respondents", "users", SurveyRight.SEE, 384, under="surveys"),
)  # fmt: skip
