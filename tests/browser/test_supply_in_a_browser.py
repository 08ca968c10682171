"""Supply in a browser: sound on a desk and on a phone; a long map begins with what runs short."""

from datetime import date, timedelta
from typing import Any
from urllib.parse import quote

import pytest
from playwright.sync_api import expect

from vitalfew.accounts.models import Account
from vitalfew.people.models import User
from vitalfew.supply import allotting, basis
from vitalfew.supply.models import Allotment, AtRisk, Basis, Drawing, Reservation, Stocked, Week
from vitalfew.supply.words import Cover, Standing
from vitalfew.terms import Outlook

from .conftest import Visit
from .test_pages import unsound

pytestmark = pytest.mark.browser
FIRST = date(2026, 6, 8)
MANY = 30


@pytest.fixture
def pictured(served: Any) -> Stocked:
    """Thirty products of twelve weeks, the last of which runs short."""
    Drawing.objects.create(as_of=date(2026, 6, 5), currency="CNY")
    rows = [
        Stocked.objects.create(
            code=f"BX-{n:03}", name="双开门冰箱", on_hand=12_345, counted_on=date(2026, 6, 2), safety=320, lead_days=14,
            lead_deviation=3, method=Outlook.LEVELLED, mase=0.83, wape=0.21,
            places=[{"place": "苏州总仓", "on_hand": 12_345, "on_order": 0, "counted_on": "2026-06-02"}],
        )
        for n in range(MANY)
    ]  # fmt: skip
    last = rows[-1]
    last.cover, last.empty_on, last.order_by, last.missing = Cover.SHORT, FIRST, date(2026, 6, 1), 98_765
    last.save()
    for row in rows:
        for n in range(12):
            Week.objects.create(
                product=row, since=FIRST + timedelta(weeks=n), need=8_000, high=9_000, coming=0, left=12_345, short=8_000,
                weeks=None, cover=row.cover,
            )  # fmt: skip
    account = Account.objects.get(code=served.mine)
    draft = Allotment.objects.create(
        name="春节前分货",
        products=last.code,
        made_by="a",
        changed_by="a",
        minimums=f"{account.code}, {last.code}, 90000",
    )
    goods = basis.kept(allotting.goods_of(draft))
    made = Allotment.objects.create(
        name="首批到货分货", products=last.code, made_by="a", changed_by="a", state=Standing.RESERVED
    )
    Basis.objects.create(allotment=made, as_of=date(2026, 6, 5), goods=goods)
    Reservation.objects.create(
        allotment=made, account=account, product=last.code, week=FIRST, quantity=12_345, taken=45, since=FIRST,
        expires_on=FIRST + timedelta(days=20),
    )  # fmt: skip
    AtRisk.objects.create(product=last, account=account, since=FIRST, need=800, short=400, amount=1_234_567)
    return last


@pytest.mark.parametrize(("visit", "width"), [("zh-hans", 1440), ("en", 390)], indirect=["visit"])
def test_every_page_of_supply_is_sound(
    visit: Visit, served: Any, administrator: User, pictured: Stocked, width: int
) -> None:
    visit.sign_in(administrator)
    visit.page.set_viewport_size({"width": width, "height": 900})
    places = [
        "/supply/", "/supply/?all=1", pictured.get_absolute_url(), "/supply/stock/", "/supply/risks/", "/supply/incoming/new/",
        "/supply/incoming/paste/", "/supply/lead-times/new/", "/supply/allotments/",
        "/supply/allotments/new/", *(each.get_absolute_url() for each in Allotment.objects.all()),
        "/supply/reservations/", f"/accounts/{quote(served.mine)}/?tab=supply",
    ]  # fmt: skip

    assert [fault for path in places for fault in unsound(visit, path, width)] == []
    assert visit.troubles == []


@pytest.mark.parametrize("visit", ["zh-hans"], indirect=True)
@pytest.mark.usefixtures("pictured")
def test_what_runs_short_is_shown_first_and_the_rest_when_asked_for(visit: Visit, served: Any) -> None:
    visit.sign_in(served.user("supply"))
    visit.open("/supply/")
    rows = visit.page.locator("tbody tr th")
    assert (rows.count(), rows.first.inner_text()) == (20, f"BX-{MANY - 1:03} 双开门冰箱")
    visit.page.get_by_role("link", name="全部30").click()
    expect(rows).to_have_count(MANY)
    rows.first.get_by_role("link").click()
    visit.page.get_by_role("link", name="依据").first.click()
    assert "0.83" in visit.page.locator("#known").inner_text()
