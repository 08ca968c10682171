from datetime import date

import pytest

from vitalfew.accounts.spans import following, months_later


@pytest.mark.parametrize(
    ("since", "until", "end"),
    [
        ((2024, 1, 1), (2024, 12, 31), (2025, 12, 31)),
        ((2027, 1, 1), (2027, 12, 31), (2028, 12, 31)),
        ((2024, 2, 29), (2025, 2, 28), (2026, 2, 28)),
        ((2026, 1, 1), (2026, 6, 30), (2026, 12, 31)),
        ((2026, 10, 1), (2026, 12, 31), (2027, 3, 31)),
        ((2026, 3, 5), (2026, 3, 18), (2026, 4, 1)),
    ],
    ids=str,
)
def test_the_next_span_is_as_long_in_months_or_in_days(since, until, end):
    begin, last = following(date(*since), date(*until))

    assert (begin - date(*until)).days == 1
    assert last == date(*end)


def test_a_shorter_month_ends_sooner():
    assert months_later(date(2026, 1, 31), 1) == date(2026, 2, 28)
    assert months_later(date(2026, 11, 30), 3) == date(2027, 2, 28)
