"""Two accounts become one and are two again: records, money, months, later imports, both engines."""

from datetime import date

import pytest
from django_tasks_db.models import DBTaskResult

from house import signed_in
from vitalfew.accounts import questions as accounts
from vitalfew.accounts import search
from vitalfew.accounts.models import Account, TeamMember
from vitalfew.activities import actions as activities
from vitalfew.activities.models import Activity
from vitalfew.contacts import sync as contacts
from vitalfew.contacts.actions import change_post
from vitalfew.contacts.models import Post
from vitalfew.duplicates import actions
from vitalfew.duplicates.models import Pair
from vitalfew.duplicates.states import Decision, Kind, State
from vitalfew.imports.actions import Job, receive
from vitalfew.imports.work import refresh_now
from vitalfew.people.models import AuditEntry
from vitalfew.people.permissions import Forbidden
from vitalfew.people.records import Stale
from vitalfew.warehouse import account_months, scorecards
from vitalfew.warehouse.engines import engine
from vitalfew.warehouse.engines.duck import DuckEngine
from vitalfew.warehouse.known import facts
from vitalfew.warehouse.models import Scorecard

pytestmark = [pytest.mark.database, pytest.mark.django_db]


@pytest.fixture
def two(house):
    """Two accounts that buy, of two managers."""
    cards = (
        Scorecard.objects.filter(refresh=scorecards.current())
        .order_by("-revenue_12m")
        .values_list("customer", flat=True)
    )
    codes = list(cards[:40])
    mine = Account.objects.filter(code__in=codes, manager=house.user("manager")).first()
    theirs = Account.objects.filter(code__in=codes, manager__username="other").first()
    return mine, theirs


@pytest.fixture
def pair(two):
    one, other = sorted(two, key=lambda each: each.pk)
    return Pair.objects.create(kind=Kind.ACCOUNT, one_account=one, other_account=other, probability=0.9, at_stake=10)


def merged(house, pair, kept="one"):
    pair.refresh_from_db()
    return actions.decide(house.user("director"), pair.pk, pair.version, Decision.SAME, kept)


def undone(house, pair):
    pair.refresh_from_db()
    return actions.undo(house.user("director"), pair.pk, pair.version)


def record(account):
    """All of an account but its version and when it changed."""
    values = Account.everyone.filter(pk=account.pk).values().get()
    return {name: value for name, value in values.items() if name not in {"version", "changed_at"}}


def belongings(account):
    return {
        "posts": sorted(Post.objects.filter(account=account).values_list("pk", "person_id", "contact_id", "told")),
        "team": sorted(TeamMember.objects.filter(account=account).values_list("pk", "user_id", "role")),
        "log": sorted(Activity.objects.filter(account=account).values_list("pk", "text", "version")),
        "children": sorted(Account.everyone.filter(parent_code=account.code).values_list("code", flat=True)),
    }


def settle(house, one, other):
    """Something of every kind at both."""
    contacts.sync(facts(house.home, DuckEngine()))
    director = house.user("director")
    for each in (one, other):
        TeamMember.objects.create(account=each, user=director, role="finance")
        activities.log(director, each, {"way": "visit", "day": date(2026, 1, 5), "text": each.code})
    TeamMember.objects.create(account=other, user=house.user("manager"), role="service")
    child = Account.objects.exclude(pk__in=[one.pk, other.pk]).first()
    Account.objects.filter(pk=child.pk).update(parent_code=other.code)
    Account.objects.filter(pk=one.pk).update(industry="", uscc="")
    Account.objects.filter(pk=other.pk).update(industry="制冷", uscc="91320505MA1AAAAAX1")


