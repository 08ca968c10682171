"""Whom to meet at which level, how often: the plan of house and account, how far it is kept, and the list of it."""

import doctest
import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from house import signed_in
from vitalfew.accounts.models import Account
from vitalfew.activities import actions as activities
from vitalfew.analyses import coverage as analysis
from vitalfew.contacts import actions as contacts
from vitalfew.contacts import erasing, sync
from vitalfew.contacts.models import Post
from vitalfew.outlets.today import tasks_for
from vitalfew.people.models import AuditEntry, User
from vitalfew.people.permissions import Forbidden
from vitalfew.people.records import Stale
from vitalfew.stakeholders import actions, covering, plan, questions, work
from vitalfew.stakeholders.models import Acquaintance, Cover, MeetingRule
from vitalfew.stakeholders.plan import GIVEN, CoverState, Meeting, Source, plan_of
from vitalfew.terms import Level
from vitalfew.warehouse import scorecards
from vitalfew.warehouse.engines.duck import DuckEngine
from vitalfew.warehouse.models import Proposal, Refresh, Scorecard
from vitalfew.warehouse.sources import FromStore
from vitalfew.warehouse.store import Store

pytestmark = [pytest.mark.database, pytest.mark.django_db]
DAY = timedelta(days=1)
RULE = {"role": "executive", "rhythm": "yearly"}


def today():
    return timezone.localdate()


@pytest.fixture
def manager(house):
    return house.user("manager")


@pytest.fixture
def director(house):
    return house.user("director")


@pytest.fixture
def mine(house):
    """A most growable account of the manager's, with nobody known."""
    account = Account.objects.get(code=house.mine)
    Post.objects.filter(account=account).delete()
    Scorecard.objects.filter(refresh=scorecards.current(), customer=account.code).update(tier="mgc")
    covering.cover([account.pk])
    return account


def states(account):
    return {cover.level: cover.state.value for cover in questions.covers_of(account)}


@pytest.mark.parametrize("module", [plan, analysis], ids=lambda module: module.__name__)
def test_examples_are_true(module):
    found = doctest.testmod(module)

    assert found.attempted
    assert not found.failed


def test_the_account_goes_before_the_house_and_the_house_before_what_is_given():
    house = {
        ("mgc", "president"): Meeting("executive", "yearly", Source.HOUSE),
        ("mgc", "manager"): Meeting("", "yearly"),
    }
    own = {"specialist": Meeting("supply", "monthly", Source.ACCOUNT)}

    made = plan_of("mgc", house, own)

    assert [(level, each.role, each.source) for level, each in made.items()] == [
        ("president", "executive", "house"),
        ("specialist", "supply", "account"),
    ]
    assert plan_of("bz", {}, {}) == {}
    assert set(plan_of("mgc", {}, {})) == {level for tier, level in GIVEN if tier == "mgc"}


def test_levels_are_told_as_the_analysis_tells_them(house):
    sync.sync(FromStore(DuckEngine(), Store(house.home.facts).snapshot()))
    refresh = scorecards.current()
    told = {row["customer"]: row for row in scorecards.result(house.home, refresh, "coverage").table.to_pylist()}
    counted: dict[tuple[str, str], int] = {}
    here = Post.objects.filter(since__lte=refresh.as_of).exclude(left_on__lte=refresh.as_of)
    for code, level, title in here.values_list("account__code", "level", "title"):
        key = code, analysis.level_of(level, title).value
        counted[key] = counted.get(key, 0) + 1

    levels = [level.value for level in Level if level.value in next(iter(told.values()))]
    assert len(levels) == 6
    expected = {(code, level): row[level] for code, row in told.items() for level in levels if row[level]}
    assert {key: n for key, n in counted.items() if key[1] in levels} == expected


def test_a_level_is_uncovered_due_and_kept(manager, mine):
    assert states(mine) == dict.fromkeys(["president", "manager", "specialist"], "uncovered")
    wang = contacts.add(manager, mine, {"name": "王晓峰"}, {"title": "采购经理"})
    assert states(mine)["manager"] == "due"

    touch = activities.log(manager, mine, {"way": "visit", "day": today() - 90 * DAY, "person": wang.person})
    assert states(mine)["manager"] == "kept"
    activities.change(manager, touch.pk, 1, {"day": today() - 91 * DAY})
    assert states(mine)["manager"] == "due"
    activities.log(manager, mine, {"way": "note", "day": today(), "person": wang.person, "text": "x"})
    assert states(mine)["manager"] == "due"
    activities.put_away(manager, touch.pk)
    cover = Cover.objects.get(account=mine, level="manager")
    assert (cover.met_on, cover.due_on) == (None, today())
    wang.refresh_from_db()
    contacts.change_post(manager, wang.pk, wang.version, {"left_on": today()})
    assert states(mine)["manager"] == "uncovered"


@pytest.mark.usefixtures("own_facts")
def test_whoever_is_erased_covers_no_level_any_more(manager, director, mine, django_capture_on_commit_callbacks):
    wang = contacts.add(manager, mine, {"name": "王晓峰"}, {"level": "manager"})
    with django_capture_on_commit_callbacks(execute=True):
        erasing.erase(director, wang.person, wang.person.version)

    assert states(mine)["manager"] == "uncovered"


