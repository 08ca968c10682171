"""In the portal somebody of a customer's files a complaint, follows it, and finds the surveys in which he is asked."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from test_portal_access import PASSWORD, given, link_of, post_at

from vitalfew.accounts.models import Account
from vitalfew.complaints import actions as complaints
from vitalfew.complaints import proceeding
from vitalfew.complaints.models import Complaint
from vitalfew.surveys import actions as surveys
from vitalfew.surveys import link, writing
from vitalfew.surveys.models import Respondent, Wave

pytestmark = [pytest.mark.database, pytest.mark.django_db]


@pytest.fixture
def director(house):
    return house.user("director")


@pytest.fixture
def visit(house, director):
    """The browser of somebody of the account, and the access by which he is in."""
    access = given(director, Account.objects.get(code=house.mine))
    browser = Client(headers={"Accept-Language": "en"})
    browser.post(link_of(access), {"password": PASSWORD, "again": PASSWORD})
    return browser, access


def test_a_complaint_is_filed_followed_and_answered(visit, director):
    browser, access = visit
    sent = {"text": "两台空调外壳变形", "demand": "换货", "order_number": "SO-1"}

    answer = browser.post("/portal/complaints/file/", sent, follow=True)

    row = Complaint.objects.get(text=sent["text"])
    assert (row.account, row.person, row.channel, row.owner) == (
        access.account,
        access.person,
        "portal",
        row.account.manager,
    )
    assert row.number in answer.text
    followed = browser.get("/portal/complaints/").text
    assert "/voice/" in followed
    assert sent["text"] in followed
    proceeding.assess(director, row.pk, row.version, effect="cost", grows=False)
    row.refresh_from_db()
    proceeding.wait(director, row.pk, row.version, "照片")
    assert row.number in browser.get("/portal/").text


def test_nothing_is_filed_without_a_word(visit):
    browser, _access = visit

    answer = browser.post("/portal/complaints/file/", {"text": " "})

    assert answer.status_code == 422
    assert not Complaint.objects.filter(channel="portal").exists()


def test_another_customers_complaint_is_not_there(visit, house, director):
    browser, _access = visit
    foreign = Account.objects.get(code=house.foreign)
    row = complaints.take_in(director, {"account": foreign, "text": "别家的投诉", "channel": "phone"})

    page = browser.get("/portal/complaints/").text

    assert "别家的投诉" not in page
    assert row.number not in page


def test_without_the_part_nothing_can_be_filed(house, director):
    access = given(director, Account.objects.get(code=house.mine), parts=["orders"])
    browser = Client()
    browser.post(link_of(access), {"password": PASSWORD, "again": PASSWORD})

    assert browser.get("/portal/complaints/").status_code == 404
    assert browser.post("/portal/complaints/file/", {"text": "x"}).status_code == 404
    assert not Complaint.objects.filter(channel="portal").exists()


def test_a_survey_asks_whom_it_asks_and_nobody_beside_him(visit, director):
    browser, access = visit
    today = timezone.localdate()
    wave = surveys.make(director, Wave(
        name="年度满意度", questionnaire=writing.make(director, "q", ["nps"]), opens=today, closes=today + timedelta(days=9),
        keep_until=today + timedelta(days=99), sender="s", purpose="改进服务",
    ))  # fmt: skip
    other = post_at(access.account, "李强", "li@customer.example")
    mine = access.person.posts.get()
    surveys.add_accounts(director, wave, [access.account])
    surveys.ask_posts(director, wave, [mine, other])
    surveys.begin(director, wave.pk)
    rows = {row.post_id: link.address_of(row) for row in Respondent.objects.filter(wave=wave)}

    page = browser.get("/portal/surveys/").text

    assert rows[mine.pk] in page
    assert rows[other.pk] not in page
    assert "年度满意度" in browser.get("/portal/").text
    assert browser.get(rows[mine.pk]).status_code == 200
