"""A round fixes its figures, is decided with reasons, handed in, approved by a second person; and what tiers brought."""

import re
from datetime import timedelta

import pytest
from django.db.models import F
from django.utils import timezone

from house import signed_in
from vitalfew.accounts.models import Account
from vitalfew.accounts.parts import timeline
from vitalfew.approvals import actions as approvals
from vitalfew.approvals.models import Approval
from vitalfew.comments import actions as comments
from vitalfew.comments.models import Comment
from vitalfew.contacts import actions as contacts
from vitalfew.contacts import erasing
from vitalfew.imports.work import refresh_now
from vitalfew.outlets.today import tasks_for
from vitalfew.people.models import AuditEntry
from vitalfew.promises import actions as promises
from vitalfew.reviews import actions, examples, questions, yields
from vitalfew.reviews.models import Decision, Review, TierInForce
from vitalfew.reviews.proposing import _ahead
from vitalfew.reviews.why import why
from vitalfew.reviews.words import Privilege, carried, tiers_with
from vitalfew.reviews.worklist import waiting
from vitalfew.terms import Tier
from vitalfew.warehouse import scorecards
from vitalfew.warehouse.run import day_number

pytestmark = [pytest.mark.database, pytest.mark.django_db]
PART = {"hx-request": "true"}


def today():
    return timezone.localdate()


@pytest.fixture
def director(house):
    return house.user("director")


@pytest.fixture
def opened(house, director):
    return actions.open_review(director, house.home)


def approved(house, review, since=None):
    row = actions.submit(house.user("director"), review, since or today())
    actions.approve(house.user("executive"), row, since or today())
    return Review.objects.get(pk=row.pk)


def of(review, code):
    return review.decisions.get(customer=code)


def test_the_figures_that_led_there_are_those_of_the_analyses(house, opened):
    row, refresh = of(opened, house.mine), scorecards.current()
    (tier,), (earned,), (chosen,) = (
        scorecards.of_account(house.home, refresh, name, house.mine) for name in ("tiers", "contribution", "criteria")
    )

    assert (row.proposed, row.actual, row.strategic) == (tier["tier"], tier["actual"], tier["strategic"])
    assert (row.revenue, row.cost_to_serve) == (earned["revenue"], earned["cost_to_serve"])
    assert (row.rank, row.closeness) == (chosen["rank"], chosen["closeness"])
    assert sum(row.parts.values()) == pytest.approx(row.closeness, abs=1e-4)
    assert row.actual == pytest.approx(row.gross_margin - row.cost_to_serve, abs=0.01)


def test_later_figures_move_nothing_in_a_round(own_facts):
    director = own_facts.user("director")
    review = actions.open_review(director, own_facts.home)
    before = list(review.decisions.values_list("customer", "actual", "rank").order_by("customer"))

    refresh_now(own_facts.home, day_number(review.as_of) - 60)

    assert list(review.decisions.values_list("customer", "actual", "rank").order_by("customer")) == before


def test_a_round_can_be_held_on_earlier_figures(house, director):
    early = questions.figures_of().last()

    review = actions.open_review(director, house.home, "quarter", early)

    assert review.as_of == early.as_of < scorecards.current().as_of
    assert re.fullmatch(r"Tier review \d{4}, quarter [1-4]", review.label.say("en"))


@pytest.mark.parametrize(("values", "ahead"), [
    ([60.0, 25.0, 10.0, 5.0, -3.0, None], [0.0, 0.6, 0.85, 0.95, None, None]), ([-1.0, None], [None, None]), ([], []),
])  # fmt: skip
def test_what_stands_before_an_account_is_a_share_of_what_is_positive(values, ahead):
    assert _ahead(values) == pytest.approx(ahead) if values else _ahead(values) == []


@pytest.mark.parametrize(("proposed", "figures", "said"), [
    ("mvc", {"actual": 100.0, "strategic": 300.0, "ahead": 0.43}, "earn 43 % of all positive value"),
    ("mgc", {"actual": 100.0, "strategic": 300.0}, "200"), ("other", {"actual": 9.0, "strategic": 10.0}, "behind the accounts"),
    ("unknown", {"actual": 9.0}, "whether it can grow cannot be told"), ("unknown", {}, "No cost is known"),
    ("migrate", {"actual": -9.0, "strategic": 10.0}, "it would bring"),
    ("bz", {"actual": -9.0, "strategic": -1.0}, "would do so"),
    ("bz", {"actual": -9.0}, "How much it buys elsewhere is unknown"),
])  # fmt: skip
def test_why_a_tier_is_proposed_is_said_with_the_accounts_own_figures(proposed, figures, said):
    row = Decision(customer="A", proposed=proposed, decided=proposed, **figures)

    (told,) = why(row, "CNY")

    assert said in told.say("en").replace("\u00a0", " ")
    assert re.search("[a-z]{3}", told.say("zh-hans").replace("CNY", "")) is None


