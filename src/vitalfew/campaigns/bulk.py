from vitalfew.campaigns.rights import CampaignRight
from vitalfew.rooms import Entry
from vitalfew.terms import gettext_noop as _

BULK = (Entry(_("Draft a campaign"), "campaign-new", "campaigns", CampaignRight.MAKE, 33),)
