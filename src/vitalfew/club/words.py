"""The words of the club."""

from vitalfew.terms import Term
from vitalfew.terms import gettext_noop as _


class How(Term):
    """How an account came in."""

    RULE = "rule", _("By the rule")
    HAND = "hand", _("By hand, approved")


class Standing(Term):
    """How a membership stands today."""

    MEMBER = "member", _("Member")
    LEAVING = "leaving", _("Leaves soon")
    FORMER = "former", _("Former member")


class Nominated(Term):
    """What became of a nomination."""

    WAITING = "waiting", _("Waits for approval")
    APPROVED = "approved", _("Approved")
    RETURNED = "returned", _("Sent back")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class BenefitKind(Term):
    """What members of a level are entitled to."""

    PRIORITY = "priority", _("Priority service")
    CONTACT = "contact", _("Dedicated contact")
    ANSWER = "answer", _("Faster answer")
    SUPPLY = "supply", _("Priority supply share")
    EVENTS = "events", _("Invitations to events")
    DELIVERY = "delivery", _("Free delivery")
    TRAINING = "training", _("Training for members")
    OTHER = "other", _("Other right")


class Answered(Term):
    """What became of an invitation."""

    INVITED = "invited", _("Invited, no answer yet")
    ACCEPTED = "accepted", _("Comes")
    DECLINED = "declined", _("Said no")
    ATTENDED = "attended", _("Attended")
    ABSENT = "absent", _("Accepted, did not come")