def test_handed_in_it_stands_still_until_it_is_sent_back(house, director, opened):
    row = opened.decisions.first()
    review = actions.submit(director, opened, today(), "请审阅")

    with pytest.raises(actions.NotNow):
        actions.decide(director, row, "mvc", "x")
    with pytest.raises(actions.NotNow):
        actions.submit(director, review, today())
    executive = house.user("executive")
    approvals.send_back(executive, review.approval.pk, review.approval.version, "甲客户要再看")
    assert [task.what for task in tasks_for(director) if "甲客户" in task.why.say("zh-hans")] == ["Mend and ask again"]
    actions.decide(director, row, "mvc", "已核实")
    again = actions.submit(director, Review.objects.get(pk=review.pk), today())
    assert actions.approve(executive, again, today()) == opened.decisions.exclude(decided=F("before")).count()
    assert sorted(Approval.objects.values_list("state", flat=True)) == ["approved", "withdrawn"]


def test_approved_on_the_page_of_approvals_it_is_in_force_from_the_day_asked_for(house, director, opened, client):
    day = today() + timedelta(days=10)
    review = actions.submit(director, opened, day)
    (task,) = [each for each in tasks_for(house.user("executive")) if each.url == review.approval.get_absolute_url()]
    assert "分级评审" in task.why.say("zh-hans")

    browser = signed_in(house, client, "executive")
    browser.post(f"{task.url}approve/", {"version": review.approval.version, "note": ""})

    review.refresh_from_db()
    assert (review.state, review.in_force_from, review.closed_by) == ("approved", day, "executive")
    assert set(TierInForce.objects.values_list("since", flat=True)) == {day}
    assert "alone" not in AuditEntry.objects.get(action="review-approve").changes


def test_neither_who_opened_nor_who_handed_in_approves(house, director, opened):
    review = actions.submit(house.user("administrator"), opened, today())

    for user in (director, house.user("administrator")):
        with pytest.raises(actions.ByOneself):
            actions.approve(user, review, today())
    assert questions.may_approve(house.user("executive"), review)


def test_withdrawn_while_it_waits_nothing_waits_for_approval(house, director, opened):
    actions.submit(director, opened, today())

    actions.withdraw(director, opened)

    assert Approval.objects.get().state == "withdrawn"
    assert not [task for task in tasks_for(house.user("executive")) if "/approvals/" in task.url]
    assert actions.open_review(director, house.home).is_open


def test_many_are_decided_at_once_and_only_those_one_sees(house, opened, client):
    rows = list(opened.decisions.exclude(proposed="mvc")[:3])
    browser = signed_in(house, client, "director")
    sent = {"row": [row.pk for row in rows], "tier": "mvc", "reason": "框架协议"}

    browser.post(f"/tier-review/{opened.pk}/many/", {**sent, "reason": ""})
    assert not opened.decisions.filter(reason="框架协议").exists()
    browser.post(f"/tier-review/{opened.pk}/many/", {**sent, "row": ["x", "-1"]})
    browser.post(f"/tier-review/{opened.pk}/many/", sent)

    assert set(opened.decisions.filter(reason="框架协议", decided="mvc", version=2)) == set(rows)
    assert signed_in(house, client, "manager").post(f"/tier-review/{opened.pk}/many/", sent).status_code == 403


def test_two_who_decide_about_one_account_do_not_overwrite_each_other(house, opened, client):
    row = opened.decisions.exclude(proposed="mvc").first()
    browser = signed_in(house, client, "director")
    sent = {"tier": "mvc", "reason": "新厂投产", "version": row.version}

    first = browser.post(f"/tier-review/decide/{row.pk}/", sent, headers=PART)
    second = browser.post(f"/tier-review/decide/{row.pk}/", {**sent, "tier": "bz"}, headers=PART)

    row.refresh_from_db()
    assert (first.status_code, second.status_code, row.decided) == (200, 422, "mvc")
    page = browser.post(f"/tier-review/decide/{row.pk}/", {"tier": "bz", "reason": ""})
    assert page.status_code == 422
    assert "<html" in page.content.decode()


