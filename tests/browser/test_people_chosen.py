"""A long list of colleagues narrows while pinyin or initials are typed."""

import pytest

from vitalfew.accounts.colleagues import MANY
from vitalfew.people.models import User

from .conftest import Visit

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("visit", ["zh-hans"], indirect=["visit"])
def test_a_colleague_is_found_by_initials_and_back(visit: Visit, administrator: User) -> None:
    for number in range(MANY):
        User.objects.create_user(f"colleague{number}", name=f"欧阳{'一二三四五六七八九十甲乙'[number]}", role="manager")
    visit.sign_in(administrator)
    visit.open("/promises/new/")
    box, chosen = visit.page.get_by_label("姓名、拼音或首字母"), visit.page.locator("#id_owner")

    box.fill("oysan")
    assert chosen.input_value() == ""
    box.fill("ouyangsan")
    assert chosen.input_value() == "colleague2"
    assert chosen.locator("option").count() == 1
    box.fill("")
    assert chosen.input_value() == administrator.username
    assert visit.troubles == []
