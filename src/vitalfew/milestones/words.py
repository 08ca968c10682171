"""The words of milestones."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, NamedTuple

from vitalfew.terms import Term
from vitalfew.terms import gettext_noop as _


class Occasion(Term):
    """What kind of day it is."""

    FOUNDING = "founding", _("Founding anniversary")
    JUBILEE = "jubilee", _("Anniversary of working together")
    OPENING = "opening", _("Opening of a place, and its anniversary")
    HONOUR = "honour", _("Honour or award")
    MOVE = "move", _("Business move")
    PERSONAL = "personal", _("Personal day")
    OTHER = "other", _("Other day")


class Usual(NamedTuple):
    """Whether such a day comes round every year, and how many days ahead it is told."""

    yearly: bool
    lead: int


USUAL: Final[Mapping[str, Usual]] = MappingProxyType(
    {
        Occasion.FOUNDING: Usual(yearly=True, lead=30), Occasion.JUBILEE: Usual(yearly=True, lead=30),
        Occasion.OPENING: Usual(yearly=True, lead=30), Occasion.HONOUR: Usual(yearly=False, lead=14),
        Occasion.MOVE: Usual(yearly=False, lead=14), Occasion.PERSONAL: Usual(yearly=True, lead=7),
        Occasion.OTHER: Usual(yearly=False, lead=14),
    }
)  # fmt: skip


class Sign(Term):
    """How we show that we thought of it."""

    VISIT = "visit", _("Visit")
    CALL = "call", _("Call")
    LETTER = "letter", _("Letter or card")
    MESSAGE = "message", _("Message")
    PRESENT = "present", _("Flowers or a present")
    PLAQUE = "plaque", _("Plaque or banner")
    OTHER = "other", _("Otherwise")


class Became(Term):
    """What became of the day when it came."""

    ANSWERED = "answered", _("Congratulated")
    LEFT_OUT = "left-out", _("Left out on purpose")
    MISSED = "missed", _("Missed")


class Nearness(Term):
    """How near the next time is."""

    PAST = "past", _("Past, nothing sent")
    NOW = "now", _("To be prepared")
    AHEAD = "ahead", _("Still ahead")
    OVER = "over", _("Over")


class Told(Term):
    """Which fact it was taken from."""

    FOUNDED = "founded_on", _("Founding day in the facts")
    OPENED = "opened_on", _("First day as our account in the facts")
