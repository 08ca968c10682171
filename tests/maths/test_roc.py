import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vitalfew.maths.roc import auc, first

rows = st.lists(st.tuples(st.integers(0, 6), st.booleans()), min_size=4, max_size=40)


def pairs(score: np.ndarray, happened: np.ndarray) -> np.ndarray:
    one, other = score[happened > 0], score[happened == 0]
    return (one[:, None] > other) + 0.5 * (one[:, None] == other)


@given(rows)
def test_the_area_is_the_share_of_pairs_put_right(drawn: list[tuple[int, bool]]) -> None:
    score, happened = np.array([float(s) for s, _ in drawn]), np.array([float(y) for _, y in drawn])
    found = auc(score, happened)
    if min(happened.sum(), (1 - happened).sum()) < 2:
        assert found is None
        return
    right = pairs(score, happened)

    assert found is not None
    assert found.auc == pytest.approx(right.mean())
    variance = right.mean(axis=1).var(ddof=1) / right.shape[0] + right.mean(axis=0).var(ddof=1) / right.shape[1]
    assert found.error == pytest.approx(variance**0.5, abs=1e-12)
    assert found.low <= found.auc <= found.high


def test_the_interval_holds_as_often_as_it_says() -> None:
    rng, held = np.random.default_rng(5), 0
    happened = np.repeat([1.0, 0.0], [40, 80])
    true = 0.7602499  # P(N(1, 1) > N(0, 1)) = Phi(1/sqrt 2)
    for _ in range(400):
        found = auc(rng.normal(happened, 1), happened)
        held += found is not None and found.low <= true <= found.high
    assert 0.92 <= held / 400 <= 0.98


def test_the_first_of_the_list() -> None:
    found = first(np.array([0.9, 0.8, 0.7, 0.6, 0.5]), np.array([1.0, 0, 1, 0, 0]), 2)

    assert found is not None
    assert found == pytest.approx((0.5, 0.5, 1.25))
    assert first(np.ones(3), np.zeros(3), 2) is None
