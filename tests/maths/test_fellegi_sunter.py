"""Weights of agreement: by hand, and learnt from pairs whose truth is known."""

import numpy as np
import pytest

from vitalfew.maths.fellegi_sunter import UNKNOWN, Belief, Fit, Patterns, fit

NOTHING = np.array([np.nan, np.nan])


def patterns(levels, counts):
    return Patterns(np.array(levels), np.array(counts, float), np.zeros(len(levels)))


def test_weights_are_logarithms_of_the_odds():
    known = Fit(0.001, (np.array([0.9, 0.1]),), (np.array([0.01, 0.99]),), 0)

    assert known.weights[0] == pytest.approx([6.492, -3.307], abs=1e-3)
    chance = known.chances(patterns([[0], [1], [UNKNOWN]], [1, 1, 1]))
    assert chance == pytest.approx([0.0009 / (0.0009 + 0.00999), 1e-4 / (1e-4 + 0.98901), 0.001])


def drawn(pairs=400_000, share=0.01):
    """Pairs of three features, whose answer is known."""
    rng = np.random.default_rng(5)
    match = rng.random(pairs) < share
    m, u = np.array([0.95, 0.8, 0.7]), np.array([0.05, 0.02, 0.1])
    equal = rng.random((pairs, 3)) < np.where(match[:, None], m, u)
    levels, counts = np.unique(np.where(equal, 0, 1), axis=0, return_counts=True)
    return patterns(levels, counts), m, u


def test_what_is_hidden_is_found_without_answers():
    seen, m, u = drawn()
    beliefs = [Belief(np.array([0.9, 0.1]), NOTHING)] * 3

    found = fit(seen, seen, float(seen.counts.sum()), beliefs, share=0.001)

    assert found.share == pytest.approx(0.01, rel=0.05)
    assert np.array([each[0] for each in found.m]) == pytest.approx(m, abs=0.03)
    assert np.array([each[0] for each in found.u]) == pytest.approx(u, abs=0.002)


def test_with_few_pairs_beliefs_stand_and_what_does_not_learn_stays():
    few = patterns([[0, 0]], [1])
    beliefs = [
        Belief(np.array([0.6, 0.4]), np.array([0.01, 1.0])),
        Belief(np.array([0.5, 0.5]), np.array([0.01, 1.0]), learns=False),
    ]

    found = fit(few, few, 10.0, beliefs, share=0.01)

    assert found.m[0] == pytest.approx([0.6, 0.4], abs=0.02)
    assert list(found.m[1]) == [0.5, 0.5]


def test_where_all_pairs_of_a_level_were_compared_strangers_tell_how_often_it_meets():
    seen = patterns([[0, 1], [0, 0]], [90_000, 10])
    near = Belief(np.array([0.5, 0.5]), np.array([1e-6, 1.0]), learns=False, met=(0,))
    beliefs = [near, Belief(np.array([0.9999, 0.0001]), np.array([1e-3, 1.0]), learns=False)]

    few, many = (fit(seen, seen, pairs, beliefs, share=1e-9).u[0][0] for pairs in (1e6, 1e10))

    assert few == pytest.approx((90_000 + 1e3) / (1e6 + 1e9), rel=0.05)
    assert many == pytest.approx((90_000 + 1e3) / (1e10 + 1e9), rel=0.05)


def test_differing_never_speaks_for_one_thing_however_rare():
    seen = patterns([[0], [UNKNOWN]], [1000, 1000])

    found = fit(seen, seen, 1e6, [Belief(np.array([0.75, 0.25]), NOTHING, learns=False)], share=0.001)

    assert found.weights[0][1] <= 0
