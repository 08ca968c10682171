from vitalfew.preferences.rights import PreferenceRight
from vitalfew.rooms import Entry
from vitalfew.terms import gettext_noop as _

QUICK = (Entry(_("Write down what works"), "preference-new", "good", PreferenceRight.WRITE, 37),)
