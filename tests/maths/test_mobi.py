"""The mobile-phone survey of the European satisfaction index: 250 answers, from its printed correlations and from its data."""

import sys
from pathlib import Path

import numpy as np
import pytest

from vitalfew.maths.plssem import Model, adjusted, bootstrap, consistent, fit, index, rho_a
from vitalfew.maths.reliability import (
    alpha,
    alpha_interval,
    alpha_standardised,
    composite,
    correlations_of,
    extracted,
    htmt,
    one_factor,
)

sys.path.append(str(Path(__file__).parents[2] / "tools"))
from samples import correlations

ITEMS = [*(f"IMAG{n}" for n in range(1, 6)), *(f"CUEX{n}" for n in range(1, 4)), "PERV1", "PERV2",
         *(f"CUSA{n}" for n in range(1, 4))]  # fmt: skip
BLOCKS = [range(5), range(5, 8), range(8, 10), range(10, 13)]
MODEL = Model(BLOCKS, {3: [0, 1, 2]})
STANDARDISED = [0.72283, 0.45190, 0.82363, 0.77920]
COMPOSITE = [0.81833, 0.73318, 0.91790, 0.87146]
EXTRACTED = [0.47798, 0.48051, 0.84831, 0.69336]
HTMT = {(0, 1): 0.88803, (0, 2): 0.65166, (0, 3): 0.91010, (1, 2): 0.58863, (1, 3): 0.86511, (2, 3): 0.74081}


@pytest.fixture
def answers(shared):
    rows = np.genfromtxt(shared / "data" / "ecsi_mobi" / "mobi.csv", delimiter=",", names=True)
    return np.column_stack([rows[name] for name in ITEMS])


def check(matrix: np.ndarray) -> None:
    path = fit(matrix, MODEL, "path")
    factorial = fit(matrix, MODEL, "factorial")

    assert [path.paths[each, 3] for each in range(3)] == pytest.approx([0.44700, 0.17183, 0.31642], abs=1e-5)
    assert path.explained[3] == pytest.approx(0.59060, abs=1e-5)  # printed cut off: .590606
    assert adjusted(path.explained[3], 250, 3) == pytest.approx(0.5856, abs=5e-5)
    assert [factorial.paths[each, 3] for each in range(3)] == pytest.approx([0.44687, 0.17294, 0.31522], abs=1e-5)
    assert factorial.explained[3] == pytest.approx(0.59010, abs=1e-5)
    assert path.reliability == pytest.approx(COMPOSITE, abs=1e-5)
    assert path.extracted == pytest.approx(EXTRACTED, abs=1e-5)
    for block, value in zip(BLOCKS, STANDARDISED, strict=True):
        assert alpha_standardised(matrix[np.ix_(block, block)]) == pytest.approx(value, abs=1e-5)
    for (first, second), value in HTMT.items():
        assert htmt(matrix, BLOCKS[first], BLOCKS[second]) == pytest.approx(value, abs=1e-5)


def test_everything_printed_comes_from_the_printed_correlations() -> None:
    check(correlations())


def test_and_from_the_answers_themselves(answers: np.ndarray) -> None:
    matrix = correlations_of(answers)

    assert matrix == pytest.approx(correlations(), abs=1e-5)
    check(matrix)
    raw = [alpha(answers[:, list(block)]) for block in BLOCKS]
    assert raw == pytest.approx([0.714, 0.433, 0.817, 0.770], abs=5e-4)


def test_intervals_by_drawing_hold_the_paths_and_are_the_same_twice(answers: np.ndarray) -> None:
    found = fit(correlations_of(answers), MODEL)
    ends = bootstrap(answers, MODEL, draws=100)

    assert ends == bootstrap(answers, MODEL, draws=100)
    assert all(low < found.paths[name] < high for name, (low, high) in ends.items())
    assert ends[0, 3][0] > 0


def test_freed_paths_are_larger_where_questions_are_unreliable() -> None:
    found = fit(correlations(), MODEL)
    freed = consistent(found, correlations(), MODEL)

    assert set(freed) == {(0, 3), (1, 3), (2, 3)}
    assert max(freed.values()) > max(found.paths.values())


