"""Since when touches are kept, and whether that is long enough for what is not there to tell anything.

A house that logged its first visit yesterday is out of touch with nobody because of it.
"""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from vitalfew.language import Day, Message
from vitalfew.terms import gettext_noop as _

TELLING: Final = 90
"""For so many days touches have to be kept before it means anything that there was none."""


def tells(ago: NDArray[np.int64]) -> bool:
    """Whether touches, told by how many days ago each was, have been kept for long enough.

    >>> tells(np.array([1, 120])), tells(np.array([1, 30, -400])), tells(np.array([], dtype=np.int64))
    (True, False, False)
    """
    return bool((ago >= TELLING).any())


def too_young(ago: NDArray[np.int64], as_of: int) -> Message:
    """That it is too early to tell with whom we are not in touch."""
    began = as_of - int(ago[ago >= 0].max())
    text = _("Visits, calls and messages are logged since {day} only: who is not in touch can be told from {then} on")
    return Message(text, {"day": Day(began), "then": Day(began + TELLING)})
