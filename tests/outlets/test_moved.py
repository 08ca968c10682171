"""Today tells whose net sales moved most against the year before, also of those who stopped."""

import pytest

from house import signed_in
from vitalfew.accounts.models import Account
from vitalfew.warehouse import scorecards
from vitalfew.warehouse.models import Scorecard

pytestmark = [pytest.mark.database, pytest.mark.django_db]


def test_a_card_tells_by_how_much_sales_moved_wherever_it_tells_growth(house):  # noqa: ARG001  (its refresh)
    cards = list(Scorecard.objects.filter(refresh=scorecards.current()))

    grown = [card for card in cards if card.growth is not None]
    assert len(grown) > 30
    assert [card.moved for card in cards if card.growth is None] == [None] * (len(cards) - len(grown))
    for card in grown:
        if card.growth > -1:
            assert card.moved == pytest.approx(abs(card.revenue_12m * card.growth / (1 + card.growth)), abs=0.01)


@pytest.mark.parametrize("role", ["director", "manager"])
def test_who_stopped_is_first_where_most_is_lost(house, client, role):
    manager = house.user("manager")
    last = Account.objects.filter(manager=manager, stub=False).order_by("code").last()
    Scorecard.objects.filter(refresh=scorecards.current(), customer=last.code).update(
        revenue_12m=0, growth=-1, moved=1e12
    )

    moved = signed_in(house, client, role).get("/today/moved/").context["moved"]

    assert (moved[0][0], moved[0][1].growth) == (last, -1)
    assert [card.moved for _account, card in moved] == sorted((card.moved for _a, card in moved), reverse=True)
    seen = Account.objects.visible_to(house.user(role)).values("code")
    cards = Scorecard.objects.filter(refresh=scorecards.current(), moved__gt=0, customer__in=seen)
    most = cards.order_by("-moved").values_list("moved", flat=True)
    assert [card.moved for _account, card in moved] == list(most[: len(moved)])
    assert len(moved) == min(8, cards.count())
