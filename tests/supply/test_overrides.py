"""Planners know better than the forecast, say why, and are held against what came."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

import pytest

from house import signed_in
from vitalfew.accounts.models import Account
from vitalfew.imports.actions import Job, receive
from vitalfew.people.permissions import Forbidden
from vitalfew.people.records import NotPossible
from vitalfew.supply import drawing, helped, overriding, own_figures, reading
from vitalfew.supply.helped import Tried, over_all
from vitalfew.supply.models import Override, Stocked
from vitalfew.supply.weeks import first_week

pytestmark = [pytest.mark.database, pytest.mark.django_db]
AS_OF = date(2026, 6, 5)
MONDAY = first_week(AS_OF)
WEEK = timedelta(days=7)
MONTHS = [date(2026, n, 1) for n in range(6, 11)]


@pytest.fixture
def supply(house):
    return house.user("supply")


@pytest.fixture
def drawn(house, monkeypatch):
    place = [{"place": "总仓", "counted_on": AS_OF, "on_hand": 500.0, "on_order": 0.0}]
    leads = {"A": {"lines": 50, "days": 10.0, "deviation": 2.0}}
    read = reading.Read(AS_OF, "CNY", {"A": place}, leads, {}, {}, {"A": dict.fromkeys(MONTHS, (66.0, 88.0))})
    monkeypatch.setattr(reading, "read", lambda _refresh: read)
    months = {"A": {house.mine: dict.fromkeys(MONTHS, 22.0)}}
    monkeypatch.setattr(reading, "of_accounts", lambda _refresh, _codes=(): months)
    drawing.draw()
    return house


def said(quantity=40, account=None, week=MONDAY, why="promotion"):
    return {"product": "A", "week": week, "quantity": Decimal(quantity), "why": why, "note": "", "account": account}


def needs():
    return [round(week.need, 2) for week in Stocked.objects.get(code="A").weeks.all()][:2]


@pytest.mark.usefixtures("drawn")
def test_an_override_takes_the_place_of_the_forecast_which_is_kept_beside(supply):
    before = needs()
    row = overriding.override(supply, said())
    drawing.draw()

    assert needs() == [40.0, before[1]]
    assert row.foretold == pytest.approx(before[0], abs=0.01)
    assert Stocked.objects.get(code="A").weeks.first().foretold == pytest.approx(row.foretold)
    overriding.put_away(supply, row.pk)
    drawing.draw()
    assert needs() == before


def test_of_one_account_it_moves_the_whole_by_its_difference(drawn, supply):
    before, mine = needs(), Account.objects.get(code=drawn.mine)
    row = overriding.override(supply, said(30, mine))
    drawing.draw()

    assert needs()[0] == pytest.approx(before[0] + 30.0 - row.foretold, abs=0.01)
    assert 0 < row.foretold < before[0]


def test_what_is_said_of_all_goes_before_what_is_said_of_one():
    assert own_figures.overridden(100.0, (80.0, {"A": 20.0})) == 80.0
    assert own_figures.overridden(100.0, (None, {"A": -120.0})) == 0.0


def test_a_week_is_overridden_once_and_only_where_there_is_a_forecast(drawn, supply):
    overriding.override(supply, said())

    with pytest.raises(NotPossible, match="overridden already"):
        overriding.override(supply, said(50))
    with pytest.raises(NotPossible, match="No forecast"):
        overriding.override(supply, said(50, week=MONDAY - WEEK))
    with pytest.raises(NotPossible, match="No forecast"):
        overriding.override(supply, {**said(50), "product": "B"})
    with pytest.raises(Forbidden):
        overriding.override(drawn.user("analyst"), said(50, week=MONDAY + WEEK))


@dataclass
class Row:
    foretold: float
    quantity: float


def test_whether_it_helped_is_told_with_an_interval_or_not_at_all():
    better = [Tried(Row(100.0, 130.0 + n % 3), 125.0) for n in range(12)]
    whole = over_all("", better)

    assert whole.is_better
    assert whole.nearer == pytest.approx(25.0 - 6.0)
    assert whole.wape_forecast == pytest.approx(25 / 125)
    worse = over_all("", [Tried(Row(125.0, 100.0 + n % 3), 125.0) for n in range(12)])
    assert worse.is_worse
    assert not over_all("", better[:7]).told


def test_it_is_held_against_what_was_ordered_in_its_week(own_facts, supply, tmp_path):
    mine = Account.objects.get(code=own_facts.mine)
    week = date(2025, 3, 3)
    (tmp_path / "lines.csv").write_text(
        "order_id,line_no,ordered_on,customer,product,quantity,amount\n"
        f"N1,1,{week + timedelta(days=6)},{mine.code},NEW-P,90,100\n"
        f"N2,1,{week},{own_facts.foreign},NEW-P,10,100\nN3,1,{week + WEEK},{mine.code},NEW-P,70,100\n"
    )
    receive(Job("order-lines", tmp_path / "lines.csv", "test"), own_facts.home)
    plain = {"product": "NEW-P", "week": week, "why": "tender", "foretold": 50.0, "made_by": supply.username}
    Override.objects.create(quantity=95, **plain)
    Override.objects.create(quantity=60, account=mine, **plain)

    rows = helped.tried(Override.objects.order_by("pk"), week + timedelta(days=6))

    assert [each.came for each in rows] == [100.0, 90.0]
    assert [each.nearer for each in rows] == [45.0, 10.0]
    assert helped.tried(Override.objects.all(), week + timedelta(days=5)) == []


def test_pages_and_api_take_it_and_say_why_not(drawn, client):
    browser = signed_in(drawn, client, "supply")
    sent = {
        "product": "A",
        "week": str(MONDAY + timedelta(days=2)),
        "quantity": "40",
        "why": "promotion",
        "account": "",
    }

    assert browser.post("/supply/overrides/new/", sent).status_code == 302
    assert browser.post("/supply/overrides/new/", sent).status_code == 422
    row = Override.objects.get()
    assert row.week == MONDAY
    for path in ("/supply/overrides/", "/supply/overrides/new/", "/supply/overrides-helped/", row.get_absolute_url()):
        assert browser.get(path).status_code == 200, path
    key = {"HTTP_AUTHORIZATION": f"Bearer {drawn.tokens['supply']}"}
    body = {**sent, "week": str(MONDAY + WEEK), "account": drawn.mine}
    made = client.post("/api/v1/supply/overrides", body, content_type="application/json", **key)
    assert made.status_code == 201, made.content
    assert made.json()["account"] == drawn.mine
