"""The words of mail that came in."""

from vitalfew.terms import Term
from vitalfew.terms import gettext_noop as _


class MailState(Term):
    WAITING = "waiting", _("Waits in the tray")
    MATCHED = "matched", _("At its account")


class Why(Term):
    """Why a mail waits."""

    UNKNOWN = "unknown", _("None of its addresses belongs to a contact")
    SENDER = "sender", _("Its sender is neither a colleague nor a contact")
    SEVERAL = "several", _("Its people are at several accounts")
    CROWD = "crowd", _("It went to more than a hundred addresses")
    UNPROVEN = "unproven", _("The mail server could not prove its sender")
    HUGE = "huge", _("It is larger than 40 MB; the whole of it stays in the mailbox")
    UNREADABLE = "unreadable", _("It is no readable mail; it is kept as it came")
