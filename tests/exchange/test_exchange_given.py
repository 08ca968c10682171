"""What an account is told: only what is agreed on, only its own, every file noted."""

from datetime import date, timedelta
from hashlib import sha256

import pytest
from django.test import Client
from django.utils import timezone
from test_exchange_agreed import agreed

from house import signed_in
from vitalfew.accounts.products import product_codes
from vitalfew.exchange import offering, taking
from vitalfew.exchange.models import DataExchange, DataGiven
from vitalfew.exchange.taking import Sent
from vitalfew.exchange.words import Offer, Way
from vitalfew.maths.order_up_to import Demand, order
from vitalfew.people.models import AuditEntry
from vitalfew.people.records import NotPossible
from vitalfew.supply.models import Stocked, Week
from vitalfew.supply.words import Cover
from vitalfew.warehouse.run import day_number

pytestmark = [pytest.mark.database, pytest.mark.django_db]


def day(back):
    return timezone.localdate() - timedelta(days=back)


def line(product, number, *, ordered=5, promised=-3, delivered=None, quantity=7.0):
    days = {"ordered_on": ordered, "promised_on": promised, "delivered_on": delivered}
    told = {name: None if back is None else day_number(day(back)) for name, back in days.items()}
    return {"order_id": number, "product": product, "quantity": quantity, **told}


@pytest.fixture
def lines(house, monkeypatch):
    """By account: two lines under way and one delivered of ours, one of another's."""
    found = {
        house.mine: [line("A-1", "SO-1"), line("A-1", "SO-2", promised=-1), line("A-2", "SO-3", delivered=1)],
        house.foreign: [line("A-9", "SO-9")],
    }
    monkeypatch.setattr(offering, "_lines", lambda account, _of, _since: found.get(account.code, []))


def test_ordered_is_up_to_the_level_and_never_below_zero():
    ten = Demand(10, 4, 7, 0, 7)
    assert order(ten, 0.95, 60, 20) == 85
    assert order(ten, 0.99, 60, 20) > 85
    assert order(ten, 0.95, 60, 1000) == 0
    assert order(Demand(0, 0, 7, 0, 7), 0.95, 0, 0) == 0


@pytest.mark.usefixtures("lines")
def test_only_what_is_agreed_on_is_told(house, client):
    row = agreed(house, offers=["shipments"])

    assert [each["order"] for each in offering.offered(row, "shipments").rows] == ["SO-2", "SO-1"]
    assert [str(each["quantity"]) for each in offering.offered(row, "shipments").rows] == ["7", "7"]
    for word in ("availability", "proposal", "price", ""):
        with pytest.raises(NotPossible):
            offering.offered(row, word)
    page = signed_in(house, client, "manager")
    shown = page.get(f"/exchange/{row.pk}/gives/").content.decode()
    assert "SO-1" in shown
    assert "SO-9" not in shown
    assert page.get(f"/exchange/{row.pk}/gives/proposal/").status_code == 404
    fetched = page.get(f"/exchange/{row.pk}/gives/shipments/")
    assert fetched.content.decode().count("\n") == 3
    assert house.user("manager").name in page.get(f"/exchange/{row.pk}/gives/").content.decode()
    noted = DataGiven.objects.get()
    assert (noted.offer, noted.rows, noted.sha256) == (Offer.SHIPMENTS, 2, sha256(fetched.content).hexdigest())
    assert AuditEntry.objects.get(action="data-give").subject == f"account:{house.mine}"
    foreign = agreed(house, house.foreign, offers=["shipments"])
    assert page.get(f"/exchange/{foreign.pk}/gives/").status_code == 404
    assert page.get(f"/exchange/{foreign.pk}/gives/shipments/").status_code == 404
    DataExchange.objects.filter(pk=row.pk).update(until=day(1))
    assert page.get(f"/exchange/{row.pk}/gives/shipments/").status_code == 404
    assert "SO-1" not in page.get(f"/exchange/{row.pk}/gives/").content.decode()


