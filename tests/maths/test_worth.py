"""Worth told in books made up by the model itself: ranges hold what they promise, and what changes is seen."""

from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pytest

from vitalfew.maths.purchase_origins import Purchases
from vitalfew.maths.spokesmen import by_process
from vitalfew.maths.value_interval import held, total
from vitalfew.maths.worth import Asked, at_pace, level_error, tell
from vitalfew.maths.worth_days import Bought, Past, choose, history, learned_pace, look_back, returned, trust

NOW, AHEAD = 728, 364
WHOLESALE = {"r": 2.0, "alpha": 140.0, "a": 0.2, "b": 6.0, "k": 1}
SHOPS = {"r": 0.24, "alpha": 31.0, "a": 0.8, "b": 2.4, "k": 1}
EVEN = {"r": 1.5, "alpha": 21.0, "a": 0.2, "b": 5.0, "k": 4}
STAYING = {"r": 1.5, "alpha": 70.0, "a": 0.02, "b": 5.0, "k": 1}
ASKED = Asked("auto", 7.0, AHEAD / 7, 0.0, "gamma-gamma")


def book(world, customers, seed, drift=0.0):
    """Purchases of customers who begin in the first 500 days, seen until a year after the day of the question.

    With a drift each customer's rate grows or shrinks by its own factor a year, up to the day of the question.
    """
    rng = np.random.default_rng(seed)
    account, day, amount = [], [], []
    for each in range(customers):
        at, rate = rng.uniform(0, 500), rng.gamma(world["r"], 1 / world["alpha"])
        leaves, scale, growth = rng.beta(world["a"], world["b"]), rng.gamma(3.74, 1 / 15.44), rng.normal(0, drift)
        while at <= NOW + AHEAD:
            account.append(each)
            day.append(int(at))
            amount.append(rng.gamma(6.25, 1 / scale))
            if rng.random() < leaves:
                break
            speed = np.exp(growth * (min(at, NOW) - NOW / 2) / 365)
            at += max(rng.gamma(world["k"], 1 / rate) / speed, 1.0)
    columns = (np.array(each) for each in (account, day, amount, amount))
    return Bought(Purchases(*columns), np.zeros(customers, dtype=bool))


def judged(bought):
    """What is told on the day, and what came: worth, ranges, sums."""
    known = history(bought.until(NOW).purchases, NOW, ASKED, by_season=True)
    asked, _fits = choose(bought.until(NOW), known, NOW, ASKED)
    told = tell(known, None, NOW, asked)
    past = look_back(bought.until(NOW), told, NOW, by_season=True)
    kept, _memory = learned_pace(past, ASKED.year)
    how_far, told = trust(past, kept), at_pace(told, kept)
    counts, came = (each[bought.known(NOW)] for each in bought.within(NOW, AHEAD))
    spoken = by_process(told, how_far, np.zeros(counts.size, dtype=bool), forced=False)
    ends = spoken.ends
    whole, low, high = total(told.value, ends, float(np.hypot(level_error(told), how_far.level)))
    return {
        "held": held(came, ends),
        "lost": told.lost,
        "again": how_far.again,
        "whole_held": low <= came.sum() <= high,
        "told": whole,
        "came": came.sum(),
        "ratio": told.expected.sum() / max(counts.sum(), 1),
        "kept": kept,
        "name": asked.model,
        "told_now": told,
        "counts": counts,
    }


@pytest.mark.parametrize(("customers", "books"), [(60, 8), (200, 3), (1000, 1)])
@pytest.mark.parametrize("world", [WHOLESALE, SHOPS, EVEN, STAYING], ids=["wholesale", "shops", "even", "staying"])
def test_nine_in_ten_ranges_hold_in_the_models_own_world(world, customers, books):
    seeds = range(books)
    found = [judged(book(world, customers, seed)) for seed in seeds]

    share = np.concatenate([each["held"] for each in found]).mean()
    assert 0.86 <= share <= 0.94


def test_the_range_of_the_sum_holds_too():
    found = [judged(book(world, 60, seed)) for world in (WHOLESALE, STAYING) for seed in range(20, 30)]

    assert np.mean([each["whole_held"] for each in found]) >= 0.8


def test_where_nothing_changes_nothing_fades():
    assert [judged(book(STAYING, 200, seed))["kept"] for seed in range(3)] == [1, 1, 1]


