"""A purchase is accompanied from before it until the goods are used no more; what is missed late is reported."""

from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from django.utils import timezone

from house import signed_in
from vitalfew.accounts.models import Absence, Account, TeamMember
from vitalfew.accounts.parts import timeline
from vitalfew.accounts.spans import months_later
from vitalfew.handover.along import told as going_along
from vitalfew.imports.actions import Job, receive
from vitalfew.journeys import actions, alarming, checking, composing, figures, following, personal, questions
from vitalfew.journeys.background import followed
from vitalfew.journeys.due import due
from vitalfew.journeys.figures import Compared, Share, Verdict
from vitalfew.journeys.models import Check, Journey, Suggestion
from vitalfew.journeys.worklist import waiting
from vitalfew.outlets.search import hits
from vitalfew.people.models import AuditEntry, User
from vitalfew.people.permissions import Forbidden
from vitalfew.people.records import NotPossible, Stale
from vitalfew.promises.models import Promise
from vitalfew.rooms import Traces
from vitalfew.warehouse import scorecards
from vitalfew.warehouse.models import Scorecard
from vitalfew.workdays import Calendar

pytestmark = [pytest.mark.database, pytest.mark.django_db]
DAY = timedelta(days=1)
POINTS = (
    ("before", "需求确认", "sales", "opening", 3, None, True),
    ("during", "排产确认", "production", "order", 5, None, True),
    ("after", "验收回访", "service", "delivery", 3, None, True),
    ("after", "操作培训", "service", "check", 10, None, True),
    ("use", "巡检", "service", "delivery", 0, 3, True),
)


def today():
    return timezone.localdate()


@pytest.fixture
def director(house):
    return house.user("director")


@pytest.fixture
def manager(house):
    return house.user("manager")


@pytest.fixture
def mine(house):
    return Account.objects.get(code=house.mine)


@pytest.fixture
def template(director):
    made = composing.define(director, {"name": "大单全程服务", "about": ""})
    for place, line in enumerate(POINTS):
        a_point(director, made, place, *line)
    return made


def a_point(user, template, place, stage, title, function, after, days, months, must, **more):
    said = {
        "stage": stage, "place": place, "title": title, "function": function, "after": after, "days": days, "months": months,
        "must": must, **more,
    }  # fmt: skip
    return composing.PARTS.put_in(user, template.pk, "check", said)


def begun(user, account, template, **said):
    plain = {"title": "首批进货", "owner": user, "opened_on": today() - 60 * DAY}
    return actions.begin(user, account, template, plain | said)


def delivered(user, account, template, ago=40, **said):
    """Ordered and delivered so many days ago, the checks before it done in time."""
    day = today() - ago * DAY
    row = begun(user, account, template, opened_on=day - 20 * DAY, ordered_on=day - 9 * DAY, delivered_on=day, **said)
    for title in ("需求确认", "排产确认"):
        check = the(row, title)
        checking.do(user, check.pk, check.version, on=min(check.due, today()))
    return row


def the(row, title, number=1):
    return Check.objects.get(journey=row, title=title, round=number, put_away_at=None)


@pytest.mark.parametrize(
    ("anchor", "days", "months", "told"),
    [
        (None, 3, None, None),
        (date(2026, 3, 6), 1, None, date(2026, 3, 9)),
        (date(2026, 3, 6), 0, None, date(2026, 3, 6)),
        (date(2026, 1, 31), 0, 1, date(2026, 2, 28)),
        (date(2026, 8, 1), 0, 2, date(2026, 10, 8)),
    ],
    ids=["not-come", "over-the-weekend", "at-once", "worked-saturday", "after-the-festival"],
)
def test_a_day_follows_from_another(anchor, days, months, told):
    assert due(anchor, Calendar("CN"), days, months) == told


def test_a_month_later_of_a_long_month():
    assert months_later(date(2027, 10, 31), 4) == date(2028, 2, 29)


