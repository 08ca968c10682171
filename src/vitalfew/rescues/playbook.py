"""What is done against each cause of leaving, as long as a firm has no plays of its own.

Each play says what, whose work it is by its function in the account's group (without one, of whoever leads the plan), and by
when, in working days from the plan's beginning. The causes are those of `churn-causes`.
"""

from collections.abc import Mapping
from typing import Final, NamedTuple

from vitalfew.accounts.models import TeamRole
from vitalfew.terms import ChurnCause
from vitalfew.terms import gettext_noop as _


class Played(NamedTuple):
    """One play: a marked text, or the firm's own words."""

    title: str
    days: int
    function: str = TeamRole.SALES


LISTEN: Final = _("Ask the person who decides, in a talk of a quarter of an hour, what is missing")
LOOK_AGAIN: Final = _("Look at its orders again: does it buy as before?")
STANDARD: Final[Mapping[str, tuple[Played, ...]]] = {
    ChurnCause.STAFF_DEPARTURE: (
        Played(_("Find out who of the customer's knew our former colleague, and who decides now"), 2),
        Played(_("Introduce the new manager in person, together with a superior"), 5),
        Played(_("Let a second colleague know the account, so that it hangs on nobody alone"), 10, TeamRole.DEPUTY),
        Played(_("Confirm in writing what the former colleague had promised"), 10),
        Played(LOOK_AGAIN, 30),
    ),
    ChurnCause.BROKEN_PROMISE: (
        Played(_("List every promise and delivery that was late or short, with its reason"), 2, TeamRole.TRANSPORT),
        Played(_("Apologize in person, before the customer has to ask"), 4),
        Played(_("Remove what made us late, and name the day from which it holds"), 10, TeamRole.PRODUCTION),
        Played(_("Agree on dates for the next three deliveries and watch each of them"), 12, TeamRole.TRANSPORT),
        Played(LOOK_AGAIN, 40),
    ),
    ChurnCause.NEGLECT_SMALL: (
        Played(_("Compare how it was served with accounts like it: visits, replies, goods in short supply"), 3),
        Played(_("Visit it, and let it say what it missed"), 7),
        Played(_("Give it a fixed contact and a time within which it is answered"), 10, TeamRole.SERVICE),
        Played(LOOK_AGAIN, 40),
    ),
    ChurnCause.STRATEGY_CHANGE: (
        Played(_("Learn what it plans: products, suppliers, plants, owners"), 5),
        Played(_("Bring both managements to one table"), 15),
        Played(_("Work out what we can be to it after the change, or that we part on good terms"), 25, TeamRole.DEVELOPMENT),
        Played(LOOK_AGAIN, 60),
    ),
    ChurnCause.FOUL_PLAY: (
        Played(_("Write down what was reported, by whom and when, without judging it"), 2),
        Played(_("Ask the legal adviser before anything is said outside"), 4),
        Played(_("Speak to the management above those concerned about facts alone"), 10),
        Played(LOOK_AGAIN, 40),
    ),
    ChurnCause.STRONGER_RIVAL: (
        Played(_("Set our offer beside the competitor's: price, quality, delivery, service"), 4),
        Played(LISTEN, 7),
        Played(_("Make an offer that answers the largest gap, and know what it costs us"), 12),
        Played(_("Try the change with the customer on one product"), 25, TeamRole.DEVELOPMENT),
        Played(LOOK_AGAIN, 45),
    ),
    ChurnCause.UNRESOLVED_COMPLAINT: (
        Played(_("Settle the open complaint, and say by when"), 2, TeamRole.SERVICE),
        Played(_("Call the customer: what happened, what we do, what it gets"), 3),
        Played(_("Visit it after the repair or replacement, and ask whether it is satisfied"), 12),
        Played(LOOK_AGAIN, 40),
    ),
    ChurnCause.UNKNOWN: (
        Played(LISTEN, 4),
        Played(_("Write the cause into this plan, and go on by its plays"), 5),
        Played(LOOK_AGAIN, 30),
    ),
}  # fmt: skip
