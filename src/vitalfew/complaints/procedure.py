"""Both procedures, step by step: what each step is, and what must be said for it. No step is skipped.

    serious    received → assessed → site investigation → cause → emergency measure → trial → small scale → standard
               → answered → closed
    ordinary   received → assessed → cause → joint countermeasure → answered → closed

Where a complaint turns out worse, it goes on by the serious procedure with the first step that was not done; what was done stays.

    >>> following("ordinary", {"received", "assessed"}), following("serious", {"received", "assessed", "cause"})
    (<State.CAUSE: 'cause'>, <State.INVESTIGATED: 'investigated'>)
    >>> reached("serious", {"received", "assessed", "cause"})
    <State.ASSESSED: 'assessed'>
"""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Final, NamedTuple

from vitalfew.complaints.words import Procedure, State
from vitalfew.terms import gettext_noop as _


class Needed(NamedTuple):
    """What must be said for a step."""

    name: str
    label: str
    a_day: bool = False


STEPS: Final[Mapping[str, tuple[State, ...]]] = {
    Procedure.SERIOUS: (
        State.RECEIVED, State.ASSESSED, State.INVESTIGATED, State.CAUSE, State.EMERGENCY, State.TRIAL, State.SMALL,
        State.STANDARD, State.ANSWERED, State.CLOSED,
    ),
    Procedure.ORDINARY: (
        State.RECEIVED, State.ASSESSED, State.CAUSE, State.AGREED, State.ANSWERED, State.CLOSED,
    ),
}  # fmt: skip
NEEDS: Final[Mapping[str, tuple[Needed, ...]]] = {
    State.INVESTIGATED: (
        Needed("on", _("Day on site"), a_day=True), Needed("who", _("Who was there, ours and theirs")),
        Needed("found", _("What was found")),
    ),
    State.CAUSE: (Needed("cause", _("Cause")), Needed("proof", _("How we know"))),
    State.EMERGENCY: (
        Needed("measure", _("Urgent repair, replacement or other measure")), Needed("on", _("Done on"), a_day=True),
    ),
    State.TRIAL: (Needed("measure", _("Countermeasure")), Needed("where", _("Where it is tried")), Needed("result", _("Result"))),
    State.SMALL: (Needed("where", _("Lines, shops or batches")), Needed("result", _("Result"))),
    State.STANDARD: (Needed("standard", _("Which standard was changed")), Needed("since", _("Valid since"), a_day=True)),
    State.AGREED: (
        Needed("measure", _("Countermeasure")), Needed("with", _("Who of the customer's agreed")),
        Needed("until", _("To be done by"), a_day=True),
    ),
    State.ANSWERED: (Needed("answer", _("What the customer was answered")),),
    State.CLOSED: (Needed("outcome", _("Outcome")),),
}  # fmt: skip
"""Of each step but the first two: receiving is the record itself, assessing is judging it."""


def following(by: str, done: Collection[str]) -> State | None:
    """The step that comes next: the first that was not done."""
    return next((step for step in STEPS[by] if step not in done), None)


def reached(by: str, done: Collection[str]) -> State:
    """The last step before the first that was not done."""
    ahead = following(by, done)
    steps = STEPS[by]
    return steps[-1] if ahead is None else steps[max(steps.index(ahead) - 1, 0)]


def day_in(text: str) -> date | None:
    """The day a step was given, as it is kept; none where it is none."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
