"""Who decides, influences, buys, uses, guards and blocks.

The parts are those of the buying centre (Webster, F. E. & Wind, Y. (1972). A general model for understanding organizational
buying behavior. J. Marketing 36(2)). Where a person's part is not said, the influence tells it, as in the analysis
``coverage``: of high influence are decision makers, of medium influencers. Blocking is no part of its own but how somebody
with a say stands to us: a critic who only uses what is bought complains, and blocks nothing.
"""

from vitalfew.contacts.words import Attitude, Part, part_of


def blocks(part: str, influence: str, attitude: str) -> bool:
    """Whether a critic has a say.

    >>> blocks("", "high", "critic"), blocks("user", "low", "critic"), blocks("decider", "high", "neutral")
    (True, False, False)
    """
    return attitude == Attitude.CRITIC and part_of(part, influence) not in {None, Part.USER}