def test_a_journey_takes_the_checks_of_its_template_and_finds_who_does_them(house, manager, mine, template):
    service = house.user("complaints")
    TeamMember.objects.create(account=mine, user=service, role="service")

    row = begun(manager, mine, template, ordered_on=today() - 10 * DAY)

    checks = list(Check.objects.filter(journey=row).in_order())
    assert [each.title for each in checks] == [line[1] for line in POINTS]
    assert [each.owner for each in checks] == [manager, manager, service, service, service]
    assert [each.due is None for each in checks] == [False, False, True, True, True]
    assert (Journey.objects.get().stage, Journey.objects.get().standing.value) == ("before", "late")
    assert AuditEntry.objects.filter(action="journey-add", subject=f"journey:{row.pk}").exists()


def test_there_is_one_journey_for_an_order(manager, mine, template):
    row = begun(manager, mine, template, order="A-1")
    with pytest.raises(NotPossible):
        begun(manager, mine, template, order="A-1")

    actions.put_away(manager, row.pk)
    begun(manager, mine, template, order="A-1")
    with pytest.raises(NotPossible):
        actions.fetch_back(manager, row.pk)


def test_what_began_late_is_late_with_nothing(manager, mine, template):
    row = begun(
        manager, mine, template, opened_on=today(), ordered_on=today() - 30 * DAY, delivered_on=today() - 20 * DAY
    )

    assert set(Check.objects.filter(journey=row).values_list("stage", flat=True)) == {"during", "after", "use"}
    assert min(Check.objects.filter(journey=row, due__isnull=False).values_list("due", flat=True)) > today()
    assert actions.differences(row) == {"new": 0, "gone": 0, "changed": 0}


def test_a_template_without_checks_begins_nothing(director, manager, mine):
    bare = composing.define(director, {"name": "空", "about": ""})

    with pytest.raises(NotPossible):
        begun(manager, mine, bare)
    assert not Journey.objects.exists()


def test_the_stage_goes_on_as_checks_are_done(manager, mine, template):
    row = delivered(manager, mine, template)
    check = the(row, "验收回访")
    assert Journey.objects.get().stage == "after"
    assert the(row, "操作培训").due is None

    done = checking.do(manager, check.pk, check.version, on=today() - DAY, note="齐全")

    assert (done.state, done.settled_by, done.in_time) == ("fine", manager, False)
    assert the(row, "操作培训").due > today() - DAY
    later = the(row, "操作培训")
    checking.do(manager, later.pk, later.version, on=today())
    assert Journey.objects.get().stage == "use"
    with pytest.raises(NotPossible):
        checking.do(manager, check.pk, done.version, on=today())


def test_nothing_is_done_on_a_day_to_come_or_over_somebody_else(manager, mine, template):
    check = the(delivered(manager, mine, template), "验收回访")

    with pytest.raises(NotPossible):
        checking.do(manager, check.pk, check.version, on=today() + DAY)
    with pytest.raises(Stale):
        checking.do(manager, check.pk, check.version + 1, on=today())
    with pytest.raises(NotPossible):
        checking.do(manager, check.pk, check.version, on=today(), result="trouble")


def test_evidence_is_asked_for(director, manager, mine, template):
    a_point(director, template, 30, "after", "安装确认", "service", "delivery", 5, None, True, evidence=True)
    check = the(delivered(manager, mine, template), "安装确认")

    with pytest.raises(NotPossible):
        checking.do(manager, check.pk, check.version, on=today())
    done = checking.do(manager, check.pk, check.version, on=today(), file=("确认单.txt", "已签字".encode()))

    assert (done.file.name, done.file.account) == ("确认单.txt", mine)


def test_trouble_becomes_a_promise_in_the_same_step(manager, mine, template):
    check = the(delivered(manager, mine, template, order="B-7"), "验收回访")

    done = checking.do(
        manager, check.pk, check.version, on=today(), result="trouble", note="两台破损", promise="五天内换货",
        promise_due=today() + 5 * DAY,
    )  # fmt: skip

    promise = Promise.objects.get()
    assert done.promise == promise
    assert (promise.reference, promise.department, promise.origin, promise.owner) == (
        "B-7",
        "service",
        "service",
        manager,
    )


