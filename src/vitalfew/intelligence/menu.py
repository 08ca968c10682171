from vitalfew.intelligence.rights import IntelligenceRight
from vitalfew.rooms import Entry
from vitalfew.terms import gettext_noop as _

ENTRIES = (
    Entry(_("Intelligence"), "intelligence", "search", IntelligenceRight.SEE, 43),
    Entry(_("Competitors"), "competitors", "users", IntelligenceRight.MARKET, 44, under="intelligence"),
    Entry(_("Contradictions"), "contradictions", "warning", IntelligenceRight.SEE, 45, under="intelligence"),
)