def test_it_counts_who_of_ours_is_planned_and_nobody_else(manager, director, mine):
    chen = contacts.add(manager, mine, {"name": "陈董"}, {"level": "president"})
    activities.log(manager, mine, {"way": "visit", "day": today(), "person": chen.person})
    assert states(mine)["president"] == "due"

    activities.log(director, mine, {"way": "call", "day": today() - DAY, "person": chen.person})

    cover = Cover.objects.get(account=mine, level="president")
    assert (cover.state, cover.met_by, cover.due_on) == (CoverState.KEPT, director.name, today() + 364 * DAY)


def test_a_line_of_the_account_is_planned_compared_and_taken_back(manager, mine):
    made = actions.plan(manager, "storekeeper", 0, RULE, account=mine)
    assert "storekeeper" in states(mine)
    for stale in (0, 7):
        with pytest.raises(Stale):
            actions.plan(manager, "storekeeper", stale, RULE, account=mine)
    actions.plan(manager, "storekeeper", 1, {"role": "", "rhythm": "yearly"}, account=mine)
    assert "storekeeper" not in states(mine)
    assert [e.changes["role"] for e in AuditEntry.objects.filter(action="meetingrule-change")] == [["executive", ""]]

    actions.unplan(manager, made.pk)
    assert questions.rule_of("storekeeper", account=mine) is None
    assert actions.plan_again(manager, made.pk).put_away_at is None
    actions.unplan(manager, made.pk)
    newer = actions.plan(manager, "storekeeper", 0, RULE, account=mine)
    assert actions.plan_again(manager, made.pk) == newer


def test_the_house_plans_for_all_of_a_tier(manager, director, mine):
    made = actions.plan(director, "shop_assistant", 0, RULE, tier="mgc")
    assert Cover.objects.get(account=mine, level="shop_assistant").source == Source.HOUSE
    with pytest.raises(Forbidden):
        actions.plan(manager, "president", 0, RULE, tier="mgc")
    with pytest.raises(Forbidden):
        actions.unplan(manager, made.pk)
    actions.unplan(director, made.pk)
    assert "shop_assistant" not in states(mine)


def test_of_many_accounts_the_house_plan_is_worked_out_in_the_background(director, mine, monkeypatch):
    from django_tasks_db.models import DBTaskResult

    monkeypatch.setattr(work, "FEW", 0)
    actions.plan(director, "shop_assistant", 0, RULE, tier="mgc")

    assert "shop_assistant" not in states(mine)
    assert DBTaskResult.objects.filter(task_path=work.cover_house.module_path).exists()
    assert work.cover_house.func() == covering.planned().count()
    assert "shop_assistant" in states(mine)


def test_foreign_accounts_are_neither_planned_nor_seen(house, client, manager, director):
    theirs = Account.objects.get(code=house.foreign)
    made = actions.plan(director, "president", 0, RULE, account=theirs)
    assert theirs.code not in set(questions.covers(manager).values_list("account__code", flat=True))
    for act in (actions.unplan, actions.plan_again):
        with pytest.raises(MeetingRule.DoesNotExist):
            act(manager, made.pk)
    browser = signed_in(house, client, "manager")
    assert browser.post(f"/coverage/rules/{made.pk}/take-back/").status_code == 404
    assert browser.get(f"/stakeholders-coverage/{theirs.code}/").status_code == 404
    assert browser.get(f"/stakeholders-plan/{theirs.code}/?level=president").status_code == 404


def test_the_plan_follows_the_tier_when_a_refresh_gives_another(mine):
    Scorecard.objects.filter(customer=mine.code).update(tier="bz")
    scorecards.refreshed.send(Refresh, refresh=scorecards.current())
    assert states(mine) == {}

    Scorecard.objects.filter(customer=mine.code).update(tier="mvc")
    scorecards.refreshed.send(Refresh, refresh=scorecards.current())
    assert len(states(mine)) == 6


def test_the_page_of_an_account_says_what_is_missing_and_what_to_do(house, client, manager, mine):
    browser, path = signed_in(house, client, "manager"), f"/stakeholders-coverage/{mine.code}/"

    def headline():
        return re.search(r"<h1>(.*?)</h1>", browser.get(path).content.decode())[1]

    assert headline() == "计划的3个职级中有3个无人在册"
    people = {level: contacts.add(manager, mine, {"name": level}, {"level": level}) for level in states(mine)}
    assert headline() == "计划的3个职级中有3个有人在册、尚待会面"
    actions.plan(manager, "president", 0, {"role": "manager", "rhythm": "yearly"}, account=mine)
    for post in people.values():
        activities.log(manager, mine, {"way": "visit", "day": today(), "person": post.person})
    assert headline() == "计划的3个职级均已落实"
    Cover.objects.filter(account=mine).delete()
    assert headline() == "该客户未制定会面计划"


