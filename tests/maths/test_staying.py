"""On made-up books whose truth is known."""

import numpy as np
import pytest

from vitalfew.maths import roc
from vitalfew.maths.brier import brier
from vitalfew.maths.hurdle import interval
from vitalfew.maths.operational_time import clock, months_of, season_index
from vitalfew.maths.own_season import years_before
from vitalfew.maths.purchase_origins import Purchases, evenness
from vitalfew.maths.silences import declined, gaps, overdue, silent
from vitalfew.maths.staying import foretell


def made_up(accounts: int, days: int, hazard: float, seed: int) -> tuple[Purchases, np.ndarray]:
    """Accounts that buy at random at rates of their own and leave at random; purchases, and the day each left."""
    rng = np.random.default_rng(seed)
    rate, start = rng.gamma(1.5, 1 / 40, accounts), rng.integers(0, days // 2, accounts)
    left = start + rng.exponential(1 / hazard, accounts)
    rows = []
    for account in range(accounts):
        n = rng.poisson(rate[account] * (min(left[account], days) - start[account]))
        when = np.unique(
            np.append(rng.uniform(start[account], min(left[account], days), n).astype(np.int64), start[account])
        )
        rows += [(account, day) for day in when]
    account, day = np.array(rows).T
    return Purchases(account, day, np.ones(day.size), np.ones(day.size)), left


def test_it_knows_the_losses_of_a_book_made_up() -> None:
    bought, _left = made_up(800, 1000, 1 / 500, 7)
    known = bought.until(838)
    alive = np.unique(known.account)
    known = Purchases(np.searchsorted(alive, known.account), known.day, known.amount, known.lines)
    came = bought.counts(800, 838, 1000)[alive]

    said = foretell(known, 838, 162)
    low, high = interval(said.counts, said.coverage)

    area = roc.auc(1 - said.counts.any, (came == 0).astype(float))
    assert area is not None
    assert area.auc > 0.85
    assert brier(said.counts.any, (came > 0).astype(float)) < 0.15
    assert said.counts.mean.sum() == pytest.approx(came.sum(), rel=0.1)
    assert ((came >= low) & (came <= high)).mean() > 0.88  # more, as who has long left buys 0 for sure
    assert said.record is not None
    assert np.abs(said.index - 1).max() < 0.15


def test_the_order_in_which_accounts_are_numbered_does_not_matter() -> None:
    bought, _left = made_up(300, 800, 1 / 400, 3)
    turned = Purchases(299 - bought.account[::-1], bought.day[::-1], bought.amount, bought.lines)
    order = np.lexsort((turned.day, turned.account))
    turned = Purchases(turned.account[order], turned.day[order], turned.amount, turned.lines)

    one, other = (foretell(each, 799, 120).counts.any for each in (bought, turned))

    assert one == pytest.approx(other[::-1], abs=0.02)


def test_the_clock_of_a_busy_november() -> None:
    index = np.ones(12)
    index[10] = 1.6
    time = clock(index, 0, 364, 729)

    november = float(time.at(333) - time.at(303))
    assert november / float(time.at(302) - time.at(272)) == pytest.approx(1.6)
    assert float(time.at(364)) == pytest.approx(365)


def test_a_short_book_has_no_season() -> None:
    days = np.arange(400)

    assert season_index(np.zeros(1, np.int64), days, np.arange(401.0), 0, 399).tolist() == [1.0] * 12


def test_a_growing_book_without_season_has_none() -> None:
    first = np.arange(0, 1096, 2)
    repeats = np.concatenate([np.arange(each + 30, 1096, 30) for each in first])

    index = season_index(first, repeats, np.arange(1097) / 30, 0, 1095)

    assert np.abs(index - 1).max() < 0.05


def test_even_buying_is_seen() -> None:
    rng = np.random.default_rng(2)
    for shape, expected in ((1, 1), (6, 6)):
        waits = rng.gamma(shape, 60 / shape, (400, 8))
        day = np.rint(np.cumsum(waits, axis=1)).astype(np.int64).ravel()
        even = evenness(Purchases(np.repeat(np.arange(400), 8), day, np.ones(3200), np.ones(3200)))
        assert abs(even - expected) <= 1


def test_silences_of_the_worked_example() -> None:
    account, day = np.zeros(5, np.int64), np.array([0, 30, 58, 91, 120])
    known = gaps(account, day, 195)

    assert known.median[0] == 29.5
    assert overdue(known)[0] < 1e-4
    assert silent(known).tolist() == [True]
    assert declined(account, day, 195).tolist() == [True]
    assert np.isnan(overdue(gaps(account[:2], day[:2], 90))[0])


def test_a_year_counts_once_the_account_is_known() -> None:
    one = Purchases(np.zeros(3, np.int64), np.array([400, 500, 865]), np.ones(3), np.ones(3))

    assert [int(each[0]) for each in years_before(one, 1200, 60)] == [2, 2, 2]
    assert [int(each[0]) for each in years_before(one, 1100, 60)] == [1, 0, 0]
    assert months_of(np.array([0, 31])).tolist() == [0, 1]
