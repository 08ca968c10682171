"""The search box finds pages and what is done from anywhere, as far as the user may."""

import pytest

from house import signed_in
from vitalfew.outlets.search import doors

pytestmark = [pytest.mark.database, pytest.mark.django_db]


@pytest.mark.parametrize("text", ["登记", "dengji", "djwl"])
def test_what_is_done_from_anywhere_is_found_by_name_pinyin_and_initials(house, text):
    assert "activity-new" in [hit.code for hit in doors(house.user("manager"), text)]


def test_pages_of_the_menu_are_found_as_far_as_one_may(house, client):
    assert [hit.code for hit in doors(house.user("director"), "全局")] == ["portfolio"]
    assert doors(house.user("manager"), "全局") == []
    assert doors(house.user("director"), " ") == doors(house.user("director"), "没有这页") == []

    box = signed_in(house, client, "director").get("/search/", {"q": "全局"}).content.decode()
    assert 'data-url="/portfolio/"' in box
