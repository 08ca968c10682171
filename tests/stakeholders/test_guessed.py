"""Who decides by influence alone is said to be guessed, on the tab and at the person; what was logged since is told."""

from datetime import timedelta

import pytest

from house import signed_in
from vitalfew.accounts.models import Account
from vitalfew.activities import actions
from vitalfew.contacts import actions as contacts
from vitalfew.contacts.models import Post
from vitalfew.warehouse import scorecards

pytestmark = [pytest.mark.database, pytest.mark.django_db]
GUESSED, WHY, LATE = "决策者（按影响力推定）", "未注明采购角色的，决策者按影响力推定", "此后登记的往来尚未计入"


@pytest.fixture
def post(house):
    """Who decides at an account of the manager's as far as influence tells."""
    mine = Account.objects.get(code=house.mine)
    return contacts.add(house.user("manager"), mine, {"name": "王晓峰"}, {"influence": "high"})


def test_a_guess_is_called_one_until_the_part_is_said(house, client, post):
    browser = signed_in(house, client, "manager")
    paths = f"/accounts/{house.mine}/?tab=contacts", post.person.get_absolute_url()

    tab, person = (browser.get(path).content.decode() for path in paths)
    Post.objects.filter(pk=post.pk).update(part="decider")
    said, known = (browser.get(path).content.decode() for path in paths)

    assert GUESSED in tab
    assert WHY in tab
    assert GUESSED in person
    assert WHY not in said
    assert GUESSED not in said + known


def test_what_was_logged_since_the_figures_day_is_told(house, client, post):
    browser, day = signed_in(house, client, "manager"), scorecards.current().as_of + timedelta(days=1)
    path = f"/accounts/{house.mine}/?tab=contacts"
    before = browser.get(path).content.decode()

    actions.log(
        house.user("manager"), Account.objects.get(code=house.mine),
        {"way": "visit", "day": day, "text": "之后", "person": post.person},
    )  # fmt: skip

    assert LATE not in before
    assert LATE in browser.get(path).content.decode()
