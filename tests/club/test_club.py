"""Who belongs to the club by its rules, what that entitles to, and who comes to its events."""

import re
from datetime import timedelta
from decimal import Decimal

import numpy as np
import pytest
from django.utils import timezone

from house import signed_in
from vitalfew.accounts.models import Account
from vitalfew.accounts.parts import timeline
from vitalfew.approvals import actions as approvals
from vitalfew.channel.models import Mark
from vitalfew.club import actions, examples, joining, personal, questions
from vitalfew.club.effect import compared, effect
from vitalfew.club.favours import favours
from vitalfew.club.joining import Move
from vitalfew.club.models import Benefit, Event, Invited, Level, Member, Nomination, Use
from vitalfew.club.rule import Figures, Rule
from vitalfew.club.worklist import waiting
from vitalfew.contacts.models import Person
from vitalfew.outlets.search import hits
from vitalfew.people.models import AuditEntry
from vitalfew.people.permissions import Forbidden
from vitalfew.people.records import NotPossible, Stale
from vitalfew.rooms import Traces
from vitalfew.terms import Tier
from vitalfew.warehouse import scorecards
from vitalfew.warehouse.models import Scorecard

pytestmark = [pytest.mark.database, pytest.mark.django_db]
DAY = timedelta(days=1)


def today():
    return timezone.localdate()


@pytest.fixture
def director(house):
    return house.user("director")


@pytest.fixture
def mine(house):
    return Account.objects.get(code=house.mine)


def a_level(user, rank=1, **said):
    plain = {
        "name": f"金卡{rank}",
        "name_en": f"Gold {rank}",
        "mark": "金",
        "rank": rank,
        "leeway": 10,
        "grace_days": 60,
    }
    return actions.make(user, Level(**{**plain, **said}))


def card(account, **figures):
    Scorecard.objects.filter(refresh=scorecards.current(), customer=account.code).update(**figures)


def only(account, **figures):
    """Nobody else meets a rule about net sales."""
    Scorecard.objects.filter(refresh=scorecards.current()).update(revenue_12m=1.0)
    card(account, **figures)


def now(account):
    return Member.objects.current().filter(account=account).first()


@pytest.mark.parametrize(
    ("rule", "known", "met"),
    [
        (Rule(), Figures(net_sales=9e9), False),
        (Rule(net_sales=100), Figures(net_sales=100.0), True),
        (Rule(net_sales=100), Figures(net_sales=99.0), False),
        (Rule(net_sales=100), Figures(), False),
        (Rule(tiers=frozenset({Tier.MVC})), Figures(tier="mvc"), True),
        (Rule(tiers=frozenset({Tier.MVC})), Figures(tier="bz"), False),
        (Rule(years=3, agreement=True), Figures(years=3.2, agreement=True), True),
        (Rule(years=3, agreement=True), Figures(years=3.2), False),
        (Rule(contribution=-5), Figures(contribution=0.0), True),
    ],
    ids=["nothing-asked", "at-the-floor", "below", "unknown", "tier", "other-tier", "all", "one-of-two", "below-zero"],
)
def test_a_rule_is_met(rule, known, met):
    assert rule.met(known) is met


def test_what_is_missed_is_said_with_the_leeway():
    rule = Rule(net_sales=1000, years=3)

    assert not list(rule.missing(Figures(net_sales=900.0, years=3.0), 0.1))
    told = [each.say("en") for each in rule.missing(Figures(net_sales=899.0, years=2.5), 0.1)]
    assert told == ["net sales of 12 months 899 of 900", "years with us 2.5 of 3"]


def test_an_account_comes_in_by_the_rule_and_goes_first(director, mine):
    level = a_level(director, net_sales=1000)
    only(mine, revenue_12m=1000.0)

    done = joining.settle()

    member = now(mine)
    mine.refresh_from_db()
    assert done[Move.IN] == 1
    assert (member.level, member.how, member.since) == (level, "rule", today())
    assert (mine.turn, mine.goes_first_by) == (1, str(level))
    assert Mark.objects.get(account=mine).until is None
    assert AuditEntry.objects.filter(action="member-in", subject=f"account:{mine.code}").exists()
    assert joining.settle() == dict.fromkeys(Move, 0)


def test_nobody_flips_about_the_floor(director, mine):
    a_level(director, net_sales=1000)
    only(mine, revenue_12m=1000.0)
    joining.settle()

    for month, figure in enumerate((950.0, 1010.0, 905.0, 990.0), 1):
        card(mine, revenue_12m=figure)
        assert joining.settle(today() + 30 * month * DAY) == dict.fromkeys(Move, 0)
    assert Member.objects.filter(account=mine).count() == 1


