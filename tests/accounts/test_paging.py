"""Pages of the list follow each other without a gap, and each starts where an index leads, however deep it is."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from vitalfew.accounts import questions
from vitalfew.accounts.columns import COLUMNS
from vitalfew.accounts.questions import Wanted
from vitalfew.warehouse import scorecards
from vitalfew.warehouse.models import Scorecard

FIGURES = [column.name for column in COLUMNS if column.card and column.sortable]
SHORT = 7


def in_order(name, descending):
    """All cards as the list orders them: those without the figure last, equal ones by code."""
    cards = Scorecard.objects.filter(refresh=scorecards.current()).order_by("customer")
    known = [card for card in cards if getattr(card, name) is not None]
    known.sort(key=lambda card: getattr(card, name), reverse=descending)
    return [card.customer for card in [*known, *(card for card in cards if getattr(card, name) is None)]]


def walked(user, **asked):
    codes, after = [], ""
    while True:
        page = questions.page(user, Wanted(**asked, after=after), SHORT)
        codes += [line.account.code for line in page.lines if line.card]
        if not page.after:
            return codes
        after = page.after


@pytest.mark.parametrize("descending", [True, False])
@pytest.mark.parametrize("name", FIGURES)
def test_pages_follow_each_other_without_a_gap(house, name, descending):
    tied = Scorecard.objects.filter(refresh=scorecards.current()).order_by("customer")
    for place, card in enumerate(tied):
        Scorecard.objects.filter(pk=card.pk).update(**{name: None if place % 5 == 0 else place % 4})

    assert walked(house.user("director"), order=name, descending=descending) == in_order(name, descending)


def test_a_manager_walks_through_his_own_accounts_alone(house):
    manager = house.user("manager")

    codes = walked(manager)

    mine = set(questions.accounts(manager, Wanted()).values_list("code", flat=True))
    assert codes == [code for code in in_order("revenue_12m", descending=True) if code in mine]


def test_many_found_accounts_come_as_few_would(house, monkeypatch):
    few = walked(house.user("manager"))
    monkeypatch.setattr(questions, "FEW", 0)

    assert walked(house.user("manager")) == few


def plan_of(user, **asked):
    """How SQLite finds the cards of a page."""
    with CaptureQueriesContext(connection) as captured:
        questions.page(user, Wanted(**asked), SHORT)
    query = next(each["sql"] for each in captured if 'FROM "warehouse_scorecard"' in each["sql"])
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {query}")
        return " ".join(row[-1] for row in cursor.fetchall())


@pytest.mark.django_db
def test_a_deep_page_starts_at_its_place_in_the_index(house):
    if connection.vendor != "sqlite":
        pytest.skip("another database tells its plans otherwise")

    assert "revenue_12m<" in plan_of(house.user("director"), after=questions._cursor(1000.5, "HD-0000001"))


@pytest.mark.django_db
def test_few_found_accounts_are_looked_up_by_their_codes(house):
    if connection.vendor != "sqlite":
        pytest.skip("another database tells its plans otherwise")

    assert "(refresh_id=? AND customer=?)" in plan_of(house.user("director"), text="HD")
