"""Whom to hold out, and what a trial could show: against sums done by hand."""

from math import sqrt
from random import Random

import numpy as np
import pytest
from scipy.stats import norm

from vitalfew.maths.foresight import foreseen
from vitalfew.maths.lots import Unit, drawn

SEVEN = [Unit(f"u{n}", "a" if n < 4 else "b", 100.0 - n) for n in range(7)]


def test_blocks_are_cut_by_stratum_and_size_and_what_is_left_over_is_cut_again():
    lots = drawn(SEVEN, 3, seed=7)

    assert {name: lot.block for name, lot in lots.items()} == {
        "u0": 1, "u1": 1, "u2": 1,  # the three largest of a
        "u4": 2, "u5": 2, "u6": 2,  # those of b
        "u3": 3,  # what is left over
    }  # fmt: skip


def test_who_is_held_out_is_what_the_chances_of_the_seed_say():
    chance = Random(7)  # noqa: S311  (lots, not secrets)
    places = [int(chance.random() * 3) for _block in range(3)]
    blocks = [["u0", "u1", "u2"], ["u4", "u5", "u6"], ["u3"]]
    by_hand = {block[place] for block, place in zip(blocks, places, strict=True) if place < len(block)}

    assert {name for name, lot in drawn(SEVEN, 3, seed=7).items() if lot.held_out} == by_hand


def test_each_full_block_holds_out_exactly_one_and_the_last_one_with_its_chance():
    units = [Unit(f"u{n}", "a", float(n)) for n in range(10)]
    n_last = 0
    for seed in range(3000):
        lots = drawn(units, 4, seed)
        out = [lot.block for lot in lots.values() if lot.held_out]
        assert sorted(out)[:2] == [1, 2]
        n_last += 3 in out
    assert n_last / 3000 == pytest.approx(2 / 4, abs=0.03)


def test_every_unit_is_as_likely_to_be_held_out():
    held = dict.fromkeys((unit.name for unit in SEVEN), 0)
    for seed in range(3000):
        for name, lot in drawn(SEVEN, 3, seed).items():
            held[name] += lot.held_out
    assert all(n / 3000 == pytest.approx(1 / 3, abs=0.03) for n in held.values())


def test_lots_do_not_depend_on_the_order_in_which_units_come():
    assert drawn(SEVEN, 3, 5) == drawn(SEVEN[::-1], 3, 5)


def test_one_alone_in_a_block_and_the_same_unit_twice_are_refused():
    with pytest.raises(ValueError, match="each unit once"):
        drawn(SEVEN, 1, 5)
    with pytest.raises(ValueError, match="each unit once"):
        drawn([*SEVEN, SEVEN[0]], 3, 5)


def test_the_least_effect_is_what_the_spread_and_the_numbers_say():
    value = np.array([80.0, 120.0] * 20)
    variance = value.var(ddof=1)
    by_hand = (norm.ppf(0.975) + norm.ppf(0.8)) * sqrt(variance * (1 / 30 + 1 / 10))

    seen = foreseen(np.arange(40), value, np.ones(40), 30, 0.1)

    assert seen.least == seen.plain == pytest.approx(by_hand)
    assert seen.share == pytest.approx(by_hand / 100)
    assert seen.needed == 65  # 2 × 410.26 × 7.849 / 10²


def test_the_past_makes_it_sharper_by_what_it_foretells():
    rng = np.random.default_rng(3)
    known = rng.normal(100, 20, 400)
    value = known + rng.normal(0, 10, 400)
    rho = np.corrcoef(known, value)[0, 1]

    seen = foreseen(np.arange(400), value, known, 200, 0.1)

    assert seen.left == pytest.approx(1 - rho**2)
    assert seen.least == pytest.approx(seen.plain * sqrt(1 - rho**2))


def test_companies_of_a_group_say_less_than_as_many_that_stand_alone():
    value = np.repeat([50.0, 100, 150, 100], 10)

    alone, together = (
        foreseen(cluster, value, np.ones(40), 20, 0.1) for cluster in (np.arange(40), np.arange(40) // 10)
    )

    assert together.least > 2 * alone.least


@pytest.mark.parametrize("treated", [0, 4])
def test_nothing_is_told_where_a_side_is_empty(treated):
    assert foreseen(np.arange(4), np.arange(4.0), np.ones(4), treated, 0.1) is None


def test_nothing_is_told_where_nothing_varies():
    assert foreseen(np.arange(4), np.ones(4), np.ones(4), 2, 0.1) is None
