"""The place of a row within its order, when the file numbers no lines.

Every data row of the order counts, the rejected ones too: when a rejected row comes back corrected, the places of its
neighbours are still what they were. What has to be remembered between batches is a hash and a count for each order, in
two sorted arrays: 12 bytes an order.
"""

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from vitalfew.warehouse.readers.arrays import codes_of

Numbers = npt.NDArray[np.int64]


class Places:
    """Running counts of the rows of each order."""

    def __init__(self) -> None:
        self._seen: Numbers = np.empty(0, np.int64)
        self._counts: npt.NDArray[np.int32] = np.empty(0, np.int32)

    def of(self, orders: pa.Array) -> Numbers:
        """For each row its place, from 1; 0 where there is no order number."""
        coded = orders.dictionary_encode()
        codes = codes_of(coded)
        hashes = np.fromiter(map(hash, coded.dictionary.to_pylist()), np.int64, len(coded.dictionary))
        known = codes < len(hashes)
        rows = np.bincount(codes[known], minlength=len(hashes)).astype(np.int32)
        before = self._add(hashes, rows)
        places: Numbers = _rank(codes) + np.append(before, 0)[codes]
        places[~known] = 0
        return places

    def _add(self, hashes: Numbers, rows: npt.NDArray[np.int32]) -> npt.NDArray[np.int32]:
        """The counts before this batch, which is then counted in."""
        at = np.searchsorted(self._seen, hashes)
        known = np.append(self._seen, 0)[at] == hashes
        known &= at < len(self._seen)
        before = np.where(known, np.append(self._counts, 0)[at], 0).astype(np.int32)
        self._counts[at[known]] += rows[known]
        fresh = np.flatnonzero(~known)
        fresh = fresh[np.argsort(hashes[fresh])]
        self._seen = np.insert(self._seen, at[fresh], hashes[fresh])
        self._counts = np.insert(self._counts, at[fresh], rows[fresh])
        return before


def _rank(codes: npt.NDArray[np.int32]) -> Numbers:
    """How many of the same code stand at or above each row."""
    order = np.argsort(codes, kind="stable")
    ordered = codes[order]
    starts = np.flatnonzero(np.append(True, ordered[1:] != ordered[:-1])) if len(ordered) else np.empty(0, np.int64)
    sizes = np.diff(np.append(starts, len(ordered)))
    ranks = np.empty(len(codes), np.int64)
    ranks[order] = np.arange(len(codes)) - np.repeat(starts, sizes) + 1
    return ranks
