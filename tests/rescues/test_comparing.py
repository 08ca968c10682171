"""Whether plans help is counted from the facts, against accounts noted as the plans began."""

from datetime import timedelta

import pytest

from vitalfew.accounts.models import Account
from vitalfew.demobook import generate
from vitalfew.maths.intervals import newcombe
from vitalfew.people.models import User
from vitalfew.rescues import actions
from vitalfew.rescues.buying import Span, bought
from vitalfew.rescues.comparing import FEWEST, Judged, judged
from vitalfew.rescues.models import Rescue
from vitalfew.warehouse import scorecards
from vitalfew.warehouse.run import day_of

pytestmark = [pytest.mark.database, pytest.mark.django_db]
AHEAD = timedelta(days=60)


@pytest.fixture(scope="module")
def days():
    """Of each account the days with a purchase, straight from the order book."""
    lines = generate(accounts=60, months=24).tables["order_lines"].select(["customer", "ordered_on", "amount"])
    sums = {}
    for row in lines.to_pylist():
        key = row["customer"], day_of(row["ordered_on"])
        sums[key] = sums.get(key, 0) + row["amount"]
    found = {}
    for (code, day), amount in sums.items():
        if amount > 0:
            found.setdefault(code, set()).add(day)
    return found


@pytest.fixture
def accounts(house):  # noqa: ARG001  (its accounts)
    return list(Account.objects.filter(stub=False).order_by("code"))


def plan(account, begun, beside=(), state="running"):
    director = User.objects.get(username="director")
    row = actions.begin(director, account, "unknown", director)
    changed = {"begun_on": begun, "until": begun + AHEAD, "beside": list(beside), "state": state}
    Rescue.objects.filter(pk=row.pk).update(**changed)
    return Rescue.objects.get(pk=row.pk)


def counted(days, code, begun):
    return len([day for day in days.get(code, ()) if begun < day <= begun + AHEAD])


def test_days_with_purchases_are_those_of_the_book(accounts, days):
    begun = scorecards.current().as_of - timedelta(days=200)

    told = bought([Span(each.codes, begun, begun + AHEAD) for each in accounts])

    assert told == [counted(days, each.code, begun) for each in accounts]
    assert 0 < sum(n > 0 for n in told) < len(told)
    assert bought([]) == []


def test_both_kinds_are_counted_within_the_time_of_their_plan(accounts, days):
    day = scorecards.current().as_of
    begun = day - timedelta(days=200)
    own, others = accounts[:12], [each.code for each in accounts[12:36]]
    rows = [plan(each, begun, others[2 * n : 2 * n + 2]) for n, each in enumerate(own)]

    found = judged(rows, day)

    expected = sum(counted(days, each.code, begun) > 0 for each in own)
    beside = sum(counted(days, code, begun) > 0 for code in others)
    assert found == Judged(12, expected, 24, beside)
    assert found.difference == newcombe(expected, 12, beside, 24)


def test_plans_whose_time_is_not_over_and_those_called_off_are_not_judged(accounts):
    day = scorecards.current().as_of
    rows = [plan(accounts[0], day - AHEAD + timedelta(days=1)), plan(accounts[1], day - AHEAD, state="called_off")]

    assert judged(rows, day) == Judged(0, 0, 0, 0)
    assert judged([plan(accounts[2], day - AHEAD)], day).planned == 1


def test_an_account_counts_once_beside_plans_and_not_while_it_has_one_itself(accounts):
    day = scorecards.current().as_of
    begun = day - timedelta(days=100)
    first, second, twice, helped = accounts[:4]
    rows = [plan(first, begun, [twice.code, helped.code]), plan(second, begun, [twice.code, "unknown"])]
    plan(helped, begun + timedelta(days=10))

    assert judged(rows, day).beside == 1


def test_below_ten_of_either_kind_nothing_is_said():
    few = Judged(FEWEST, 8, FEWEST - 1, 3)

    assert few.difference is None
    assert few.message.text.startswith("Whether plans help cannot be told yet")


@pytest.mark.parametrize(
    ("found", "begins"),
    [
        (Judged(40, 34, 60, 20), "Plans help"),
        (Judged(40, 10, 60, 50), "With a plan fewer"),
        (Judged(12, 6, 12, 5), "No difference"),
    ],
)
def test_the_sentence_follows_the_interval(found, begins):
    assert found.message.text.startswith(begins)
