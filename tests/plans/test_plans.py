"""A plan from its draft to the next one: agreed to by a second person, read from the facts, reviewed, compared."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from vitalfew.accounts.between import categories
from vitalfew.accounts.models import Account
from vitalfew.activities import actions as activities
from vitalfew.approvals import actions as approvals
from vitalfew.approvals.models import Approval
from vitalfew.contacts import actions as contacts
from vitalfew.contacts import erasing
from vitalfew.outlets.today import tasks_for
from vitalfew.people.models import User
from vitalfew.people.permissions import Forbidden
from vitalfew.people.records import NotPossible, Stale
from vitalfew.plans import actions, composing, effect, questions, reading, situation, versions, whitespace
from vitalfew.plans.models import Goal, Plan, Version
from vitalfew.plans.touches import touches
from vitalfew.warehouse import scorecards

pytestmark = [pytest.mark.database, pytest.mark.django_db]
DAY = timedelta(days=1)


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
    return Account.objects.get(code=house.mine)


def fields(**other):
    """A plan of the year that the book ends in, and of the days until now."""
    last = scorecards.current().as_of
    span = {"since": last - 364 * DAY, "until": max(last, today()) + 30 * DAY, "review_on": today() + 60 * DAY}
    texts = {"strengths": "交货准时", "weaknesses": "", "opportunities": "", "threats": "", "service": ""}
    return {"title": "年度计划", "owner": None, **span, **texts, "sales_model": "", "sales_model_why": "", **other}


def goal(measure="sales", **other):
    return {"text": "目标", "measure": measure, "category": "", "start": None, "target": 100, "unit": "", **other}


@pytest.fixture
def draft(manager, mine):
    row = actions.write(manager, mine, fields(owner=manager))
    composing.put_in(manager, row.pk, "goal", goal())
    row.refresh_from_db()
    return row


@pytest.fixture
def running(manager, director, draft):
    actions.ask(manager, draft.pk)
    actions.agree(director, draft.pk)
    return actions.begin(manager, draft.pk)


def urls(user):
    return [task.url for task in tasks_for(user)]


def test_a_second_person_agrees_and_the_plan_is_kept_as_a_version(manager, director, draft):
    asked = actions.ask(manager, draft.pk).approval
    assert asked.get_absolute_url() in urls(director)

    agreed = actions.agree(director, draft.pk)

    version = Version.objects.get(plan=draft)
    assert (agreed.state, version.number, version.agreed_by) == ("agreed", 1, director)
    assert version.content["goals"][0]["text"] == "目标"
    assert version.content["situation"]["said"], "the account's standing is kept with it"
    assert asked.get_absolute_url() not in urls(director)


def test_who_asks_does_not_agree(director, mine):
    row = actions.write(director, mine, fields(owner=director))
    composing.put_in(director, row.pk, "goal", goal())
    actions.ask(director, row.pk)

    with pytest.raises(NotPossible, match="somebody else"):
        actions.agree(director, row.pk)
    assert Plan.objects.get().approval.get_absolute_url() not in urls(director)


def test_a_plan_without_a_goal_is_not_asked_for(manager, mine):
    row = actions.write(manager, mine, fields())

    with pytest.raises(NotPossible, match="without a goal"):
        actions.ask(manager, row.pk)


def test_sent_back_it_waits_for_its_author(manager, director, draft):
    actions.ask(manager, draft.pk)

    actions.send_back(director, draft.pk, "目标太低")

    assert [task.why.say("en") for task in tasks_for(manager) if task.url == draft.get_absolute_url()] == [
        f"{director} sent it back: 目标太低 — 年度计划"
    ]
    assert Plan.objects.get().sent_back == "目标太低"
    actions.ask(manager, draft.pk)
    assert draft.get_absolute_url() not in urls(manager)
    assert [each.state for each in Approval.objects.order_by("pk")] == ["withdrawn", "waiting"]


def test_decided_where_all_approvals_stand_it_is_agreed_to_within_the_limit(house, manager, director, draft):
    span = {"since": draft.since, "until": draft.since}
    promotion = {"name": "联合促销", "categories": "冰箱", "budget": 10_000, "our_share": 60, "note": "", **span}
    composing.put_in(manager, draft.pk, "promotion", promotion)
    asked = actions.ask(manager, draft.pk).approval
    assert (asked.amount, asked.account) == (Decimal(6000), draft.account)
    approvals.set_limit(house.user("administrator"), "account-plan", "director", Decimal(5000))
    with pytest.raises(Forbidden):
        actions.agree(director, draft.pk)

    approvals.approve(house.user("executive"), asked.pk, asked.version)

    assert Plan.objects.get().state == "agreed"
    assert Version.objects.get().agreed_by == house.user("executive")


def test_an_approval_that_was_taken_back_moves_no_plan(manager, director, draft):
    first = actions.ask(manager, draft.pk).approval
    actions.revise(manager, draft.pk)
    actions.ask(manager, draft.pk)
    actions.agree(director, draft.pk)
    first.refresh_from_db()

    with pytest.raises(NotPossible, match="where the plan stands"):
        approvals.ask_again(manager, first.pk, first.version, {})
    assert Plan.objects.get().state == "agreed"


def test_who_wrote_what_is_asked_for_does_not_agree_to_it(house, manager, director, draft):
    row = Plan.objects.get(pk=draft.pk)
    actions.change(director, row.pk, row.version, {"threats": "对手降价"})
    asked = actions.ask(manager, draft.pk).approval

    assert {"director", "manager"} <= set(asked.shut_out)
    with pytest.raises(NotPossible, match="somebody else"):
        actions.agree(director, draft.pk)
    executive = house.user("executive")
    actions.agree(executive, draft.pk)
    actions.revise(manager, draft.pk)
    assert actions.ask(manager, draft.pk).approval.shut_out == ["manager"], "since then he changed nothing"


def test_whoever_agrees_the_version_is_kept_whole(house, manager, director, draft):
    composing.put_in(manager, draft.pk, "goal", goal("margin", text="毛利"))
    deputy = house.user("marketing")
    approvals.delegate(director, deputy, today(), today())
    asked = actions.ask(manager, draft.pk).approval

    approvals.approve(deputy, asked.pk, asked.version)

    kept = Version.objects.get().content
    assert [each["text"] for each in kept["goals"]] == ["目标", "毛利"]
    assert "value" in kept["situation"]["figures"]
    assert not any("毛利" in line.say("en") for row in versions.compared(deputy, kept, kept) for line in row.left)


def test_taken_back_or_put_away_it_waits_for_nobody(manager, draft):
    for undo in (actions.revise, actions.put_away):
        actions.ask(manager, draft.pk)
        undo(manager, draft.pk)
        assert not Approval.objects.filter(state="waiting").exists()
        assert Plan.objects.get().state == "draft"


def test_what_was_agreed_to_is_changed_by_revising_only(manager, running):
    with pytest.raises(NotPossible):
        actions.change(manager, running.pk, running.version, {"title": "x"})
    with pytest.raises(NotPossible):
        composing.put_in(manager, running.pk, "goal", goal())

    actions.revise(manager, running.pk)

    assert composing.put_in(manager, running.pk, "goal", goal()).pk


def test_versions_are_compared_part_by_part(manager, director, running):
    actions.revise(manager, running.pk)
    row = Plan.objects.get(pk=running.pk)
    actions.change(manager, row.pk, row.version, {"threats": "对手降价"})
    composing.put_in(manager, row.pk, "step", {"text": "拜访", "owner": manager, "due": today(), "goal": None})
    row = Plan.objects.get(pk=row.pk)

    (left, old), (right, new) = versions.sides(row, ["", ""])

    assert (left, right) == ("1", "now")
    assert [each.label for each in versions.compared(director, old, new) if each.differs] == [
        "Threats",
        "Planned actions",
    ]


def test_a_goal_of_money_is_not_told_to_who_may_not_see_money(house, manager, director, draft):
    composing.put_in(manager, draft.pk, "goal", goal("margin", text="毛利"))
    actions.ask(manager, draft.pk)
    actions.agree(director, draft.pk)
    handler = house.user("complaints")

    assert [each.goal.text for each in reading.standings(handler, draft)] == ["目标"]
    assert [each.goal.text for each in reading.standings(director, draft)] == ["目标", "毛利"]
    kept = draft.versions.get().content
    said = {row.label: row.left for row in versions.compared(handler, kept, kept)}
    assert ["毛利" in line.say("en") for line in said["Goals"]] == [False]
    assert {"Value", "Contribution", "Cause"}.isdisjoint(said)
    assert {each.label for each in situation.told(handler, kept["situation"]).figures}.isdisjoint({"Contribution"})


def sold(account, since, until, category=None):
    """What the book says, counted here line by line."""
    from django.conf import settings

    from vitalfew.warehouse.engines.duck import current_sql, rows_of
    from vitalfew.warehouse.run import day_number
    from vitalfew.warehouse.store import Store
    from vitalfew.warehouse.tables import TABLES

    store = Store(settings.HOME.facts)
    products = {
        row["product"]: row["category"] for row in rows_of(current_sql(store.ledger(TABLES["products"]).snapshot()), {})
    }
    lines = rows_of(current_sql(store.ledger(TABLES["order_lines"]).snapshot()), {})
    return float(
        sum(
            line["amount"] for line in lines
            if line["customer"] == account.code and day_number(since) <= line["ordered_on"] <= day_number(until)
            and category in {None, products.get(line["product"])}
        )
    )  # fmt: skip


def test_goals_are_read_from_the_facts(manager, mine, draft):
    category = whitespace.gaps(manager, mine)[0].category
    bought = next(each for each in categories() if sold(mine, draft.since, draft.until, each))
    composing.put_in(manager, draft.pk, "goal", goal("category", category=bought))
    composing.put_in(manager, draft.pk, "goal", goal("share", category=bought, target=30))
    composing.put_in(manager, draft.pk, "goal", goal("visits", target=3))
    composing.put_in(manager, draft.pk, "goal", goal("hand", target=90, unit="分"))
    activities.log(manager, mine, {"way": "visit", "day": today(), "text": "拜访"})
    activities.log(manager, mine, {"way": "call", "day": today(), "text": "电话"})

    found = {each.goal.measure: each for each in reading.standings(manager, draft)}

    whole, part = sold(mine, draft.since, draft.until), sold(mine, draft.since, draft.until, bought)
    assert category
    assert found["sales"].reading.value == pytest.approx(whole)
    assert found["category"].reading.value == pytest.approx(part)
    assert found["share"].reading.value == pytest.approx(part / whole)
    assert found["share"].target.say("en") == "30.0 %"
    assert found["visits"].reading.value == 1
    assert found["hand"].reading.value is None
    assert found["hand"].course.value == "unknown"


def test_before_its_time_a_goal_says_that_it_cannot_tell(manager, mine):
    row = actions.write(manager, mine, fields(since=today() + DAY, until=today() + 99 * DAY))
    composing.put_in(manager, row.pk, "goal", goal())

    (found,) = reading.standings(manager, row)

    assert (found.reading.value, found.reached.say("en")) == (None, "The plan's time has not begun")


def test_amounts_of_several_currencies_are_not_added(manager, draft):
    Plan.objects.filter(pk=draft.pk).update(currency="USD")

    (found,) = reading.standings(manager, Plan.objects.get(pk=draft.pk))

    assert found.course.value in {"unknown", "reached"}
    row = reading.Facts(Plan.objects.get(pk=draft.pk)).between.of(None)
    assert (found.reading.value is None) == bool(row.others)


def test_a_figure_by_hand_is_noted_with_its_source(manager, draft):
    row = composing.put_in(manager, draft.pk, "goal", goal("hand", target=90))
    composing.note(manager, row.pk, row.version, {"figure": 91, "figure_on": today(), "source": "问卷"})

    found = reading.standings(manager, draft)[1]

    assert (found.reading.value, found.course.value) == (91, "reached")
    read = Goal.objects.get(plan=draft, measure="sales")
    with pytest.raises(NotPossible, match="reads this goal"):
        composing.note(manager, read.pk, read.version, {"figure": 1})


def test_an_action_waits_on_its_owners_day_and_is_settled_by_him(house, manager, director, draft):
    supply = house.user("supply")
    step = composing.put_in(
        manager, draft.pk, "step", {"text": "备货", "owner": supply, "due": today() + 3 * DAY, "goal": None}
    )
    assert draft.get_absolute_url() not in urls(supply), "a draft asks nothing of anybody"
    actions.ask(manager, draft.pk)
    actions.agree(director, draft.pk)
    assert draft.get_absolute_url() in urls(supply)

    composing.settle(supply, step.pk, "已备好")

    assert draft.get_absolute_url() not in urls(supply)
    with pytest.raises(Forbidden):
        composing.unsettle(house.user("complaints"), step.pk)
    composing.unsettle(supply, step.pk)
    assert draft.get_absolute_url() in urls(supply)


def test_while_a_running_plan_is_revised_its_actions_stay_due(manager, running):
    actions.revise(manager, running.pk)
    composing.put_in(manager, running.pk, "step", {"text": "备货", "owner": manager, "due": today(), "goal": None})

    assert running.get_absolute_url() in urls(manager)
    assert questions.present(manager, running.account) == running
    step = running.steps.get()
    with pytest.raises(NotPossible, match="lies ahead"):
        composing.settle(manager, step.pk, on=today() + DAY)


def test_a_review_is_asked_for_and_put_off(manager, running):
    assert running.get_absolute_url() not in urls(manager)
    Plan.objects.filter(pk=running.pk).update(review_on=today())
    assert running.get_absolute_url() in urls(manager)

    actions.put_off(manager, running.pk, running.version, today() + 90 * DAY)

    assert running.get_absolute_url() not in urls(manager)


def test_closed_it_keeps_what_was_reached_and_the_next_one_begins_from_it(manager, mine, running):
    step = {"text": "未完成", "owner": manager, "due": running.since, "goal": None}
    actions.revise(manager, running.pk)
    hand = composing.put_in(manager, running.pk, "goal", goal("hand", target=90, start=78))
    composing.note(manager, hand.pk, hand.version, {"figure": 82, "figure_on": today(), "source": "问卷"})
    composing.put_in(manager, running.pk, "step", step)
    Plan.objects.filter(pk=running.pk).update(state="running")
    row = Plan.objects.get(pk=running.pk)
    before = reading.standings(manager, row)[0].reading.value

    said = {"rating": "partly", "lessons": "先定门店"}
    closed = actions.close(manager, row.pk, row.version, said, reading.kept(row))
    activities.log(manager, mine, {"way": "visit", "day": today(), "text": "x"})

    assert reading.standings(manager, closed)[0].reading.value == before
    assert reading.standings(manager, closed)[1].course.value == "missed", "no time is left to reach it"
    assert any("Reached in part" in each.what.say("en") for each in touches(manager, mine))
    made = actions.go_on(manager, closed.pk, "下一年")
    assert (made.since, made.before, made.strengths) == (closed.until + DAY, closed, "交货准时")
    assert [each.text for each in made.steps.all()] == ["未完成"]
    assert made.goals.count() == 2
    again = actions.reopen(manager, closed.pk)
    assert (again.state, again.rating) == ("running", "")


def test_who_changed_it_meanwhile_is_not_overwritten(manager, draft):
    actions.change(manager, draft.pk, draft.version, {"title": "新"})

    with pytest.raises(Stale):
        actions.change(manager, draft.pk, draft.version, {"title": "旧"})


def test_only_those_near_it_and_heads_change_it(house, draft):
    for role in ("analyst", "marketing", "executive"):
        with pytest.raises(Forbidden):
            actions.put_away(house.user(role), draft.pk)
    with pytest.raises(Plan.DoesNotExist):
        actions.put_away(User.objects.get(username="other"), draft.pk)
    actions.put_away(house.user("director"), draft.pk)
    assert not questions.plans(house.user("director")).exists()
    assert actions.fetch_back(house.user("director"), draft.pk).put_away_at is None


def promoted(manager, row, **other):
    said = {
        "name": "联合促销", "categories": "\n".join(categories()), "since": row.since, "until": row.since + 30 * DAY,
        "budget": 1000, "our_share": 60, "note": "",
    }  # fmt: skip
    return composing.put_in(manager, row.pk, "promotion", {**said, **other})


def test_the_effect_of_a_promotion_is_told_only_where_it_can_be(manager, running):
    actions.revise(manager, running.pk)
    row = promoted(manager, running)
    assert (row.ours, row.theirs) == (600, 400)

    found = effect.worked_out(row)

    assert found.verdict == "cannot_tell"
    assert "at least 10" in found.why.say("en")
    assert found.sales == pytest.approx(sold(running.account, row.since, row.until))
    assert effect.restored(effect.stored(found)) == found
    ahead = promoted(manager, running, since=today(), until=today() + DAY)
    assert effect.worked_out(ahead).say("en") == "The promotion has not ended yet"


def test_ten_accounts_a_side_are_compared_by_the_analysis_of_campaigns(manager, director, running):
    actions.revise(manager, running.pk)
    row = promoted(manager, running)
    for account in Account.objects.exclude(pk=running.account.pk).filter(stub=False).order_by("code")[:14]:
        other = actions.write(director, account, fields())
        promoted(director, other)
        Plan.objects.filter(pk=other.pk).update(begun_on=date(2024, 1, 1))

    found = effect.worked_out(row)

    assert found.verdict in {"paid", "worked", "too_dear", "harmed", "cannot_tell", "not_alike"}
    assert found.low is not None
    assert "at least 10" not in found.why.say("en")


def test_a_person_is_handed_out_and_forgotten(own_facts, house, manager, mine, draft):  # noqa: ARG001
    wang = contacts.add(manager, mine, {"name": "王庆生", "birthday": None}, {"title": "总经理"}, []).person
    composing.put_in(manager, draft.pk, "step", {"text": "约王庆生", "owner": manager, "due": today(), "goal": None})
    draft.refresh_from_db()
    actions.change(manager, draft.pk, draft.version, {"threats": "王庆生可能离职"})
    actions.ask(manager, draft.pk)
    director = house.user("director")
    actions.agree(director, draft.pk)

    told = erasing.hand_out(house.user("administrator"), wang)
    assert {"account plan", "step of a plan", "version of a plan"} <= {each["kind"] for each in told["elsewhere"]}
    erasing.erase(house.user("administrator"), wang, wang.version)

    row = Plan.objects.get(pk=draft.pk)
    assert "王庆生" not in row.threats
    assert "王庆生" not in row.steps.get().text
    assert "王庆生" not in str(row.versions.get().content)
    assert not questions.found(questions.plans(manager), "王庆生").exists()


def test_it_is_found_by_its_words_and_their_pinyin(manager, draft):
    composing.put_in(manager, draft.pk, "step", {"text": "约见总经理", "owner": manager, "due": today(), "goal": None})
    for text in ("年度", "niandu", "交货", "总经理"):
        assert list(questions.found(questions.plans(manager), text)) == [draft]