def test_what_is_left_out_says_why_and_can_be_taken_back(manager, mine, template):
    row = delivered(manager, mine, template)
    check = the(row, "验收回访")

    left = checking.leave_out(manager, check.pk, check.version, why="客户要求年底后")
    assert (left.state, left.note) == ("left-out", "客户要求年底后")
    assert Check.objects.gaps(today()).get(pk=check.pk).gap.value == "left-out"

    back = checking.reopen(manager, check.pk)
    assert (back.state, back.note, back.settled_by, the(row, "操作培训").due) == ("open", "", None, None)


def test_what_is_in_use_is_looked_at_again_and_again(manager, mine, template):
    row = delivered(manager, mine, template, ago=100)
    check = the(row, "巡检")
    checking.do(manager, check.pk, check.version, on=today() - DAY)

    again = the(row, "巡检", 2)
    assert again.due >= months_later(today() - DAY, 3)
    assert (again.owner, again.state) == (check.owner, "open")

    checking.reopen(manager, check.pk)
    assert not Check.objects.filter(journey=row, round=2, put_away_at=None).exists()
    check.refresh_from_db()
    checking.do(manager, check.pk, check.version, on=today())
    later = the(row, "巡检", 2)
    checking.do(manager, later.pk, later.version, on=today())
    with pytest.raises(NotPossible):
        checking.reopen(manager, check.pk)


def test_with_nothing_left_to_do_a_journey_is_complete(director, manager, mine):
    short = composing.define(director, {"name": "简", "about": ""})
    a_point(director, short, 1, "before", "需求确认", "sales", "opening", 3, None, True)
    row = begun(manager, mine, short)
    check = the(row, "需求确认")

    checking.do(manager, check.pk, check.version, on=today())
    row.refresh_from_db()
    assert (row.closed_on, row.end) == (today(), "complete")

    checking.reopen(manager, check.pk)
    row.refresh_from_db()
    assert (row.closed_on, row.end) == (None, "")


def test_closing_leaves_out_what_should_have_been_done(manager, mine, template):
    row = delivered(manager, mine, template, ago=30)
    version = Journey.objects.get().version

    closed = actions.close(manager, row.pk, version, on=today(), end="replaced", why="以旧换新")

    assert (closed.end, closed.standing.value, closed.next_due) == ("replaced", "closed", None)
    assert [the(row, title).state for title in ("验收回访", "操作培训", "巡检")] == ["left-out", "left-out", "ended"]
    back = actions.reopen(manager, row.pk)
    assert (back.closed_on, the(row, "验收回访").state, the(row, "巡检").state) == (None, "open", "open")


def test_of_a_cancelled_order_only_what_was_late_counts(manager, mine, template):
    row = begun(manager, mine, template, ordered_on=today())

    actions.close(manager, row.pk, row.version, on=today(), end="cancelled", why="客户取消")

    assert [each.state for each in Check.objects.filter(journey=row).in_order()] == ["left-out", *["ended"] * 4]


def test_a_running_journey_keeps_its_edition_until_it_is_moved(director, manager, mine, template):
    row = delivered(manager, mine, template)
    points = {each.title: each for each in template.checkpoints.all()}
    composing.PARTS.change(director, "check", points["验收回访"].pk, 1, {"days": 8})
    composing.PARTS.take_out(director, "check", points["操作培训"].pk)
    a_point(director, template, 40, "after", "安装确认", "service", "delivery", 5, None, True)
    template.refresh_from_db()
    before = the(row, "验收回访").due

    assert (template.edition, Journey.objects.get().edition, the(row, "验收回访").days) == (2, 1, 3)
    assert actions.differences(Journey.objects.get()) == {"new": 1, "gone": 1, "changed": 1}
    moved = actions.renew(manager, row.pk)

    assert moved.edition == 2
    assert the(row, "验收回访").due > before
    assert the(row, "安装确认").due is not None
    assert the(row, "需求确认").state == "fine"
    assert not Check.objects.filter(journey=row, title="操作培训", put_away_at=None).exists()


