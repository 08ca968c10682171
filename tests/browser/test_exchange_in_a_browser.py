"""The exchange of data in a browser: every page sound on a desk and on a phone."""

from datetime import timedelta
from typing import Any
from urllib.parse import quote

import pytest
from django.utils import timezone

from vitalfew.accounts.models import Account
from vitalfew.accounts.products import product_codes
from vitalfew.exchange import actions, taking
from vitalfew.exchange.models import DataDoubt, DataExchange, DataFile
from vitalfew.exchange.taking import Sent
from vitalfew.exchange.words import Offer, Way
from vitalfew.people.models import User

from .conftest import Visit
from .test_pages import unsound

pytestmark = pytest.mark.browser


@pytest.fixture
def exchanged(served: Any, administrator: User) -> DataExchange:
    """A fortnight of one account, a figure of it odd and a row refused."""
    fields = {
        "sell_out": "daily", "stock": "daily", "since": timezone.localdate() - timedelta(days=14), "owner": administrator,
        "offers": [each.value for each in Offer],
    }  # fmt: skip
    row = actions.agree(administrator, Account.objects.get(code=served.mine), fields)
    code, today = min(product_codes()), timezone.localdate()
    lines = [f"{today - timedelta(days=back)},{code},{900 if back == 1 else 10},{-5 if back == 1 else 100},10"
             for back in range(12, 0, -1)]  # fmt: skip
    data = "\n".join(["date,product,sold,stock,received", *lines, f"{today},NO,1,1,1"]).encode()
    taking.take(administrator, row.pk, Sent("双周报-华东大区门店销量与库存明细.csv", data, Way.UPLOAD))
    return row


@pytest.mark.parametrize(("visit", "width"), [("zh-hans", 1440), ("en", 390)], indirect=["visit"])
def test_every_page_of_the_exchange_is_sound(
    visit: Visit, served: Any, administrator: User, exchanged: DataExchange, width: int
) -> None:
    visit.sign_in(administrator)
    visit.page.set_viewport_size({"width": width, "height": 900})
    own = exchanged.get_absolute_url()
    places = [
        "/exchange/", own, f"{own}edit/", f"{own}take/", f"{own}gives/", f"{own}reconciliation/", "/exchange/questions/",
        DataDoubt.objects.filter(kind="jump").get().get_absolute_url(), "/exchange/files/",
        DataFile.objects.get().get_absolute_url(), "/exchange/told/", f"/accounts/{quote(served.mine)}/?tab=supply",
    ]  # fmt: skip

    assert [fault for path in places for fault in unsound(visit, path, width)] == []
