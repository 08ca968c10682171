from vitalfew.rooms import Entry
from vitalfew.terms import gettext_noop as _
from vitalfew.training.rights import TrainingRight

ENTRIES = (
    Entry(_("Training"), "training", "plan", TrainingRight.SEE, 333, under="accounts", also=_("Sessions, attendance, tests")),
    Entry(_("Training programmes"), "programmes", "note", TrainingRight.SEE, 334, under="training"),
    Entry(_("Whose people are trained"), "training-coverage", "chart", TrainingRight.SEE, 336, under="training"),
    Entry(_("Who is trained"), "training-attendees", "users", TrainingRight.SEE, 337, under="training"),
    Entry(_("Certificates"), "certificates", "check", TrainingRight.SEE, 338, under="training"),
)  # fmt: skip