def test_a_journey_is_handed_on_with_its_open_checks(house, manager, mine, template):
    row = delivered(manager, mine, template)
    other = house.user("complaints")
    before = Journey.objects.get().version

    actions.hand_on(manager, row.pk, before, owner=other)

    assert set(Check.objects.filter(journey=row).values_list("state", "owner__username")) == {
        ("fine", "manager"), ("open", "complaints"),
    }  # fmt: skip


def test_who_may_not_does_nothing(house, manager, mine, template):
    row = begun(manager, mine, template)
    analyst, other = house.user("analyst"), User.objects.get(username="other")

    with pytest.raises(Forbidden):
        actions.close(analyst, row.pk, 1, on=today(), end="other", why="x")
    with pytest.raises(Forbidden):
        composing.define(manager, {"name": "x", "about": ""})
    with pytest.raises(Check.DoesNotExist):
        checking.do(other, the(row, "需求确认").pk, 1, on=today())
    with pytest.raises(Forbidden):
        checking.do(house.user("portal"), the(row, "需求确认").pk, 1, on=today())


HEADING = "order_id,line_no,customer,ordered_on,product,quantity,amount,promised_on,delivered_on"


def ordered(house, tmp_path, *lines):
    file = tmp_path / "more.csv"
    file.write_text("\n".join([HEADING, *lines]), encoding="utf-8")
    receive(Job("order-lines", file, "test"), house.home)


def test_days_follow_from_the_facts(own_facts, tmp_path, manager, mine, template):
    row = begun(manager, mine, template, order="J-1")
    day = today() - 20 * DAY
    promised = day + 5 * DAY
    lines = (
        f"J-1,1,{mine.code},{day},,1,100,{promised},{day + 4 * DAY}",
        f"J-1,2,{mine.code},{day},,1,100,{promised},",
    )
    ordered(own_facts, tmp_path, *lines)

    followed.func()

    row.refresh_from_db()
    assert (row.ordered_on, row.promised_on, row.delivered_on) == (day, promised, None)
    assert the(row, "排产确认").due is not None
    ordered(own_facts, tmp_path, f"J-1,2,{mine.code},{day},,1,100,{promised},{day + 7 * DAY}")
    following.follow()
    row.refresh_from_db()
    assert row.delivered_on == day + 7 * DAY
    assert the(row, "验收回访").due > row.delivered_on
    assert following.follow() == 0


def test_of_somebody_else_s_order_nothing_is_told(own_facts, tmp_path, manager, mine, template):
    row = begun(manager, mine, template, order="J-2")
    ordered(own_facts, tmp_path, f"J-2,1,{own_facts.foreign},{today() - 9 * DAY},,1,100,,")

    following.follow()

    row.refresh_from_db()
    assert (row.ordered_on, row.family) == (None, "")


def test_large_orders_and_new_families_suggest_a_journey(own_facts, tmp_path, director, mine, template):
    refresh = scorecards.current()
    Scorecard.objects.filter(refresh=refresh).update(tier="")
    Scorecard.objects.filter(refresh=refresh, customer=mine.code).update(tier="mvc")
    following.follow()
    before = set(Suggestion.objects.values_list("order", flat=True))
    products = tmp_path / "products.csv"
    products.write_text("product,name,category\nP-NEW,新品,全新品类", encoding="utf-8")
    receive(Job("products", products, "test"), own_facts.home)
    ordered(
        own_facts, tmp_path, f"BIG-1,1,{mine.code},{refresh.as_of},,1,999999999,,",
        f"NEW-1,1,{mine.code},{refresh.as_of - DAY},P-NEW,1,50,,",
    )  # fmt: skip

    following.follow()

    found = {row.order: row for row in Suggestion.objects.exclude(order__in=before)}
    assert {order: (row.kind, row.family) for order, row in found.items()} == {
        "BIG-1": ("large", ""), "NEW-1": ("family", "全新品类"),
    }  # fmt: skip
    assert found["BIG-1"].usual < 999999999
    made = actions.begin_suggested(director, [row.pk for row in found.values()], template)
    assert {row.order: row.began for row in made} == {"BIG-1": "large", "NEW-1": "family"}
    assert actions.begin_suggested(director, [row.pk for row in found.values()], template) == []
    assert not Suggestion.objects.filter(order__in=found, state="waiting").exists()
    following.follow()
    assert set(Suggestion.objects.exclude(order__in=before).values_list("state", flat=True)) == {"taken"}


