"""How much of a year's purchases has usually come by a day: added up once more by hand."""

from datetime import date, timedelta

import pytest

from house import ODD
from vitalfew.accounts.between import ALMOST, Between
from vitalfew.accounts.models import Account
from vitalfew.warehouse import scorecards
from vitalfew.warehouse.engines.duck import DuckEngine
from vitalfew.warehouse.known import known
from vitalfew.warehouse.run import day_number

pytestmark = [pytest.mark.database, pytest.mark.django_db]


def lines_of(house, code):
    source = known(house.home, DuckEngine())
    lines, products = (
        source.frame(name, None).collect("pyarrow").to_native().to_pylist() for name in ("order_lines", "products")
    )
    of = {each["product"]: each["category"] for each in products}
    return [
        (row["ordered_on"], float(row["amount"]), of.get(row["product"])) for row in lines if row["customer"] == code
    ]


def between(code, since, until):
    return Between([code], since, until, scorecards.current().currency)


@pytest.mark.parametrize("category", [None, "冰箱"], ids=["all", "one"])
def test_it_is_the_share_of_the_two_years_before(house, category):
    day = scorecards.current().as_of
    since, end = date(day.year, 1, 1), date(day.year, 12, 31)
    for code in Account.objects.filter(stub=False).order_by("code").values_list("code", flat=True)[:12]:
        lines = [(on, amount) for on, amount, of in lines_of(house, code) if category in {None, of}]
        sums = {"part": 0.0, "whole": 0.0}
        days = set()
        for years in (1, 2):
            first, last, close = (day_number(each.replace(year=each.year - years)) for each in (since, day, end))
            sums["part"] += sum(amount for on, amount in lines if first <= on <= last)
            sums["whole"] += sum(amount for on, amount in lines if first <= on <= close)
            days |= {on for on, _amount in lines if first <= on <= close}
        usual = between(code, since, day).gone_by(end, category)
        if len(days) < 12 or sums["whole"] <= 0 or not 0 <= sums["part"] <= sums["whole"]:
            assert usual is None
        else:
            assert usual == pytest.approx(min(sums["part"] / sums["whole"], ALMOST))


def test_who_bought_too_little_tells_nothing_and_leap_days_are_met(house):  # noqa: ARG001  (the facts must be there)
    assert between(ODD, date(2026, 1, 1), date(2026, 6, 30)).gone_by(date(2026, 12, 31)) is None
    assert between(ODD, date(2024, 2, 29), date(2024, 2, 29)).gone_by(date(2024, 2, 29) + timedelta(days=1)) is None
