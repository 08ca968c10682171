"""Who decides, influences, buys, uses, guards and blocks.

The parts are those of the buying centre (Webster, F. E. & Wind, Y. (1972). A general model for understanding organizational
buying behavior. J. Marketing 36(2)). Where a person's part is not said, the influence tells it, as in the analysis
``coverage``: of high influence are decision makers, of medium influencers. Blocking is no part of its own but how somebody
with a say stands to us: a critic who only uses what is bought complains, and blocks nothing.
"""

from vitalfew.contacts.words import Attitude, Influence, Part

PARTS = {each.value: each for each in Part}
BY_INFLUENCE = {Influence.HIGH.value: Part.DECIDER, Influence.MEDIUM.value: Part.INFLUENCER}


def part_of(part: str, influence: str) -> Part | None:
    """What is said, else what the influence tells.

    >>> part_of("", "high"), part_of("gatekeeper", "high"), part_of("", "low")
    (<Part.DECIDER: 'decider'>, <Part.GATEKEEPER: 'gatekeeper'>, None)
    """
    return PARTS.get(part) or BY_INFLUENCE.get(influence)


def blocks(part: str, influence: str, attitude: str) -> bool:
    """Whether a critic has a say.

    >>> blocks("", "high", "critic"), blocks("user", "low", "critic"), blocks("decider", "high", "neutral")
    (True, False, False)
    """
    return attitude == Attitude.CRITIC and part_of(part, influence) not in {None, Part.USER}