def test_what_belongs_to_one_goes_to_the_other_and_comes_back_as_it_was(house, pair):
    one, other = pair.one_account, pair.other_account
    settle(house, one, other)
    before = [(record(each), belongings(each)) for each in (one, other)]

    merged(house, pair)

    one.refresh_from_db()
    assert (one.industry, one.uscc) == ("制冷", "91320505MA1AAAAAX1")
    kept, gone = belongings(one), belongings(other)
    assert [len(kept[name]) for name in ("log", "team", "children")] == [
        2,
        2,
        sum(len(each["children"]) for _one, each in before),
    ]
    assert len(kept["posts"]) == sum(len(each["posts"]) for _record, each in before)
    assert [len(gone[name]) for name in ("log", "posts", "children")] == [0, 0, 0]
    assert [user for _pk, user, _role in gone["team"]] == [house.user("director").pk], "he is in the other team already"

    undone(house, pair)

    assert [(record(each), belongings(each)) for each in (one, other)] == before
    assert Pair.objects.get(pk=pair.pk).state == State.WAITING


def test_what_came_meanwhile_stays_and_what_was_written_over_is_kept(house, pair):
    one, other = pair.one_account, pair.other_account
    settle(house, one, other)
    merged(house, pair)
    director = house.user("director")
    late = activities.log(director, one, {"way": "call", "day": date(2026, 1, 6), "text": "later"})
    Account.objects.filter(pk=one.pk).update(industry="厨卫")
    moved = Post.objects.filter(pk__in=[int(each) for each in Pair.objects.get(pk=pair.pk).moved["posts"]]).first()
    changed = moved and change_post(director, moved.pk, moved.version, {"title": "总裁"})

    undone(house, pair)

    late.refresh_from_db()
    one.refresh_from_db()
    assert (late.account_id, one.industry) == (one.pk, "厨卫")
    if changed:
        moved.refresh_from_db()
        assert (moved.account_id, moved.title, moved.told) == (other.pk, "总裁", False)


def months(house, account):
    fresh = Account.everyone.get(pk=account.pk)
    shown = scorecards.current()
    rows = account_months.of_account(house.home, shown, scorecards.folder(house.home, shown), fresh.codes)
    return {row["month"]: round(row["amount"], 2) for row in rows if row["amount"]}


def added(*each):
    return {month: round(sum(one.get(month, 0.0) for one in each), 2) for month in {m for one in each for m in one}}


def test_money_and_months_are_one_before_and_after_the_refresh_and_two_after_undo(own_facts, pair):
    house, one, other = own_facts, pair.one_account, pair.other_account
    revenue = dict(Scorecard.objects.filter(refresh=scorecards.current()).values_list("customer", "revenue_12m"))
    apart = months(house, one), months(house, other)

    merged(house, pair)

    assert months(house, one) == pytest.approx(added(*apart))
    shown = refresh_now(house.home)
    now = dict(Scorecard.objects.filter(refresh=shown).values_list("customer", "revenue_12m"))
    assert now[one.code] == pytest.approx(revenue[one.code] + revenue[other.code])
    assert other.code not in now
    assert sum(filter(None, now.values())) == pytest.approx(sum(filter(None, revenue.values())))
    assert months(house, one) == pytest.approx(added(*apart))
    assert not Account.objects.filter(code=other.code).exists(), "the sync brings no merged account back"

    undone(house, pair)

    assert (months(house, one), months(house, other)) == apart
    shown = refresh_now(house.home)
    again = dict(Scorecard.objects.filter(refresh=shown).values_list("customer", "revenue_12m"))
    assert again == pytest.approx(revenue)


def test_a_later_import_under_the_old_code_follows_the_merge(own_facts, pair):
    house, one, other = own_facts, pair.one_account, pair.other_account
    merged(house, pair)
    before = months(house, one)
    day = scorecards.current().as_of.isoformat()
    text = f"order_id,line_no,customer,ordered_on,quantity,amount,currency\nNEW,1,{other.code},{day},1,1000,CNY\n"
    file = house.home.folder / "later.csv"
    file.write_text(text, encoding="utf-8")

    receive(Job("order-lines", file, "test"), house.home)
    refresh_now(house.home)

    after = months(house, one)
    assert sum(after.values()) - sum(before.values()) == pytest.approx(1000)
    assert not Account.objects.filter(code=other.code).exists()
    undone(house, pair)
    refresh_now(house.home)
    assert Account.objects.filter(code=other.code).exists()
    assert sum(months(house, one).values()) == pytest.approx(
        sum(before.values()) + 1000 - sum(months(house, other).values())
    )


