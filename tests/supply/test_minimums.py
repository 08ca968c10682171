"""What agreements promise comes first in sharing out, and the page says from which agreement it is."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from house import signed_in
from vitalfew.accounts.models import Account
from vitalfew.agreements.models import Agreement, Obligation
from vitalfew.agreements.part_forms import ObligationForm
from vitalfew.agreements.words import AgreementState
from vitalfew.supply import actions, allotting, basis, minimums, reading
from vitalfew.supply.minimums import Minimum, together
from vitalfew.supply.models import Allotment, Drawing, Stocked, Week
from vitalfew.supply.words import Cover
from vitalfew.terms import Tier
from vitalfew.workdays import Calendar

pytestmark = [pytest.mark.database, pytest.mark.django_db]
FIRST = date(2026, 6, 8)
WEEK = timedelta(weeks=1)
DAYS = [FIRST, FIRST + WEEK]
A_WEEK = 13 * 7 * 12 / 365


@pytest.fixture
def shelf(house, monkeypatch):
    """Ten of A in each of two weeks; each of two accounts needs ten a week, and the tiers favour the other one."""
    Drawing.objects.create(pk=1, as_of=date(2026, 6, 5), currency="CNY")
    row = Stocked.objects.create(code="A", price=100.0, cover=Cover.SHORT, empty_on=FIRST, order_by=date(2026, 6, 1))
    for n, day in enumerate(DAYS):
        Week.objects.create(product=row, since=day, need=20, coming=10 * n, left=0, short=10, cover=Cover.SHORT)
    months = {date(2026, 6, 1): 44.0}
    needed = {"A": {house.mine: months, house.foreign: months}}
    monkeypatch.setattr(reading, "of_accounts", lambda _r, _codes=(): needed)
    monkeypatch.setattr(allotting, "calendar", lambda: Calendar(""))
    monkeypatch.setattr(allotting, "in_force", lambda _day: {house.foreign: Tier.MVC.value, house.mine: Tier.BZ.value})
    return row


def agreed(code, since=FIRST - 9 * WEEK, until=FIRST + 52 * WEEK, **owed):
    row = Agreement.objects.create(
        account=Account.objects.get(code=code), title="保供协议", kind="framework", since=since, until=until,
        renewal="none", state=AgreementState.IN_FORCE, currency="CNY",
    )  # fmt: skip
    said = {"side": "ours", "text": "按月保供", "rhythm": "month", "measure": "quantity", "target": Decimal(13), **owed}
    Obligation.objects.create(agreement=row, product="A", unit="台", **said)
    return row


def shared(**said):
    return Allotment(**{"name": "春节前分货", "products": "A", "weeks": 2, "floor": 0, "rule": "tiers", **said})


def test_what_an_agreement_promises_is_served_before_priority(house, shelf):
    agreed(house.mine)
    goods = allotting.goods_of(shared())
    found = allotting.outcome(shared(), goods)

    given = {share.account.code: share.given for share in found.shares}
    assert (shelf.code, given[house.mine], given[house.foreign]) == (
        "A", pytest.approx(2 * A_WEEK), pytest.approx(20 - 2 * A_WEEK)
    )  # fmt: skip
    assert basis.restored(basis.kept(goods)).minimums == list(goods.minimums)


@pytest.mark.usefixtures("house")
def test_only_what_is_in_effect_and_while_its_days_last(house):
    agreed(house.mine, since=FIRST + WEEK)
    [row] = minimums.agreed(["A"], DAYS)
    assert row.weeks == [0.0, pytest.approx(A_WEEK)]

    Agreement.objects.update(state=AgreementState.DRAFT)
    assert minimums.agreed(["A"], DAYS) == []


def test_cartons_are_counted_as_orders_count_and_both_sides_of_an_agreement_once(house):
    row = agreed(house.mine, target=Decimal(2), pieces=Decimal(10), rhythm="quarter")
    Obligation.objects.create(
        agreement=row,
        side="theirs",
        text="按季采购",
        rhythm="quarter",
        measure="quantity",
        target=Decimal(8),
        product="A",
    )
    agreed(house.mine, target=Decimal(365), rhythm="year")

    quarter, year = minimums.agreed(["A"], DAYS)
    assert (quarter.most, year.most) == (pytest.approx(20 * 4 * 7 / 365), pytest.approx(7.0))


def test_what_is_entered_by_hand_counts_where_it_is_more():
    told = [Minimum("X", "A", [5.0, 0.0], 1), Minimum("X", "A", [5.0, 5.0], 2)]

    assert together([Minimum("X", "A", [7.0, 7.0]), Minimum("Y", "A", [1.0, 1.0])], told) == {
        ("X", "A"): [10.0, 7.0], ("Y", "A"): [1.0, 1.0]
    }  # fmt: skip


@pytest.mark.usefixtures("shelf")
def test_page_and_api_say_which_minimum_comes_from_which_agreement(house, client):
    row = agreed(house.mine)
    made = actions.enter(house.user("director"), shared(minimums=f"{house.foreign}, A, 1"))

    page = signed_in(house, client, "director").get(made.get_absolute_url()).content.decode()
    assert f'href="{row.get_absolute_url()}"' in page
    told = client.get(
        f"/api/v1/supply/allotments/{made.pk}", HTTP_AUTHORIZATION=f"Bearer {house.tokens['director']}"
    ).json()["promised"]
    assert [(each["account"], each["agreement"]) for each in told] == [(house.mine, row.pk), (house.foreign, None)]


def test_a_quantity_says_of_which_product_and_in_which_time(house):
    row = agreed(house.mine)
    said = {"side": "ours", "text": "保供", "rhythm": "always", "measure": "quantity", "target": "13"}

    form = ObligationForm(house.user("manager"), row, said)
    assert set(form.errors) == {"product", "rhythm"}
    form = ObligationForm(house.user("manager"), row, {**said, "rhythm": "month", "product": "A", "pieces": "0"})
    assert set(form.errors) == {"pieces", "product"}
    form = ObligationForm(house.user("manager"), row, {**said, "measure": "sales", "product": "A", "unit": "台"})
    assert form.is_valid()
    assert (form.cleaned_data["product"], form.cleaned_data["unit"]) == ("", "")


def test_weeks_in_a_row_of_the_same_quantity_are_told_together():
    told = Minimum("C", "A", [0.0, 92.05, 92.05, 0.0, 5.0])
    assert (told.runs, told.most, Minimum("C", "A", [0.0]).runs) == ([(2, 3, 92.05), (5, 5, 5.0)], 92.05, [])
