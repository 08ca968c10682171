"""Pairs are found, shown and decided; nobody learns of a record he may not see."""

from datetime import date
from itertools import pairwise

import pytest
from django.urls import reverse

from house import signed_in
from vitalfew.accounts import search
from vitalfew.accounts.models import Account, TeamMember
from vitalfew.activities import actions as activities
from vitalfew.contacts import actions as contacts
from vitalfew.contacts.models import Person, Post
from vitalfew.duplicates import actions, finding, questions, suggestions
from vitalfew.duplicates.models import Pair
from vitalfew.duplicates.states import Decision, Kind, State
from vitalfew.duplicates.worklist import waiting
from vitalfew.people.models import AuditEntry
from vitalfew.warehouse import scorecards
from vitalfew.warehouse.models import Scorecard

pytestmark = [pytest.mark.database, pytest.mark.django_db]
NAME = "苏州澄岚电器有限公司"


def account(house, code, name, manager="manager", **fields):
    made = Account.objects.create(
        code=code, name=name, manager=house.user("manager") if manager == "manager" else None, **fields
    )
    search.index([made])
    return made


@pytest.fixture
def twins(house):
    return account(house, "TW-1", NAME), account(house, "TW-2", "蘇州市澄嵐電器有限責任公司")


@pytest.fixture
def pair(twins):
    finding.find()
    return Pair.objects.get(one_account=twins[0], other_account=twins[1])


def ask(house, client, role, name, *args, **kwargs):
    return signed_in(house, client, role).get(reverse(name, args=args), **kwargs)


def decided(house, client, pair, decision, role="manager", **sent):
    data = {"version": pair.version, "decision": decision, **sent}
    return signed_in(house, client, role).post(reverse("duplicate-decide", args=[pair.pk]), data)


def test_a_pair_is_found_once_with_its_reasons_and_the_money_of_both(twins):
    Scorecard.objects.create(refresh=scorecards.current(), customer="TW-1", revenue_12m=500)
    Scorecard.objects.create(refresh=scorecards.current(), customer="TW-2", revenue_12m=250)

    finding.find()

    pair = Pair.objects.get(one_account=twins[0])
    assert pair.at_stake == 750
    assert [message.say("en") for _good, message in questions.reasons(pair)] == [
        "The names are equal but for the legal form and the way of writing"
    ]
    assert finding.find() == 0


def test_what_was_told_apart_is_never_asked_again_and_what_is_no_longer_likely_goes(house, pair):
    actions.decide(house.user("manager"), pair.pk, pair.version, Decision.DIFFERENT)
    finding.find()
    pair.refresh_from_db()
    assert pair.state == State.DIFFERENT

    actions.undo(house.user("manager"), pair.pk, pair.version)
    Account.objects.filter(code="TW-2").update(name="广州瑞丰教育科技有限公司")
    finding.find()

    assert not Pair.objects.filter(pk=pair.pk).exists()


def test_what_was_put_off_waits_again_on_its_day(house, pair):
    actions.decide(house.user("manager"), pair.pk, pair.version, Decision.LATER)
    finding.find()
    pair.refresh_from_db()
    assert pair.state == State.LATER

    Pair.objects.filter(pk=pair.pk).update(until="2020-01-01")
    finding.find()

    pair.refresh_from_db()
    assert (pair.state, pair.until) == (State.WAITING, None)


def test_a_mail_domain_of_many_companies_says_nothing(house):
    director, some = house.user("director"), Account.objects.exclude(stub=True)[:8]
    for each in some:
        contacts.add(director, each, {"name": "甲", "email": f"{each.pk}@post.example"}, {})

    reached = finding._reached()

    assert all("post.example" not in reached[each.pk].domains for each in some)


def test_a_company_and_its_subsidiary_are_no_pair(house):
    account(house, "TW-1", NAME)
    account(house, "TW-2", NAME, parent_code="TW-1")

    finding.find()

    assert not Pair.objects.filter(one_account__code="TW-1").exists()


def test_the_page_shows_both_side_by_side_and_leads_to_the_next(house, client, pair):
    page = ask(house, client, "manager", "duplicate", pair.pk)
    text = page.content.decode()
    assert page.status_code == 200
    assert all(each in text for each in (NAME, "TW-1", "TW-2"))

    answer = decided(house, client, pair, "same", kept="other")

    assert answer.status_code == 302
    one = Account.everyone.get(code="TW-1")
    assert one.merged_into.code == "TW-2"
    page = ask(house, client, "manager", "duplicate", pair.pk)
    assert reverse("duplicate-undo", args=[pair.pk]) in page.content.decode()
    back = signed_in(house, client, "manager").post(reverse("duplicate-undo", args=[pair.pk]))
    assert back.status_code == 302
    assert Account.objects.filter(code__in=("TW-1", "TW-2")).count() == 2


@pytest.mark.parametrize(
    ("sent", "status"), [({"decision": "nonsense"}, 422), ({"decision": "same", "version": "x"}, 409), ({}, 422)]
)
def test_bad_input_is_told_and_nothing_is_merged(house, client, pair, sent, status):
    data = {"version": pair.version, **sent}

    answer = signed_in(house, client, "manager").post(reverse("duplicate-decide", args=[pair.pk]), data)

    assert answer.status_code == status
    assert Account.objects.filter(code__in=("TW-1", "TW-2")).count() == 2


def test_a_decision_of_somebody_else_is_shown_instead(house, client, pair):
    actions.decide(house.user("director"), pair.pk, pair.version, Decision.DIFFERENT)

    answer = decided(house, client, pair, "same")

    assert answer.status_code == 409
    assert "director" in answer.content.decode()


