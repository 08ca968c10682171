from vitalfew.complaints.rights import ComplaintRight
from vitalfew.rooms import Entry
from vitalfew.terms import gettext_noop as _

QUICK = (Entry(_("Take in a complaint"), "complaint-new", "complaints", ComplaintRight.TAKE, 11),)
