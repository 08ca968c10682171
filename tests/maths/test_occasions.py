"""BG/BB told ahead in time, against its own closed forms and made-up customers."""

import numpy as np
import pytest

from vitalfew.maths import bg_bb, occasions
from vitalfew.maths.occasions import Occasions

MODEL = {"alpha": 1.2, "beta": 0.8, "gamma": 0.5, "delta": 3.0}


def one(n=6, x=4, t_x=5, first=0, last=150):
    return Occasions(*np.array([[n], [x], [t_x], [first], [last]], dtype=float))


def test_purchases_on_the_next_occasions_are_those_of_the_model():
    known = one()

    found = occasions.ahead(MODEL, known, 150, 120, 0.0)

    assert found.coming.mean[0] == pytest.approx(float(bg_bb.expected_purchases(MODEL, 4, 4, 5, 6)))
    assert found.alive[0] == pytest.approx(float(bg_bb.p_alive(MODEL, 4, 5, 6)))
    assert found.discounted[0] == pytest.approx(found.coming.mean[0])


def test_discounting_counts_the_days_until_each_occasion():
    """At the discount of a year an occasion, the sum without end is the model's own."""
    found = occasions.ahead(MODEL, one(last=5 * 365), 5 * 365, 400 * 365, 0.2)

    assert found.discounted[0] == pytest.approx(
        float(bg_bb.discounted_expected_purchases(MODEL, 4, 5, 6, 0.2)), rel=2e-3
    )


def test_none_and_variance_are_those_of_made_up_customers():
    rng = np.random.default_rng(3)
    many = 400_000
    buys, leaves = rng.beta(1.2, 0.8, many), rng.beta(0.5, 3.0, many)
    life = rng.geometric(np.maximum(leaves, 1e-12)) - 1
    bought = (rng.random((10, many)) < buys) & (np.arange(1, 11)[:, None] <= life)
    past = bought[:6]
    same = (past.sum(axis=0) == 4) & past[4] & ~past[5]
    later = bought[6:, same].sum(axis=0)

    coming = occasions.ahead(MODEL, one(), 150, 120, 0.0).coming

    assert same.sum() > 2_000
    assert coming.none[0] == pytest.approx((later == 0).mean(), abs=0.03)
    assert coming.mean[0] == pytest.approx(later.mean(), rel=0.04)
    assert coming.variance[0] == pytest.approx(later.var(), rel=0.06)


def test_who_has_had_one_occasion_is_not_told():
    found = occasions.ahead(MODEL, one(n=1, x=1, t_x=1, last=0), 0, 365, 0.1)

    assert np.isnan(found.discounted[0])


def test_a_horizon_shorter_than_the_wait_brings_nothing():
    found = occasions.ahead(MODEL, one(), 150, 20, 0.1)

    assert (found.coming.none[0], found.coming.mean[0], found.discounted[0]) == (1, 0, 0)


def test_fewer_than_ten_customers_are_not_fitted():
    assert occasions.fit(one()) is None