def test_who_falls_below_is_told_ahead_and_stays_for_the_time_of_grace(house, director, mine):
    a_level(director, net_sales=1000)
    only(mine, revenue_12m=1000.0)
    joining.settle()
    card(mine, revenue_12m=500.0)

    assert joining.settle()[Move.WARNED] == 1
    member = now(mine)
    lines = list(waiting(house.user("manager")))
    assert member.leaves_on == today() + 60 * DAY
    assert [(line.customer, line.due) for line in lines] == [(mine.code, member.leaves_on)]
    assert joining.settle(member.leaves_on - DAY) == dict.fromkeys(Move, 0)

    assert joining.settle(member.leaves_on)[Move.GOES] == 1
    mine.refresh_from_db()
    assert now(mine) is None
    assert mine.turn is None
    assert Member.objects.get(account=mine).until == member.leaves_on


def test_who_meets_it_again_in_time_stays(director, mine):
    a_level(director, net_sales=1000)
    only(mine, revenue_12m=1000.0)
    joining.settle()
    card(mine, revenue_12m=500.0)
    joining.settle()
    card(mine, revenue_12m=950.0)

    assert joining.settle()[Move.SAFE] == 1
    assert now(mine).leaves_on is None


def test_it_rises_at_once_and_its_history_stays(director, mine):
    gold, silver = a_level(director, 1, net_sales=1000), a_level(director, 2, net_sales=100)
    only(mine, revenue_12m=150.0)
    joining.settle()
    card(mine, revenue_12m=1200.0)

    assert joining.settle(today() + DAY)[Move.RISES] == 1
    rows = list(Member.objects.filter(account=mine).order_by("pk").values_list("level", "since", "until"))
    assert rows == [(silver.pk, today(), today() + DAY), (gold.pk, today() + DAY, None)]


def test_out_of_the_higher_level_it_comes_to_the_lower_one(director, mine):
    a_level(director, 1, net_sales=1000, grace_days=0)
    silver = a_level(director, 2, net_sales=100)
    only(mine, revenue_12m=1000.0)
    joining.settle()
    card(mine, revenue_12m=150.0)

    joining.settle()
    joining.settle()

    assert now(mine).level == silver


def test_a_second_person_lets_in_beyond_the_rule(house, director, mine):
    level = a_level(director, net_sales=10**12)
    manager = house.user("manager")
    row = actions.nominate(manager, mine, level, today() + 100 * DAY, "新开三家门店")

    with pytest.raises(NotPossible):
        actions.nominate(manager, mine, level, today() + 100 * DAY, "再来一次")
    with pytest.raises(Forbidden):
        approvals.approve(manager, row.approval.pk, row.approval.version)
    approvals.approve(director, row.approval.pk, row.approval.version)

    member = now(mine)
    assert (member.level, member.how, member.held_until) == (level, "hand", today() + 100 * DAY)
    assert Nomination.objects.get().state == "approved"
    assert joining.settle(today() + 99 * DAY) == dict.fromkeys(Move, 0)
    assert joining.settle(today() + 100 * DAY)[Move.WARNED] == 1


def test_what_is_sent_back_lets_nobody_in(house, director, mine):
    level = a_level(director)
    row = actions.nominate(house.user("manager"), mine, level, today() + 100 * DAY, "新开三家门店")

    approvals.send_back(director, row.approval.pk, row.approval.version, "先看半年")

    assert now(mine) is None
    assert Nomination.objects.get().state == "returned"


def test_a_level_with_members_is_not_put_away(director, mine):
    level = a_level(director, net_sales=1000)
    only(mine, revenue_12m=1000.0)
    joining.settle()

    with pytest.raises(NotPossible):
        actions.put_away(director, Level, level.pk)
    with pytest.raises(Stale):
        actions.change(director, Level, level.pk, level.version + 1, {"name": "白金"})
    with pytest.raises(Forbidden):
        actions.put_away(mine.manager, Level, level.pk)


def test_a_merged_account_counts_no_more(house, director, mine):
    level = a_level(director)
    joining.enter(mine, level, today(), ())
    Account.everyone.filter(pk=mine.pk).update(merged_into=Account.objects.get(code=house.foreign))

    assert questions.levels(director).get().n == 0
    assert favours(today()) == {}
    assert not questions.members(director).exists()


