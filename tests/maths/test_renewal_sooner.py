"""What makes contracts end sooner: planted ratios are found, and nothing is told where too little is known."""

import numpy as np
import pytest

from vitalfew.maths.renewal_hazard import Renewals
from vitalfew.maths.renewal_sooner import sooner
from vitalfew.maths.signs import GRADED, Sign, columns

RISK, NEVER_MIND, HALF = 1.6, 1.0, 0.5


def contracts(n, seed=5, first=0):
    """Up to six renewals each: one number counts, another doesn't, one word halves the risk."""
    rng = np.random.default_rng(seed)
    number, idle, word = rng.normal(size=n), rng.normal(size=n), rng.random(n) < 0.4
    hazard = 1 - (1 - 0.12) ** (RISK**number * HALF**word)
    over = rng.integers(1, 7, n)
    failed = rng.geometric(hazard)
    lost = failed <= over
    seen = np.where(lost, failed, over)
    signs = [Sign(number), Sign(idle), Sign(word.astype(float), words=2)]
    return columns(signs, n), Renewals(np.full(n, first), seen, np.maximum(over, seen), lost)


def test_planted_ratios_are_inside_their_intervals():
    found = sooner(*contracts(3000))

    for place, true in enumerate((RISK, NEVER_MIND, HALF)):
        assert found.low[place] < true < found.high[place]
    assert found.ratio[0] == pytest.approx(RISK, rel=0.1)
    assert found.ratio[2] == pytest.approx(HALF, rel=0.15)
    assert (found.proportional > 0.01).all()


@pytest.mark.nightly
def test_intervals_hold_what_was_planted_in_nineteen_of_twenty_books():
    told = [sooner(*contracts(400, seed)) for seed in range(400)]
    held = [(each.low[0] < RISK < each.high[0], each.low[1] < 1 < each.high[1]) for each in told]

    assert np.mean(held, axis=0) == pytest.approx([0.95, 0.95], abs=0.025)


def test_columns_say_which_word_they_tell_of():
    made, _seen = contracts(200)

    assert made.word.tolist() == [GRADED, GRADED, 1]


def test_too_few_losses_tell_nothing():
    made, seen = contracts(60)

    assert seen.lost.sum() < 30
    assert sooner(made, seen) is None


def test_contracts_whose_first_renewals_were_not_watched_are_left_out():
    assert sooner(*contracts(3000, first=1)) is None


def test_a_word_that_all_losses_share_tells_nothing():
    n = 300
    lost = np.arange(n) < 100
    ends = np.where(lost, 1, 2)
    made = columns([Sign(lost.astype(float), words=2)], n)

    assert sooner(made, Renewals(np.zeros(n, int), ends, ends, lost)) is None
