"""Plans against leaving: by the playbook of a cause, step by step, with what came of them."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from house import signed_in
from vitalfew.accounts.models import Account, TeamMember
from vitalfew.people.models import User
from vitalfew.people.permissions import Forbidden
from vitalfew.people.records import NotPossible
from vitalfew.rescues import actions, cards, composing, questions, since, stepping, worklist
from vitalfew.rescues.models import Rescue, RescueStep
from vitalfew.rescues.playbook import STANDARD
from vitalfew.terms import ChurnCause
from vitalfew.warehouse import scorecards
from vitalfew.warehouse.models import Scorecard
from vitalfew.workdays import Calendar

pytestmark = [pytest.mark.database, pytest.mark.django_db]


@pytest.fixture
def manager(house):
    return house.user("manager")


@pytest.fixture
def mine(house):
    return Account.objects.get(code=house.mine)


@pytest.fixture
def plan(manager, mine):
    return actions.begin(manager, mine, ChurnCause.UNRESOLVED_COMPLAINT.value, manager, "采购两个月没有下单")


def first(plan):
    return questions.steps_of(plan)[0]


def do(user, step, note=""):
    return stepping.do(user, step.pk, step.version, on=timezone.localdate(), note=note)


def ended(user, plan, state="stayed"):
    plan.refresh_from_db()
    return actions.end(user, plan.pk, plan.version, on=timezone.localdate(), state=state, outcome="谈妥了")


def test_every_cause_has_plays_and_a_plan_gets_them_on_working_days(plan):
    assert set(STANDARD) == set(ChurnCause)
    steps = questions.steps_of(plan)
    assert [step.title for step in steps] == [play.title for play in STANDARD[ChurnCause.UNRESOLVED_COMPLAINT]]
    assert [step.due for step in steps] == [
        Calendar().after(timezone.localdate(), play.days) for play in STANDARD[ChurnCause.UNRESOLVED_COMPLAINT]
    ]


def test_a_step_is_done_by_whoever_has_its_function_in_the_account_s_group(house, manager, mine):
    helper = house.user("complaints")
    TeamMember.objects.create(account=mine, user=helper, role="service")

    plan = actions.begin(manager, mine, ChurnCause.UNRESOLVED_COMPLAINT.value, manager)

    assert [step.owner for step in questions.steps_of(plan)] == [helper, manager, manager, manager]


def test_it_keeps_what_was_known_as_it_began_and_whom_it_is_judged_against(manager):
    card = Scorecard.objects.filter(
        refresh=scorecards.current(), customer__in=Account.objects.visible_to(manager).values("code"), churn__gt=0.05,
        revenue_12m__gt=0,
    ).order_by("customer").first()  # fmt: skip
    account = Account.objects.get(code=card.customer)

    plan = actions.begin(manager, account, "unknown", manager)

    assert (plan.risk, plan.at_stake) == (card.churn, card.at_stake)
    near = {each.customer: each for each in Scorecard.objects.filter(refresh=card.refresh, customer__in=plan.beside)}
    assert account.code not in near
    assert all(abs(each.churn - card.churn) <= 0.1 for each in near.values())
    assert all(card.revenue_12m / 2 <= each.revenue_12m <= card.revenue_12m * 2 for each in near.values())


def test_an_account_has_one_plan_at_a_time(manager, mine, plan):
    with pytest.raises(NotPossible):
        actions.begin(manager, mine, "unknown", manager)
    with pytest.raises(IntegrityError), transaction.atomic():
        Rescue.objects.create(account=mine, cause="unknown", begun_on=plan.begun_on, until=plan.until)


def test_by_another_cause_what_is_done_stays_and_what_was_to_do_is_replaced(manager, plan):
    done = do(manager, first(plan))

    actions.change(manager, plan.pk, plan.version, {"cause": "stronger_rival", "why": "对手降价"})

    steps = questions.steps_of(Rescue.objects.get(pk=plan.pk))
    assert done in steps
    assert {step.title for step in steps if step.is_open} == {play.title for play in STANDARD["stronger_rival"]}


def test_an_account_stays_only_if_something_was_done(manager, plan):
    with pytest.raises(NotPossible):
        ended(manager, plan)
    do(manager, first(plan), "已修好")

    row = ended(manager, plan)

    assert row.state == "stayed"
    assert {step.state for step in row.steps.all()} == {"done", "left_out"}
    with pytest.raises(NotPossible):
        do(manager, RescueStep.objects.filter(rescue=plan, state="left_out").first())


def test_opened_again_what_was_left_out_with_its_end_is_to_do_again_and_a_reason_stays(manager, plan):
    do(manager, first(plan))
    refused = first(plan)
    stepping.leave_out(manager, refused.pk, refused.version, why="客户不愿意")
    ended(manager, plan)

    actions.reopen(manager, plan.pk)

    assert sorted(plan.steps.values_list("state", flat=True)) == ["done", "left_out", "open", "open"]


def test_a_day_ahead_or_before_the_plan_is_no_day_on_which_a_step_was_done(manager, plan):
    step = first(plan)
    for days in (1, -1):
        with pytest.raises(NotPossible):
            stepping.do(manager, step.pk, step.version, on=timezone.localdate() + timedelta(days=days))


def test_others_managers_neither_see_nor_change_it_and_who_has_no_right_begins_none(house, mine, plan):
    other = User.objects.get(username="other")
    assert not questions.rescues(other).exists()
    with pytest.raises(Rescue.DoesNotExist):
        actions.put_away(other, plan.pk)
    with pytest.raises(Forbidden):
        actions.begin(house.user("complaints"), mine, "unknown", house.user("complaints"))


def test_unfair_means_are_told_to_those_alone_who_may_know_causes(house, manager, mine):
    plan = actions.begin(manager, mine, ChurnCause.FOUL_PLAY.value, manager)

    assert not questions.rescues(house.user("complaints")).exists()
    assert not questions.steps(house.user("complaints")).exists()
    assert plan in questions.rescues(house.user("director"))


def test_today_asks_for_one_s_steps_and_no_more_for_what_the_figures_advise_against_that_cause(manager, plan):
    (task,) = [task for task in worklist.waiting(manager) if task.customer == plan.account.code]
    assert task.url == plan.get_absolute_url()
    taken = since.done([plan.account.code], plan.begun_on - timedelta(days=9))
    assert (plan.account.code, "settle_complaint") in taken

    for step in questions.steps_of(plan):
        do(manager, step)

    assert not [task for task in worklist.waiting(manager) if task.customer == plan.account.code]


def test_what_others_are_late_with_heads_see_in_one_line(house, plan):
    RescueStep.objects.filter(rescue=plan).update(due=timezone.localdate() - timedelta(days=3))

    (task,) = list(worklist.waiting(house.user("director")))

    assert task.url == "/rescues/?standing=late"
    assert plan in questions.listed(house.user("director")).standing("late", timezone.localdate())


def test_once_its_time_is_over_its_leader_is_asked_what_came_of_it(manager, plan):
    Rescue.objects.filter(pk=plan.pk).update(until=timezone.localdate())

    assert any(task.what == "Say what became of a rescue plan" for task in worklist.waiting(manager))
    assert Rescue.objects.get(pk=plan.pk).standing.value == "over"


def test_the_firm_s_own_playbook_takes_the_place_of_the_standard_until_it_is_given_up(house, manager, mine):
    director = house.user("director")
    with pytest.raises(Forbidden):
        composing.take_over(manager, "unknown")
    own = composing.take_over(director, "unknown")
    composing.put_away(director, own[0].pk)
    composing.add(director, "unknown", {"title": "先查账", "function": "finance", "days": 1})

    plan = actions.begin(manager, mine, "unknown", manager)

    assert [step.title for step in questions.steps_of(plan)] == ["先查账", *[each.title for each in own[1:]]]
    composing.give_up(director, "unknown")
    assert questions.plays("unknown") == STANDARD["unknown"]


def test_a_handover_gives_the_plan_and_its_steps_to_the_successor(house, manager, plan):
    director = house.user("director")
    row = actions.hand_on(manager, plan.pk, plan.version, owner=director)

    assert row.owner == director
    assert {step.owner for step in questions.steps_of(row)} == {director}


def test_the_account_s_risk_offers_a_plan_where_an_alarm_stands_and_shows_it_where_one_runs(house, manager, mine, plan):
    shown = cards.at_risk(manager, mine)
    assert shown["running"] == plan
    calm = (
        Scorecard.objects.filter(refresh=scorecards.current()).exclude(risk="high").exclude(customer=mine.code).first()
    )
    assert cards.at_risk(house.user("director"), Account.objects.get(code=calm.customer)) == {}


def test_over_the_pages_it_is_begun_stepped_through_and_ended(house, client, mine):
    browser = signed_in(house, client, "manager")
    url = f"/rescues/new/?account={mine.code}"
    assert browser.post(url, {"cause": "", "owner": "manager"}).status_code == 422
    assert browser.post(url, {"cause": "unknown", "owner": "other"}).status_code == 422

    made = browser.post(url, {"cause": "unknown", "owner": "manager", "why": "没有下单"})

    plan = Rescue.objects.get()
    assert made["location"] == plan.get_absolute_url()
    step = first(plan)
    browser.post(f"/rescues/steps/{step.pk}/done/")
    assert RescueStep.objects.get(pk=step.pk).state == "done"
    page = browser.get(plan.get_absolute_url()).content.decode()
    assert "没有下单" in page
    sent = {"version": plan.version, "state": "left", "on": timezone.localdate(), "outcome": "转向对手"}
    browser.post(f"/rescues/{plan.pk}/end/", sent)
    assert Rescue.objects.get().state == "left"


def test_the_warnings_are_those_one_sees_the_most_at_stake_first(house, client, manager):
    rows = list(questions.warnings(manager))
    assert {row.customer for row in rows} <= set(Account.objects.visible_to(manager).values_list("code", flat=True))
    assert all(row.risk == "high" for row in rows)

    page = signed_in(house, client, "director").get("/warnings/")

    told = [row.at_stake for row in page.context["page"].records]
    assert told == sorted(told, reverse=True)


def test_the_assistant_who_sees_no_causes_gets_none_in_the_list_nor_in_its_file(house, client):
    cause = "可能原因"
    for role, told in (("director", True), ("marketing", False)):
        file = signed_in(house, client, role).get("/warnings/?format=csv").getvalue().decode()
        assert (cause in file.splitlines()[0]) == told, role