def a_suggestion(account, **said):
    plain = {"order": "S-1", "kind": "large", "ordered_on": today(), "amount": 5000, "usual": 900, "currency": "CNY"}
    return Suggestion.objects.create(account=account, **(plain | said))


def test_a_suggestion_is_turned_down_and_asked_again(manager, mine, house):
    row = a_suggestion(mine)
    foreign = a_suggestion(Account.objects.get(code=house.foreign), order="S-2")

    assert actions.decline(manager, [row.pk, foreign.pk]) == 1
    assert not questions.waiting_suggestions(manager).exists()
    foreign.refresh_from_db()
    assert foreign.state == "waiting"
    assert actions.ask_again(manager, [row.pk]) == 1


@pytest.mark.parametrize(
    ("late", "early", "verdict"),
    [
        ((2, 9), (40, 40), "few"),
        ((8, 10), (9, 10), "alike"),
        ((10, 40), (36, 40), "less"),
        ((39, 40), (20, 40), "more"),
    ],
    ids=["few", "alike", "less", "more"],
)
def test_late_stages_are_compared_with_early_ones(late, early, verdict):
    both = Compared(Share("", *early), Share("", *late))

    assert both.verdict is Verdict(verdict)
    assert (both.difference is None) is (verdict == "few")


def test_a_share_counts_what_fell_due(manager, mine, template):
    row = delivered(manager, mine, template, ago=40)
    done, spared = the(row, "验收回访"), the(row, "操作培训")
    checking.do(manager, done.pk, done.version, on=today())
    spared.refresh_from_db()
    checking.do(manager, spared.pk, spared.version, on=today(), result="spared", note="客户自行培训")

    stages = figures.by_stage(figures.judged(Check.objects.visible_to(manager), today() - 365 * DAY, today()))

    assert {each.of.value: (each.done, each.judged) for each in stages} == {
        "before": (1, 1), "during": (1, 1), "after": (0, 1), "use": (0, 0),
    }  # fmt: skip
    assert stages[-1].rate is None
    assert stages[-1].interval is None


def test_gaps_by_which_most_is_at_stake_come_first_and_unknown_ones_last(director, house, mine, template):
    foreign = Account.objects.get(code=house.foreign)
    for account, stake, ago in ((foreign, None, 50), (mine, 1000.0, 40)):
        Scorecard.objects.filter(customer=account.code).update(at_stake=stake)
        delivered(director, account, template, ago=ago)

    assert [row.account for row in questions.gaps(director)] == [mine, foreign]


def test_nothing_done_since_delivery_is_a_gap_of_its_own(manager, mine, template):
    row = delivered(manager, mine, template, ago=40)
    assert questions.gaps(manager).get().gap.value == "not-begun"
    assert questions.gaps(manager).gap("not-begun").count() == 1

    training = the(row, "操作培训")
    checking.do(manager, training.pk, training.version, on=today())
    assert questions.gaps(manager).get().gap.value == "overdue"


