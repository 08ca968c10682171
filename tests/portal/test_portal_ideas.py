"""In the portal a firm files ideas, votes for what we share in our words, and reads what came of its own."""

import pytest
from django.test import Client
from django.utils import timezone
from test_portal_access import PASSWORD, given, link_of

from vitalfew.accounts.models import Account
from vitalfew.ideas import actions, telling
from vitalfew.ideas.models import Idea, Vote

pytestmark = [pytest.mark.database, pytest.mark.django_db]


@pytest.fixture
def director(house):
    return house.user("director")


@pytest.fixture
def visit(house, director):
    access = given(director, Account.objects.get(code=house.mine), parts=["ideas"])
    browser = Client(headers={"Accept-Language": "en"})
    browser.post(link_of(access), {"password": PASSWORD, "again": PASSWORD})
    return browser, access


def of(director, account, text):
    return actions.write_down(director, account, {"text": text, "said_on": timezone.localdate(), "owner": director})


def test_an_idea_is_filed_answered_followed_and_its_outcome_read(visit, director):
    browser, access = visit
    assert browser.post("/portal/ideas/file/", {"text": " ", "sort": "idea"}).status_code == 422

    answer = browser.post("/portal/ideas/file/", {"text": "外箱加提手孔", "sort": "idea"}, follow=True)

    row = Idea.objects.get(text="外箱加提手孔")
    assert (row.account, row.person, row.origin) == (access.account, access.person, "portal")
    assert row.number in answer.text
    row = actions.say(director, row.pk, row.version, text="是哪种外箱？")
    assert row.number in browser.get("/portal/").text
    browser.post(f"/portal/ideas/{row.pk}/answer/", {"text": "挂机的"})
    assert "挂机的" in browser.get("/portal/ideas/").text
    said = {"state": "done", "why": "内部原因", "outcome": "草稿里的话", "work": "PLM-9", "target": None}
    row = actions.decide(director, row.pk, row.version, said)
    page = browser.get("/portal/ideas/").text
    assert "草稿里的话" not in page  # not before it is told
    telling.tell(director, row.pk, row.version, text="已经改好", way="phone")
    page = browser.get("/portal/ideas/").text
    assert "已经改好" in page
    assert not any(each in page for each in ("内部原因", "PLM-9"))


def test_of_others_a_firm_sees_what_is_shared_in_our_words_alone_and_votes_once(visit, house, director):
    browser, access = visit
    foreign = Account.objects.get(code=house.foreign)
    row, own = of(director, foreign, "别家原话"), of(director, access.account, "自家的话")
    assert browser.post(f"/portal/ideas/{row.pk}/vote/").status_code == 404
    row = actions.share(director, row.pk, row.version, outside_title="周转箱", outside_text="可回收")

    page = browser.get("/portal/ideas/").text

    assert "周转箱" in page
    assert not any(each in page for each in ("别家原话", foreign.name, row.number))
    browser.post(f"/portal/ideas/{row.pk}/vote/")
    assert [vote.account for vote in Vote.objects.filter(idea=row)] == [access.account]
    browser.post(f"/portal/ideas/{row.pk}/vote/")
    assert not Vote.objects.exists()
    assert browser.post(f"/portal/ideas/{row.pk}/answer/", {"text": "?"}).status_code == 404
    merged = actions.merge(director, own.pk, own.version, into=row.number)
    page = browser.get("/portal/ideas/").text
    assert merged.number in page
    assert not any(each in page for each in ("别家原话", row.number))