@pytest.mark.usefixtures("a_program")
@pytest.mark.parametrize("name", ["duckdb", "spark"])
def test_facts_are_read_as_one_on_every_engine(house, pair, name):
    if name == "spark":
        pytest.importorskip("pysail")
    one, other = pair.one_account, pair.other_account
    merged(house, pair)

    with engine(name, house.home.facts) as chosen:
        source = facts(house.home, chosen)
        read = {
            table: source.frame(table, None).collect("pyarrow").to_native()
            for table in ("customers", "order_lines", "referrals")
        }

    codes = read["customers"]["customer"].to_pylist()
    assert codes.count(one.code) == 1
    assert other.code not in codes + read["customers"]["parent"].to_pylist()
    assert other.code not in read["order_lines"]["customer"].to_pylist()
    assert all(
        a != b
        for a, b in zip(
            read["referrals"]["referrer"].to_pylist(), read["referrals"]["referred"].to_pylist(), strict=True
        )
    )


def test_the_old_code_leads_to_the_one_that_stands(house, client, pair):
    one, other = pair.one_account, pair.other_account
    merged(house, pair)

    answer = signed_in(house, client, "director").get(other.get_absolute_url(), follow=True)

    assert answer.redirect_chain == [(one.get_absolute_url(), 302)]
    assert other.code in answer.content.decode()
    assert accounts.one(house.user("director"), other.code) == one
    for text in (one.code, other.code, other.name):
        assert one in accounts.found_by(house.user("director"), text), text
    assert search.matching(other.code) is not None


def test_a_merge_into_a_merged_account_is_read_through_and_undone_in_turn(house, pair):
    first, second = pair.one_account, pair.other_account
    third = Account.objects.exclude(pk__in=[first.pk, second.pk]).exclude(stub=True).order_by("-pk").first()
    low, high = sorted((first, third), key=lambda each: each.pk)
    following = Pair.objects.create(kind=Kind.ACCOUNT, one_account=low, other_account=high, probability=0.9)
    merged(house, pair)

    merged(house, following, "one" if low == third else "other")

    assert accounts.one(house.user("director"), second.code) == third
    assert set(Account.objects.get(pk=third.pk).codes) == {third.code, first.code, second.code}
    with pytest.raises(actions.NotNow):
        undone(house, pair)
    undone(house, following)
    undone(house, pair)
    assert Account.objects.filter(pk__in=[first.pk, second.pk, third.pk]).count() == 3


def test_who_may_not_see_both_sees_no_pair_and_decides_nothing(house, pair):
    assert not Pair.objects.visible_to(house.user("manager")).exists()
    with pytest.raises(Pair.DoesNotExist):
        actions.decide(house.user("manager"), pair.pk, pair.version, Decision.SAME)
    with pytest.raises(Forbidden):
        actions.decide(house.user("analyst"), pair.pk, pair.version, Decision.SAME)


def test_two_decisions_at_once_meet(house, pair):
    actions.decide(house.user("director"), pair.pk, pair.version, Decision.DIFFERENT)

    with pytest.raises(Stale):
        actions.decide(house.user("director"), pair.pk, pair.version, Decision.SAME)
    pair.refresh_from_db()
    with pytest.raises(Stale):
        actions.decide(house.user("director"), pair.pk, pair.version, Decision.SAME)


def test_each_step_is_in_the_audit_trail(house, pair):
    merged(house, pair)
    undone(house, pair)

    steps = AuditEntry.objects.order_by("number").values_list("action", flat=True)
    wanted = ["account-merge", "account-merged", "pair-change", "account-part", "account-parted", "pair-change"]
    assert [step for step in steps if step in set(wanted)] == wanted


def test_a_refresh_is_asked_for_once_however_many_merges_wait(house, pair, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        merged(house, pair)
    with django_capture_on_commit_callbacks(execute=True):
        undone(house, pair)

    assert DBTaskResult.objects.filter(task_path="vitalfew.imports.work.refresh").count() == 1
