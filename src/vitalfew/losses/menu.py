from vitalfew.losses.rights import LossRight
from vitalfew.rooms import Entry
from vitalfew.terms import gettext_noop as _

ENTRIES = (
    Entry(_("Register of losses"), "losses", "note", LossRight.SEE, 358, under="accounts", also=_("Lost accounts")),
    Entry(_("Why accounts left"), "loss-figures", "chart", LossRight.SEE, 359, under="losses"),
)  # fmt: skip
