"""Each analysis beside the account, and 'how do we know?' behind it, for those who may see it."""

import pytest

from house import signed_in
from vitalfew.accounts.tabs import TABS
from vitalfew.catalogue import catalogue
from vitalfew.people.models import User
from vitalfew.people.permissions import Right, Role
from vitalfew.warehouse import scorecards

OF_MONEY = {
    "margin_rate", "gross_margin", "contribution", "cost_to_serve", "room", "expected_gain", "margin_year", "profit",
    "unrealised", "earned", "worth", "effect", "priority", "cause", "rebate",
}  # fmt: skip
"""Columns that tell of margins, worth or causes, whatever the analysis says of itself."""
OPEN = {"complaint-effect"}
"""Whose effect is no money."""
CONFIDENTIAL = [each for each in catalogue().values() if each.confidential and each.of_accounts]


@pytest.mark.parametrize("name", list(catalogue()))
def test_what_is_behind_a_figure_is_told_or_not_there(house, client, name):
    answer = signed_in(house, client, "director").get(f"/why/{name}/?account={house.mine}")

    assert answer.status_code == (200 if catalogue()[name].of_accounts else 404)


@pytest.mark.parametrize("name", [each.name for each in CONFIDENTIAL])
def test_a_confidential_figure_is_not_there_for_others(house, client, name):
    assert signed_in(house, client, "complaints").get(f"/why/{name}/?account={house.mine}").status_code == 404


def test_confidential_panels_are_shown_to_those_who_may_see_them_alone(house, client):
    leaving = scorecards.result(house.home, scorecards.current(), "churn-causes").table["customer"][0].as_py()
    seen = {}
    for role in ("director", "complaints"):
        browser = signed_in(house, client, role)
        pages = [browser.get(f"/accounts/{leaving}/?tab={tab.name}").content.decode() for tab in TABS]
        seen[role] = {each.name for each in CONFIDENTIAL if any(f"/why/{each.name}/" in page for page in pages)}

    assert {"churn-causes", "tiers", "contribution"} <= seen["director"]
    assert seen["complaints"] == set()


def test_whatever_tells_of_margins_worth_or_causes_is_confidential():
    telling = {each.name for each in catalogue().values() if OF_MONEY & {column.name for column in each.columns}} - OPEN

    assert telling >= {"lifetime", "contribution", "win-back-value", "potential", "wallet-share", "next-actions"}
    assert {name for name in telling if not catalogue()[name].confidential} == set()


@pytest.mark.parametrize("role", list(Role))
def test_who_reads_pages_of_the_whole_book_may_see_margins(role):
    user = User(role=role, is_active=True)

    assert user.may(Right.MONEY) or not (user.may(Right.INSIGHT) or user.may(Right.PORTFOLIO))
