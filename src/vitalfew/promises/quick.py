from vitalfew.promises.rights import PromiseRight
from vitalfew.rooms import Entry
from vitalfew.terms import gettext_noop as _

QUICK = (Entry(_("Write down a promise"), "promise-new", "check", PromiseRight.MAKE, 15),)
