"""On whom an account hung at each refresh, what to do, and how many hang by manager, before and after."""

import re
import shutil
from datetime import date, timedelta

import pytest
from django.conf import settings
from django.utils import timezone

from house import signed_in
from vitalfew.accounts.dependence import Stand, before_and_after, course, hanging, sentence
from vitalfew.accounts.models import Account
from vitalfew.accounts.sheet import Sheet
from vitalfew.department import hanging as department
from vitalfew.department import questions as desks
from vitalfew.handover import actions as handovers
from vitalfew.handover.words import HandoverCause
from vitalfew.people.models import User
from vitalfew.warehouse import scorecards
from vitalfew.warehouse.models import Refresh

pytestmark = [pytest.mark.database, pytest.mark.django_db]


@pytest.fixture(autouse=True)
def sums_of_ones_own(own_facts):
    for name in ("desks", "hanging"):
        for place in own_facts.home.folder.glob(f"results/*/kept/{name}*.json"):
            place.unlink()


@pytest.fixture
def found():
    """What the current refresh found: account → row."""
    table = scorecards.result(settings.HOME, scorecards.current(), "single-thread").table
    return {row["customer"]: row for row in table.to_pylist()}


def stands(*words):
    return [Stand(date(2026, month, 1), word, {}) for month, word in enumerate(words, 1)]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((), "On whom it hangs is not known yet: it comes with the next refresh"),
        (("spread",), "On several people on 1 January 2026"),
        (("spread", "spread"), "On several people, unchanged since 1 January 2026"),
        (
            ("spread", "one_contact", "one_contact"),
            "Hangs on one contact, since 1 February 2026 at the latest; before that: On several people",
        ),
        (
            ("one_contact", "spread", "one_contact"),
            "Hangs on one contact, since 1 March 2026 at the latest; before that: On several people",
        ),
    ],
)
def test_the_course_is_said_in_a_sentence(words, said):
    assert sentence(stands(*words)).say("en") == said


def test_it_stands_as_each_refresh_found_it(house, found):
    account = Account.objects.get(code=house.mine)
    past = Sheet(settings.HOME, house.user("director"), account).past

    told = course(account.code, past)

    assert [each.day for each in told] == sorted(row.as_of for row in past)
    assert told[-1].dependence == found[account.code]["dependence"]
    assert course("NOT-THERE", past) == []


def test_looking_back_sees_on_whom_accounts_hung(house):
    assert scorecards.look_back(settings.HOME) > 0

    back = Refresh.objects.filter(looks_back=True).first()
    assert scorecards.of_account(settings.HOME, back, "single-thread", house.mine)


def test_the_page_says_it_and_what_to_do(house, client, found):
    browser = signed_in(house, client, "director")
    codes = {row["advice"]: code for code, row in found.items() if Account.objects.filter(code=code).exists()}
    ways = {"meet_more": "/contacts/new/", "meet_decider": "/stakeholders/", "second_person": "?tab=team"}
    assert codes.keys() & ways.keys()
    for advice, code in codes.items():
        page = browser.get(f"/stakeholders-dependence/{code}/").content.decode()
        assert re.search(r'<ol class="course".*?</ol>', page, re.DOTALL)[0].count("<li") == 2
        assert ways.get(advice, "/activities/new/") in page


def test_an_account_nobody_is_known_at_says_how_to_begin(house, client):
    from house import ODD

    page = signed_in(house, client, "manager").get(f"/stakeholders-dependence/{ODD}/").content.decode()

    assert "请先导入客户联系人" in page
    assert client.get(f"/stakeholders-dependence/{house.foreign}/").status_code == 404


def test_money_at_stake_is_for_who_may_see_it(house, client, found):
    code = next(code for code, row in found.items() if row["money_at_stake"])
    pages = [
        signed_in(house, client, role).get(f"/stakeholders-dependence/{code}/") for role in ("director", "complaints")
    ]

    assert ['class="money"' in page.content.decode() for page in pages] == [True, False]