def test_paths_freed_of_measurement_error_are_the_planted_ones() -> None:
    """With parallel questions, least squares on the true correlations is what comes out."""
    lamb, phi = np.array([0.8, 0.7, 0.6]), 0.5
    full = np.concatenate([lamb, lamb])
    matrix = np.outer(full, full)
    matrix[:3, 3:] *= phi
    matrix[3:, :3] *= phi
    np.fill_diagonal(matrix, 1)
    model = Model([range(3), range(3, 6)], {1: [0]})

    assert consistent(fit(matrix, model), matrix, model)[0, 1] == pytest.approx(phi, abs=1e-9)


def test_a_weighted_index_runs_from_nought_to_a_hundred() -> None:
    weights = np.array([0.2, 0.3, 0.5])

    assert index(weights, np.full(3, 1.0), 1, 10) == 0
    assert index(weights, np.full(3, 10.0), 1, 10) == 100


def test_constructs_without_a_neighbour_or_variance_are_refused() -> None:
    with pytest.raises(ValueError, match="neighbour"):
        fit(np.eye(3), Model([[0], [1], [2]], {1: [0]}))
    with pytest.raises(ValueError, match="variance"):
        fit(np.eye(4), Model([[0, 1], [2, 3]], {1: [0]}))


def test_the_interval_of_alpha_is_feldts() -> None:
    # statpsych prints .7971254, .8931436 with n(k-1) = 534 degrees of freedom; Feldt has (n-1)(k-1) = 528
    assert alpha_interval(0.85, 89, 7) == pytest.approx((0.7970649, 0.8931666), abs=5e-8)
    assert alpha_interval(0.85, 1, 7) is None


def test_what_is_undefined_is_none() -> None:
    even = np.full((5, 3), 4.0)

    assert alpha(even) is None
    assert alpha(even[:, :1]) is None
    assert correlations_of(even) is None
    assert alpha_standardised(np.eye(1)) is None
    assert one_factor(np.eye(1)) is None
    assert one_factor(np.array([[1, -0.4], [-0.4, 1]])) is None
    assert htmt(np.eye(3), [0], [1, 2]) is None


def test_a_question_that_was_not_turned_makes_alpha_negative() -> None:
    answers = np.array([[1.0, 5], [2, 4], [3, 3], [4, 2], [5, 2]])

    assert alpha(answers) < 0


def test_loadings_of_one_factor_reproduce_what_they_made() -> None:
    loadings = np.array([0.9, 0.75, 0.6, 0.5])

    found = one_factor(np.outer(loadings, loadings) + np.diag(1 - loadings**2))

    assert found == pytest.approx(loadings, abs=1e-5)
    assert composite(np.array([0.8, 0.7, 0.6])) == pytest.approx(0.7449, abs=5e-5)
    assert extracted(np.array([0.8, 0.7, 0.6])) == pytest.approx(0.4967, abs=5e-5)


def test_questions_with_nothing_in_common_cannot_be_freed_of_error() -> None:
    matrix = np.array([[1, -0.3, 0.5, 0.5], [-0.3, 1, 0.4, 0.4], [0.5, 0.4, 1, 0.6], [0.5, 0.4, 0.6, 1]])
    model = Model([[0, 1], [2, 3]], {1: [0]})

    with pytest.raises(ValueError, match="nothing in common"):
        consistent(fit(matrix, model), matrix, model)


def test_unequal_questions_are_freed_too() -> None:
    """Weights of Mode A follow the loadings where a single factor made each block: the planted path comes back exactly."""
    one, other, phi = np.array([0.9, 0.6, 0.5]), np.array([0.8, 0.7]), 0.6
    matrix = np.block(
        [[np.outer(one, one), phi * np.outer(one, other)], [phi * np.outer(other, one), np.outer(other, other)]]
    )
    np.fill_diagonal(matrix, 1.0)
    model = Model([range(3), range(3, 5)], {1: [0]})
    found = fit(matrix, model)

    assert consistent(found, matrix, model)[0, 1] == pytest.approx(phi, abs=1e-9)
    weight = found.weights[:3, 0]
    assert rho_a(found, matrix, model)[0] == pytest.approx((weight @ one) ** 2, abs=1e-9)