def test_a_level_without_the_green_channel_goes_first_nowhere(director, mine):
    a_level(director, net_sales=1000, green=False)
    only(mine, revenue_12m=1000.0)
    joining.settle()

    assert favours(today()) == {}


def test_rights_and_what_was_used_are_counted(house, client, director, mine):
    level = a_level(director, net_sales=1000)
    only(mine, revenue_12m=1000.0)
    joining.settle()
    right = actions.make(director, Benefit(level=level, kind="delivery", text="免费配送", yearly_cost=Decimal(9000)))
    page_of = signed_in(house, client, "manager")

    sent = {"benefit": right.pk, "day": today().isoformat(), "cost": "120.50", "note": "赶货"}
    assert page_of.post(f"/club/uses/new/?account={mine.code}", sent).status_code == 302
    late = {**sent, "day": (today() + DAY).isoformat()}
    assert page_of.post(f"/club/uses/new/?account={mine.code}", late).status_code == 422

    costs = questions.costs([level])[level.pk]
    assert (costs.stated, costs.used, costs.times) == (Decimal(9000), Decimal("120.50"), 1)
    assert "赶货" in page_of.get(f"/accounts/{mine.code}/?tab=club").content.decode()
    assert any(touch.kind == "club" for touch in timeline(director, mine))


def test_an_event_from_its_invitations_to_who_came(house, client, director, mine):
    level = a_level(director, net_sales=1000)
    only(mine, revenue_12m=1000.0)
    joining.settle()
    event = actions.make(director, Event(title="座谈会", day=today(), level=level, place="总部"))
    page_of = signed_in(house, client, "director")

    page_of.post(f"/club/events/{event.pk}/invite/", {"level": "1"})
    page_of.post(f"/club/events/{event.pk}/invite/", {"account": mine.code})
    row = Invited.objects.get(event=event)
    assert row.account == mine
    sent = {"answer": "attended", "note": "带来两位采购", "version": row.version}
    assert page_of.post(f"/club/invitations/{row.pk}/", sent).status_code == 302

    assert questions.events(director).get(pk=event.pk).came == 1
    for tongue, said in (("zh-hans", "诚邀"), ("zh-hant", "誠邀"), ("en", "We have the honour")):
        assert said in page_of.get(f"/club/invitations/{row.pk}/letter/?in={tongue}").content.decode()


def test_nobody_came_to_what_lies_ahead(director, mine):
    event = actions.make(director, Event(title="座谈会", day=today() + DAY))
    actions.invite(director, event, [mine])
    row = Invited.objects.get()

    with pytest.raises(NotPossible):
        actions.answered(director, row.pk, row.version, {"answer": "attended"})


def test_foreign_accounts_are_not_there(house, client, director):
    foreign = Account.objects.get(code=house.foreign)
    level = a_level(director)
    joining.enter(foreign, level, today(), ())
    event = actions.make(director, Event(title="座谈会", day=today()))
    actions.invite(director, event, [foreign])
    row = Invited.objects.get()
    page_of = signed_in(house, client, "manager")

    assert page_of.get(f"/club/invitations/{row.pk}/").status_code == 404
    assert page_of.get(f"/club/invitations/{row.pk}/letter/").status_code == 404
    assert page_of.get(f"/club/uses/new/?account={foreign.code}").status_code == 404
    for page in (
        "/club/",
        "/club/members/",
        f"/club/levels/{level.pk}/",
        f"/club/events/{event.pk}/",
        "/club/invitations/",
    ):
        answer = page_of.get(page)
        assert answer.status_code == 200
        assert foreign.name not in answer.content.decode(), page
    assert page_of.post(f"/club/invitations/{row.pk}/put-away/").status_code == 404


def test_costs_are_for_who_sees_money(house, client, director):
    level = a_level(director)
    actions.make(director, Benefit(level=level, kind="delivery", text="免费配送", yearly_cost=Decimal(987654)))
    actions.make(director, Event(title="座谈会", day=today(), budget=Decimal(876543)))

    for role, seen in (("director", True), ("supply", False)):
        page_of = signed_in(house, client, role)
        pages = [
            page_of.get(path).content.decode() for path in ("/club/", f"/club/levels/{level.pk}/", "/club/events/")
        ]
        assert any(re.search(r"98\.8|987|876,543", page) for page in pages) is seen