@pytest.mark.usefixtures("lines")
def test_an_order_is_proposed_by_their_stock_and_sales(house):
    a, b = sorted(product_codes())[:2]
    row = agreed(house, offers=["proposal"])
    rows = [f"{day(back)},{a},{12 if back % 2 else 8},{60}" for back in range(12, 0, -1)]
    few = [f"{day(back)},{b},5,5" for back in range(5, 0, -1)]
    data = "\n".join(["date,product,sold,stock", *rows, *few]).encode()
    taking.take(house.user("director"), row.pk, Sent("a.csv", data, Way.UPLOAD))
    (told,) = offering.offered(row, "proposal").rows

    assert (told["product"], told["stock"], told["counted"], told["coming"]) == (a, 60.0, day(1), 0.0)
    assert told["daily"] == pytest.approx(10.18, abs=0.01)
    rates = [12.0, *[8.0, 12.0] * 5]
    mean = sum(rates) / len(rates)
    spread = (sum((each - mean) ** 2 for each in rates) / (len(rates) - 1)) ** 0.5
    assert told["order"] == order(Demand(mean, spread, *offering.USUAL_LEAD, 1.0), 0.95, 60, 0) > 100


@pytest.mark.usefixtures("lines")
def test_the_deviation_of_a_day_is_that_of_a_day_whatever_a_report_holds(house):
    a = min(product_codes())
    row = agreed(house, offers=["proposal"], sell_out="weekly", stock="weekly")
    rows = [f"{day(7 * back)},{a},{84 if back % 2 else 56},60" for back in range(9, 0, -1)]
    taking.take(
        house.user("director"),
        row.pk,
        Sent("a.csv", "\n".join(["date,product,sold,stock", *rows]).encode(), Way.UPLOAD),
    )
    (told,) = offering.offered(row, "proposal").rows

    assert told["daily"] == 10.0
    of_a_report = (4 * (12 - 10) ** 2 + 4 * (8 - 10) ** 2) / 7
    assert told["order"] == order(Demand(10.0, (of_a_report * 7) ** 0.5, *offering.USUAL_LEAD, 7.0), 0.95, 60, 0)
    assert told["order"] > order(Demand(10.0, of_a_report**0.5, *offering.USUAL_LEAD, 7.0), 0.95, 60, 0)


@pytest.mark.usefixtures("lines")
def test_the_api_tells_it_to_who_may_export(house):
    row = agreed(house, offers=["shipments"])
    path = f"/api/v1/exchange/agreements/{row.pk}/offers"
    calls = Client(headers={"Authorization": f"Bearer {house.tokens['manager']}"})
    told = calls.get(f"{path}/shipments").json()

    assert told["columns"] == ["order", "product", "quantity", "promised"]
    assert [each[0] for each in told["rows"]] == ["SO-2", "SO-1"]
    assert DataGiven.objects.get().way == Way.API
    assert calls.get(f"{path}/availability").status_code == 404
    coordinator = Client(headers={"Authorization": f"Bearer {house.tokens['supply']}"})
    assert coordinator.get(f"{path}/shipments").status_code == 403


@pytest.mark.usefixtures("lines")
def test_what_is_short_is_available_from_the_week_after_the_last_short_one_or_nobody_knows(house, monkeypatch):
    row, monday = agreed(house, offers=["availability"]), date(2026, 6, 8)
    courses = {"P1": "low short low short low", "P2": "low low low short short", "P3": "low low low low low"}
    for code, course in courses.items():
        covers = course.split()
        made = Stocked.objects.create(code=code, cover=Cover.SHORT if "short" in covers else Cover.LOW)
        for place, cover in enumerate(covers):
            Week.objects.create(
                product=made, since=monday + timedelta(weeks=place), need=1, coming=0, left=0, short=0, cover=cover
            )
    monkeypatch.setattr(offering, "_lines", lambda *_asked: [{"product": code} for code in courses])

    assert [each["again"] for each in offering.offered(row, "availability").rows] == [
        monday + timedelta(weeks=4), None, None
    ]  # fmt: skip
