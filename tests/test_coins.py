"""Amounts are rounded once, and written alike everywhere."""

import doctest
from decimal import Decimal

import pytest

from vitalfew import coins


def test_the_examples_are_true():
    found = doctest.testmod(coins)

    assert (found.failed, found.attempted > 0) == (0, True)


@pytest.mark.parametrize(
    ("amount", "currency", "said"),
    [("1234.5", "CNY", "¥1,234.50"), ("-0.005", "CNY", "−¥0.01"), ("12.5", "JPY", "JP¥13"), ("1.2345", "KWD", "KWD 1.235"),
     ("3", "", "3.00")],
)  # fmt: skip
def test_an_amount_has_the_places_and_the_sign_of_its_currency(amount, currency, said):
    assert coins.written(Decimal(amount), currency) == said
