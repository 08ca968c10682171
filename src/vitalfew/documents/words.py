from vitalfew.terms import Term
from vitalfew.terms import gettext_noop as _


class Reading(Term):
    """What came of reading a document."""

    READ = "read", _("Its words are found")
    PICTURE = "picture", _("A picture or a scan: it has no words that can be searched")
    LOCKED = "locked", _("Locked by a password")
    BROKEN = "broken", _("Damaged, or not what its name says")
    TOO_MUCH = "too-much", _("Reading it took too long or too much memory")
    GONE = "gone", _("The file is not in its folder; restore it from a backup")