def test_today_tells_one_line_an_account(house, director, manager, mine, template):
    for title in ("一", "二"):
        delivered(manager, mine, template, title=title)

    (line,) = [each for each in waiting(manager) if each.customer == mine.code]
    assert line.what == "Check how the customer is served"
    assert "2 checks" in line.why.say("en")
    (late,) = list(waiting(director))
    assert late.why.say("en") == f"1 colleague is late with 2 checks at 1 account; {manager.name} with 2"
    assert list(waiting(house.user("marketing"))) == []


def test_who_stands_in_is_told_what_waits_for_who_is_away(house, manager, mine, template):
    delivered(manager, mine, template)
    supply = house.user("supply")
    assert not list(waiting(supply))

    Absence.objects.create(user=manager, deputy=supply, since=today(), until=today() + DAY, made_by="t", changed_by="t")

    assert [each.customer for each in waiting(supply)] == [mine.code]


def test_today_asks_once_however_many_checks(manager, mine, template, django_assert_num_queries):
    for number in range(3):
        delivered(manager, mine, template, title=str(number))

    with django_assert_num_queries(1):
        list(waiting(manager))


def test_a_late_check_after_delivery_raises_an_alarm(manager, mine, template):
    row = delivered(manager, mine, template)
    check = the(row, "验收回访")

    (matter,) = list(alarming.overdue(5, None))
    assert (matter.account, matter.concerned, matter.until) == (mine.code, ("manager",), None)
    assert list(alarming.overdue(365, None)) == []

    checking.do(manager, check.pk, check.version, on=today())
    assert list(alarming.overdue(5, None)) == []
    (ended,) = list(alarming.overdue(5, today() - DAY))
    assert ended.until == today()


def test_it_is_found_told_on_the_timeline_and_goes_to_the_successor(house, manager, mine, template):
    row = delivered(manager, mine, template, order="FIND-ME")

    assert row.get_absolute_url() in {hit.url for hit in hits(manager, "FIND-ME", 5)}
    assert hits(User.objects.get(username="other"), "FIND-ME", 5) == []
    told = {touch.what.say("en") for touch in timeline(manager, mine) if touch.kind == "journey"}
    assert {"A service journey began: 首批进货", f"{manager.name} checked, all fine: 需求确认"} <= told
    moving = SimpleNamespace(account=mine, giver=manager, successor=house.user("director"))
    assert dict(going_along(moving)) == {"Service journeys": 1, "Checks of service journeys": 3}


def test_a_person_is_forgotten_in_what_was_found(manager, mine, template):
    row = delivered(manager, mine, template)
    check = the(row, "验收回访")
    checking.do(manager, check.pk, check.version, on=today(), note="张三丰说附件齐全")
    traces = Traces(frozenset(), frozenset(), frozenset(), frozenset({"张三丰"}), frozenset({mine.code}))

    assert [each["note"] for each in personal.told(traces)] == ["张三丰说附件齐全"]
    personal.forget(traces)
    check.refresh_from_db()
    assert check.note == "▇▇说附件齐全"
    assert list(personal.told(traces)) == []


def test_a_merged_account_is_shown_no_more(director, manager, mine, house, template):
    delivered(manager, mine, template)
    Account.everyone.filter(pk=mine.pk).update(merged_into=Account.objects.get(code=house.foreign))

    assert not questions.journeys(director).exists()
    assert not questions.checks(director).exists()


