"""Friedman's test, of one block and of many at once, against SciPy's."""

import numpy as np
import pytest
from scipy.stats import friedmanchisquare

from vitalfew.maths import seasons
from vitalfew.maths.seasons import friedman, friedman_of_each


def test_many_at_once_are_told_as_by_scipy():
    counts = np.random.default_rng(4).poisson(1.5, (200, 4, 12)).astype(float)

    told = friedman_of_each(counts)

    assert told == pytest.approx([friedmanchisquare(*each.T).pvalue for each in counts])
    assert friedman(counts[7]) == told[7]


def test_pieces_make_no_difference(monkeypatch):
    counts = np.random.default_rng(5).poisson(2.0, (50, 3, 12)).astype(float)
    whole = friedman_of_each(counts)
    monkeypatch.setattr(seasons, "BLOCK", 7)

    assert np.array_equal(friedman_of_each(counts), whole)


def test_where_all_months_are_alike_nothing_is_shown():
    assert friedman_of_each(np.ones((2, 3, 12))).tolist() == [1.0, 1.0]
    assert friedman_of_each(np.ones((0, 3, 12))).size == 0
