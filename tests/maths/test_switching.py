import numpy as np
import pytest
from scipy.optimize import minimize

from vitalfew.maths.switching import Choices, chances, fit, lifetime_values, switching

RNG = np.random.default_rng(11)
TRUE = np.array([0.9, 0.6, 0.3, -0.2])
TWO = np.array([[[0.8, 0.2], [0.3, 0.7]]])


def made_up(respondents: int, drivers: int = 3, suppliers: int = 4) -> Choices:
    """Choices drawn from the true coefficients; the last supplier is one that not everybody has marked."""
    marks = RNG.normal(6, 1.5, (respondents, suppliers, drivers))
    among = np.ones((respondents, suppliers), dtype=bool)
    among[::3, -1] = False
    last = RNG.integers(0, suppliers - 1, respondents)
    empty = np.zeros((respondents, suppliers))
    choices = Choices(marks, last, empty, among, np.arange(respondents))
    p = chances(choices.columns, TRUE[: drivers + 1], among)
    chosen = (p.cumsum(axis=1) > RNG.random(respondents)[:, None]).argmax(axis=1)
    return choices._replace(chosen=np.eye(suppliers)[chosen])


def test_the_small_example_of_the_paper_s_equation() -> None:
    value = lifetime_values(TWO, TWO[:, 0], np.array([5.0]), np.array([2.0]), 2.0, 0.1)

    assert value[0, 0] == pytest.approx(15.53136, abs=5e-6)
    chance = [float((TWO[0, 0] @ np.linalg.matrix_power(TWO[0], t))[0]) for t in range(5)]
    assert chance == pytest.approx([0.8, 0.7, 0.65, 0.625, 0.6125])


@pytest.mark.parametrize("rate", [0.0, 0.1])
def test_values_are_the_sum_purchase_by_purchase(rate: float) -> None:
    frequency = np.array([0.3, 4.0, 52.0])
    matrix = switching(RNG.normal(size=(3, 3, 2)), np.array([1.0, 0.5, 0.5]), np.ones((3, 3), dtype=bool))
    start = matrix[:, 0]

    found = lifetime_values(matrix, start, np.full(3, 7.0), frequency, 3.0, rate)

    for one, f in enumerate(frequency):
        state, total = start[one], np.zeros(3)
        for t in range(int(3 * f) + 1):
            total += (1 + rate) ** (-t / f) * 7.0 * state
            state = state @ matrix[one]
        assert found[one] == pytest.approx(total)


def test_rows_of_a_matrix_sum_to_one_and_leave_out_who_may_not_be_chosen() -> None:
    among = np.array([[True, True, False]])

    matrix = switching(np.zeros((1, 3, 1)), np.array([np.log(4), 0.0]), among)

    assert matrix.sum(axis=2) == pytest.approx(1)
    assert matrix[0, :2, 2].tolist() == [0, 0]
    assert matrix[0, 0, 0] == pytest.approx(0.8)


def test_coefficients_are_where_the_likelihood_is_largest() -> None:
    choices = made_up(300)

    def loss(b: np.ndarray) -> float:
        p = chances(choices.columns, b, choices.among)
        return -float((choices.chosen * np.log(np.where(p > 0, p, 1))).sum())

    found = fit(choices)

    assert found.coefficients == pytest.approx(minimize(loss, np.zeros(4)).x, abs=1e-4)
    assert not found.penalised


def test_the_true_coefficients_lie_in_their_intervals() -> None:
    within = []
    for _ in range(200):
        found = fit(made_up(200))
        within.append(np.abs(found.coefficients - TRUE) < 1.96 * np.sqrt(np.diag(found.covariance)))

    assert np.mean(within, axis=0) == pytest.approx([0.95] * 4, abs=0.06)


def test_respondents_of_one_account_count_as_one() -> None:
    alone = made_up(100)
    thrice = Choices(*(np.repeat(part, 3, axis=0) for part in alone))

    assert fit(thrice).coefficients == pytest.approx(fit(alone).coefficients)
    assert fit(thrice).covariance == pytest.approx(fit(alone).covariance)


def test_what_is_separated_is_drawn_to_nought_and_told() -> None:
    choices = made_up(60)
    habit = choices._replace(chosen=np.eye(4)[choices.last])

    found = fit(habit)

    assert found.penalised
    assert np.isfinite(found.coefficients).all()
    assert found.coefficients[0] > 1


def test_a_driver_that_never_differs_weighs_nothing() -> None:
    choices = made_up(60)
    same = choices._replace(marks=np.concatenate([choices.marks, np.ones((60, 4, 1))], axis=2))

    found = fit(same)

    assert found.penalised
    assert found.coefficients[-1] == pytest.approx(0)
