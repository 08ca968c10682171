from vitalfew.people.permissions import Right
from vitalfew.rooms import Entry
from vitalfew.terms import gettext_noop as _

ENTRIES = (
    Entry(_("Today"), "today", "today", Right.TODAY, 100),
    Entry(_("Portfolio"), "portfolio", "portfolio", Right.PORTFOLIO, 200),
    Entry(_("Insight"), "insight", "insight", Right.INSIGHT, 900),
    Entry(_("Admin"), "admin", "admin", Right.ADMIN, 1100),
)
