"""What is offered to an account that left, and done to win it back, by why it left: service beyond what it expects.

Each plan ends a mistake before it asks for an order: first what drove the account away, then more than it would have had to be
given, then a small first order, then a look whether it is content. An offer is a proposal: who leads the attempt changes it.
"""

from collections.abc import Mapping
from typing import Final, NamedTuple

from vitalfew.terms import ChurnCause
from vitalfew.terms import gettext_noop as _


class Played(NamedTuple):
    """A step, and by when, in working days from the beginning."""

    title: str
    days: int


class Plan(NamedTuple):
    """What is offered, and how one gets there."""

    offer: str
    steps: tuple[Played, ...]


FIRST_ORDER: Final = Played(_("Agree on a small first order, and watch every step of it until it is delivered"), 25)
CONTENT: Final = Played(
    _("Ask in person whether the first delivery was more than it expected; mend at once what was not"), 40
)
STANDARD: Final[Mapping[str, Plan]] = {
    ChurnCause.STAFF_DEPARTURE: Plan(
        _("A manager of its choice with a deputy it knows, and everything in writing that our former colleague had promised"),
        (
            Played(_("Find out whom of us it trusts still, and who decides there now"), 3),
            Played(_("Visit it together with a superior, and introduce manager and deputy"), 8),
            Played(_("Hand over in writing what was promised to it, and from when it holds"), 12),
            FIRST_ORDER, CONTENT,
        ),
    ),
    ChurnCause.BROKEN_PROMISE: Plan(
        _("The first three deliveries on fixed days; of each one that is late, we bear the freight"),
        (
            Played(_("List what was promised and not kept, and make good what still can be"), 3),
            Played(_("Apologize in person, by somebody who answers for it"), 7),
            Played(_("Show it what was changed, and since when it holds"), 12),
            FIRST_ORDER, CONTENT,
        ),
    ),
    ChurnCause.NEGLECT_SMALL: Plan(
        _("A fixed contact, an answer within one working day, and its share of scarce goods in writing"),
        (
            Played(_("Compare how it was served with large accounts: visits, replies, goods in short supply"), 4),
            Played(_("Visit it, and let it say what it missed, without an offer"), 8),
            Played(_("Name the contact and the days of visits for the next half year"), 12),
            FIRST_ORDER, CONTENT,
        ),
    ),
    ChurnCause.STRATEGY_CHANGE: Plan(
        _("What fits its new plans: other products, smaller lots, or a call when they change again"),
        (
            Played(_("Learn what it buys now, from whom, and until when it is bound"), 8),
            Played(_("Work out what we can be to it after the change"), 20),
            Played(_("Talk to who decides, and agree when to talk again"), 30),
        ),
    ),
    ChurnCause.FOUL_PLAY: Plan(
        _("Open prices and terms that its own auditors may see"),
        (
            Played(_("Write down what was reported, by whom and when; ask the legal adviser"), 4),
            Played(_("Talk to the management above those concerned, about facts alone"), 12),
            FIRST_ORDER, CONTENT,
        ),
    ),
    ChurnCause.STRONGER_RIVAL: Plan(
        _("One product on trial beside the competitor's, which we take back if it does not convince"),
        (
            Played(_("Set our offer beside the competitor's: price, quality, delivery, service"), 5),
            Played(_("Ask who decides what is better there, and what still is not"), 10),
            Played(_("Make an offer that answers the largest gap, and know what it costs us"), 15),
            FIRST_ORDER, CONTENT,
        ),
    ),
    ChurnCause.UNRESOLVED_COMPLAINT: Plan(
        _("Its old complaint settled to its satisfaction, and a technician with it at the next delivery"),
        (
            Played(_("Settle the old complaint, whatever time has passed, and say what was wrong"), 4),
            Played(_("Bring the compensation in person, with somebody who can decide on more"), 8),
            Played(_("Give it a direct line to whoever settles complaints"), 10),
            FIRST_ORDER, CONTENT,
        ),
    ),
    ChurnCause.UNKNOWN: Plan(
        _("A talk, before any offer is made"),
        (
            Played(_("Ask who decided, in a talk of a quarter of an hour, why it left"), 5),
            Played(_("Write the cause into this attempt, and go on by its plan"), 7),
        ),
    ),
}  # fmt: skip
