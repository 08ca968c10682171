from vitalfew.people.permissions import Right
from vitalfew.rooms import Entry
from vitalfew.terms import gettext_noop as _

ENTRIES = (
    Entry(_("Today"), "today", "today", Right.TODAY, 10),
    Entry(_("Portfolio"), "portfolio", "portfolio", Right.PORTFOLIO, 20),
    Entry(_("Insight"), "insight", "insight", Right.INSIGHT, 90),
    Entry(_("Admin"), "admin", "admin", Right.ADMIN, 110),
)