def test_a_level_is_planned_on_a_page_with_undo(house, client, mine):
    browser, path = signed_in(house, client, "manager"), f"/stakeholders-plan/{mine.code}/?level=manager"
    assert '<option value="quarterly" selected>' in browser.get(path).content.decode()

    answer = browser.post(path, {"role": "director", "rhythm": "monthly", "version": 0})
    made = questions.rule_of("manager", account=mine)

    assert answer.headers["Location"] == f"/stakeholders-coverage/{mine.code}/"
    page = browser.get(answer.headers["Location"]).content.decode()
    assert f"undo:/coverage/rules/{made.pk}/take-back/" in page
    assert browser.post(path, {"role": "director", "rhythm": "monthly", "version": 9}).status_code == 409
    assert browser.post(path, {"role": "pilot", "rhythm": "monthly", "version": 1}).status_code == 422
    fetch = {"x-requested-with": "fetch"}
    assert browser.post(f"/coverage/rules/{made.pk}/take-back/", headers=fetch).status_code == 204
    assert browser.post(f"/coverage/rules/{made.pk}/again/").status_code == 204
    assert browser.get(f"/stakeholders-plan/{mine.code}/?level=moon").status_code == 404


def test_the_house_plan_is_shown_to_those_who_know_tiers_and_changed_by_heads(house, client, director):
    page = signed_in(house, client, "analyst").get("/coverage/plan/?tier=mgc").content.decode()
    assert "/coverage/plan/level/" not in page
    assert client.get("/coverage/plan/level/?tier=mgc&level=president").status_code == 403
    assert signed_in(house, client, "complaints").get("/coverage/plan/").status_code == 403

    browser = signed_in(house, client, "director")
    assert (
        "/coverage/plan/level/?tier=mgc&amp;level=president" in browser.get("/coverage/plan/?tier=mgc").content.decode()
    )
    answer = browser.post(
        "/coverage/plan/level/?tier=mgc&level=president", {"role": "", "rhythm": "yearly", "version": 0}
    )
    assert answer.headers["Location"] == "/coverage/plan/?tier=mgc"
    assert questions.rule_of("president", tier="mgc").made_by == director.username
    assert browser.get("/coverage/plan/level/?tier=gold&level=president").status_code == 404


def test_the_list_narrows_sorts_and_exports(house, client, manager, mine):
    contacts.add(manager, mine, {"name": "王晓峰"}, {"level": "manager"})
    browser = signed_in(house, client, "director")

    def rows(query):
        answer = browser.get(f"/coverage/?format=csv&q={mine.code}&{query}")
        return len(b"".join(answer.streaming_content).decode().strip().splitlines()) - 1

    asked = (
        "",
        "state=uncovered",
        "state=due",
        "state=kept",
        "level=manager",
        "role=director",
        "tier=mvc",
        "order=-level",
    )
    assert [rows(each) for each in asked] == [3, 2, 1, 0, 1, 1, 0, 3]


def test_today_asks_for_uncovered_levels_unless_the_figures_already_do(manager, mine):
    def asked():
        return [
            task for task in tasks_for(manager) if task.customer == mine.code and "stakeholders-coverage" in task.url
        ]

    assert asked()[0].why.say("zh-hans").endswith("已列入计划，但“董事长、业主”一级无人在册")
    refresh = scorecards.current()
    Proposal.objects.filter(refresh=refresh, customer=mine.code).delete()
    Proposal.objects.create(
        refresh=refresh, customer=mine.code, rank=1, action="meet_more", why="", due=today(), priority=0, guarded=False
    )  # fmt: skip
    assert asked() == []


def test_today_asks_again_whom_one_knows_after_a_year(manager, mine):
    wang = contacts.add(manager, mine, {"name": "王晓峰"}, {})
    made = actions.state(manager, wang.person, 0, {"closeness": "close", "note": ""})
    whats = {task.what for task in tasks_for(manager)}
    assert "Say again whom you know" not in whats

    Acquaintance.objects.filter(pk=made.pk).update(stated_on=today() - 365 * DAY)

    assert "Say again whom you know" in {task.what for task in tasks_for(manager)}
    assert "Say again whom you know" not in {task.what for task in tasks_for(User.objects.get(username="other"))}


def test_the_number_of_queries_does_not_grow(mine):
    def asked(some):
        with CaptureQueriesContext(connection) as taken:
            covering.cover(some)
        return len(taken)

    keys = sorted(covering.planned().values_list("pk", flat=True))
    assert len(keys) > 5
    assert asked(keys[:6]) == asked([mine.pk])


@pytest.mark.usefixtures("house")
def test_meetings_are_planned_for_the_largest_key_accounts_only(monkeypatch):
    everywhere = list(covering.planned())
    largest = Scorecard.objects.filter(refresh=scorecards.current(), customer__in=[each.code for each in everywhere])
    first = largest.order_by("-revenue_12m", "customer").values_list("customer", flat=True)[0]
    monkeypatch.setattr(covering, "KEY_ACCOUNTS", 1)

    covering.cover([each.pk for each in everywhere])

    assert [each.code for each in covering.planned()] == [first]
    assert set(Cover.objects.values_list("account__code", flat=True)) == {first}
    assert len(everywhere) > 1
