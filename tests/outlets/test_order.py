"""Rows come in the order that people want, not in that of their codes."""

import pytest

from vitalfew.catalogue import catalogue
from vitalfew.outlets.answers import largest_first
from vitalfew.warehouse import scorecards


def shown(house, name):
    return largest_first(scorecards.result(house.home, scorecards.current(), name)).to_pylist()


@pytest.mark.parametrize("name", [name for name, each in catalogue().items() if each.ranked and each.per_account])
def test_the_first_accounts_are_those_that_the_analysis_ranks_first(house, name):
    column, direction = catalogue()[name].ranked
    values = [row[column] for row in shown(house, name) if row[column] is not None]

    assert values == sorted(values, reverse=direction == "descending")


def test_months_stay_together_and_in_their_order(house):
    rows = shown(house, "forecast")
    customers = list(dict.fromkeys(row["customer"] for row in rows))
    sums = [sum(row["mean"] for row in rows if row["customer"] == each) for each in customers]

    assert sums == sorted(sums, reverse=True)
    assert rows == sorted(rows, key=lambda row: (customers.index(row["customer"]), row["period"]))
