import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vitalfew.maths.following import FAR, Line

DAYS = st.lists(st.integers(0, 300), min_size=1, max_size=30, unique=True).map(sorted)


@given(DAYS, DAYS, st.integers(1, 60), st.integers(1, 200))
def test_shares_are_those_of_counting_day_by_day(first: list[int], second: list[int], window: int, length: int) -> None:
    line = Line(np.array([*first, *(FAR + day for day in second)]))
    start = second[0]
    counted = [any(0 < later - day <= window for later in second) for day in range(start, start + length)]

    found = line.share_followed(np.array([FAR + start]), np.array([FAR + start + length]), window)

    assert found[0] == pytest.approx(np.mean(counted))


def test_another_owners_event_does_not_follow() -> None:
    line = Line(np.array([5, FAR + 6]))

    assert line.followed(np.array([4, 5, FAR + 5]), 10).tolist() == [1, 0, 1]
    assert line.first(np.array([0, 1])).tolist() == [5, FAR + 6]
    assert line.first(np.array([2]))[0] > 2 * FAR + 300_000


def test_no_events_follow_nothing() -> None:
    line = Line(np.array([], dtype=np.int64))

    assert line.followed(np.array([4]), 10).tolist() == [0]
    assert line.share_followed(np.array([4]), np.array([8]), 10).tolist() == [0]
    assert np.isnan(line.share_followed(np.array([4]), np.array([4]), 10)).all()
