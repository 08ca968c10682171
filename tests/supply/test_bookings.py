"""What accounts book for a peak is needed, and never twice."""

from datetime import date, timedelta

import pytest

from vitalfew.supply import bookings, drawing, reading
from vitalfew.supply.bookings import beyond
from vitalfew.workdays import Calendar

AS_OF = date(2026, 6, 5)
MONDAY = date(2026, 6, 8)
MONTHS = [date(2026, n, 1) for n in range(6, 11)]


def test_a_booking_takes_the_place_of_a_smaller_forecast():
    assert beyond(100.0, {"A": 30.0, "B": 20.0}, {"A": 50.0}) == 20.0
    assert beyond(100.0, {"A": 30.0, "B": 20.0}, {"A": 10.0}) == 0.0


def test_accounts_without_a_forecast_are_in_what_is_left_of_the_whole():
    assert beyond(100.0, {"A": 30.0, "B": 20.0}, {"C": 50.0}) == 0.0
    assert beyond(100.0, {"A": 30.0, "B": 20.0}, {"C": 40.0, "D": 20.0}) == 10.0


def test_a_week_without_bookings_needs_what_was_foretold():
    foretold = {"A": {MONTHS[0]: 22.0}}
    booked = {"A": {MONDAY: 12.0}}

    assert bookings.more(MONDAY + timedelta(days=7), 15.0, booked, foretold, Calendar(""), {}) == 0.0
    assert bookings.more(MONDAY, 15.0, booked, foretold, Calendar(""), {}) == pytest.approx(12.0 - 5.0)


@pytest.mark.database
@pytest.mark.django_db
def test_the_picture_knows_what_is_booked():
    place = [{"place": "总仓", "counted_on": AS_OF, "on_hand": 500.0, "on_order": 0.0}]
    leads = {"A": {"lines": 50, "days": 10.0, "deviation": 2.0}}
    read = reading.Read(
        AS_OF, "CNY", {"A": place}, leads, {}, {}, {"A": dict.fromkeys(MONTHS, (66.0, 88.0))}
    )  # fmt: skip
    booked, needed = {"A": {"X": {MONDAY: 105.0}}}, {"A": {"X": dict.fromkeys(MONTHS, 22.0)}}

    [plain] = drawing.picture(read, Calendar(""))
    [known] = drawing.picture(read, Calendar(""), booked, needed)

    assert plain.course.steps[0].need == pytest.approx(15.0)
    assert known.course.steps[0].need == pytest.approx(15.0 + 105.0 - 5.0)
    assert known.course.steps[1].need == plain.course.steps[1].need


@pytest.mark.database
@pytest.mark.django_db
@pytest.mark.parametrize(
    ("own", "needed"),
    [
        # X foretold 5 of 15; its planner says 25, which moves the whole to 35; it booked 105, which is 80 more
        ((None, {"X": 20.0}), 15.0 + 20.0 + 80.0),
        # its planner says 125: more than it booked
        ((None, {"X": 120.0}), 15.0 + 120.0),
        # of all accounts together: who says so knows what is booked
        ((60.0, {}), 60.0),
    ],
)
def test_what_a_planner_says_and_what_is_booked_count_once(own, needed):
    place = [{"place": "总仓", "counted_on": AS_OF, "on_hand": 500.0, "on_order": 0.0}]
    leads = {"A": {"lines": 50, "days": 10.0, "deviation": 2.0}}
    read = reading.Read(
        AS_OF, "CNY", {"A": place}, leads, {}, {}, {"A": dict.fromkeys(MONTHS, (66.0, 88.0))}
    )  # fmt: skip
    booked, foretold = {"A": {"X": {MONDAY: 105.0}}}, {"A": {"X": dict.fromkeys(MONTHS, 22.0)}}

    [shown] = drawing.picture(read, Calendar(""), booked, foretold, {"A": {MONDAY: own}})

    assert shown.course.steps[0].need == pytest.approx(needed)
