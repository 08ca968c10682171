"""Working days against what the State Council published, and against one another."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vitalfew.workdays import DAY, Calendar, NeverWorked, is_known

CHINA = Calendar()


def span(since, until):
    return [since + DAY * n for n in range((until - since).days + 1)]


FREE = {
    # 国务院办公厅关于2025年部分节假日安排的通知 (国办发明电〔2024〕12号, 12 November 2024)
    2025: [
        (date(2025, 1, 1), date(2025, 1, 1)), (date(2025, 1, 28), date(2025, 2, 4)), (date(2025, 4, 4), date(2025, 4, 6)),
        (date(2025, 5, 1), date(2025, 5, 5)), (date(2025, 5, 31), date(2025, 6, 2)), (date(2025, 10, 1), date(2025, 10, 8)),
    ],
    # 国务院办公厅关于2026年部分节假日安排的通知 (4 November 2025)
    2026: [
        (date(2026, 1, 1), date(2026, 1, 3)), (date(2026, 2, 15), date(2026, 2, 23)), (date(2026, 4, 4), date(2026, 4, 6)),
        (date(2026, 5, 1), date(2026, 5, 5)), (date(2026, 6, 19), date(2026, 6, 21)), (date(2026, 9, 25), date(2026, 9, 27)),
        (date(2026, 10, 1), date(2026, 10, 7)),
    ],
}  # fmt: skip
MADE_UP = {
    2025: [date(2025, 1, 26), date(2025, 2, 8), date(2025, 4, 27), date(2025, 9, 28), date(2025, 10, 11)],
    2026: [
        date(2026, 1, 4), date(2026, 2, 14), date(2026, 2, 28), date(2026, 5, 9), date(2026, 9, 20), date(2026, 10, 10),
    ],
}  # fmt: skip


@pytest.mark.parametrize("year", [2025, 2026])
def test_a_year_is_worked_as_the_state_council_published_it(year):
    free = {day for since, until in FREE[year] for day in span(since, until)}
    every = span(date(year, 1, 1), date(year, 12, 31))
    expected = [day for day in every if day in MADE_UP[year] or (day not in free and day.weekday() < 5)]

    assert list(CHINA.days(date(year, 1, 1), date(year, 12, 31))) == expected
    assert len(expected) == 248


def test_the_moved_days_of_a_year_not_announced_are_said_to_be_unknown():
    assert CHINA.known_until is not None
    assert CHINA.known_until >= date(2026, 12, 31)
    beyond = CHINA.known_until + timedelta(days=1)

    weekends = [day for day in span(beyond, beyond + timedelta(days=364)) if day.weekday() >= 5]
    assert not any(CHINA.works(day) for day in weekends)
    assert not CHINA.works(date(beyond.year, 10, 1))


def test_days_around_a_festival():
    assert CHINA.on_or_after(date(2026, 1, 1)) == date(2026, 1, 4)
    assert CHINA.after(date(2025, 12, 31), 1) == date(2026, 1, 4)
    assert CHINA.after(date(2026, 2, 14), 1) == date(2026, 2, 24)
    assert CHINA.between(date(2026, 2, 13), date(2026, 2, 28)) == 1 + 4 + 1
    assert CHINA.between(date(2026, 2, 28), date(2026, 2, 13)) == 0


def test_a_festival_has_its_name_in_the_language_asked_for():
    assert CHINA.festival(date(2026, 10, 1), "zh-hans") == "国庆节"
    assert CHINA.festival(date(2026, 10, 1), "zh-hant") == "國慶節"
    assert CHINA.festival(date(2026, 10, 1), "en") == "National Day"
    assert not CHINA.festival(date(2026, 10, 10), "zh-hans")
    assert Calendar("DE").festival(date(2026, 10, 3), "zh-hans") == "Tag der Deutschen Einheit"


def test_the_firm_closes_and_opens_days_of_its_own():
    stock_taking, saturday, festival = date(2026, 3, 31), date(2026, 3, 28), date(2026, 10, 1)
    ours = Calendar(closed=frozenset({stock_taking, festival}), opened=frozenset({saturday, festival}))

    assert CHINA.works(stock_taking)
    assert not ours.works(stock_taking)
    assert ours.works(saturday)
    assert ours.works(festival)


def test_other_countries_have_their_own_days():
    assert not Calendar("US").works(date(2026, 11, 26))
    assert Calendar("US").known_until == date(2100, 12, 31)
    assert not Calendar("AE").works(date(2026, 3, 28))


@pytest.mark.parametrize("country", ["", "XX", "china", "list_supported_countries"])
def test_of_a_country_that_is_not_known_weekends_alone_are_free(country):
    assert not is_known(country)
    unknown = Calendar(country)
    assert unknown.known_until is None
    assert [day.day for day in unknown.days(date(2026, 10, 1), date(2026, 10, 7))] == [1, 2, 5, 6, 7]
    assert not unknown.festival(date(2026, 10, 1))


def test_years_before_anything_is_known_have_their_weekends():
    assert CHINA.works(date(1900, 1, 1))
    assert CHINA.works(date(2101, 10, 3))


def test_a_firm_that_never_opens_is_told_so():
    always = frozenset(span(date(2026, 1, 1), date(2030, 12, 31)))
    with pytest.raises(NeverWorked):
        Calendar(closed=always).on_or_after(date(2026, 1, 1))


CALENDARS = st.sampled_from([
    CHINA, Calendar("DE"), Calendar(""),
    Calendar(closed=frozenset({date(2026, 3, 31)}), opened=frozenset({date(2026, 3, 28), date(2026, 10, 1)})),
])  # fmt: skip
DAYS = st.dates(date(2024, 1, 1), date(2027, 12, 31))


@settings(deadline=None)
@given(calendar=CALENDARS, day=DAYS, n=st.integers(0, 60))
def test_so_many_working_days_lie_between_a_day_and_so_many_later(calendar, day, n):
    later = calendar.after(day, n)
    assert calendar.between(day, later) == n
    assert n == 0 or calendar.works(later)


@settings(deadline=None)
@given(calendar=CALENDARS, start=DAYS, span=st.integers(0, 120))
def test_what_lies_between_leads_to_the_last_day_worked(calendar, start, span):
    end = start + timedelta(days=span)
    worked = list(calendar.days(start + DAY, end))
    assert calendar.after(start, calendar.between(start, end)) == (worked[-1] if worked else start)


@settings(deadline=None)
@given(calendar=CALENDARS, day=DAYS, further=st.integers(0, 40), beyond=st.integers(0, 40))
def test_counts_of_neighbouring_spans_add_up(calendar, day, further, beyond):
    middle = day + timedelta(days=further)
    end = middle + timedelta(days=beyond)
    assert calendar.between(day, middle) + calendar.between(middle, end) == calendar.between(day, end)


def test_only_weekend_days_that_are_worked_count_as_moved():
    year = span(date(2026, 1, 1), date(2026, 12, 31))
    assert [day for day in year if CHINA.moved(day)] == MADE_UP[2026]
    assert not any(Calendar("HK").moved(day) or Calendar("").moved(day) for day in year)
