"""Weeks proposed for several of us: who may, what is asked of the planner, what becomes of a proposal."""

from datetime import timedelta

import pytest
from django.utils import timezone

from house import signed_in
from vitalfew.accounts.models import Absence, Account
from vitalfew.department import actions as department
from vitalfew.maths.itineraries.checking import violations
from vitalfew.maths.itineraries.planning import plan as solved
from vitalfew.milestones import actions as milestones
from vitalfew.people.models import AuditEntry, User
from vitalfew.people.permissions import Forbidden
from vitalfew.people.records import NotPossible
from vitalfew.visit_plans import actions, questions, reading
from vitalfew.visit_plans.computing import compute
from vitalfew.visit_plans.models import Proposal, VisitPlan
from vitalfew.visits import actions as visits
from vitalfew.visits.models import Visit
from vitalfew.warehouse.models import Refresh
from vitalfew.warehouse.run import day_number

DAY, WEEK = timedelta(days=1), timedelta(days=7)
pytestmark = [pytest.mark.database, pytest.mark.django_db]


def monday():
    today = timezone.localdate()
    return today - timedelta(days=today.weekday()) + WEEK


@pytest.fixture
def director(house):
    return house.user("director")


@pytest.fixture
def manager(house):
    return house.user("manager")


@pytest.fixture
def other():
    return User.objects.get(username="other")


def fields(**said):
    return {"since": monday(), "weeks": 4, "most_a_day": 2, "most_a_week": 3, "mine_only": False} | said


def planned(user, *people, **said):
    made = actions.ask(user, fields(**said), people)
    assert compute(made.pk, made.run, timezone.localdate())
    made.refresh_from_db()
    return made


def test_weeks_are_proposed_with_their_reasons_and_no_rule_is_broken(director, manager, other):
    plan = planned(director, manager, other)

    assert plan.state == "done"
    rows = list(plan.proposals.select_related("account", "person"))
    assert rows
    assert {row.person_id for row in rows} == {manager.pk, other.pk}
    assert all(row.account.manager_id == row.person_id for row in rows)
    assert all(row.why and row.why.say("zh-hans") != row.why.say("en") for row in rows)
    book = reading.read(plan, director, timezone.localdate())
    assert violations(book.request, solved(book.request)) == []
    assert plan.headline.say("en").startswith(f"{len(rows)} visits proposed")


def test_absences_and_days_of_the_firm_stay_free(director, manager):
    Absence.objects.create(user=manager, deputy=director, since=monday(), until=monday() + WEEK - DAY)
    closed = {"since": monday() + WEEK, "until": monday() + 2 * WEEK - DAY, "works": "closed", "reason": "盘点"}
    department.enter_days(director, closed)

    days = set(planned(director, manager).proposals.values_list("day", flat=True))

    assert days
    assert min(days) >= monday() + 2 * WEEK


def test_what_stands_keeps_others_away_and_counts(director, manager, house):
    mine = Account.objects.get(code=house.mine)
    visits.plan(manager, {"day": monday() + DAY, "purpose": "review", "leader": manager}, visits.Going([mine]))

    plan = planned(director, manager)

    near = plan.proposals.filter(account=mine, day__lt=monday() + DAY + 7 * DAY)
    assert not near.exists()
    assert plan.proposals.filter(person=manager, day__range=(monday(), monday() + 6 * DAY)).count() <= 2


def test_a_leader_goes_where_nobody_manages_and_nobody_else_does(director, manager):
    Account.objects.filter(manager=manager).update(manager=None)
    plan = planned(director, director, manager)

    assert set(plan.proposals.values_list("person", flat=True)) == {director.pk}
    only = planned(director, manager)
    assert not only.proposals.exists()
    assert {row["why"] for row in only.found["missing"]} == {"Nobody who takes part may call there"}


def test_only_accounts_of_those_who_take_part(director, manager):
    book = reading.read(actions.ask(director, fields(mine_only=True), [manager]), director, timezone.localdate())
    assert {account.manager_id for account in book.accounts} == {manager.pk}


def test_accepted_visits_are_planned_with_their_reason_and_given_back_at_once(director, manager):
    plan = planned(director, manager)
    count = plan.proposals.count()

    batch, done, kept_back = actions.accept(director, plan)

    assert (len(done), kept_back) == (count, 0)
    visit = Visit.objects.get(proposal=done[0])
    assert (visit.leader, visit.day, visit.reason) == (manager, done[0].day, done[0].reason)
    assert actions.give_back(director, plan, batch) == count
    assert not Visit.objects.visible_to(director).exists()
    assert set(plan.proposals.values_list("state", flat=True)) == {"open"}
    assert AuditEntry.objects.filter(action="visitplan-accept", subject=plan.subject).exists()


