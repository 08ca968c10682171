"""Line numbers where the file has none: the place within the order, rejected rows counting too."""

from collections import Counter

import numpy as np
import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from vitalfew.warehouse.readers.places import Places

from .made import take

HEADINGS = "order_id,customer,ordered_on,quantity,amount\n"


def test_place_within_the_order() -> None:
    taken = take(HEADINGS + "".join(f"{order},C1,2024-01-05,1,5\n" for order in ["A", "A", "B", "A", "B"]))

    assert taken.column("line_no") == ["1", "2", "1", "3", "2"]


def test_rejected_and_torn_rows_keep_their_place() -> None:
    taken = take(HEADINGS + "A,C1,2024-01-05,1,5\nA,C1,never,1,5\nA,C1\nA,C1,2024-01-05,1,5\n")

    assert taken.column("line_no") == ["1", "4"]
    assert [reject.row for reject in taken.rejects] == [3, 4]


def test_a_line_number_of_the_file_is_kept_and_needed() -> None:
    taken = take("line_no," + HEADINGS + "007,A,C1,2024-01-05,1,5\n,A,C1,2024-01-05,1,5\n")

    assert taken.column("line_no") == ["007"]
    assert taken.reasons == [(3, "line_no", "missing")]


@given(st.lists(st.lists(st.sampled_from([None, "A", "B", "C", "D", "订单"]), max_size=30), max_size=6))
def test_places_run_on_from_batch_to_batch(batches: list[list[str | None]]) -> None:
    places, counted = Places(), Counter[str | None]()
    for batch in batches:
        found = places.of(pa.array(batch, pa.string()))
        expected = []
        for order in batch:
            counted[order] += 1
            expected.append(0 if order is None else counted[order])
        assert np.array_equal(found, expected)
