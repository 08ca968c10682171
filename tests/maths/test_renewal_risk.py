"""Signs of contracts and their renewals: planted risks are found again, and what says nothing is not believed."""

from collections.abc import Callable

import numpy as np
import pytest
from scipy.optimize import minimize

from vitalfew.maths import roc
from vitalfew.maths.renewal_hazard import Renewals
from vitalfew.maths.renewal_risk import DURATION, PAIRS, SIGNS, ahead, few, learn, prove, sample
from vitalfew.maths.ridge import hazards
from vitalfew.maths.signs import Columns, Sign, columns

YEARS = 10
Hazard = Callable[[np.ndarray], np.ndarray]


def steady(k: np.ndarray) -> np.ndarray:
    return np.full(np.shape(k), 0.12)


def falling(k: np.ndarray) -> np.ndarray:
    return 0.35 / (1 + 0.5 * (k - 1))


def drawn(
    seed: int, n: int, coefficients: list[float], hazard: Hazard = steady
) -> tuple[np.ndarray, np.ndarray, Renewals]:
    """Signs, how many times the base risk they make, and which contracts were lost at which renewal."""
    rng = np.random.default_rng(seed)
    x = rng.normal(size=(n, len(coefficients)))
    risk, due = np.exp(x @ coefficients), rng.integers(0, YEARS, n)
    lost, seen = np.zeros(n, dtype=bool), np.zeros(n, dtype=np.int64)
    for k in range(1, YEARS):
        at = ~lost & (due >= k)
        seen[at] = k
        lost |= at & (rng.random(n) < 1 - (1 - hazard(np.array(k))) ** risk)
    return x, risk, Renewals(np.zeros_like(due), seen, due, lost)


def known(x: np.ndarray, seen: Renewals) -> tuple[Columns, Renewals, np.ndarray, Columns]:
    """What is learned from: columns and renewals of contracts that came to one; and the columns of all."""
    made, some = columns([Sign(each) for each in x.T], len(x)), sample(seen)
    return made._replace(values=made.values[some]), seen.of(some), some, made


def test_the_regression_is_where_the_grouped_likelihood_is_largest() -> None:
    rng = np.random.default_rng(2)
    x = np.column_stack([np.ones(300), rng.normal(size=(300, 2))])
    lost, before, now = (rng.random(300) < 0.3).astype(float), rng.random(300), np.full(300, 0.2)
    penalty = np.array([0.0, 2.0, 2.0])

    def loss(b: np.ndarray) -> float:
        risk = np.exp(x @ b)
        through = np.where(lost > 0, before, before + now)
        return float((risk * through - lost * np.log(-np.expm1(-risk * now))).sum() + (penalty * b**2).sum() / 2)

    found = hazards(x, lost, np.where(lost > 0, before, before + now), now, penalty)

    assert found.coefficients == pytest.approx(minimize(loss, np.zeros(3)).x, abs=1e-4)


@pytest.mark.parametrize("hazard", [steady, falling])
def test_planted_coefficients_are_recovered(hazard: Hazard) -> None:
    x, _risk, seen = drawn(3, 3000, [0.6, -0.4, 0.0], hazard)
    made, some, _place, _all = known(x, seen)
    learned = learn(made, some, SIGNS, YEARS + 1)

    assert learned.ridge.coefficients[1:] == pytest.approx([0.6, -0.4, 0.0], abs=0.08)
    assert np.sqrt(np.diag(learned.ridge.covariance))[1:] == pytest.approx(np.full(3, 0.03), abs=0.01)
    assert 1 - np.exp(-learned.base.hazard[:5]) == pytest.approx(hazard(np.arange(1, 6)), abs=0.04)


def held(seed: int, n: int, hazard: Hazard, way: str | None = None) -> float:
    """The share of running contracts whose true chance of loss is within the interval."""
    x, risk, seen = drawn(seed, n, [0.6, -0.4, 0.0], hazard)
    made, some, place, everybody = known(x, seen)
    learned = learn(made, some, way or prove(made, some, place, YEARS + 1).way, YEARS + 1)
    runs = ~seen.lost
    following = seen.due[runs] + 1
    told, true = ahead(learned, everybody.values[runs], following), 1 - (1 - hazard(following)) ** risk[runs]
    return float(((told.low <= true) & (true <= told.high)).mean())


@pytest.mark.parametrize("hazard", [steady, falling])
@pytest.mark.parametrize("n", [250, 1000])
def test_intervals_hold_the_true_chance(hazard: Hazard, n: int) -> None:
    assert 0.86 <= np.mean([held(seed, n, hazard, SIGNS) for seed in range(100)]) <= 0.94


@pytest.mark.nightly
@pytest.mark.parametrize("hazard", [steady, falling])
def test_intervals_hold_the_true_chance_by_the_way_that_is_chosen(hazard: Hazard) -> None:
    assert 0.86 <= np.mean([held(seed, 300, hazard) for seed in range(150)]) <= 0.94


def test_signs_that_say_nothing_are_not_used() -> None:
    ways = []
    for seed in range(10):
        x, _risk, seen = drawn(seed, 300, [0.0, 0.0, 0.0])
        made, some, place, _all = known(x, seen)
        ways.append(prove(made, some, place, YEARS + 1).way)

    assert ways.count(DURATION) >= 9


def test_a_risk_that_begins_at_a_threshold_of_one_sign_and_needs_another_is_found_by_pairs() -> None:
    rng = np.random.default_rng(4)
    x = rng.normal(size=(2000, 3))
    risk = np.where((x[:, 0] > 0.8) & (x[:, 1] > 0), 8.0, 1.0)
    lost = rng.random(2000) < 1 - 0.9**risk
    seen = Renewals(np.zeros(2000, int), np.ones(2000, int), np.ones(2000, int), lost)
    made, some, place, _all = known(x, seen)
    proof = prove(made, some, place, 2)

    assert proof.way == PAIRS
    assert proof.deviance[PAIRS] < proof.deviance[SIGNS] < proof.deviance[DURATION]
    area = {way: roc.auc(said, proof.lost) for way, said in proof.said.items()}
    assert area[PAIRS].auc > area[SIGNS].auc + 0.02


def test_below_thirty_losses_nothing_is_learned() -> None:
    x, _risk, seen = drawn(1, 40, [2.0])
    made, some, place, _all = known(x, seen)

    assert few(some)
    assert prove(made, some, place, YEARS + 1).way == DURATION


def test_a_customer_is_never_judged_by_its_own_contracts() -> None:
    """A word that only names the customer tells nothing of others."""
    rng = np.random.default_rng(6)
    customer = np.repeat(np.arange(40), 20)
    lost = rng.random(40)[customer] < 0.4
    seen = Renewals(np.zeros(800, int), np.ones(800, int), np.ones(800, int), lost)
    made = columns([Sign((customer * 7 % 40).astype(float))], 800)

    assert prove(made, seen, customer, 2).way == DURATION


def test_what_is_separated_stays_finite() -> None:
    sign = np.repeat([0.0, 1.0], 100)
    seen = Renewals(np.zeros(200, int), np.ones(200, int), np.ones(200, int), sign > 0)
    made = columns([Sign(sign)], 200)
    told = ahead(learn(made, seen, SIGNS, 2), made.values, np.ones(200, int))

    assert np.isfinite(np.array(told)).all()
    assert told.chance[-1] > 0.8
    assert told.chance[0] < 0.2
    assert ((told.low <= told.chance) & (told.chance <= told.high)).all()