def test_what_was_changed_since_is_not_given_back(director, manager):
    plan = planned(director, manager)
    batch, done, _kept_back = actions.accept(director, plan)
    visits.confirm(manager, done[0].visit_id)

    assert actions.give_back(director, plan, batch) == len(done) - 1
    assert plan.proposals.get(state="accepted").visit.state == "confirmed"


def test_proposed_anew_what_was_decided_stays(director, manager):
    plan = planned(director, manager)
    kept, turned_down, moved, *_rest = plan.proposals.order_by("pk")
    actions.accept(director, plan, [kept.pk])
    actions.reject(director, turned_down.pk)
    moved = actions.move(
        director, moved.pk, manager, monday() + (3 if moved.monday != monday() + 3 * WEEK else 2) * WEEK
    )

    run = actions.again(director, plan.pk).run
    assert compute(plan.pk, run, timezone.localdate())

    assert plan.proposals.get(pk=kept.pk).state == "accepted"
    assert plan.proposals.filter(account=turned_down.account, state="open").count() == 0
    assert plan.proposals.get(pk=moved.pk).day == moved.day
    whole = plan.proposals.exclude(state="rejected").values_list("account", "day")
    assert len({(account, day - timedelta(days=day.weekday())) for account, day in whole}) == len(whole)


def test_an_older_run_keeps_nothing(director, manager):
    plan = actions.ask(director, fields(), [manager])
    actions.again(director, plan.pk)

    assert not compute(plan.pk, 1, timezone.localdate())
    assert not plan.proposals.exists()
    assert compute(plan.pk, 2, timezone.localdate())


def test_a_moved_visit_takes_a_day_with_room(director, manager, other):
    plan = planned(director, manager, other, weeks=2, most_a_week=1)
    row = plan.proposals.filter(person=manager).first()
    there = monday() + WEEK if row.monday == monday() else monday()

    with pytest.raises(NotPossible, match=r"full|Another visit"):
        actions.move(director, row.pk, manager, there)
    with pytest.raises(NotPossible, match="does not see"):
        actions.move(director, row.pk, other, there)
    with pytest.raises(NotPossible, match="not in the plan"):
        actions.move(director, row.pk, manager, there + 5 * WEEK)
    for each in plan.proposals.filter(person=manager).exclude(pk=row.pk):
        actions.reject(director, each.pk)
    moved = actions.move(director, row.pk, manager, there)

    assert (moved.monday, moved.by_hand) == (there, True)
    assert moved.why.say("en").count(f"{director} changed it by hand: {manager} goes, in the week of") == 1
    assert moved.why.say("en").startswith("By worth and urgency")


def test_a_door_where_somebody_calls_meanwhile_is_kept_back(director, manager):
    plan = planned(director, manager)
    row = plan.proposals.first()
    said = {"day": row.day, "purpose": "review", "leader": manager}
    visits.plan(manager, said, visits.Going([row.account]))

    _batch, done, kept_back = actions.accept(director, plan, [row.pk])

    assert (done, kept_back) == ([], 1)
    assert Proposal.objects.get(pk=row.pk).state == "open"


def test_managers_plan_for_themselves_and_see_their_own_plans(house, client, director, manager, other):
    with pytest.raises(User.DoesNotExist):
        actions.ask(manager, fields(), [other])
    with pytest.raises(Forbidden):
        actions.ask(house.user("supply"), fields(), [manager])
    theirs, mine = planned(director, manager), planned(manager, manager)
    browser = signed_in(house, client, "manager")

    assert browser.get(f"/visits/plan/{mine.pk}/").status_code == 200
    row = theirs.proposals.first()
    for path in ("", "progress/"):
        assert browser.get(f"/visits/plan/{theirs.pk}/{path}").status_code == 404
    for path in ("again", "accept", "give-back", "put-away", "fetch-back"):
        assert browser.post(f"/visits/plan/{theirs.pk}/{path}/").status_code == 404
    for path in ("move", "reject", "open"):
        assert browser.post(f"/visits/proposals/{row.pk}/{path}/").status_code == 404


def test_an_account_that_went_to_somebody_else_is_shown_no_more(house, client, manager, other):
    plan = planned(manager, manager)
    row = plan.proposals.select_related("account").first()
    Account.objects.filter(pk=row.account_id).update(manager=other)
    browser = signed_in(house, client, "manager")

    assert row.account.name not in browser.get(f"/visits/plan/{plan.pk}/").content.decode()
    assert browser.post(f"/visits/proposals/{row.pk}/reject/").status_code == 404
    assert row.pk not in {each.pk for each in actions.accept(manager, plan)[1]}


