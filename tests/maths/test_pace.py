"""Whose buying has quickened: the worked example, its limits, and that fading is learned only where it is."""

import numpy as np
import pytest

from vitalfew.maths.pace import ALL, Lesson, Repeats, faded, kept, pace

YEAR = 52.0


def regular(gap, since, until):
    """Times ago of purchases every so many weeks."""
    return np.arange(until, since, gap)


def test_nothing_fades_at_one_and_the_pace_nears_one_with_little_seen():
    repeats = Repeats(np.zeros(4, np.int64), np.array([1.0, 2, 3, 4]))
    age = np.array([5.0])

    assert (faded(repeats, age, ALL).x, faded(repeats, age, ALL).age) == (4, 5)
    assert pace(np.array([0.8]), faded(repeats, age, ALL))[0] == pytest.approx(1)
    assert faded(repeats, age, 1 - 1e-9).age[0] == pytest.approx(5)


def test_who_bought_twice_as_often_of_late_has_twice_the_pace():
    ago = np.concatenate([regular(1.0, 52, 0.5), regular(2.0, 208, 52)])
    repeats, age = Repeats(np.zeros(ago.size, np.int64), ago), np.array([208.0])
    usual = np.array([ago.size / 208])

    now = usual * pace(usual, faded(repeats, age, 0.05 ** (1 / YEAR)))

    assert now[0] == pytest.approx(1.0, abs=0.08)


def test_the_unit_of_time_changes_nothing():
    ago = np.array([3.0, 10, 30, 80])
    weeks = pace(np.array([0.05]), faded(Repeats(np.zeros(4, np.int64), ago), np.array([90.0]), 0.2 ** (1 / YEAR)))
    days = pace(
        np.array([0.05 / 7]), faded(Repeats(np.zeros(4, np.int64), ago * 7), np.array([630.0]), 0.2 ** (1 / (7 * YEAR)))
    )

    assert weeks[0] == pytest.approx(days[0])


def lesson(drift, seed=1, customers=300):
    """A year after two, of customers whose rates moved at the middle of the two by a factor of their own."""
    rng = np.random.default_rng(seed)
    rate, moved = rng.gamma(3.0, 0.15, customers), np.exp(rng.normal(0, drift, customers))
    early, late = rng.poisson(rate * 52), rng.poisson(rate * moved * 52)
    account = np.concatenate([np.repeat(np.arange(customers), each) for each in (early, late)])
    ago = np.concatenate([rng.uniform(52, 104, early.sum()), rng.uniform(0, 52, late.sum())])
    counts = rng.poisson(rate * moved * 52).astype(float)
    usual = (3.0 + early + late) / (1 / 0.15 + 104)
    return Lesson(usual, Repeats(account, ago), np.full(customers, 104.0), 52.0, counts)


def test_fading_is_learned_where_rates_move_and_not_where_they_stay():
    assert kept([lesson(0.8)], YEAR)[0] <= 0.2
    assert kept([lesson(0.0)], YEAR)[0] == ALL


def test_few_customers_teach_nothing():
    assert kept([lesson(0.8, customers=20)], YEAR) == (ALL, {})
