from vitalfew.intelligence.rights import IntelligenceRight
from vitalfew.rooms import Entry
from vitalfew.terms import gettext_noop as _

ENTRIES = (
    Entry(_("Intelligence"), "intelligence", "search", IntelligenceRight.SEE, 430),
    Entry(_("Competitors"), "competitors", "users", IntelligenceRight.MARKET, 440, under="intelligence"),
    Entry(_("Contradictions"), "contradictions", "warning", IntelligenceRight.SEE, 450, under="intelligence"),
)
