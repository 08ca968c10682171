"""The department: who looks after how much, who stands in, what a change of managers means before it is made."""

from datetime import timedelta

import pytest
from django.utils import timezone

from house import signed_in
from vitalfew.accounts import actions as accounts
from vitalfew.accounts.models import Account, FormerManager
from vitalfew.accounts.responsible import stays
from vitalfew.department import actions, questions
from vitalfew.department.preview import preview
from vitalfew.outlets.today import tasks_for
from vitalfew.people.actions import set_active
from vitalfew.people.models import User
from vitalfew.people.permissions import Forbidden
from vitalfew.people.records import NotPossible, Stale
from vitalfew.warehouse import scorecards
from vitalfew.warehouse.models import Scorecard

pytestmark = [pytest.mark.database, pytest.mark.django_db]
DAY = timedelta(days=1)


def today():
    return timezone.localdate()


@pytest.fixture(autouse=True)
def sums_of_ones_own(own_facts):
    """What is kept of all accounts beside the facts belongs to one test."""
    for place in own_facts.home.folder.glob("results/*/kept/desks.json"):
        place.unlink()


@pytest.fixture
def director(house):
    return house.user("director")


@pytest.fixture
def manager(house):
    return house.user("manager")


@pytest.fixture
def other(house):  # noqa: ARG001  (the house must stand)
    return User.objects.get(username="other")


def desk_of(user):
    return next(desk for desk in questions.department().desks if desk.user == user)


def test_a_desk_adds_up_its_accounts(manager):
    mine = Account.objects.filter(manager=manager)
    cards = Scorecard.objects.filter(refresh=scorecards.current(), customer__in=mine.values("code"))

    desk = desk_of(manager)

    assert desk.accounts == mine.count()
    assert desk.revenue == pytest.approx(sum(card.revenue_12m or 0 for card in cards))
    assert desk.load == pytest.approx(sum(row.case.load for row in questions.opened(list(mine))))


def test_a_head_without_accounts_has_no_desk(director, manager):
    heads = [desk.user for desk in questions.department().desks if desk.user.role == "director"]
    assert heads == []
    mine = list(Account.objects.filter(manager=manager)[:1])
    accounts.assign(director, mine, director)

    assert desk_of(director).accounts == 1


def test_a_capacity_that_was_said_counts_and_can_be_taken_back(director, manager):
    usual = desk_of(manager).capacity
    said = actions.set_capacity(director, manager, 0, 3.0)
    assert desk_of(manager).capacity == 3.0
    assert desk_of(manager).overloaded
    with pytest.raises(Stale):
        actions.set_capacity(director, manager, said.version + 5, 4.0)

    actions.set_capacity(director, manager, said.version, None)

    assert desk_of(manager).capacity == pytest.approx(usual)
    actions.set_capacity(director, manager, 0, 5.0)
    assert desk_of(manager).capacity == 5.0


def test_only_heads_say_how_much_somebody_can_look_after(manager):
    with pytest.raises(Forbidden):
        actions.set_capacity(manager, manager, 0, 3.0)


def test_the_deputy_sees_the_accounts_in_these_days_only(house, director, manager, other):
    def seen(user):
        return Account.objects.visible_to(user).filter(code=house.foreign).exists()

    assert not seen(manager)
    entered = actions.be_away(director, other, manager, today(), today() + DAY)
    assert seen(manager)
    actions.change_absence(director, entered.pk, 1, {"since": today() + DAY})
    assert not seen(manager)
    actions.change_absence(director, entered.pk, 2, {"since": today()})
    actions.take_back(director, entered.pk)
    assert not seen(manager)
    actions.enter_again(director, entered.pk)
    assert seen(manager)


def test_after_its_last_day_an_absence_shows_the_deputy_nothing(house, director, manager, other):
    def seen():
        return Account.objects.visible_to(manager).filter(code=house.foreign).exists()

    entered = actions.be_away(director, other, manager, today() - 3 * DAY, today() - DAY)
    assert not seen()

    actions.change_absence(director, entered.pk, 1, {"until": today()})

    assert seen()


def test_the_deputy_is_told_on_today(manager, other):
    actions.be_away(other, other, manager, today() + DAY, today() + 3 * DAY)

    told = [task for task in tasks_for(manager) if task.what == "Stand in"]

    assert other.name in told[0].why.say("zh-hans")


def test_an_account_says_who_stands_in(house, client, director, other, manager):
    actions.be_away(director, manager, other, today(), today() + DAY)

    page = signed_in(house, client, "director").get(f"/accounts/{house.mine}/").content.decode()

    assert str(other) in page


def test_absences_that_cannot_be_are_refused(director, manager, other):
    def refused(*asked):
        with pytest.raises(NotPossible):
            actions.be_away(director, *asked)

    refused(other, other, today(), today())
    refused(other, manager, today(), today() - DAY)
    actions.be_away(director, other, manager, today(), today() + 5 * DAY)
    refused(other, director, today() + DAY, today() + 9 * DAY)
    refused(manager, director, today(), today())
    refused(director, other, today(), today())


def test_one_enters_ones_own_absence_only(house, client, manager, other):
    with pytest.raises(Forbidden):
        actions.be_away(manager, other, manager, today(), today())
    browser = signed_in(house, client, "manager")
    days = {"deputy": other.pk, "since": today(), "until": today()}

    assert browser.post("/absences/new/", {"user": other.pk, **days}).status_code == 422
    assert browser.post("/absences/new/", {"user": manager.pk, **days}).status_code == 302
    assert other.stands_in.count() == 1