def test_the_page_from_asking_to_accepting(house, client, manager):
    browser = signed_in(house, client, "director")
    sent = {"people": [manager.pk], "since": monday() + DAY, "weeks": 3, "most_a_day": 2, "most_a_week": 4}

    assert browser.post("/visits/plan/new/", {**sent, "weeks": 13}).status_code == 422
    assert browser.post("/visits/plan/new/", {**sent, "since": monday() - 2 * WEEK}).status_code == 422
    assert browser.post("/visits/plan/new/", {**sent, "people": []}).status_code == 422
    assert browser.post("/visits/plan/new/", sent).status_code == 302
    plan = VisitPlan.objects.get()
    assert (plan.since, plan.state) == (monday(), "waiting")
    waiting = browser.get(f"/visits/plan/{plan.pk}/progress/")
    assert "HX-Refresh" not in waiting
    compute(plan.pk, plan.run, timezone.localdate())
    assert browser.get(f"/visits/plan/{plan.pk}/progress/")["HX-Refresh"] == "true"
    row, second = plan.proposals.all()[:2]
    page = browser.get(f"/visits/plan/{plan.pk}/").content.decode()
    assert row.account.name in page

    for torn in ("", "x", "9" * 30):
        assert browser.post(f"/visits/plan/{plan.pk}/accept/", {"proposal": torn}).status_code == 302
    assert not plan.proposals.filter(state="accepted").exists()
    assert browser.post(f"/visits/plan/{plan.pk}/accept/", {"proposal": row.pk}).status_code == 302
    assert plan.proposals.filter(state="accepted").count() == 1
    assert browser.post(f"/visits/proposals/{second.pk}/reject/").status_code == 302
    assert browser.post(f"/visits/proposals/{second.pk}/open/").status_code == 302
    assert browser.post(f"/visits/proposals/{second.pk}/move/", {"person": 0, "week": "x"}).status_code == 302
    assert browser.post(f"/visits/plan/{plan.pk}/accept/").status_code == 302
    assert not plan.proposals.filter(state="open").exists()
    assert browser.post(f"/visits/plan/{plan.pk}/give-back/?batch=1").status_code == 302
    assert plan.proposals.filter(state="open").count() == 1
    assert browser.post(f"/visits/plan/{plan.pk}/put-away/").status_code == 302
    assert browser.get(f"/visits/plan/{plan.pk}/").status_code == 404
    assert browser.post(f"/visits/plan/{plan.pk}/fetch-back/").status_code == 204


def test_without_needs_the_plan_says_what_is_missing(house, client, director, manager, monkeypatch):
    monkeypatch.undo()
    Refresh.objects.all().delete()
    plan = planned(director, manager)

    assert plan.state == "failed"
    page = signed_in(house, client, "director").get(f"/visits/plan/{plan.pk}/")
    assert page.status_code == 200
    assert 'role="alert"' in page.content.decode()


def test_weeks_that_are_over_before_they_are_worked_out(director, manager):
    plan = actions.ask(director, fields(since=monday() - 2 * WEEK, weeks=1), [manager])
    assert compute(plan.pk, plan.run, timezone.localdate())
    plan.refresh_from_db()
    assert plan.found["refused"]["text"] == "No working day is left in these weeks"


def test_the_board_costs_no_more_with_more_of_it(
    house, client, director, manager, other, django_assert_max_num_queries
):
    few, many = planned(director, manager, weeks=1, most_a_week=1), planned(director, manager, other)
    browser = signed_in(house, client, "director")
    for plan in (few, many):
        browser.get(f"/visits/plan/{plan.pk}/")
        with django_assert_max_num_queries(24):
            browser.get(f"/visits/plan/{plan.pk}/")
    assert len(questions.board(director, many)) == 2


def test_a_milestone_in_these_weeks_is_a_day_to_be_there_by(director, manager):
    asked = actions.ask(director, fields(mine_only=False), [manager])
    first = reading.read(asked, director, timezone.localdate()).accounts[0]
    day = asked.since + 9 * DAY
    milestones.note(director, first, {
        "kind": "opening", "title": "新展厅", "day": day, "lunar": False, "yearly": False, "round_only": False, "lead": 30,
        "owner": None, "person": None, "consent": "",
    })  # fmt: skip

    book = reading.read(asked, director, timezone.localdate())

    place = book.accounts.index(first)
    assert book.request.doors.occasion[place] == day_number(day)
    assert sum(book.request.doors.occasion == day_number(day)) == 1
    assert book.request.by_when[place] <= day_number(day)