def test_hanging_accounts_are_those_on_one_person_or_nobody(found):
    worst = {"nobody", "one_contact", "one_owner"}

    assert set(hanging(scorecards.current())) == {code for code, row in found.items() if row["dependence"] in worst}


def test_the_department_tells_how_many_hang_now_and_did(house, client):
    manager = house.user("manager")
    mine = set(Account.objects.filter(manager=manager).values_list("code", flat=True))
    refresh = scorecards.current()
    earlier = Refresh.objects.filter(as_of__lt=refresh.as_of).order_by("as_of").first()

    told = department.by_manager(refresh)

    assert told.since == earlier.as_of
    assert told.now.get(manager.pk, 0) == len(mine & set(hanging(refresh)))
    assert told.then.get(manager.pk, 0) == len(mine & set(hanging(earlier)))
    desk = next(desk for desk in desks.with_dependence().desks if desk.user == manager)
    assert (desk.hanging, desk.hung) == (told.now.get(manager.pk, 0), told.then.get(manager.pk, 0))
    token = {"authorization": f"Bearer {house.tokens['director']}"}
    over_api = client.get("/api/v1/department", headers=token).json()
    rows = {row["manager"]: (row["hanging"], row["hung"]) for row in over_api["items"]}
    assert (over_api["hung_on"], rows["manager"]) == (str(earlier.as_of), (desk.hanging, desk.hung))
    page = signed_in(house, client, "director").get("/department/").content.decode()
    assert "系于一人" in page
    assert f"{desk.hung} → {desk.hanging}</td>" in page


KNOWN = {"single-thread": {"rows": 1}}


def test_a_past_month_that_was_looked_back_at_later_is_counted_then():
    refresh = scorecards.current()
    before = department.by_manager(refresh)
    late = Refresh.objects.create(
        as_of=refresh.as_of - timedelta(days=365), state="done", summaries=refresh.summaries, currency=refresh.currency
    )
    shutil.rmtree(scorecards.folder(settings.HOME, late), ignore_errors=True)
    shutil.copytree(scorecards.folder(settings.HOME, refresh), scorecards.folder(settings.HOME, late))

    after = department.by_manager(refresh)

    assert (after.since, after.then) == (late.as_of, after.now)
    assert before.since != after.since


def test_a_year_before_goes_before_the_oldest():
    refresh = scorecards.current()
    old = [
        Refresh.objects.create(as_of=refresh.as_of - timedelta(days=days), state="done", summaries=KNOWN)
        for days in (340, 400, 800)
    ]
    Refresh.objects.create(as_of=refresh.as_of - timedelta(days=335), state="done")

    assert department._before(refresh) == old[0]
    Refresh.objects.filter(pk=old[0].pk).delete()
    assert department._before(refresh) == old[1]


def test_without_any_refresh_nothing_is_told():
    assert department.by_manager(None) == department.Hanging({}, {}, None)


def test_a_refresh_that_did_not_ask_knows_nothing():
    bare = Refresh.objects.create(as_of=date(2020, 1, 1), state="done")

    assert hanging(bare) == []
    assert course("X", [bare]) == []


def test_a_handover_shows_it_before_and_after(house, client):
    director, other = house.user("director"), User.objects.get(username="other")
    account = Account.objects.get(code=house.mine)
    wish = handovers.Wish(other, HandoverCause.REASSIGNED, timezone.localdate() + timedelta(days=14))
    row = handovers.start(director, [account], wish)[0]
    refresh = scorecards.current()
    before, after = before_and_after(account.code, row.made_at.date())
    assert before.day == refresh.as_of
    assert after is None

    early = refresh.as_of - timedelta(days=1)
    before, after = before_and_after(account.code, early)
    assert before.day < early < after.day
    page = signed_in(house, client, "director").get(f"/handovers/{row.pk}/").content.decode()
    assert "交接前关系系于" in page
