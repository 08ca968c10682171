"""Behind a figure of an account stand its facts, each with the file and line it came by."""

import re
from decimal import Decimal

import pytest

from house import signed_in
from vitalfew.accounts import facts_of
from vitalfew.accounts.models import Account
from vitalfew.outlets.behind import BEHIND
from vitalfew.warehouse import scorecards
from vitalfew.warehouse.models import Refresh
from vitalfew.warehouse.run import day_number

pytestmark = [pytest.mark.database, pytest.mark.django_db]


@pytest.fixture
def ask(house, client):
    """What the drawer says to a role."""

    def asked(role, name, of="", account=None):
        return signed_in(house, client, role).get(f"/why/facts/{name}/", {"account": account or house.mine, "of": of})

    return asked


def test_an_order_shows_its_lines_with_file_and_line(house, ask):
    order = facts_of.orders(house.home, [house.mine])[0]
    lines = facts_of.behind(house.home, "order_lines", [house.mine], "order_id = $value", order["order_id"])

    page = ask("director", "order", order["order_id"]).content.decode()

    assert len(lines) == order["lines"] == page.count("data-fact")
    assert sum(float(line["amount"]) for line in lines) == pytest.approx(order["amount"])
    for line in lines:
        assert line["product"] in page
        assert re.search(rf"order_lines\.\w+，第{line['_line']:,}行", page), line["_line"]
    assert f"/data/{lines[0]['_import']}/" in page


def test_who_may_not_see_margins_sees_no_cost(house, ask):
    order = facts_of.orders(house.home, [house.mine])[0]["order_id"]
    label = "整行成本"

    assert label in ask("manager", "order", order).content.decode()
    assert label not in ask("complaints", "order", order).content.decode()
    assert ask("manager", "service", "visit").status_code == 200
    assert ask("complaints", "service", "visit").status_code == 404


def test_as_many_rows_as_the_figure_counts(house, ask):
    day = day_number(scorecards.current().as_of)
    owed = {
        code: facts_of.overdue(house.home, [code], day)["n"] for code in Account.objects.values_list("code", flat=True)
    }
    most = max(owed, key=owed.get)
    assert owed[most] > 0
    for code in (house.mine, most):
        n = owed[code]
        assert ask("director", "overdue", account=code).content.decode().count("data-fact") == min(n, facts_of.BEHIND)


def test_every_way_behind_a_figure_answers(ask):
    for name in BEHIND:
        assert ask("director", name, "nothing of that name' OR TRUE --").status_code == 200


def test_what_was_asked_for_is_never_run(ask):
    page = ask("director", "order", "x' OR 'x' = 'x").content.decode()

    assert "<tbody>" not in page


def test_foreign_accounts_are_as_if_they_were_not_there(house, ask):
    assert ask("manager", "customer", account=house.foreign).status_code == 404
    assert ask("manager", "customer", account="NOT-THERE").status_code == 404
    assert ask("manager", "nothing").status_code == 404


def test_the_api_gives_the_same_rows(house, client):
    order = facts_of.orders(house.home, [house.mine])[0]
    asked = {"account": house.mine, "of": order["order_id"]}

    answer = signed_in(house, client, "complaints").get("/api/v1/facts/order", asked).json()

    assert answer["table"] == "order_lines"
    assert len(answer["items"]) == order["lines"]
    assert sum(Decimal(row["values"]["amount"]) for row in answer["items"]) == Decimal(str(order["amount"]))
    assert all(row["file"] and row["line"] and "cost" not in row["values"] for row in answer["items"])
    assert client.get("/api/v1/facts/service", asked).status_code == 404


def test_a_past_figure_opens_what_was_found_then(house, client):
    browser = signed_in(house, client, "director")
    past = Refresh.objects.filter(state="done").exclude(pk=scorecards.current().pk).first()
    tab = browser.get(f"/accounts/{house.mine}/?tab=history").content.decode()
    assert f"/why/rfm/?account={house.mine}&amp;of=cell&amp;at={scorecards.current().pk}" in tab

    for number in ("", str(scorecards.current().pk), *([str(past.pk)] if past else [])):
        assert browser.get("/why/rfm/", {"account": house.mine, "at": number}).status_code == 200
    for number in ("999999999", "x", "9" * 40, "-1", "²"):
        assert browser.get("/why/rfm/", {"account": house.mine, "at": number}).status_code == 404