def test_an_account_in_a_round_is_discussed_by_who_sees_it(house, opened, client, director):
    mine, foreign = of(opened, house.mine), of(opened, house.foreign)
    comments.write(house.user("manager"), "tier-decision", mine.pk, "今年会扩产")
    with pytest.raises(Comment.DoesNotExist):
        comments.write(house.user("manager"), "tier-decision", foreign.pk, "x")

    browser = signed_in(house, client, "manager")
    assert "今年会扩产" in browser.get(f"/tier-decisions/{mine.pk}/").content.decode()
    assert browser.get(f"/tier-decisions/{foreign.pk}/").status_code == 404
    codes = {row.customer for row in questions.listed(house.user("manager"))}
    assert house.mine in codes
    assert house.foreign not in codes
    assert director.may  # the director sees both
    assert questions.listed(director).count() == opened.decisions.count()


def test_every_round_of_an_account_stands_in_its_history(house, director, opened, client):
    row = of(opened, house.mine)
    actions.decide(director, row, "mvc", "战略项目")
    review = approved(house, opened)

    page = signed_in(house, client, "director").get(f"/accounts/{house.mine}/?tab=history").content.decode()

    assert "战略项目" in page
    assert "绿色通道" in page
    assert review.get_absolute_url().split("/")[1] in page
    assert [t for t in timeline(director, Account.objects.get(code=house.mine)) if t.kind == "tier"]
    old = signed_in(house, client, "director").get(review.get_absolute_url()).content.decode()
    assert "review-decide" not in old
    assert "tier-review/decide" not in old


def test_rights_come_with_the_tier_in_force_and_go_with_it(house, director, opened):
    row = of(opened, house.mine)
    actions.decide(director, row, "mvc", "战略项目")
    review = approved(house, opened, today() + timedelta(days=1))
    codes, later = [house.mine, house.foreign], today() + timedelta(days=1)

    assert questions.holding(Privilege.GREEN_CHANNEL, codes, today()) == {}
    assert house.mine in questions.holding(Privilege.CLUB, codes, later)
    TierInForce.objects.create(customer=house.mine, tier="bz", since=later, review=review)
    assert house.mine not in questions.holding(Privilege.GREEN_CHANNEL, codes, later)
    assert tiers_with(Privilege.GREEN_CHANNEL) == ["mvc", "mgc"]
    assert carried("bz") == carried("migrate") == carried("unknown") == ()


def test_what_a_tier_brought_is_told_once_it_has_been_in_force_long_enough(house, director):
    early = questions.figures_of().last()
    review = actions.open_review(director, house.home, "quarter", early)
    row = approved(house, review, early.as_of - timedelta(days=31))

    (told,) = yields.yields(house.home)

    assert told.review == row
    assert told.months >= yields.LEAST
    assert not told.is_early
    rows = Decision.objects.filter(review=row, gross_margin__isnull=False)
    assert sum(each.accounts for each in told.tiers) == rows.count()
    most = max(told.tiers, key=lambda each: each.accounts)
    mine = rows.filter(decided=most.tier.value)
    assert most.then.contribution == pytest.approx(sum(each.gross_margin - each.cost_to_serve for each in mine))
    assert most.change == pytest.approx(most.later.contribution - most.then.contribution)
    assert all(each.change is None for each in told.tiers if each.accounts < yields.FEWEST)


def test_too_early_or_without_later_figures_nothing_is_told(house, opened, client):
    approved(house, opened)

    (told,) = yields.yields(house.home)
    page = signed_in(house, client, "director").get("/tier-yield/").content.decode()

    assert told.is_early
    assert all(each.later is None for each in told.tiers)
    assert "暂时无法判断" in page
    assert signed_in(house, client, "manager").get("/tier-yield/").status_code == 403


def test_today_asks_to_hand_in_and_to_begin_the_next_round_in_time(house, director, opened):
    assert [task.what for task in waiting(director)] == ["Hand in the tier review"]
    assert list(waiting(house.user("analyst"))) == []
    review = approved(house, opened)
    assert list(waiting(director)) == []

    Review.objects.filter(pk=review.pk).update(in_force_from=today() - timedelta(days=366))
    (task,) = waiting(director)
    assert (task.what, task.due) == ("Begin the next tier review", today() - timedelta(days=1))


@pytest.mark.parametrize("show", ["", "changed", "overruled", "stays", "all", "nonsense"])
@pytest.mark.usefixtures("opened")
def test_the_page_shows_what_changes_first_and_all_when_asked(house, client, show):
    page = signed_in(house, client, "director").get(f"/tier-review/?show={show}").content.decode()

    none = show in {"overruled", "stays"}
    assert (page.count("<tr data-row") == 0) is none


