"""What is kept is what would be calculated, bit by bit."""

from typing import NamedTuple

import numpy as np
import pytest

from vitalfew.maths import change_points, remembered, trends

DECLARING = (change_points, trends)


class Sums(NamedTuple):
    total: np.ndarray


@pytest.fixture
def memory(monkeypatch):
    monkeypatch.setattr(remembered, "_FEWEST", 1)

    class Kept(dict):
        def recall(self, key):
            return self.get(key)

        def keep(self, key, arrays):
            self[key] = arrays

    return Kept()


@pytest.fixture
def summed():
    """A function that tells which rows it was asked for."""
    asked = []

    def total(rows, times=1.0):
        asked.append(len(rows))
        return Sums(rows.sum(axis=1) * times)

    return asked, total


def series(n=700, periods=36, seed=5):
    """Sales with empty months, ties, steps, and a time before each began."""
    chance = np.random.default_rng(seed)
    rows = np.round(chance.gamma(1.5, 200, (n, periods)), 2) * (chance.random((n, periods)) < 0.7)
    rows[::7] = np.round(rows[::7], -2)
    rows[np.arange(periods) < chance.integers(0, periods, n)[:, None]] = np.nan
    return rows


def test_all_that_declare_it_are_proven():
    assert {name.partition("-")[0] for name in remembered.REMEMBERED} == {
        module.__name__.rpartition(".")[2] for module in DECLARING
    }


@pytest.mark.parametrize("name", sorted(remembered.REMEMBERED))
def test_a_rows_answer_rests_on_that_row_alone(name):
    function, rows = remembered.REMEMBERED[name], series()
    whole = remembered._parts(function(rows))
    chance = np.random.default_rng(1)

    for places in (chance.permutation(len(rows)), chance.integers(0, len(rows), 100), np.array([3]), np.array([9, 4])):
        part = remembered._parts(function(rows[places]))
        for field, values in part.items():
            assert values.tobytes() == whole[field][places].tobytes(), field


@pytest.mark.parametrize("name", sorted(remembered.REMEMBERED))
def test_what_was_kept_is_what_is_calculated(name, memory):
    function, rows = remembered.REMEMBERED[name], series()
    other = np.concatenate([series(seed=8)[:50], rows[20:], rows[:3]])
    with remembered.remembering(memory):
        function(rows)
        found = remembered._parts(function(other))

    for field, values in remembered._parts(function(other)).items():
        assert values.tobytes() == found[field].tobytes(), field


def test_only_rows_not_seen_before_are_calculated(memory, summed):
    asked, total = summed
    function = remembered.remembered(Sums, by_row=True)(total)
    rows = np.nan_to_num(series())
    with remembered.remembering(memory):
        function(rows)
        function(rows[::-1])
        function(np.concatenate([rows[5:], rows[:2] + 1.0]))

    assert asked == [700, 2]


def test_other_arguments_are_other_questions(memory, summed):
    asked, total = summed
    rows = series()
    for by_row in (False, True):
        asked.clear()
        function = remembered.remembered(Sums, by_row=by_row)(total)
        with remembered.remembering(memory):
            same, twice = function(rows, 1.0), function(rows, 2.0)

        assert asked == [700, 700]
        assert np.array_equal(twice.total, 2 * same.total, equal_nan=True)


def test_a_whole_answer_is_found_by_every_bit(memory, summed):
    asked, total = summed
    function, rows = remembered.remembered(Sums)(total), np.nan_to_num(series())
    with remembered.remembering(memory):
        function(rows)
        function(rows.copy())
        rows[3, 5] = np.nextafter(rows[3, 5], 1e9)
        function(rows)

    assert asked == [700, 700]


def test_nothing_is_kept_where_nobody_remembers(summed):
    asked, total = summed
    function = remembered.remembered(Sums)(total)

    function(series())
    function(series())

    assert asked == [700, 700]


def test_keys_tell_rows_apart():
    rows = series(20_000, 5)

    keys = remembered.row_keys(rows)

    assert len(np.unique(keys[0])) == len(np.unique(keys[1])) == len({row.tobytes() for row in rows})
