"""The pages of visits: calendar, list, planning, result, tab, card, Today, timeline, search."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.utils import timezone

from house import signed_in
from vitalfew.accounts.models import Account
from vitalfew.accounts.parts import timeline
from vitalfew.accounts.sheet import Sheet
from vitalfew.activities.models import Activity
from vitalfew.outlets.search import hits
from vitalfew.outlets.today import tasks_for
from vitalfew.promises.models import Promise
from vitalfew.visits import actions, cards, examples, holding
from vitalfew.visits.holding import Next, Result
from vitalfew.visits.models import Visit
from vitalfew.visits.words import VisitStanding
from vitalfew.visits.worklist import waiting

pytestmark = [pytest.mark.database, pytest.mark.django_db]
DAY = timedelta(days=1)


def today():
    return timezone.localdate()


@pytest.fixture
def browser(house, client):
    return signed_in(house, client, "manager")


def result(account, **said):
    plain = {
        "version": "1",
        "day": (today() - DAY).isoformat(),
        "text": "同意备货",
        f"mood_{account.pk}": "good",
        "key": "k",
    }
    return {**plain, **said}


def text(answer):
    return answer.content.decode()


def test_a_visit_is_planned_agreed_moved_and_cancelled_over_its_pages(browser, mine, known):
    person = known(mine, "钱总")
    form = {
        "day": (today() + DAY).isoformat(), "at": "10:00", "minutes": "60", "purpose": "review", "leader": "manager",
        "wanted": [person.pk], "topic": "旺季备货", "more": "", "place": "",
    }  # fmt: skip

    made = browser.post(f"/visits/new/?account={mine.code}", form)
    row = Visit.objects.get()
    assert made.url == row.get_absolute_url()
    assert [each.person for each in row.people.all()] == [person]
    assert browser.post(f"/visits/{row.pk}/confirm/").status_code == 302
    moved = {"version": "1", "day": (today() + 2 * DAY).isoformat(), "at": "11:00", "why": "客户改期"}
    assert browser.post(f"/visits/{row.pk}/move/", moved).status_code == 422
    assert browser.post(f"/visits/{row.pk}/move/", {**moved, "version": "2"}).status_code == 302
    assert "客户改期" in text(browser.get(row.get_absolute_url()))
    assert browser.post(f"/visits/{row.pk}/cancel/", {"version": "3", "why": "出差"}).status_code == 302
    assert browser.post(f"/visits/{row.pk}/reopen/").status_code == 302
    edited = {**form, "version": "5", "accounts": mine.code, "place": "总部"}
    assert browser.post(f"/visits/{row.pk}/edit/", {**edited, "version": "1"}).status_code == 409
    assert browser.post(f"/visits/{row.pk}/edit/", edited).status_code == 302
    assert Visit.objects.get().place == "总部"
    assert browser.post(f"/visits/{row.pk}/put-away/").status_code == 302
    assert browser.get(row.get_absolute_url()).status_code == 404
    assert browser.post(f"/visits/{row.pk}/fetch-back/").status_code == 204


def test_a_round_table_is_planned_with_accounts_a_line_each(house, client, mine, foreign):
    browser = signed_in(house, client, "director")
    form = {
        "account": mine.code, "more": f"{foreign.name}\n{mine.code}", "day": today().isoformat(), "purpose": "round_table",
        "leader": "director",
    }  # fmt: skip

    assert browser.post("/visits/new/", {**form, "more": "not an account"}).status_code == 422
    assert browser.post("/visits/new/", {**form, "companions": ["manager"]}).status_code == 422
    assert browser.post("/visits/new/", form).status_code == 302
    assert {part.account for part in Visit.objects.get().parts.all()} == {mine, foreign}


def test_a_result_is_written_down_with_promise_and_next_step_and_once(browser, manager, mine, planned, known):
    row, person = planned(manager, mine, ahead=-1), known(mine, "钱总")
    said = result(mine, met=[person.pk], promise_0="三天内报价", next_0="发纪要", next_by_0="manager")

    lacking = browser.post(f"/visits/{row.pk}/hold/", said)
    assert lacking.status_code == 422
    assert set(lacking.context["form"].errors) == {"promise_due_0", "next_due_0"}
    said |= {"promise_due_0": today().isoformat(), "next_due_0": today().isoformat()}
    kept = [browser.post(f"/visits/{row.pk}/hold/", said, headers={"x-outbox": "1"}) for _n in "ab"]

    assert [each.status_code for each in kept] == [204, 204]
    assert kept[0].headers["X-Kept-At"] == row.get_absolute_url()
    assert (Promise.objects.count(), Activity.objects.filter(way="visit").count()) == (1, 1)
    page = text(browser.get(row.get_absolute_url()))
    assert all(each in page for each in ("同意备货", "三天内报价", "发纪要", "钱总"))
    assert browser.post(f"/visits/{row.pk}/hold/", {**said, "key": "other", "text": "旧的"}).status_code == 409
    assert browser.post(f"/visits/{row.pk}/take-back/").status_code == 302
    assert not Visit.objects.get().is_held


def test_a_result_that_lies_ahead_or_says_nothing_is_not_taken(browser, manager, mine, planned):
    row = planned(manager, mine, ahead=0)

    answer = browser.post(f"/visits/{row.pk}/hold/", {"version": "1", "day": (today() + DAY).isoformat()})

    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {"day", "text", f"mood_{mine.pk}"}


def test_foreign_visits_are_as_if_they_were_not_there(browser, director, foreign, planned):
    row = planned(director, foreign)

    for place in ("", "edit/", "hold/", "briefing/", "briefing.pdf", "visit.ics"):
        assert browser.get(f"/visits/{row.pk}/{place}").status_code == 404, place
    for step in ("edit", "hold", "confirm", "move", "cancel", "reopen", "take-back", "put-away", "fetch-back"):
        assert browser.post(f"/visits/{row.pk}/{step}/").status_code == 404, step
    assert foreign.name not in text(browser.get("/visits/?whose=all&view=month"))
    assert foreign.name not in text(browser.get("/visits/list/"))


def test_the_calendar_shows_a_week_or_month_of_mine_or_all(browser, manager, director, mine, planned):
    planned(manager, mine, ahead=0, topic="我的")
    planned(director, mine, ahead=0)

    assert text(browser.get("/visits/")).count('class="calendar-visit') == 1
    assert text(browser.get("/visits/?whose=people")).count('class="calendar-visit') == 2
    assert text(browser.get("/visits/?whose=all&view=month")).count('class="calendar-visit') == 2
    assert text(browser.get("/visits/?whose=all&state=confirmed")).count('class="calendar-visit') == 0
    for odd in ("0001-01-01", "9999-12-31", "x"):
        assert browser.get(f"/visits/?view=month&day={odd}").status_code == 200


def test_calendar_and_list_ask_the_same_for_one_and_for_many(
    browser, manager, mine, planned, django_assert_max_num_queries
):
    for _n in range(12):
        planned(manager, mine, ahead=0)
    browser.get("/visits/list/")

    with django_assert_max_num_queries(16):
        assert text(browser.get("/visits/?view=month")).count('class="calendar-visit') == 12
    with django_assert_max_num_queries(16):
        browser.get("/visits/list/")


def test_today_asks_for_briefing_result_agreement_and_follow_up(manager, mine, planned):
    past, soon, later = (planned(manager, mine, ahead=n) for n in (-1, 1, 5))
    planned(manager, mine, ahead=9)
    done = planned(manager, mine, ahead=-2)
    outcomes = {mine.pk: ("good", "")}
    holding.hold(manager, done.pk, 1, Result(today(), "好", (), outcomes, (), [Next("发纪要", today() + DAY, manager)]))

    asked = [(task.what, task.url) for task in waiting(manager)]

    assert asked == [
        ("Log the visit", f"/visits/{past.pk}/hold/"), ("Read the briefing", f"/visits/{soon.pk}/briefing/"),
        ("Agree the visit with the customer", later.get_absolute_url()),
        ("Do what follows the visit", done.get_absolute_url()),
    ]  # fmt: skip
    assert asked[0][1] in {task.url for task in tasks_for(manager)[:2]}


def test_it_stands_on_the_account_in_the_timeline_and_the_search(browser, manager, mine, planned):
    row = planned(manager, mine)

    page = text(browser.get(f"/accounts/{mine.code}/?tab=visits", headers={"hx-request": "true"}))
    assert row.get_absolute_url() in page
    assert row.get_absolute_url() in text(browser.get(f"/accounts-cards/{mine.pk}/"))
    [touch] = [each for each in timeline(manager, mine) if each.kind == "planned-visit"]
    assert touch.day == row.day
    assert [hit.url for hit in hits(manager, "wangji beihuo", 5)] == [row.get_absolute_url()]
    actions.cancel(manager, row.pk, row.version, "出差")
    [touch] = [each for each in timeline(manager, mine) if each.kind == "planned-visit"]
    assert "出差" in touch.what.say("en")


def test_who_may_not_change_a_visit_is_offered_no_step(house, client, director, mine, planned):
    row = planned(director, mine)
    browser = signed_in(house, client, "supply")

    for page in (f"/accounts/{mine.code}/?tab=visits", f"/accounts-cards/{mine.pk}/", row.get_absolute_url()):
        said = text(browser.get(page, headers={"hx-request": "true"} if "tab" in page else {}))
        assert row.get_absolute_url() in said or "旺季备货" in said
        assert f"/visits/{row.pk}/hold/" not in said
        assert f"/visits/{row.pk}/cancel/" not in said


def test_without_a_visit_the_account_says_by_when_one_is_due(browser, manager, planned):
    seen = Account.objects.visible_to(manager)
    account, need = next(
        (each, row) for each in seen if (row := Sheet(settings.HOME, manager, each).row("visit-need"))["next_by"]
    )

    [shown] = cards.CARDS
    assert shown.shown(manager, account)["due"] == need["next_by"]
    assert f"/visits/new/?account={account.code}" in text(browser.get(f"/accounts-cards/{account.pk}/"))
    row = planned(manager, account)
    assert shown.shown(manager, account)["visit"] == row


def test_the_demo_house_has_visits_of_every_kind_once(house):  # noqa: ARG001
    examples.plant()
    before = Visit.objects.count()
    examples.plant()

    assert Visit.objects.count() == before
    told = {row.standing for row in Visit.objects.all()}
    assert told >= {VisitStanding.HELD, VisitStanding.PLANNED, VisitStanding.CONFIRMED, VisitStanding.CANCELLED}
