"""The words of campaigns."""

from vitalfew.terms import Arm, Term
from vitalfew.terms import gettext_noop as _


class CampaignKind(Term):
    """What is done."""

    OFFER = "offer", _("Offer or discount")
    LAUNCH = "launch", _("New product")
    SEASON = "season", _("Stocking before the season")
    JOINT = "joint", _("Joint promotion")
    EVENT = "event", _("Event for customers")
    WIN_BACK = "win-back", _("Winning back")
    SERVICE = "service", _("Service or visit programme")


class CampaignState(Term):
    DRAFT = "draft", _("Draft")
    ASKED = "asked", _("Waits for approval")
    APPROVED = "approved", _("Approved")
    RUNNING = "running", _("Runs")
    ENDED = "ended", _("Ended, not evaluated")
    EVALUATED = "evaluated", _("Evaluated")
    OFF = "off", _("Called off")


class Outcome(Term):
    """By what it is judged; the words are those of the analysis."""

    SALES = "sales", _("Net sales")
    MARGIN = "margin", _("Gross margin")


class Place(Term):
    """Where an account stands in a campaign; the arms are called as analyses call them."""

    CHOSEN = "chosen", _("Chosen")
    TREATED = Arm.TREATED.value, _("Takes part")
    HELD_OUT = Arm.HOLDOUT.value, _("Held out by lot")
    LEFT_OUT = "left-out", _("Not taking part")


class Why(Term):
    """Why an account is left out."""

    REFUSED = "refused", _("Everybody there refused such letters")
    NO_CONTACT = "no-contact", _("Nobody there can be written to")
    OTHER = "other", _("In another campaign at that time")
    OFTEN = "often", _("Hears from us too often")
    GONE = "gone", _("The account is no longer on its own")