def test_the_list_is_filtered_and_exported(house, opened, client):
    browser = signed_in(house, client, "director")

    page = browser.get("/tier-decisions/?decided=mvc&order=-revenue").content.decode()
    file = b"".join(browser.get("/tier-decisions/?format=csv").streaming_content).decode()

    assert page.count("<tr data-row") == min(opened.decisions.filter(decided="mvc").count(), 50) > 0
    assert file.count("\n") == opened.decisions.count() + 1


def test_a_round_over_the_api(house, client):
    def call(method, path, body=None, role="director", **headers):
        sent = {"authorization": f"Bearer {house.tokens[role]}", **headers}
        if method == "get":
            return client.get(f"/api/v1{path}", headers=sent)
        return getattr(client, method)(f"/api/v1{path}", body, content_type="application/json", headers=sent)

    made = call("post", "/tier-reviews", {"cadence": "quarter"})
    assert (made.status_code, made.json()["submitted"]) == (201, False)
    assert call("post", "/tier-reviews", {"cadence": "year"}).status_code == 409
    assert call("post", "/tier-reviews", {"cadence": "week"}).status_code == 422
    item = call("get", "/tier-reviews/decisions?order=customer").json()["items"][0]
    place = f"/tier-reviews/decisions/{item['id']}"
    one = call("get", place)
    assert (one.json()["account"], bool(one.json()["why"])) == (item["customer"], True)
    other = next(tier.value for tier in Tier if tier.value != one.json()["proposed"])
    match = {"if-match": one.headers["ETag"]}
    assert call("patch", place, {"tier": other}, **match).status_code == 422
    assert call("patch", place, {"tier": other, "reason": "核实"}, **match).json()["decided"] == other
    assert call("patch", place, {"tier": other, "reason": "再核实"}, **match).status_code == 412
    told = call("post", f"/tier-reviews/{made.json()['id']}/submit", {"since": today().isoformat()}).json()
    assert call("post", f"/approvals/{told['approval']}/approve", {}).status_code == 403
    assert call("post", f"/approvals/{told['approval']}/approve", {}, "executive").json()["state"] == "approved"
    assert call("get", f"/tier-reviews/{told['id']}").json()["state"] == "approved"
    assert call("post", f"/tier-reviews/{told['id']}/withdraw").status_code == 409


@pytest.mark.usefixtures("house")
def test_the_demo_house_holds_a_round_once():
    examples.plant()
    examples.plant()

    review = Review.objects.get()
    assert review.decisions.exclude(reason="").count() == len(examples.OVERRULED)
    assert (review.is_open, review.is_submitted, questions.any_in_force(today())) == (True, False, False)


def test_on_today_the_green_channel_stands_first_among_lines_of_the_same_weight(house, director, opened, client):
    manager, first = house.user("manager"), Account.objects.get(code=house.mine)
    other = Account.objects.filter(manager=manager, stub=False).exclude(code=house.mine).first()
    for account, days in ((other, 3), (first, 2)):
        begun = {"text": account.code, "origin": "visit", "owner": manager, "made_on": today() - timedelta(days=20)}
        promises.promise(manager, account, {**begun, "due": today() - timedelta(days=days)})
    assert [task.customer for task in tasks_for(manager)][:2] == [other.code, first.code]

    actions.decide(director, of(opened, first.code), "mvc", "x")
    actions.decide(director, of(opened, other.code), "bz", "x")
    approved(house, opened)

    assert [task.customer for task in tasks_for(manager)][:2] == [first.code, other.code]
    page = signed_in(house, client, "manager").get("/").content.decode()
    assert "绿色通道：最具价值</span>" in page.split('<li class="line"')[1]


def test_a_forgotten_person_leaves_the_reason_of_a_decision(own_facts, director):
    account = Account.objects.get(code=own_facts.mine)
    review = actions.open_review(director, own_facts.home)
    post = contacts.add(director, account, {"name": "欧阳采薇"}, {"title": "店长"})
    actions.decide(director, of(review, own_facts.mine), "mvc", "欧阳采薇说要扩产")

    erasing.erase(director, post.person, post.person.version)

    row = of(review, own_facts.mine)
    assert (row.decided, "欧阳采薇" in row.reason, "扩产" in row.reason) == ("mvc", False, True)
    assert "欧阳采薇" not in str(list(AuditEntry.objects.values_list("changes", flat=True)))
