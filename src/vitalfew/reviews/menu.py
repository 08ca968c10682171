from vitalfew.people.permissions import Right
from vitalfew.reviews.rights import ReviewRight
from vitalfew.rooms import Entry
from vitalfew.terms import gettext_noop as _

ENTRIES = (
    Entry(_("Tier review"), "tier-review", "plan", ReviewRight.SEE, 210, under="portfolio"),
    Entry(_("What tiers bring"), "tier-yield", "money", Right.PORTFOLIO, 230, under="portfolio"),
)