def test_foreign_absences_are_not_there(house, client, director, other):
    theirs = actions.be_away(director, other, director, today(), today())
    browser = signed_in(house, client, "manager")

    for path in (f"/absences/{theirs.pk}/", f"/absences/{theirs.pk}/take-back/", f"/absences/{theirs.pk}/again/"):
        assert browser.post(path).status_code == 404
    assert browser.get(f"/api/v1/absences/{theirs.pk}").status_code == 404


def test_it_is_known_who_was_responsible_when(house, director, manager, other):
    account = Account.objects.get(code=house.mine)
    accounts.assign(director, [account], other)
    former = FormerManager.objects.get(account=account)
    FormerManager.objects.filter(pk=former.pk).update(until=today() - 9 * DAY)

    accounts.assign(director, [account], None)

    account.refresh_from_db()
    assert [(stay.name, stay.since, stay.until) for stay in stays(account)] == [
        ("", today(), None),
        (str(other), today() - 9 * DAY, today()),
        (str(manager), None, today() - 9 * DAY),
    ]


def test_what_is_taken_back_on_the_same_day_was_not(house, director, manager, other):
    account = Account.objects.get(code=house.mine)
    accounts.assign(director, [account], other)
    accounts.assign(director, [account], None)
    assert FormerManager.objects.filter(account=account).count() == 1

    accounts.assign(director, [account], manager)

    assert not FormerManager.objects.filter(account=account).exists()


def test_a_preview_says_who_gives_and_what_comes_of_it(director, manager, other):
    chosen = list(Account.objects.filter(manager=manager)[:3])
    before = desk_of(other)

    found = preview(chosen, other)

    assert [part.user for part in found.given] == [manager]
    assert found.whole.accounts == 3
    assert found.load_after == pytest.approx(before.load + found.whole.load)
    accounts.assign(director, chosen, other)
    assert desk_of(other).load == pytest.approx(found.load_after)
    given = list(Account.objects.filter(pk__in=[account.pk for account in chosen]))
    assert preview(given, other).load_after == pytest.approx(found.load_after)


def test_the_list_leads_over_the_preview_to_the_change(house, client, other):
    browser = signed_in(house, client, "director")
    assert "/department/reassign/" in browser.get("/accounts/").content.decode()

    page = browser.post("/department/reassign/", {"code": [house.mine], "manager": "other"}).content.decode()

    assert "/accounts-assign/" in page
    assert str(other) in page
    assert Account.objects.get(code=house.mine).manager.username == "manager"


def test_accounts_of_who_leaves_are_proposed_to_others_and_given_at_once(house, client, director, manager):
    set_active("test", manager, active=False)
    told = [task for task in tasks_for(director) if task.what == "Find successors"]
    assert told[0].url == "/department/proposals/?of=manager"
    browser = signed_in(house, client, "director")
    assert house.mine in browser.get(told[0].url).content.decode()

    codes = list(Account.objects.filter(manager=manager).values_list("code", flat=True))
    browser.post("/department/accept/", {"code": codes, **{f"to-{code}": "other" for code in codes}})

    assert not Account.objects.filter(manager=manager).exists()
    browser.post("/accounts-assign/undo/")
    assert Account.objects.filter(manager=manager).count() == len(codes)


def test_who_may_not_assign_gets_no_proposals(house, client):
    browser = signed_in(house, client, "manager")

    assert "/department/capacity/" not in browser.get("/department/").content.decode()
    assert browser.get("/department/proposals/").status_code == 403
    assert browser.post("/department/accept/", {"code": [house.mine], f"to-{house.mine}": "other"}).status_code == 403
    assert browser.post("/department/reassign/", {"code": [house.mine]}).status_code == 403


def test_capacity_over_the_page(house, client, manager):
    browser = signed_in(house, client, "director")
    path = "/department/capacity/manager/"

    browser.post(path, {"version": 0, "accounts": "40"})
    assert desk_of(manager).capacity == 40.0
    answer = browser.post(path, {"version": 0, "accounts": "50"}, follow=True)
    assert "40" in answer.content.decode()
    assert desk_of(manager).capacity == 40.0
    browser.post(path, {"version": 1, "accounts": "many"})
    assert desk_of(manager).capacity == 40.0
    assert browser.post("/department/capacity/nobody-known/", {"version": 0}).status_code == 404


def test_a_member_who_left_the_team_sees_it_no_more_but_stays_known(house, client, manager):
    account = Account.objects.get(code=house.foreign)
    row = accounts.add_member(house.user("director"), account, manager, "service")
    assert Account.objects.visible_to(manager).filter(pk=account.pk).exists()
    browser = signed_in(house, client, "director")

    answer = browser.post(f"/accounts-team/{row.pk}/remove/", follow=True).content.decode()

    assert f"undo:/accounts-team/{row.pk}/again/" in answer
    assert str(manager) in answer
    assert not Account.objects.visible_to(manager).filter(pk=account.pk).exists()
    browser.post(f"/accounts-team/{row.pk}/again/")
    assert Account.objects.visible_to(manager).filter(pk=account.pk).exists()


def test_absences_are_listed_and_leave_as_a_file(house, client, director, manager, other):
    actions.be_away(director, other, manager, today(), today() + DAY)
    browser = signed_in(house, client, "director")

    assert str(other) in browser.get("/absences/?when=now").content.decode()
    assert str(other) not in browser.get("/absences/?when=past").content.decode()
    assert str(other) not in browser.get("/absences/?when=ahead").content.decode()
    assert str(other) in b"".join(browser.get("/absences/?format=csv").streaming_content).decode()
