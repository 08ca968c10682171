"""How many accounts a list has: as many as one may see, counted no further than one reads."""

import pytest

from house import signed_in
from vitalfew.accounts import questions
from vitalfew.accounts.models import Account

pytestmark = [pytest.mark.database, pytest.mark.django_db]


@pytest.mark.parametrize("role", ["director", "manager"])
def test_the_count_is_that_of_all_pages_and_ends_where_nobody_reads_on(house, client, monkeypatch, role):
    browser = signed_in(house, client, role)
    visible = Account.objects.visible_to(house.user(role)).count()
    asked = {"risk": "high"}

    every = list(questions.every(house.user(role), questions.Wanted.of(asked, house.user(role))))
    whole, narrowed = (browser.get("/accounts-count/", given).content.decode() for given in ({}, asked))
    monkeypatch.setattr(questions, "MOST_COUNTED", 2)
    many = browser.get("/accounts-count/").content.decode()

    assert whole == f"共{visible}家客户"
    assert narrowed == f"共{len(every)}家客户"
    assert many == "超过2家客户"


def test_managers_of_the_portfolio_lead_to_their_accounts(house, client):
    page = signed_in(house, client, "director").get("/portfolio/").content.decode()

    assert f'<a href="/accounts/?manager=manager">{house.user("manager").name}</a>' in page
