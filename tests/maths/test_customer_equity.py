import pytest

from vitalfew.maths.customer_equity import (
    preservation,
    return_on_customer,
    return_on_marketing,
)


def test_a_printed_return_on_marketing() -> None:
    assert return_on_marketing(101.3, 70) == pytest.approx(0.447, abs=5e-4)
    assert return_on_marketing(101.3, 0) is None


def test_returns_are_undefined_unless_something_was_there() -> None:
    assert return_on_customer(20, 100, 95) == pytest.approx(0.15)
    assert preservation(100, 95) == pytest.approx(0.95)
    assert [preservation(0, 5), return_on_customer(1, -3, 5)] == [None, None]
