"""The account in words: what everybody may read, and what only those who may see margins."""

import pytest
from django.utils.html import escape

from house import signed_in
from vitalfew.accounts.facts_of import product_names
from vitalfew.catalogue import catalogue
from vitalfew.language import Month, say_kept
from vitalfew.terms import Unit
from vitalfew.warehouse import scorecards

PLACES = ("", "?tab=overview", "?tab=one-to-one")


def page(house, client, role, code):
    browser = signed_in(house, client, role)
    return "".join(browser.get(f"/accounts/{code}/{place}").content.decode() for place in PLACES)


@pytest.fixture
def told(house):
    """An account with a confidential action: its words and its actions."""
    current = scorecards.current()
    actions = scorecards.result(house.home, current, "next-actions").table.to_pylist()
    code = next(row["customer"] for row in actions if row["guarded"])
    words = scorecards.of_account(house.home, current, "one-to-one", code)[0]
    return code, words, [row for row in actions if row["customer"] == code]


def said(kept):
    return escape(say_kept(kept, "zh-hans"))


def test_who_sees_margins_reads_all(house, client, told):
    code, words, actions = told
    text = page(house, client, "director", code)

    assert all(said(words[name]) in text for name in ("summary", "value", "contribution"))
    assert all(said(row["why"]) in text for row in actions)


def test_others_read_what_is_open(house, client, told):
    code, words, actions = told
    text = page(house, client, "complaints", code)

    assert said(words["for_all"]) in text
    assert not [name for name in ("value", "contribution", "cause") if words[name] and said(words[name]) in text]
    assert not [row for row in actions if row["guarded"] and said(row["why"]) in text]
    assert "action-effect" not in text


def drawer(house, client, name, code, role="director"):
    return signed_in(house, client, role).get(f"/why/{name}/?account={code}").content.decode()


def test_the_drawer_shows_every_row_of_the_account(house, client, told):
    code, _words, actions = told

    text = drawer(house, client, "next-actions", code)

    assert len(actions) > 1
    assert all(said(row["why"]) in text for row in actions)


def test_the_drawer_writes_months_days_and_amounts_as_people_do(house, client):
    current = scorecards.current()
    row = scorecards.result(house.home, current, "forecast").table.to_pylist()[0]
    unusual = scorecards.result(house.home, current, "anomalies").table.to_pylist()
    silent = next(each for each in unusual if each["kind"] == "silence")

    assert f">{Month(row['period']).say('zh-hans')}<" in drawer(house, client, "forecast", row["customer"])
    assert f">{silent['value']:.0f}天<" in drawer(house, client, "anomalies", silent["customer"])


def test_what_is_seen_is_an_amount_where_a_month_is_unusual():
    seen = catalogue()["anomalies"].column("value")

    assert [seen.in_row({"counted_in": unit}).unit for unit in ("days", "money")] == [Unit.DAYS, Unit.MONEY]


def test_products_are_called_by_name(house, client):
    row = scorecards.result(house.home, scorecards.current(), "demand").table.to_pylist()[0]
    name = product_names(house.home, [row["product"]])[row["product"]]
    browser = signed_in(house, client, "director")

    pages = (f"/accounts/{row['customer']}/?tab=supply", f"/why/demand/?account={row['customer']}", "/insight/demand/")

    assert all(name in browser.get(page).content.decode() for page in pages)
