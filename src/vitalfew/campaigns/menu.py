from vitalfew.campaigns.rights import CampaignRight
from vitalfew.rooms import Entry
from vitalfew.terms import gettext_noop as _

ENTRIES = (
    Entry(_("Campaigns"), "campaigns", "campaigns", CampaignRight.SEE, 362, under="accounts", also=_("Budget, holdout, return")),
    Entry(_("Calendar of campaigns"), "campaign-calendar", "calendar", CampaignRight.SEE, 363, under="campaigns"),
)  # fmt: skip
