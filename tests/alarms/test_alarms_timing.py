"""When one may be told: working hours are counted, quiet hours and free days are left alone."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from vitalfew.alarms.timing import when, working_hours
from vitalfew.workdays import Calendar

HOUSE = ZoneInfo("Asia/Shanghai")
CHINA = Calendar("CN")


def at(day, hour, minute=0, month=6):
    return datetime(2026, month, day, hour, minute, tzinfo=HOUSE)


class Wished:
    digest_at = 8
    quiet_from, quiet_until = time(20), time(7, 30)
    workdays_only, breaks = True, False

    def __init__(self, **said):
        vars(self).update(said)

    def how(self, urgency):
        return {"urgent": "at-once", "normal": "digest"}.get(urgency, "page")


@pytest.mark.parametrize(
    ("since", "until", "hours"),
    [
        (at(5, 17), at(8, 12), 4.0), (at(6, 10), at(7, 20), 0.0), (at(8, 3), at(8, 23), 9.0),
        (at(8, 12), at(8, 10), 0.0), (at(1, 9), at(5, 18), 45.0),
    ],
    ids=["over a weekend", "on a weekend", "a whole day", "backwards", "a week"],
)  # fmt: skip
def test_working_hours_are_those_of_working_days(since, until, hours):
    assert working_hours(since, until, CHINA) == hours


def test_a_weekend_day_that_is_worked_counts_and_a_festival_does_not():
    assert working_hours(at(4, 0, month=1), at(5, 0, month=1), CHINA) == 9.0  # Sunday 4 January is worked
    assert working_hours(at(1, 0, month=1), at(3, 0, month=1), CHINA) == 0.0
    closed = Calendar("CN", closed=frozenset({date(2026, 6, 8)}))
    assert working_hours(at(8, 0), at(9, 0), closed) == 0.0


@pytest.mark.parametrize(
    ("urgency", "now", "then"),
    [
        ("urgent", at(8, 10), at(8, 10)), ("urgent", at(8, 21), at(9, 7, 30)), ("urgent", at(8, 6), at(8, 7, 30)),
        ("urgent", at(5, 22), at(8, 7, 30)), ("urgent", at(6, 12), at(8, 7, 30)), ("normal", at(8, 7), at(8, 8)),
        ("normal", at(8, 9), at(9, 8)), ("normal", at(5, 9), at(8, 8)), ("low", at(8, 10), None),
    ],
    ids=["now", "evening", "early", "friday night", "saturday", "digest today", "digest tomorrow", "digest monday", "page"],
)  # fmt: skip
def test_what_is_urgent_waits_for_the_end_of_quiet_hours_and_the_rest_for_the_digest(urgency, now, then):
    assert when(Wished(), urgency, now, CHINA) == then


def test_urgent_ones_may_break_quiet_hours_and_nothing_is_quiet_where_none_are_named():
    assert when(Wished(breaks=True), "urgent", at(6, 3), CHINA) == at(6, 3)
    always = Wished(quiet_from=time(0), quiet_until=time(0), workdays_only=False)
    assert when(always, "urgent", at(6, 3), CHINA) == at(6, 3)
    noon = Wished(quiet_from=time(12), quiet_until=time(14))
    assert when(noon, "urgent", at(8, 13), CHINA) == at(8, 14)
