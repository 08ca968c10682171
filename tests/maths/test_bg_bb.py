from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest

from vitalfew.maths import bg_bb
from vitalfew.maths.histories import Seen

from .checks import gradient_error

EXAMPLE = {"alpha": 1.0, "beta": 1.0, "gamma": 0.5, "delta": 3.0}


def test_example() -> None:
    assert np.exp(bg_bb.log_likelihood_each(EXAMPLE, 2, 3, 4)) == pytest.approx(0.0257520, abs=5e-8)
    assert bg_bb.p_alive(EXAMPLE, 2, 3, 4) == pytest.approx(0.772414, abs=5e-7)
    assert bg_bb.expected_purchases(EXAMPLE, 3, 2, 3, 4) == pytest.approx(1.094054, abs=5e-7)
    assert bg_bb.discounted_expected_purchases(EXAMPLE, 2, 3, 4, 0.1) == pytest.approx(2.813957, abs=5e-7)
    assert bg_bb.expected_new(EXAMPLE, 5) == pytest.approx(1.773893, abs=5e-7)


def test_donations_of_the_paper() -> None:
    package = find_spec("lifetimes")
    assert package is not None
    rows = np.loadtxt(Path(str(package.origin)).parent / "datasets" / "donations.csv", delimiter=",", skiprows=1)
    x, t_x, n, weight = rows.T[-4:]

    fit = bg_bb.fit(x, t_x, n, weight)

    assert fit.n == 11_104
    assert fit.log_likelihood == pytest.approx(-33_225.6, abs=0.05)
    assert list(fit.parameters.values()) == pytest.approx([1.204, 0.750, 0.657, 2.783], abs=2e-3)


def test_chances_of_all_histories_add_up_to_one() -> None:
    from itertools import product

    kinds = [
        (sum(h), max((i + 1 for i, bought in enumerate(h) if bought), default=0)) for h in product((0, 1), repeat=6)
    ]
    x, t_x = np.array(kinds, dtype=float).T

    assert np.exp(bg_bb.log_likelihood_each(EXAMPLE, x, t_x, 6)).sum() == pytest.approx(1.0)


def test_derivatives_are_those_of_the_likelihood() -> None:
    known, weight = Seen(*np.array([[0.0, 0, 4], [1, 1, 4], [2, 4, 4], [3, 5, 7]]).T), np.array([3.0, 2, 1, 5])

    for place in np.random.default_rng(1).normal(size=(3, 4)):
        error = gradient_error(lambda at: bg_bb._mean_log_likelihood(known, weight, at), place)
        assert max(error) < 1e-8


def test_endless_discounting_is_its_sum() -> None:
    each = np.diff([float(bg_bb.expected_purchases(EXAMPLE, h, 2, 3, 4)) for h in range(400)])

    assert bg_bb.discounted_expected_purchases(EXAMPLE, 2, 3, 4, 0.1) == pytest.approx(
        each @ 1.1 ** -np.arange(1.0, 400)
    )


def test_parameters_are_found_again_and_order_is_nothing() -> None:
    rng = np.random.default_rng(2)
    n = rng.integers(3, 9, 20_000).astype(float)
    x, t_x = bg_bb.simulate(EXAMPLE, n, rng)

    fit, other = bg_bb.fit(x, t_x, n), bg_bb.fit(x[::-1], t_x[::-1], n[::-1])

    assert other.parameters == fit.parameters
    for name in fit.names:
        assert abs(fit.parameters[name] - EXAMPLE[name]) < 4 * fit.standard_errors[name]
    assert x[n == 5].mean() == pytest.approx(bg_bb.expected_new(EXAMPLE, 5), rel=0.05)
    assert bg_bb.log_likelihood_each(fit, x, t_x, n).sum() == pytest.approx(fit.log_likelihood)


@pytest.mark.parametrize(
    ("x", "t_x", "n", "reason"),
    [
        ([], [], [], "somebody"),
        ([1.0], [1.0], [2.0, 3], "one length"),
        ([1.5], [2.0], [3.0], "whole"),
        ([3.0], [2.0], [4.0], "no more"),
        ([0.0], [1.0], [4.0], "no more"),
    ],
)
def test_what_cannot_be_is_refused(x: list[float], t_x: list[float], n: list[float], reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        bg_bb.fit(np.array(x), np.array(t_x), np.array(n))


def test_a_rate_of_nought_is_refused() -> None:
    with pytest.raises(ValueError, match="above 0"):
        bg_bb.discounted_expected_purchases(EXAMPLE, 2, 3, 4, 0.0)
