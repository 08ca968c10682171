"""Unified social credit codes 统一社会信用代码 (GB 32100-2015), valid in form and belonging to nobody in particular.

    9 1 | six digits of the district | nine characters of the organisation, the last a check digit (GB 11714) | check

Both check characters are weighted sums: modulo 11 for the organisation, modulo 31 for the whole.
"""

from typing import Final

import numpy as np
import pyarrow as pa

from vitalfew.demobook.arrays import Chance, Ints
from vitalfew.demobook.columns import spelled

_ALPHABET: Final = np.frombuffer(b"0123456789ABCDEFGHJKLMNPQRTUWXY", dtype=np.uint8)
_WEIGHTS: Final = np.array([pow(3, place, 31) for place in range(17)])
_ORGANISATION_ALPHABET: Final = np.frombuffer(b"0123456789X", dtype=np.uint8)
_ORGANISATION_WEIGHTS: Final = np.array([3, 7, 9, 10, 5, 8, 4, 2])
_NAMED_COMPANY: Final = 91
_X: Final = 29  # place of the letter X among the 31 characters


def credit_codes(rng: Chance, districts: Ints) -> pa.Array:
    """One distinct code for each district number."""
    digits = np.empty((len(districts), 18), dtype=np.int64)
    digits[:, 0], digits[:, 1] = divmod(_NAMED_COMPANY, 10)
    digits[:, 2:8] = _split(districts, 6)
    digits[:, 8:16] = _split(_organisations(rng, len(districts)), 8)
    check = (-(digits[:, 8:16] @ _ORGANISATION_WEIGHTS)) % 11
    digits[:, 16] = np.where(check == len(_ORGANISATION_ALPHABET) - 1, _X, check)
    digits[:, 17] = (-(digits[:, :17] @ _WEIGHTS)) % 31
    return spelled(_ALPHABET[digits])


def _split(numbers: Ints, width: int) -> Ints:
    return numbers[:, None] // 10 ** np.arange(width - 1, -1, -1) % 10


def _organisations(rng: Chance, count: int) -> Ints:
    """Distinct numbers of eight digits."""
    step = 24_999_983  # a prime: walking by it meets no number twice
    return 50_000_000 + (int(rng.integers(25_000_000)) + np.arange(count) * 1_048_583) % step