def test_a_pair_with_a_foreign_record_is_not_there_anywhere(house, client, pair):
    Account.objects.filter(code="TW-2").update(manager=None)

    assert ask(house, client, "manager", "duplicate", pair.pk).status_code == 404
    assert decided(house, client, pair, "same").status_code == 404
    assert signed_in(house, client, "manager").post(reverse("duplicate-undo", args=[pair.pk])).status_code == 404
    shown = ask(house, client, "manager", "duplicates").content.decode()
    assert "TW-2" not in shown
    assert "澄嵐" not in shown
    assert questions.waiting(house.user("manager")) == 0
    TeamMember.objects.create(account_id=pair.other_account_id, user=house.user("manager"), role="sales")
    assert ask(house, client, "manager", "duplicate", pair.pk).status_code == 200


def test_today_counts_the_pairs_that_wait_and_names_no_amount(house, pair):
    Pair.objects.filter(pk=pair.pk).update(at_stake=100)

    (task,) = waiting(house.user("manager"))

    assert (task.effect, task.why.figures["n"].value) == (None, 1)
    assert list(waiting(house.user("analyst"))) == []


@pytest.mark.usefixtures("pair")
def test_the_list_filters_finds_exports_and_asks_as_much_for_one_as_for_many(
    house, client, django_assert_max_num_queries
):
    director = signed_in(house, client, "director")
    url = reverse("duplicates")
    found = director.get(url, {"state": "waiting", "q": "chenglan"}).content.decode()
    assert "TW-1" not in found
    assert NAME in found
    assert NAME not in director.get(url, {"state": "different"}).content.decode()
    book = b"".join(director.get(url, {"format": "csv"}).streaming_content).decode()
    assert "TW-1" in book
    for number in range(30):
        account(
            house, f"TW-A{number}", f"杭州{'甲乙丙丁戊己庚辛壬癸'[number % 10]}{'澄岚'[number % 2]}{number}电器有限公司"
        )
    others = list(Account.objects.filter(code__startswith="TW-A").order_by("pk"))
    Pair.objects.bulk_create(
        Pair(kind=Kind.ACCOUNT, one_account=a, other_account=b, probability=0.6) for a, b in pairwise(others)
    )
    with django_assert_max_num_queries(20):
        director.get(url)


def test_while_a_name_is_typed_only_ones_own_records_are_shown(house, client, twins):
    Account.objects.filter(code="TW-2").update(manager=None)
    manager, director = house.user("manager"), house.user("director")

    assert [each.code for each in suggestions.accounts_like(manager, "苏州澄岚电器")] == ["TW-1"]
    assert {each.code for each in suggestions.accounts_like(director, "苏州呈岚电器有限公司")} == {"TW-1", "TW-2"}
    assert suggestions.accounts_like(manager, NAME, but=twins[0].pk) == []
    shown = signed_in(house, client, "manager").get(reverse("duplicates-like-account"), {"name": NAME}).content.decode()
    assert "TW-1" in shown
    assert "TW-2" not in shown
    for odd in ("", "x", "'\";--", "a" * 999, "%"):
        assert (
            signed_in(house, client, "manager")
            .get(reverse("duplicates-like-account"), {"name": odd, "but": odd})
            .status_code
            == 200
        )


@pytest.fixture
def people(house):
    """One person twice at one account, known under the same number."""
    mine, director = Account.objects.get(code=house.mine), house.user("director")
    first = contacts.add(director, mine, {"name": "王晓峰"}, {"title": "采购总监"}, [("mobile", "13800001111")])
    second = contacts.add(
        director,
        mine,
        {"name": "王小峰", "wechat": "wxf"},
        {"title": "总监"},
        [("mobile", "138-0000-1111"), ("office", "0215555666")],
    )
    activities.log(director, mine, {"way": "visit", "day": date(2026, 1, 5), "text": "a", "person": second.person})
    return first, second


def state_of(person):
    """All of a person but its version and when it changed, and what belongs to it."""
    own = {
        name: value
        for name, value in Person.objects.filter(pk=person.pk).values().get().items()
        if name not in {"version", "changed_at"}
    }
    posts = list(Post.objects.filter(person=person).order_by("pk").values_list("pk", "put_away_at", "told"))
    return (
        own,
        posts,
        sorted(person.phones.values_list("pk", "number")),
        sorted(person.activities.values_list("pk", flat=True)),
    )


def test_a_person_known_twice_becomes_one_and_two_again(house, client, people):
    first, second = (post.person for post in people)
    finding.find()
    pair = Pair.objects.get(one_person=first, other_person=second)
    before = state_of(first), state_of(second)

    actions.decide(house.user("manager"), pair.pk, pair.version, Decision.SAME)

    first.refresh_from_db()
    assert (first.wechat, [each.number for each in first.phones.all()]) == ("wxf", ["13800001111", "0215555666"])
    assert first.activities.count() == 1
    at = reverse("contact", args=[second.pk])
    assert signed_in(house, client, "manager").get(at, follow=True).redirect_chain == [(first.get_absolute_url(), 302)]
    shown = [post.pk for post in Post.objects.visible_to(house.user("manager")).filter(person=first)]
    assert shown == [people[0].pk], "one post at one account"

    pair.refresh_from_db()
    actions.undo(house.user("manager"), pair.pk, pair.version)

    assert (state_of(first), state_of(second)) == before


def test_of_people_the_trail_says_no_names(house, people):
    finding.find()
    pair = Pair.objects.get(kind=Kind.PERSON, one_person=people[0].person)

    actions.decide(house.user("director"), pair.pk, pair.version, Decision.SAME)

    entry = AuditEntry.objects.filter(action="person-merge").get()
    assert "王" not in str(entry.changes) + entry.subject
