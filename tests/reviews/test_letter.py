"""The letter to a customer: in the customer's language, with its rights, and without a word of what it is worth."""

import pytest
from django.utils import timezone

from house import signed_in
from vitalfew.accounts.models import Account
from vitalfew.people.models import AuditEntry
from vitalfew.reviews import actions
from vitalfew.reviews.letter import letter, written
from vitalfew.reviews.models import Review, TierInForce
from vitalfew.terms import Tier

pytestmark = [pytest.mark.database, pytest.mark.django_db]
NEVER = ("zero", "turned", "unknown", "负", "零", "转化", "未知", "負", "轉化", "其他", "Others")


@pytest.fixture
def held(house):
    """Puts the account in a tier."""

    def put(tier):
        review = Review.objects.create(as_of=timezone.localdate(), opened_by="x", state="approved")
        TierInForce.objects.create(customer=house.mine, tier=tier, since=timezone.localdate(), review=review)
        return Account.objects.get(code=house.mine)

    return put


@pytest.mark.parametrize("code", ["zh-hans", "zh-hant", "en"])
@pytest.mark.parametrize("tier", [tier.value for tier in Tier])
def test_no_letter_says_what_we_reckon(held, tier, code):
    account = held(tier)

    text = written(letter(account), code)

    assert account.name in text
    assert not [word for word in NEVER if word in text.replace(account.name, "")]
    assert ("<li>" in text) is (tier in {"mvc", "mgc"})


def test_rights_are_named_in_the_language_asked_for(held):
    told = letter(held("mvc"))

    assert "绿色通道" in written(told, "zh-hans")
    assert "綠色通道" in written(told, "zh-hant")
    assert "green channel" in written(told, "en")


def test_before_a_tier_is_in_force_there_is_no_letter(house, client):
    actions.open_review(house.user("director"), house.home)

    page = signed_in(house, client, "manager").get(f"/tier-letter/{house.mine}/").content.decode()

    assert letter(Account.objects.get(code=house.mine)) is None
    assert "format=pdf" not in page


def test_it_is_printed_and_that_stands_in_the_trail(house, held, client):
    held("mgc")
    browser = signed_in(house, client, "manager")

    page = browser.get(f"/tier-letter/{house.mine}/?in=en")
    paper = browser.get(f"/tier-letter/{house.mine}/?in=zh-hant&format=pdf")

    assert "growth partner" in page.content.decode()
    assert paper.headers["Content-Type"] == "application/pdf"
    assert paper.content.startswith(b"%PDF")
    assert AuditEntry.objects.latest("number").action == "export"
    assert browser.get(f"/tier-letter/{house.foreign}/").status_code == 404
