from vitalfew.recoveries.rights import RecoveryRight
from vitalfew.rooms import Entry
from vitalfew.terms import gettext_noop as _

ENTRIES = (
    Entry(_("Winning back"), "win-back", "win-back", RecoveryRight.SEE, 364, under="accounts", also=_("Lost accounts")),
    Entry(_("Rounds of winning back"), "win-back-rounds", "plan", RecoveryRight.SEE, 365, under="win-back"),
    Entry(_("Attempts to win back"), "recoveries", "check", RecoveryRight.SEE, 366, under="win-back"),
    Entry(_("Steps of winning back"), "recovery-steps", "check", RecoveryRight.SEE, 368, under="win-back"),
    Entry(_("Accounts that came back"), "win-back-watch", "win-back", RecoveryRight.SEE, 367, under="win-back"),
)
