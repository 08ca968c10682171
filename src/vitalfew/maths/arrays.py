"""Names for the arrays that the models take and give."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]


def floats(values: object) -> Floats:
    """The values as a contiguous array of doubles; nothing is copied where they are one already."""
    return np.ascontiguousarray(values, dtype=np.float64)


def blocks(length: int, size: int) -> Iterator[slice]:
    """Slices that walk ``length`` rows ``size`` at a time, so that what is being worked on stays in the cache."""
    return (slice(start, min(start + size, length)) for start in range(0, length, size))
