"""Which share of their working days executives spend visiting."""

import doctest
from datetime import UTC, date, datetime, timedelta

import pytest

from house import signed_in
from vitalfew.accounts.models import Absence
from vitalfew.visits import days, holding, share
from vitalfew.visits.holding import Result
from vitalfew.visits.share import Share, Verdict
from vitalfew.workdays import Calendar

pytestmark = [pytest.mark.database, pytest.mark.django_db]
NOW = date(2026, 11, 26)
DAY = timedelta(days=1)


@pytest.mark.parametrize("module", [share, days])
def test_the_examples_are_true(module):
    found = doctest.testmod(module)

    assert found.attempted
    assert not found.failed


@pytest.mark.parametrize(
    ("visited", "all_days", "verdict"),
    [
        (59, 59, Verdict.TOO_EARLY), (0, 0, Verdict.TOO_EARLY), (20, 60, Verdict.ABOUT), (10, 240, Verdict.BELOW),
        (120, 240, Verdict.ABOVE), (70, 240, Verdict.ABOUT),
    ],
)  # fmt: skip
def test_it_is_judged_where_the_interval_lies_on_one_side_and_never_early(visited, all_days, verdict):
    assert Share("", visited, all_days).verdict == verdict


def held(user, account, planned, day):
    row = planned(user, account)
    type(row).objects.filter(pk=row.pk).update(day=day)
    holding.hold(user, row.pk, row.version, Result(day, "谈过", (), {account.pk: ("good", "")}))


def test_days_with_a_visit_count_once_and_days_of_absence_not(house, director, mine, planned):
    executive = house.user("executive")
    for user in (director, executive):
        user.date_joined = datetime(2025, 1, 1, tzinfo=UTC)
        user.save()
    workdays = list(Calendar().days(date(2026, 9, 1), date(2026, 9, 30)))
    for day in (workdays[0], workdays[0], workdays[3], date(2026, 9, 12)):  # the last is a free Saturday
        held(director, mine, planned, day)
    Absence.objects.create(user=director, deputy=executive, since=workdays[5], until=workdays[6])

    [first, second] = share.shares(Calendar(), NOW)

    counted = len(list(Calendar().days(workdays[0], NOW)))
    assert (first.of, first.visited, first.days) == (director, 2, counted - 2)
    assert (second.of, second.visited, second.days) == (executive, 0, counted)


def test_without_a_visit_the_page_says_what_to_do_and_only_heads_see_it(house, client):
    assert share.shares(Calendar(), NOW) == []
    assert signed_in(house, client, "director").get("/visits/share/").status_code == 200
    assert signed_in(house, client, "manager").get("/visits/share/").status_code == 403
