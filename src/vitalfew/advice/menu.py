from vitalfew.advice.rights import AdviceRight
from vitalfew.rooms import Entry
from vitalfew.terms import gettext_noop as _

ENTRIES = (
    Entry(_("Advice and its answers"), "advice", "insight", AdviceRight.SEE, 407, under="accounts", also=_("Next actions")),
    Entry(_("Which advice helps"), "advice-figures", "chart", AdviceRight.WEIGH, 408, under="advice"),
)  # fmt: skip
