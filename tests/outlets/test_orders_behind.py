"""How do we know: the figure asked about stands first, and the orders of its months can be walked, with their sum."""

import re

import pytest

from house import signed_in
from vitalfew.accounts import facts_of
from vitalfew.warehouse import scorecards
from vitalfew.warehouse.models import Scorecard

pytestmark = [pytest.mark.database, pytest.mark.django_db]
LINK = re.compile(r'href="(/accounts/[^"]*tab=orders[^"]*)"')
HEAD = re.compile(r'<th scope="row">([^<]+)<')


def test_the_figure_asked_about_is_first_and_leads_to_its_orders(house, client, monkeypatch):
    monkeypatch.setattr(facts_of, "ORDERS", 5)
    browser = signed_in(house, client, "director")
    card = Scorecard.objects.get(refresh=scorecards.current(), customer=house.mine)

    drawer = browser.get("/why/trend/", {"account": house.mine, "of": "revenue_12m"}).content.decode()
    link = LINK.findall(drawer)[0].replace("&amp;", "&")
    first, second = browser.get(link), browser.get(f"{link}&page=2")

    assert HEAD.findall(drawer)[0] == "近12个月净销售额"
    (summed,) = first.context["sums"]
    assert summed["amount"] == pytest.approx(card.revenue_12m)
    assert "page=2" in first.content.decode()
    shown = [row["order_id"] for page in (first, second) for row in page.context["orders"]]
    assert len(set(shown)) == len(shown) > 5


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"since": "soon"}, "输入一个有效的日期"),
        ({"since": "2026-02-01", "until": "2026-01-01"}, "截止日期早于起始日期"),
    ],
    ids=["no day", "backwards"],
)
def test_wrong_days_are_said_beside_their_field(house, client, asked, said):
    page = signed_in(house, client, "director").get(f"/accounts/{house.mine}/", {"tab": "orders", **asked})

    assert page.status_code == 200
    assert said in page.content.decode()
    assert page.context["orders"]
