"""Columns of any kind as numbers, and the terms made of them."""

import numpy as np
import pytest

from vitalfew.maths.signs import MOST, Sign, columns, linear, paired, thresholds

RNG = np.random.default_rng(1)


def test_what_says_nothing_new_is_left_out() -> None:
    number = RNG.normal(size=200)
    same, twice, many = np.ones(200), 3 - 2 * number, np.arange(200.0)
    made = columns([Sign(number), Sign(same), Sign(twice), Sign(many, 200), Sign(np.full(200, np.nan))], 200)

    assert made.sign.tolist() == [0]
    assert made.values.std(axis=0) == pytest.approx([1.0])


def test_rare_words_count_as_one_and_the_commonest_is_the_measure() -> None:
    codes = np.repeat([0.0, 1, 2, 3, np.nan], [120, 50, 9, 9, 12])
    made = columns([Sign(codes, 4)], 200)

    assert made.sign.tolist() == [0, 0, 0]
    assert sorted((made.values > 0).sum(axis=0).tolist()) == [12, 18, 50]
    assert not made.graded.any()


def test_one_number_beyond_reason_does_not_hide_the_others() -> None:
    made = columns([Sign(np.append(np.arange(999.0), 1e12))], 1000)

    assert np.quantile(made.values[:, 0], 0.9) - np.quantile(made.values[:, 0], 0.1) > 2


def test_there_are_so_many_columns_at_most() -> None:
    assert columns([Sign(each) for each in RNG.normal(size=(90, 50))], 50).sign.size == MOST


def test_thresholds_begin_at_quantiles_and_are_learned_once() -> None:
    made = columns([Sign(np.arange(1000.0)), Sign((np.arange(1000) % 2).astype(float), 2)], 1000)
    terms = thresholds(made)
    values = terms.of(made.values)

    assert terms.column.tolist() == [0, 0, 0, 0, 1]
    assert values.mean(axis=0) == pytest.approx(np.zeros(5), abs=1e-9)
    assert [(values[:, at] > values[:, at].min() + 1e-9).mean() for at in (1, 2, 3)] == pytest.approx(
        [0.8, 0.5, 0.2], abs=0.005
    )
    assert terms.of(made.values[:7]) == pytest.approx(values[:7])


def test_pairs_are_of_different_strong_signs() -> None:
    made = columns([Sign(each) for each in RNG.normal(size=(3, 100))], 100)
    terms = paired(thresholds(made), made, np.array([0, 2]))
    one, other = terms.signs(made.sign)

    assert terms.left.size == 16
    assert {(a, b) for a, b in zip(one[12:], other[12:], strict=True)} == {(0, 2)}
    single = linear(made)
    assert single.of(made.values) == pytest.approx(made.values)


def test_without_signs_there_are_no_columns() -> None:
    assert columns([], 7).values.shape == (7, 0)
