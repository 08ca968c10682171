from vitalfew.milestones.rights import MilestoneRight
from vitalfew.rooms import Entry
from vitalfew.terms import gettext_noop as _

ENTRIES = (Entry(_("Milestones"), "milestones", "star", MilestoneRight.SEE, 335, under="accounts"),)
