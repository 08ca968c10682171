"""When a day comes round again, by the common and by the Chinese calendar."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vitalfew.milestones.days import has_lunar, is_round, next_after, years

DAYS = st.dates(date(1905, 1, 1), date(2095, 12, 31))


@pytest.mark.parametrize(
    ("day", "after", "lunar", "expected"),
    [
        (date(1998, 9, 28), date(2026, 11, 26), False, date(2027, 9, 28)),
        (date(1998, 9, 28), date(2026, 9, 28), False, date(2027, 9, 28)),
        (date(1998, 9, 28), date(2026, 9, 27), False, date(2026, 9, 28)),
        (date(2000, 2, 29), date(2026, 1, 1), False, date(2026, 2, 28)),
        (date(2000, 2, 29), date(2027, 3, 1), False, date(2028, 2, 29)),
        (date(2027, 5, 1), date(2026, 1, 1), False, date(2027, 5, 1)),
        # Mid-autumn, the 15th day of the 8th lunar month: 1998-10-05, 2026-09-25, 2027-09-15
        (date(1998, 10, 5), date(2026, 1, 1), True, date(2026, 9, 25)),
        (date(1998, 10, 5), date(2026, 9, 25), True, date(2027, 9, 15)),
        # New Year's Eve: the 30th of the 12th month on 2023-01-21, the 29th on 2026-02-16
        (date(2023, 1, 21), date(2026, 1, 1), True, date(2026, 2, 16)),
        # New Year's Day: 2020-01-25, 2027-02-06
        (date(2020, 1, 25), date(2026, 3, 1), True, date(2027, 2, 6)),
        # The 11th day of the leap second month of 2023 is kept on the 11th of the second month
        (date(2023, 4, 1), date(2026, 1, 1), True, date(2026, 3, 29)),
    ],
)
def test_it_comes_next(day, after, lunar, expected):
    assert next_after(day, after, lunar=lunar) == expected


@given(DAYS, DAYS, st.booleans())
def test_next_is_later_and_within_thirteen_months_of_either_calendar(day, after, lunar):
    found = next_after(day, after, lunar=lunar)

    assert found > after
    assert day > after or found - after <= timedelta(days=385)
    assert years(day, found, lunar=lunar) >= 0


def test_years_count_by_the_calendar_that_is_kept():
    assert years(date(1998, 9, 28), date(2027, 9, 28), lunar=False) == 29
    assert (
        years(date(1999, 2, 15), date(2027, 2, 5), lunar=True) == 28
    )  # New Year's Eve of the lunar years 1998 and 2026


def test_the_first_and_every_fifth_year_is_round():
    assert [n for n in range(21) if is_round(n)] == [1, 5, 10, 15, 20]


def test_the_chinese_calendar_is_known_for_two_centuries():
    assert has_lunar(date(1901, 1, 1))
    assert not has_lunar(date(1899, 1, 1))
    assert not has_lunar(date(2100, 1, 1))
