from vitalfew.rooms import Entry
from vitalfew.stakeholders.rights import StakeholderRight
from vitalfew.terms import gettext_noop as _

ENTRIES = (Entry(_("Levels covered"), "coverage", "plan", StakeholderRight.COVERAGE, 360, under="contacts"),)
