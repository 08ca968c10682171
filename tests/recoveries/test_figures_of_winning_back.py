"""What an attempt is worth, who is left alone, what a round brought, how an account that came back buys: by hand."""

from datetime import date, timedelta

import pytest

from vitalfew.maths.intervals import newcombe, wilson
from vitalfew.recoveries.buying import Bought
from vitalfew.recoveries.drawing import held_out
from vitalfew.recoveries.judging import Judged
from vitalfew.recoveries.watching import watched
from vitalfew.recoveries.words import Pace, Verdict
from vitalfew.recoveries.worth import Chance, worth

TWENTY = Chance(0.2, 0.2, 0.2)
DAY = date(2026, 3, 1)


def away(**other):
    return {"value": 2655.0, "low": 2000.0, "high": 3000.0, "verdict": "worth", **other}


def judged(tried, alone, *, over=True, spent=0.0):
    """So many that bought of so many, each with a margin of a hundred."""
    sides = [[Bought([DAY], 200.0, 100.0) if n < back else Bought() for n in range(of)] for back, of in (tried, alone)]
    return Judged(*sides, spent, "CNY", DAY, over)


@pytest.mark.parametrize(
    ("cost", "verdict", "expected", "low", "high"),
    [
        (300, Verdict.WORTH, 231, 100, 300),
        (450, Verdict.CANNOT_TELL, 81, -50, 150),
        (700, Verdict.NOT_WORTH, -169, -300, -100),
    ],
)
def test_it_is_worth_it_only_if_it_gains_over_the_whole_range(cost, verdict, expected, low, high):
    found = worth(away(), TWENTY, cost, "CNY")

    assert found.verdict is verdict
    assert (found.expected, found.low, found.high) == pytest.approx((expected, low, high))


def test_who_cost_more_than_it_brought_and_who_has_no_need_is_not_chased_at_any_cost():
    assert [worth(away(verdict=each), TWENTY, 0, "CNY").verdict for each in ("let_go", "no_need")] == [
        Verdict.NOT_WORTH
    ] * 2
    assert worth(None, TWENTY, 0, "CNY").verdict is Verdict.CANNOT_TELL


def test_the_chance_has_its_interval_once_ten_attempts_have_ended():
    assert Chance.of({"success": 0.2, "attempts": 0}) == TWENTY
    ends = wilson(3, 12)
    assert Chance.of({"success": 0.25, "attempts": 12}) == Chance(0.25, ends.low, ends.high, 12)
    assert worth(away(), Chance.of({"success": 0.25, "attempts": 12}), 300, "CNY").verdict is Verdict.CANNOT_TELL


def test_the_draw_can_be_repeated_and_leaves_somebody_on_either_side():
    codes = [f"C{n:02}" for n in range(20)]

    assert held_out(codes, 30, 7) == held_out(list(reversed(codes)), 30, 7)
    assert len(held_out(codes, 30, 7)) == 6
    assert held_out(codes, 30, 7) != held_out(codes, 30, 8)
    assert [len(held_out(codes[:n], share, 1)) for n, share in ((2, 50), (3, 1), (1, 50), (20, 0))] == [1, 1, 0, 0]


def test_a_round_says_what_the_attempts_brought_beyond_those_left_alone():
    found = judged((8, 20), (1, 20))

    assert found.difference == newcombe(8, 20, 1, 20)
    assert found.message.text.startswith("The attempts bring accounts back")
    assert judged((4, 20), (3, 20)).message.text.startswith("No difference can be told")
    assert judged((1, 20), (9, 20)).message.text.startswith("Of those tried fewer")


@pytest.mark.parametrize(
    ("found", "said"),
    [
        (judged((6, 6), (0, 30)), "Cannot be told from {n}"),
        (judged((20, 20), (0, 9)), "Cannot be told from {n}"),
        (judged((5, 20), (0, 0)), "{back} of {n} {n:account|accounts} tried bought again; nobody was left alone"),
        (judged((8, 20), (1, 20), over=False), "Judged on {day}"),
    ],
)
def test_with_few_nobody_left_alone_or_too_early_nothing_is_said_of_it(found, said):
    assert found.message.text.startswith(said)
    assert found.difference is None
    assert found.paid is None


def test_attempts_paid_where_the_whole_interval_lies_above_their_cost():
    """10 of 20 with a margin of 100 beside none of 20: 50 more each, 1,000 in all, 26.0 to 74.0 each by Welch."""
    assert judged((10, 20), (0, 20), spent=500.0).paid.text.startswith("It paid")
    assert judged((10, 20), (0, 20), spent=900.0).paid.text.startswith("Whether it paid cannot be told")
    assert judged((10, 20), (0, 20), spent=1600.0).paid.text.startswith("It did not pay")


def every(gap, times, last):
    return [last - timedelta(days=gap * n) for n in reversed(range(times))]


def test_an_account_that_came_back_is_silent_again_after_twice_its_own_pace():
    before = every(30, 6, DAY - timedelta(days=500))
    days = [*before, date(2026, 3, 5)]

    assert watched(days, DAY, date(2026, 5, 4)).pace is Pace.BUYING
    assert watched(days, DAY, date(2026, 5, 5)).pace is Pace.SILENT
    assert watched(before, DAY, date(2026, 3, 20)).pace is Pace.WAITING
    assert watched(before, DAY, date(2026, 5, 1)).pace is Pace.SILENT


def test_it_buys_more_slowly_when_its_gaps_are_half_as_long_again():
    before = every(30, 6, DAY - timedelta(days=500))
    slow, usual = ([DAY + timedelta(days=gap * n) for n in range(4)] for gap in (46, 45))

    assert watched([*before, *slow], DAY, slow[-1]).pace is Pace.SLOWER
    assert watched([*before, *usual], DAY, usual[-1]).pace is Pace.BUYING
    assert watched(slow[:2], DAY, slow[1]).gap == 60
