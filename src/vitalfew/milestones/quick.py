from vitalfew.milestones.rights import MilestoneRight
from vitalfew.rooms import Entry
from vitalfew.terms import gettext_noop as _

QUICK = (Entry(_("Note a day worth a word"), "milestone-new", "star", MilestoneRight.KEEP, 25),)
