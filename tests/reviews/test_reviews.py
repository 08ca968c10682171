"""Tiers are proposed by the analysis, decided by people, in force from a day."""

from datetime import timedelta

import pytest
from django.db.models import F
from django.utils import timezone

from vitalfew.imports.work import refresh_now
from vitalfew.language import translate
from vitalfew.people.models import AuditEntry, User
from vitalfew.people.permissions import Forbidden
from vitalfew.reviews import actions, questions
from vitalfew.reviews.models import ReviewState, TierInForce
from vitalfew.terms import Tier, label_of
from vitalfew.warehouse import scorecards
from vitalfew.warehouse.models import Scorecard

PART = {"hx-request": "true"}
BACKEND = "django.contrib.auth.backends.ModelBackend"


def opened(house):
    return actions.open_review(house.user("director"), house.home)


def submitted(house, review=None, since=None):
    review = review or opened(house)
    return actions.submit(house.user("director"), review, since or timezone.localdate())


def sorted_accounts():
    return Scorecard.objects.filter(refresh=scorecards.current()).exclude(tier="").count()


def tier_of(code):
    return Scorecard.objects.get(refresh=scorecards.current(), customer=code).tier


def test_a_review_proposes_what_the_analysis_found(house):
    review = opened(house)

    assert review.decisions.count() == sorted_accounts() > 50
    assert set(review.decisions.values_list("before", flat=True)) == {""}
    assert all(each.proposed == each.decided == tier_of(each.customer) for each in review.decisions.all())


def test_only_one_review_waits(house):
    opened(house)

    with pytest.raises(actions.NotNow):
        opened(house)


def test_approved_tiers_are_in_force_and_shown_until_decided_anew(own_facts):
    director = own_facts.user("director")
    review = opened(own_facts)
    row = review.decisions.exclude(proposed="bz").first()
    actions.decide(director, row, "mgc", "A new plant is being built")

    actions.approve(own_facts.user("executive"), submitted(own_facts, review), timezone.localdate())

    assert tier_of(row.customer) == "mgc"
    refresh_now(own_facts.home)
    assert tier_of(row.customer) == "mgc"
    again = opened(own_facts)
    changing = again.decisions.exclude(proposed=F("before"))
    assert [each.customer for each in changing] == ([row.customer] if row.proposed != "mgc" else [])
    assert AuditEntry.objects.filter(action="review-approve").count() == 1


def test_a_later_day_changes_nothing_before(house):
    review = submitted(house)
    day = timezone.localdate() + timedelta(days=30)

    actions.approve(house.user("executive"), review, day)

    assert questions.in_force(timezone.localdate()) == {}
    assert len(questions.in_force(day)) == sorted_accounts()


def test_a_withdrawn_review_comes_to_nothing(house):
    review = opened(house)

    actions.withdraw(house.user("analyst"), review)

    review.refresh_from_db()
    assert review.state == ReviewState.WITHDRAWN
    assert not TierInForce.objects.exists()
    with pytest.raises(actions.NotNow):
        actions.approve(house.user("executive"), review, timezone.localdate())


def test_a_manager_sees_his_accounts_and_decides_nothing(house, client):
    review = opened(house)
    manager = house.user("manager")
    client.force_login(manager, backend=BACKEND)

    body = client.get("/tier-review/").content.decode()

    assert house.mine in body
    assert house.foreign not in body
    assert client.post(f"/tier-review/decide/{review.decisions.first().pk}/", {"tier": "mvc"}).status_code == 403
    with pytest.raises(Forbidden):
        actions.approve(manager, review, timezone.localdate())


def test_another_tier_needs_its_reason(house, client):
    review = opened(house)
    row = review.decisions.exclude(proposed="mvc").first()
    client.force_login(house.user("director"), backend=BACKEND)

    refused = client.post(f"/tier-review/decide/{row.pk}/", {"tier": "mvc", "reason": " "}, headers=PART)
    taken = client.post(
        f"/tier-review/decide/{row.pk}/", {"tier": "mvc", "reason": "Frame contract signed"}, headers=PART
    )

    row.refresh_from_db()
    assert (refused.status_code, taken.status_code, row.decided) == (422, 200, "mvc")


def test_pages_before_and_during_a_review(house, client):
    client.force_login(house.user("director"), backend=BACKEND)
    assert client.get("/tier-review/").status_code == 200

    client.post("/tier-review/open/")

    page = client.get("/tier-review/").content.decode()
    assert page.count("<tr data-row") == 50
    assert 'hx-trigger="revealed"' in page


def account_pages(browser, code):
    return {
        tab: browser.get(f"/accounts/{code}/?tab={tab}").content.decode() for tab in ("value", "one-to-one", "history")
    }


def test_before_a_review_tiers_are_called_proposals(house, client):
    client.force_login(house.user("director"), backend=BACKEND)
    note = "尚无生效的分级评审"

    assert note in client.get("/accounts/").content.decode()
    assert note in client.get("/portfolio/").content.decode()
    assert "（建议）" in client.get(f"/accounts/{house.mine}/").content.decode()


def test_the_tier_in_force_and_the_one_proposed_are_told_apart(own_facts, client):
    row = opened(own_facts).decisions.exclude(proposed__in=["bz", "migrate"]).first()
    actions.decide(own_facts.user("director"), row, "migrate", "It changes to another house")
    actions.approve(own_facts.user("executive"), submitted(own_facts, row.review), timezone.localdate())
    client.force_login(own_facts.user("director"), backend=BACKEND)
    proposed, decided = (translate(label_of(Tier, code), "zh-hans") for code in (row.proposed, "migrate"))

    pages = account_pages(client, row.customer)

    assert f"（建议：{proposed}）" in pages["value"]
    assert f"{decided}" in pages["value"]
    assert f"数据建议的层级：{proposed}" in pages["one-to-one"]
    assert proposed in pages["history"].split("<tbody>")[1]
    assert decided not in pages["history"].split("<tbody>")[1].split("</tbody>")[0]
    assert "尚无生效的分级评审" not in client.get("/accounts/").content.decode()


def test_who_proposed_a_review_does_not_approve_it(house, client):
    review = submitted(house)
    client.force_login(house.user("director"), backend=BACKEND)

    page = client.get("/tier-review/").content.decode()
    answer = client.post(f"/tier-review/{review.pk}/approve/", {"since": timezone.localdate()}, follow=True)

    assert "review-approve" not in page
    assert f"/tier-review/{review.pk}/approve/" not in page
    assert "这次评审由您提出" in page
    assert "这次评审由您提出" in answer.content.decode()
    review.refresh_from_db()
    assert (review.state, TierInForce.objects.exists()) == (ReviewState.PROPOSED, False)
    with pytest.raises(actions.ByOneself):
        actions.approve(house.user("director"), review, timezone.localdate())


def test_where_nobody_else_may_one_approves_alone_and_the_trail_says_so(house, client):
    User.objects.filter(role__in=["administrator", "executive"]).update(is_active=False)
    review = submitted(house)
    client.force_login(house.user("director"), backend=BACKEND)

    assert "由您自己批准" in client.get("/tier-review/").content.decode()
    client.post(f"/tier-review/{review.pk}/approve/", {"since": timezone.localdate()})

    assert AuditEntry.objects.get(action="review-approve").changes["alone"] is True
