from vitalfew.outbox.rights import OutboxRight
from vitalfew.rooms import Entry
from vitalfew.terms import gettext_noop as _

ENTRIES = (
    Entry(_("Letters to customers"), "outbox", "mail", OutboxRight.SEE, 405, under="contacts", also=_("Outbox")),
    Entry(_("Words of letters"), "letter-words", "mail", OutboxRight.WORD, 406, under="contacts"),
)
