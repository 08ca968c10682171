from vitalfew.mails.rights import MailRight
from vitalfew.rooms import Entry
from vitalfew.terms import gettext_noop as _

ENTRIES = (Entry(_("Mail"), "mails", "mail", MailRight.SEE, 400, under="contacts"),)
