"""A fact's value is read with its unit, wherever it stands beside others."""

import pytest

from vitalfew.intelligence.models import Intelligence
from vitalfew.intelligence.words import Attribute


@pytest.mark.parametrize(
    ("attribute", "value", "said"),
    [
        (Attribute.PAYMENT_DAYS, "90", "90 days"), (Attribute.PAYMENT_DAYS, "1", "1 day"),
        (Attribute.DISCOUNT, "3", "3 %"), (Attribute.WARRANTY, "12", "12 months"),
        (Attribute.PRICE, "2150", "2150, in the house's currency"), (Attribute.HEADCOUNT, "40", "40"),
        (Attribute.PRICE, "", ""),
    ],
)  # fmt: skip
def test_a_value_is_said_with_its_unit(attribute, value, said):
    assert Intelligence(attribute=attribute, value=value).value_said.say("en") == said


def test_it_is_said_in_chinese_too():
    assert Intelligence(attribute=Attribute.PAYMENT_DAYS, value="90").value_said.say("zh-hans") == "90天"
