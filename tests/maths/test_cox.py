"""Proportional hazards against what others publish and compute, and the likelihood by its definition."""

import numpy as np
import pytest

from vitalfew.maths import cox

PLACEBO = [1, 1, 2, 2, 3, 4, 4, 5, 5, 8, 8, 8, 8, 11, 11, 12, 12, 15, 17, 22, 23]
TREATED = [6, 6, 6, 7, 10, 13, 16, 22, 23]
TREATED_STILL = [6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35]


@pytest.fixture
def leukaemia():
    """Weeks of remission, Freireich et al. (1963), the example of Cox (1972)."""
    times = np.array([*PLACEBO, *TREATED, *TREATED_STILL], dtype=float)
    happened = np.arange(times.size) < len(PLACEBO) + len(TREATED)
    return times, happened, (np.arange(times.size) < len(PLACEBO)).astype(float)[:, None]


def drawn(n, seed=3, steps=12):
    rng = np.random.default_rng(seed)
    x = np.column_stack([rng.normal(size=n), rng.random(n) < 0.3, rng.gamma(2, 1, n)]).astype(float)
    t = rng.weibull(1.3, n) * np.exp(-(x @ [0.5, -0.4, 0.2]) / 1.3) * steps
    c = rng.uniform(0, 2 * steps, n)
    return np.ceil(np.minimum(t, c)), t <= c, x


def log_likelihood(times, happened, x, b):
    """Efron's, a time and a death after the other."""
    total = 0.0
    for time in np.unique(times[happened]):
        died = happened & (times == time)
        s, d = np.exp(x[times >= time] @ b).sum(), np.exp(x[died] @ b).sum()
        total += (x[died] @ b).sum() - sum(np.log(s - k / died.sum() * d) for k in range(died.sum()))
    return total


def test_remission_of_leukaemia_as_published(leukaemia):
    found = cox.fit(*leukaemia)

    assert found.coefficients == pytest.approx([1.57213], abs=5e-6)
    assert found.standard_errors == pytest.approx([0.41240], abs=5e-6)
    assert found.log_likelihood == pytest.approx(-85.00842, abs=5e-6)
    assert found.log_likelihood_without == pytest.approx(-93.18427, abs=5e-6)
    ratio, low, high = found.hazard_ratios()
    assert (ratio[0], low[0], high[0]) == pytest.approx((4.817, 2.147, 10.81), abs=5e-3)


def test_the_maximum_is_that_of_the_definition():
    times, happened, x = drawn(200)

    found = cox.fit(times, happened, x)

    assert found.log_likelihood == pytest.approx(log_likelihood(times, happened, x, found.coefficients), rel=1e-12)
    step = 1e-4 * np.eye(3)
    for way in (*step, *-step):
        assert log_likelihood(times, happened, x, found.coefficients + way) < found.log_likelihood
    assert found.log_likelihood_without == pytest.approx(log_likelihood(times, happened, x, np.zeros(3)), rel=1e-12)


def test_the_covariance_is_the_curvature_of_the_definition():
    times, happened, x = drawn(120)
    found = cox.fit(times, happened, x)
    h = 1e-3

    def at(*ways):
        return log_likelihood(times, happened, x, found.coefficients + sum(ways))

    e = h * np.eye(3)
    bend = [[(at(a, b) - at(a, -b) - at(-a, b) + at(-a, -b)) / (4 * h * h) for b in e] for a in e]

    assert np.linalg.inv(-np.array(bend)) == pytest.approx(found.covariance, rel=1e-4)


def test_a_sample_climbed_first_changes_nothing(monkeypatch):
    book = drawn(3_000)
    whole = cox.fit(*book)
    monkeypatch.setattr(cox, "SAMPLE", 300)

    assert cox.fit(*book).coefficients == pytest.approx(whole.coefficients, abs=1e-10)


def test_units_change_coefficients_alone():
    times, happened, x = drawn(500)
    found, other = cox.fit(times, happened, x), cox.fit(times * 7, happened, x * [1000, 1, 0.01] + 5)

    assert other.coefficients * [1000, 1, 0.01] == pytest.approx(found.coefficients, rel=1e-9)
    assert other.coefficients / other.standard_errors == pytest.approx(
        found.coefficients / found.standard_errors, rel=1e-6
    )


def test_coefficients_that_were_planted_are_found():
    found = cox.fit(*drawn(40_000))

    assert np.abs((found.coefficients - [0.5, -0.4, 0.2]) / found.standard_errors).max() < 4


@pytest.mark.parametrize(
    ("happened", "x", "why"),
    [
        ([0, 0, 0, 0], [[0], [1], [0], [1]], "nobody"),
        ([1, 1, 1, 1], [[2], [2], [2], [2]], "same for all"),
        ([1, 1, 1, 0], [[0, 0], [1, 2], [0, 0], [1, 2]], "told apart"),
        ([1, 1, 0, 0], [[1], [1], [0], [0]], "runs away"),
    ],
)
def test_what_the_data_do_not_determine_is_refused(happened, x, why):
    with pytest.raises(cox.NotDetermined, match=why):
        cox.fit(np.arange(1.0, 5.0), np.array(happened, dtype=bool), np.array(x, dtype=float))


def waiting(n, seed, wears_off):
    """Exponential times whose hazard a covariate doubles, for ever or until the median only."""
    rng = np.random.default_rng(seed)
    x = (rng.random(n) < 0.5).astype(float)
    early = rng.exponential(1 / (1 + x))
    later = 0.5 + rng.exponential(1 / np.where(x > 0, 0.7, 1.4))
    times = np.where(early < 0.5, early, later) if wears_off else early
    return times, times < np.quantile(times, 0.8), np.column_stack([x, rng.normal(size=n)])


def told_apart(seed, *, wears_off):
    given = waiting(300, seed, wears_off)
    return cox.proportional(*given, cox.fit(*given))


def test_hazards_that_are_proportional_are_doubted_once_in_twenty():
    doubts = np.mean([told_apart(seed, wears_off=False) < 0.05 for seed in range(300)], axis=0)

    assert doubts == pytest.approx([0.05, 0.05], abs=0.035)


def test_an_effect_that_turns_is_seen():
    doubts = np.mean([told_apart(seed, wears_off=True) < 0.05 for seed in range(60)], axis=0)

    assert doubts[0] > 0.8
    assert doubts[1] < 0.15


def test_residuals_at_the_maximum_add_to_nothing(leukaemia):
    times, happened, x = leukaemia
    found = cox.fit(times, happened, x)

    known = cox._Sorted.of(times, happened, np.array(x.T, order="C"))
    assert known.residuals(found.coefficients).sum() == pytest.approx(0, abs=1e-5)


def test_events_of_one_time_cannot_show_a_trend():
    times, happened = np.ones(40), np.arange(40) < 20
    x = np.random.default_rng(1).normal(size=(40, 1))

    assert cox.proportional(times, happened, x, cox.fit(times, happened, x)).tolist() == [1.0]
