from vitalfew.preferences.rights import PreferenceRight
from vitalfew.rooms import Entry
from vitalfew.terms import gettext_noop as _

ENTRIES = (Entry(_("What works with whom"), "preferences", "good", PreferenceRight.SEE, 317, under="accounts"),)