def test_where_customers_grow_and_shrink_their_present_pace_tells_more():
    for seed in range(3):
        found = judged(book(STAYING, 300, seed, drift=0.7))
        now = found["told_now"]

        missed = {kept: np.abs(at_pace(now, kept).expected - found["counts"]).mean() for kept in (now.kept, 1.0)}
        assert now.kept <= 0.5
        assert missed[now.kept] < 0.9 * missed[1.0]


def test_even_buying_is_chosen_where_buying_is_even():
    assert judged(book(EVEN, 300, 4))["name"] in {"bg-cnbd-k", "mbg-cnbd-k"}


def test_a_book_is_told_by_what_was_known_on_the_day():
    """Purchases after the day change nothing."""
    whole = book(WHOLESALE, 80, 5)
    cut = whole.until(NOW)

    assert np.array_equal(judged(whole)["told_now"].value, told_alone(cut))


def told_alone(bought):
    known = history(bought.purchases, NOW, ASKED, by_season=True)
    asked, _fits = choose(bought, known, NOW, ASKED)
    told = tell(known, None, NOW, asked)
    return at_pace(told, learned_pace(look_back(bought, told, NOW, by_season=True), ASKED.year)[0]).value


def test_who_was_thought_lost_and_came_back_is_counted():
    told = SimpleNamespace(lost=np.array([True, True, False, False]))

    assert returned(Past(told, np.array([0.0, 3.0, 2.0, 5.0]), np.zeros(4))) == (2, 1)


def pausing(customers, seed):
    """Half of the customers leave for good some day; the others pause now and then, for half a year or longer."""
    rng = np.random.default_rng(seed)
    account, day = [], []
    for each in range(customers):
        at, rate, pauses = rng.uniform(0, 300), rng.gamma(6, 1 / 90), rng.random() < 0.5
        until = at + rng.exponential(200 if pauses else 700)
        while at <= NOW + AHEAD and (pauses or at <= until):
            account.append(each)
            day.append(int(at))
            at += max(rng.exponential(1 / rate), 1.0)
            if pauses and at > until:
                at += 120 + rng.exponential(200)
                until = at + rng.exponential(200)
    columns = (np.array(account), np.array(day), rng.gamma(6, 50, len(day)), rng.gamma(6, 50, len(day)))
    return Bought(Purchases(*columns), np.zeros(customers, dtype=bool))


def given_up(seeds):
    """Whether the ranges held of those of whom nothing was to come, and what share had a range of nought."""
    found = [judged(pausing(200, seed)) for seed in seeds]
    return np.concatenate([each["held"][each["lost"]] for each in found]), [each["again"] for each in found]


def test_ranges_of_customers_given_up_hold_where_some_only_pause():
    share, again = given_up(range(3))

    assert share.size > 60
    assert 0.83 <= share.mean() <= 0.99
    assert min(again) > 0


@pytest.mark.nightly
def test_ranges_of_customers_given_up_hold_in_many_books():
    share, _again = given_up(range(20, 50))

    assert 0.87 <= share.mean() <= 0.97


def test_where_customers_leave_for_good_nothing_is_kept_open_for_them():
    found = [judged(book(SHOPS, 400, seed)) for seed in range(2)]

    assert all(each["again"] < 0.1 for each in found)


def test_who_buys_in_season_and_had_no_year_behind_it_is_no_guide():
    """On the earlier day the process took a quiet season for leaving; today it has its own years."""
    days = [year * 365 + 150 + 7 * n for year in range(3) for n in range(6)]
    seasonal = np.arange(40)
    account = np.concatenate([np.repeat(seasonal, len(days)), np.repeat(np.arange(40, 80), 36)])
    regular = [30 * n for n in range(36)]
    day = np.concatenate([np.tile(days, 40), np.tile(regular, 40)])
    amount = np.full(day.size, 100.0)
    bought = Bought(Purchases(account, day, amount, amount), np.arange(80) < 40)

    asked = replace(ASKED, model="pareto-nbd")
    told = tell(history(bought.purchases, 1080, asked, by_season=True), bought.seasonal(), 1080, asked)
    past = look_back(bought, told, 1080, by_season=True)

    assert any(each.told.unseasoned.any() for each in past)
    assert not told.unseasoned.any()
    assert trust(past, 1.0).lost == 0
