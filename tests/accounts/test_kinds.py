"""The kind of a customer is chosen by its word; what a book calls its customers otherwise can be chosen, too."""

import pytest

from house import signed_in
from vitalfew.accounts.models import Account

pytestmark = [pytest.mark.database, pytest.mark.django_db]


def test_kinds_are_offered_by_their_words_and_those_of_the_book(house, client):
    Account.objects.filter(code=house.foreign).update(kind="门店")
    account = Account.objects.get(code=house.mine)
    page = signed_in(house, client, "director").get(f"/accounts-edit/{account.pk}/").content.decode()

    assert '<option value="general_agent"' in page
    assert "总代理</option>" in page
    assert '<option value="门店">门店</option>' in page