def test_a_level_is_defined_and_previewed(house, client, mine):
    only(mine, revenue_12m=5000.0)
    page_of = signed_in(house, client, "director")
    sent = {"name": "银卡", "mark": "银", "rank": 1, "net_sales": 4000, "leeway": 10, "grace_days": 30, "green": "on"}

    assert page_of.post("/club/levels/new/", {**sent, "rank": 0}).status_code == 422
    assert page_of.post("/club/levels/new/", sent).status_code == 302
    level = Level.objects.get()
    assert page_of.post("/club/levels/new/", sent).status_code == 422
    shown = page_of.get(f"/club/levels/{level.pk}/").content.decode()
    assert mine.name in shown
    assert page_of.post("/club/settle/").status_code == 302
    assert now(mine).level == level
    stale = {**sent, "name": "铂金", "version": level.version + 5}
    assert page_of.post(f"/club/levels/{level.pk}/edit/", stale).status_code == 409


def test_lists_ask_as_often_for_many_as_for_one(house, client, director, django_assert_max_num_queries):
    level = a_level(director)
    for account in Account.objects.filter(stub=False)[:20]:
        joining.enter(account, level, today(), ())
    page_of = signed_in(house, client, "director")
    page_of.get("/club/members/")

    with django_assert_max_num_queries(14):
        assert page_of.get("/club/members/").status_code == 200


def test_a_person_is_forgotten(director, mine):
    person = Person.objects.create(name="钱多多")
    event = actions.make(director, Event(title="座谈会", day=today(), outcome="钱多多提出三点"))
    actions.invite(director, event, [mine])
    row = Invited.objects.get()
    actions.answered(director, row.pk, row.version, {"answer": "accepted", "person": person, "note": "钱多多坐首席"})
    traces = Traces(frozenset({person.pk}), frozenset(), frozenset(), frozenset({"钱多多"}), frozenset({mine.code}))

    assert {each["kind"] for each in personal.told(traces)} == {"invitation to an event", "event of the club"}
    personal.forget(traces)

    row.refresh_from_db()
    event.refresh_from_db()
    assert (row.person, "钱多多" in row.note + event.outcome) == (None, False)


def test_what_became_of_members_is_told_from_ten_a_side():
    members, others = np.log(np.linspace(1.1, 1.4, 12)), np.log(np.linspace(0.9, 1.1, 40))

    told = compared(members, others)
    assert (told.members, told.others, told.is_clear) == (12, 40, True)
    assert 0 < told.low < told.more < told.high
    assert not compared(members[:9], others).tells
    assert not compared(np.log(np.linspace(0.5, 2.0, 10)), others).is_clear


def test_the_effect_of_a_level_reads_those_who_are_in_for_long(house, director):
    level = a_level(director)
    cards = Scorecard.objects.filter(refresh=scorecards.current())
    cards.update(revenue_12m=100.0, growth=0.0)
    for place, account in enumerate(Account.objects.filter(stub=False).order_by("code")[:12]):
        joining.enter(account, level, today() - timedelta(days=200), ())
        card(account, revenue_12m=120.0 + place, growth=0.2 + place / 1000)

    told = effect(level, today())

    assert (told.members, told.tells, told.is_clear) == (12, True, True)
    assert told.others <= cards.count() - 12
    assert house.user("director")


def test_the_search_finds_levels_and_events(house, director):
    a_level(director)
    actions.make(director, Event(title="旺季座谈会", day=today()))

    assert any(hit.kind == "club event" for hit in hits(house.user("manager"), "旺季座谈会", 5))
    assert any(hit.kind == "club level" for hit in hits(house.user("manager"), "金卡1", 5))


def test_examples_stand_once(house):
    examples.plant()
    counts = [kind.objects.count() for kind in (Level, Member, Benefit, Use, Event, Invited)]
    examples.plant()

    assert counts[0] == 3
    assert counts[1] > 10
    assert all(counts[2:])
    assert counts == [kind.objects.count() for kind in (Level, Member, Benefit, Use, Event, Invited)]
    assert house.user("director").username


def test_a_membership_is_commented_by_who_sees_its_account(house, client, director, mine):
    level = a_level(director)
    foreign = Account.objects.get(code=house.foreign)
    own, theirs = (
        Member.objects.create(account=account, level=level, since=today(), why="[]") for account in (mine, foreign)
    )
    browser = signed_in(house, client, "manager")

    written = browser.post(f"/comments/on/club-member/{own.pk}/", {"text": "续期前先拜访总经理"})

    assert written.status_code == 302
    assert "续期前先拜访总经理" in browser.get(f"{mine.get_absolute_url()}?tab=club").content.decode()
    assert browser.post(f"/comments/on/club-member/{theirs.pk}/", {"text": "x"}).status_code == 404