def test_the_steps_are_taken_on_pages(house, client, mine, template):
    browser = signed_in(house, client, "manager")
    begin = {
        "template": template.pk,
        "title": "首批进货",
        "owner": "manager",
        "opened_on": today() - 9 * DAY,
        "order": "P-1",
    }

    refused = browser.post(f"/journeys/new/?account={mine.code}", {**begin, "opened_on": today() + DAY})
    assert refused.status_code == 422
    assert browser.post(f"/journeys/new/?account={mine.code}", begin).status_code == 302
    assert browser.post(f"/journeys/new/?account={mine.code}", begin).status_code == 422
    row = Journey.objects.get()
    assert (row.began, row.account) == ("order", mine)
    check = the(row, "需求确认")
    assert browser.post(f"/journeys/checks/{check.pk}/fine/").headers["Location"] == row.get_absolute_url()
    page = browser.get(row.get_absolute_url()).content.decode()
    assert f"/journeys/checks/{check.pk}/reopen/" in page
    other = the(row, "排产确认")
    path = f"/journeys/checks/{other.pk}/do/"
    said = {"version": 1, "result": "trouble", "on": today(), "note": ""}
    assert browser.post(path, said).status_code == 422
    assert browser.post(path, {**said, "note": "排不开", "promise": "加班"}).status_code == 422
    assert browser.post(path, {**said, "note": "排不开"}).status_code == 302
    leave = f"/journeys/checks/{the(row, '验收回访').pk}/leave-out/"
    assert browser.post(leave, {"version": 1, "why": ""}).status_code == 422
    assert browser.post(leave, {"version": 1, "why": "客户不要"}).status_code == 302
    close = {"version": Journey.objects.get().version, "end": "other", "on": today(), "why": "换供应商"}
    assert browser.post(f"/journeys/{row.pk}/close/", close).status_code == 302
    assert Journey.objects.get().end == "other"


def test_several_suggestions_are_taken_at_once(house, client, mine, template):
    browser = signed_in(house, client, "manager")
    rows = [a_suggestion(mine, order=f"M-{number}") for number in range(2)]
    sent = {"pk": [row.pk for row in rows]}

    assert browser.get("/journeys/suggestions/").content.decode().count("M-") >= 2
    assert browser.post("/journeys/suggestions/take/", sent).status_code == 200
    assert browser.post("/journeys/suggestions/take/", {**sent, "template": template.pk}).status_code == 302
    assert Journey.objects.count() == 2
    assert browser.post("/journeys/suggestions/take/", sent).status_code == 302


def test_a_list_shows_one_s_own(house, client, manager, mine, template):
    delivered(manager, mine, template)
    browser = signed_in(house, client, "director")

    for path in ("/journeys/", "/journeys/checks/", "/journeys/gaps/list/"):
        assert mine.name not in browser.get(f"{path}?whose=mine").content.decode()
        assert mine.name in browser.get(f"{path}?whose=others").content.decode()


def test_a_list_asks_as_often_for_many_as_for_one(house, client, manager, mine, template):
    browser = signed_in(house, client, "manager")
    paths = (
        "/journeys/",
        "/journeys/checks/",
        "/journeys/gaps/list/",
        "/journeys/gaps/",
        f"/accounts/{mine.code}/?tab=journeys",
    )

    def asked():
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        counts = []
        for path in paths:
            with CaptureQueriesContext(connection) as queries:
                assert browser.get(path).status_code == 200
            counts.append(len(queries))
        return counts

    delivered(manager, mine, template)
    asked()
    once = asked()
    for number in range(4):
        delivered(manager, mine, template, title=str(number))
    assert asked() == once


def test_the_report_says_it_in_a_sentence_and_on_paper(house, client, manager, mine, template):
    browser = signed_in(house, client, "director")
    empty = browser.get("/journeys/gaps/").content.decode()
    assert "Too few checks" in empty or "到期检查太少" in empty
    for number in range(10):
        delivered(manager, mine, template, ago=40 + number, title=str(number))

    page = browser.get("/journeys/gaps/?months=6").content.decode()
    assert "0%" in page.replace(" ", "")
    paper = browser.get("/journeys/gaps/?format=pdf")
    assert paper.content.startswith(b"%PDF")
    assert browser.get("/journeys/gaps/?months=x").status_code == 200


def test_the_checks_of_somebody_who_left_wait_for_the_manager(house, manager, mine, template):
    gone = house.user("complaints")
    TeamMember.objects.create(account=mine, user=gone, role="service")
    delivered(manager, mine, template)
    User.objects.filter(pk=gone.pk).update(is_active=False)

    assert [each.customer for each in waiting(manager)] == [mine.code]
