from vitalfew.promises.rights import PromiseRight
from vitalfew.rooms import Entry
from vitalfew.terms import gettext_noop as _

ENTRIES = (
    Entry(_("Promises"), "promises", "check", PromiseRight.SEE, 320, under="accounts"),
    Entry(_("Integrity"), "integrity", "chart", PromiseRight.SEE, 330, under="promises"),
)
