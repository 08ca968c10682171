from vitalfew.terms import gettext_noop as _

STEPS = {
    "questionnaire-add": _("Questionnaire written"), "questionnaire-change": _("Questionnaire changed"),
    "questionnaire-put-away": _("Questionnaire put away"), "questionnaire-fetch-back": _("Questionnaire fetched back"),
    "wave-add": _("Survey planned"), "wave-change": _("Survey changed"), "wave-put-away": _("Survey put away"),
    "wave-fetch-back": _("Survey fetched back"), "wave-send": _("Letters of a survey sent"),
    "respondent-add": _("Person asked in a survey"), "respondent-change": _("Person of a survey changed"),
    "respondent-put-away": _("Person taken out of a survey"), "respondent-fetch-back": _("Person back in a survey"),
}  # fmt: skip
FIELDS = {
    "questions": _("Questions"), "wording": _("Version of the questions"), "whom": _("Who is asked"), "opens": _("First day"),
    "closes": _("Last day"), "keep_until": _("Names are kept until"), "anonymous": _("Anonymous"), "letters": _("Letters"),
    "rivals": _("Competitors asked about"), "low_below": _("A score is low below"), "seen_by": _("Seen to by"),
    "complaint": _("Complaint"),
    "sent_on": _("Link given on"), "revoked": _("Link revoked"), "sender": _("Signed by"), "accounts": _("Accounts"),
    "questionnaire": _("Questionnaire"), "remind_after": _("Remind after working days"), "remind_most": _("Reminders at most"),
}  # fmt: skip
