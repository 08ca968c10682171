"""What is to be done in a handover: by its cause, and by how things stand at the account."""

from collections.abc import Iterator

from vitalfew.contacts import questions as contacts
from vitalfew.contacts.models import Post
from vitalfew.contacts.words import Influence
from vitalfew.handover.models import Handover, Step
from vitalfew.handover.words import HandoverCause, StepKind

MOST: int = 8
"""So many people one is introduced to by name."""


def planned(handover: Handover) -> list[Step]:
    """The steps; those whom the customer's decisions depend on come one by one."""
    return [Step(handover=handover, kind=kind, person=post.person if post else None) for kind, post in _steps(handover)]


def _steps(handover: Handover) -> Iterator[tuple[StepKind, Post | None]]:
    yield StepKind.BRIEF, None
    if handover.giver:
        yield StepKind.TALK, None
    if handover.cause == HandoverCause.CONTACT:
        yield StepKind.FOLLOWER, None
    else:
        yield StepKind.COMPLAINTS, None
    for post in people(handover):
        yield StepKind.PERSON, post
    yield StepKind.VISIT, None


def people(handover: Handover) -> list[Post]:
    """Whom to be introduced to: those of much or some say, or whoever is known where nobody's say is."""
    here = [post for post in contacts.at(handover.account) if post.left_on is None and post.person != handover.person]
    weighty = [post for post in here if post.influence in {Influence.HIGH, Influence.MEDIUM}]
    return (weighty or here)[:MOST]
