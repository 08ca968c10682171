"""What stands is told once to whom it concerns while it lasts, ends by itself, comes again as another, and goes higher."""

from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal
from html import unescape
from unittest.mock import Mock
from zoneinfo import ZoneInfo

import pytest
from django.db import OperationalError
from django.utils import timezone

from house import signed_in
from vitalfew.accounts.models import Absence, Account, TeamMember
from vitalfew.activities import actions as activities
from vitalfew.alarms import actions, examples, noise, preview, questions
from vitalfew.alarms.kinds import kinds
from vitalfew.alarms.models import Alarm, AlarmRule, Telling, Unseen
from vitalfew.alarms.raising import look_now, note_what_was_done, standing
from vitalfew.alarms.words import Verdict
from vitalfew.approvals import actions as approvals
from vitalfew.approvals.models import Approval
from vitalfew.imports.models import Import
from vitalfew.people import alarming, audit
from vitalfew.people.models import AuditEntry, User
from vitalfew.people.permissions import Forbidden
from vitalfew.people.records import NotPossible, Stale
from vitalfew.promises import actions as promises
from vitalfew.warehouse import scorecards
from vitalfew.warehouse.models import Scorecard

pytestmark = [pytest.mark.database, pytest.mark.django_db]
DAY = timedelta(days=1)
HOUSE = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 6, 8, 10, tzinfo=HOUSE)  # a Monday


@pytest.fixture
def manager(house):
    return house.user("manager")


@pytest.fixture
def director(house):
    return house.user("director")


@pytest.fixture
def mine(house):
    return Account.objects.get(code=house.mine)


def rule(user, kind="promise-overdue", **said):
    usual = {
        "urgency": "normal",
        "threshold": 0,
        "key_only": False,
        "to": ["concerned", "manager"],
        "mail": True,
        "hooks": [],
    }
    return actions.switch_on(user, kind, {**usual, "after": None, "higher": [], **said})


def overdue(user, account, days=3, owner=None):
    today = timezone.localdate()
    return promises.promise(user, account, {
        "text": "样机", "origin": "visit", "owner": owner or user, "made_on": today - 30 * DAY, "due": today - days * DAY,
    })  # fmt: skip


def told(alarm):
    return {(each.user.username, each.why) for each in alarm.tellings.select_related("user")}


def test_it_is_told_once_to_each_and_counted_day_by_day(manager, director, mine):
    rule(director, to=["concerned", "manager", "role:director"])
    overdue(manager, mine)

    assert (look_now(), look_now()) == (1, 0)
    [row] = Alarm.objects.all()
    assert (row.kind, row.state, row.account, row.repeats) == ("promise-overdue", "open", mine, 0)
    assert told(row) == {("manager", "addressed"), ("director", "addressed")}
    look_now(timezone.now() + DAY)
    look_now(timezone.now() + DAY)
    look_now(timezone.now() + 2 * DAY)

    row.refresh_from_db()
    assert (row.repeats, Telling.objects.count()) == (2, 2)


def test_it_ends_by_itself_and_comes_again_as_another(manager, director, mine):
    rule(director)
    row = overdue(manager, mine)
    look_now()

    kept = promises.keep(manager, row.pk, row.version, on=timezone.localdate(), evidence="签收")
    look_now()
    first = Alarm.objects.get()
    assert (first.state, first.ended_at is not None, first.acted_on) == ("ended", True, timezone.localdate())
    promises.reopen(manager, kept.pk)
    look_now()

    again = Alarm.objects.get(ended_at=None)
    assert (again.episode, again.state, again.pk != first.pk) == (2, "open", True)
    assert questions.earlier(manager, again) == [first]


def test_what_was_called_done_stays_so_while_the_same_stands(manager, director, mine):
    rule(director)
    overdue(manager, mine)
    look_now()
    row = Alarm.objects.get()
    actions.finish(manager, row.pk, row.version)

    look_now(timezone.now() + DAY)
    row.refresh_from_db()
    assert (row.state, row.repeats, row.answered_by, Alarm.objects.count()) == ("done", 1, manager, 1)
    with pytest.raises(NotPossible):
        actions.acknowledge(manager, row.pk, row.version)
    actions.reopen(manager, row.pk)
    assert questions.waiting(manager) == 1


def test_an_alarm_is_answered_in_its_version_and_by_who_was_told(house, manager, director, mine):
    rule(director)
    overdue(manager, mine)
    look_now()
    row = Alarm.objects.get()

    with pytest.raises(Alarm.DoesNotExist):
        actions.acknowledge(house.user("supply"), row.pk, row.version)
    with pytest.raises(Stale):
        actions.acknowledge(manager, row.pk, row.version + 1)
    actions.acknowledge(director, row.pk, row.version)

    assert AuditEntry.objects.filter(subject=f"alarm:{row.pk}", action="alarm-change", who="director").count() == 1


def test_nobody_is_told_of_an_account_that_he_does_not_see(director, manager, house):
    theirs = Account.objects.get(code=house.foreign)
    rule(director, to=["user:manager"])
    overdue(director, theirs)

    look_now()
    row = Alarm.objects.get()
    assert told(row) == {("director", "fallback")}
    Telling.objects.create(alarm=row, user=manager)
    assert not questions.alarms(manager).exists()
    assert questions.waiting(manager) == 0
    TeamMember.objects.create(account=theirs, user=manager, role="sales")
    assert questions.waiting(manager) == 1


def test_team_by_function_and_who_stands_in_are_meant(director, manager, mine):
    other = User.objects.get(username="other")
    TeamMember.objects.create(account=mine, user=other, role="finance")
    today = timezone.localdate()
    deputy = User.objects.create(username="deputy", name="Deputy", role="manager")
    Absence.objects.create(user=manager, deputy=deputy, since=today, until=today + DAY)
    rule(director, to=["team:finance", "team:sales", "manager"])
    overdue(director, mine)

    look_now()

    assert {name for name, _why in told(Alarm.objects.get())} == {"other", "manager", "deputy"}


def test_a_new_manager_is_told_of_what_still_stands(director, mine):
    rule(director, to=["manager"])
    overdue(director, mine)
    look_now()
    mine.manager = User.objects.get(username="other")
    mine.save()

    look_now()

    assert {name for name, _why in told(Alarm.objects.get())} == {"manager", "other"}


def test_it_goes_higher_after_working_hours_alone(director, manager, mine):
    rule(director, after=4, higher=["role:executive"])
    overdue(manager, mine)
    friday = datetime(2026, 6, 5, 17, tzinfo=HOUSE)  # one working hour is left of it
    look_now(friday)
    row = Alarm.objects.get()

    look_now(friday + 2 * DAY)
    assert told(row) == {("manager", "addressed")}
    look_now(datetime(2026, 6, 8, 11, 59, tzinfo=HOUSE))
    assert told(row) == {("manager", "addressed")}
    look_now(datetime(2026, 6, 8, 12, tzinfo=HOUSE))

    assert told(row) == {("manager", "addressed"), ("executive", "escalated")}
    trail = AuditEntry.objects.get(action="alarm-escalate")
    assert (trail.who, trail.changes) == ("system", {"to": ["executive"]})


def test_what_somebody_acknowledged_goes_no_higher(director, manager, mine):
    rule(director, after=1, higher=["role:executive"])
    overdue(manager, mine)
    look_now(NOW)
    row = Alarm.objects.get()
    actions.acknowledge(manager, row.pk, row.version)

    look_now(NOW + 7 * DAY)

    assert told(row) == {("manager", "addressed")}


def test_a_kind_that_is_switched_off_ends_what_stood(director, manager, mine):
    made = rule(director)
    overdue(manager, mine)
    look_now()

    actions.switch_off(director, made.pk)
    look_now()
    assert Alarm.objects.get().state == "ended"
    actions.switch_on_again(director, made.pk)
    look_now()
    assert Alarm.objects.filter(state="open").count() == 1
    with pytest.raises(NotPossible):
        rule(director)
    with pytest.raises(Forbidden):
        actions.switch_off(manager, made.pk)


def test_a_threshold_says_from_when_on(manager, mine):
    overdue(manager, mine, days=3)
    kind = kinds()["promise-overdue"]

    counts = [len(standing(AlarmRule(kind=kind.value, threshold=days), kind)) for days in (0, 2, 3, 10)]

    assert counts == [1, 1, 0, 0]


def test_a_preview_counts_now_and_the_last_month_with_what_ended(manager, mine):
    kind, today = kinds()["promise-overdue"], timezone.localdate()
    overdue(manager, mine)
    late = overdue(manager, mine, days=10)
    promises.keep(manager, late.pk, late.version, on=today - DAY, evidence="补")

    seen = preview.of(AlarmRule(kind=kind.value, threshold=0), kind, today - 30 * DAY)

    assert (seen.now, seen.accounts, seen.lately) == (1, 1, 2)
    assert preview.of(AlarmRule(kind="no-manager"), kinds()["no-manager"], today - 30 * DAY).lately is None


def test_a_given_up_promise_is_told_for_a_fortnight(manager, mine):
    row = overdue(manager, mine)
    promises.give_up(manager, row.pk, row.version, "没货")
    kind = kinds()["promise-broken"]

    assert [each.subject for each in kind.standing(0, None)] == [f"promise:{row.pk}"]


def test_requests_that_wait_name_who_may_decide(manager, mine):
    row = approvals.ask_by_hand(
        manager, "allowance", mine, {"what": "样机", "why": "损", "amount": Decimal(10), "needed_by": None}
    )
    Approval.objects.filter(pk=row.pk).update(asked_at=timezone.now() - 5 * DAY)
    kind = kinds()["approval-waiting"]

    [matter] = kind.standing(kind.usual, None)

    assert "director" in matter.concerned
    assert "manager" not in matter.concerned
    assert list(kind.standing(6, None)) == []


def test_an_import_that_failed_stands_until_one_of_its_kind_goes_well(house):  # noqa: ARG001  (its imports)
    Import.objects.all().delete()
    now, kind = timezone.now(), kinds()["import-failed"]
    row = Import.objects.create(kind="order-lines", file="a", state="failed", who="x", finished_at=now)

    assert [each.subject for each in kind.standing(0, None)] == [f"import:{row.pk}"]
    Import.objects.create(kind="order-lines", file="b", state="done", who="x", finished_at=now)
    assert list(kind.standing(0, None)) == []
    assert [each.until is not None for each in kind.standing(0, timezone.localdate() - 30 * DAY)] == [True]


def test_a_trail_that_was_altered_is_told_and_the_kind_is_on_from_the_start(house):  # noqa: ARG001  (its people)
    audit.record("test", "export", "list:accounts")
    entry = audit.record("test", "export", "list:accounts")
    kind = kinds()["trail-altered"]
    alarming._found_on.cache_clear()
    assert list(kind.standing(0, None)) == []
    AuditEntry.objects.filter(pk=entry.pk).update(who="else")
    alarming._found_on.cache_clear()

    [matter] = kind.standing(0, None)

    assert f"{entry.number:,}" in matter.said.say("en")
    alarming._found_on.cache_clear()
    AlarmRule.objects.filter(kind="trail-altered").delete()
    actions.begin()
    rule = AlarmRule.objects.get(kind="trail-altered")
    assert (rule.to, rule.put_away_at) == (["role:administrator"], None)
    actions.switch_off(User.objects.get(username="director"), rule.pk)
    actions.begin()
    assert AlarmRule.objects.filter(kind="trail-altered").count() == 1


def test_a_risk_that_jumped_is_told_with_both_figures(house, mine):  # noqa: ARG001  (its refreshes)
    now = scorecards.current()
    Scorecard.objects.filter(customer=mine.code).update(churn=0.1)
    Scorecard.objects.filter(customer=mine.code, refresh=now).update(churn=0.35)
    kind = kinds()["leaving"]

    found = {each.account: each for each in kind.standing(20, None)}

    assert "10 % to 35 %" in found[mine.code].said.say("en")
    assert mine.code not in {each.account for each in kind.standing(30, None)}


@pytest.mark.parametrize("name", ["credit", "hanging", "unusual", "complaint-open", "no-manager"])
def test_what_the_figures_tell_is_about_accounts_that_are_there(house, name):  # noqa: ARG001  (its figures)
    kind = kinds()[name]
    found = list(kind.standing(kind.usual, None))

    codes = {each.account for each in found}
    assert codes
    assert Account.objects.filter(code__in=codes).count() == len(codes)
    assert len({each.subject for each in found}) == len(found)
    assert all(each.said.say("zh-hans") for each in found)
    key = standing(AlarmRule(kind=name, key_only=True), kind)
    assert {each.subject for each in key} <= {each.subject for each in found}


def test_every_kind_says_what_to_do_and_whom_to_tell(house):  # noqa: ARG001  (its roles)
    from vitalfew.alarms.forms import addressees

    known = {word for word, _label in addressees()}
    for kind in kinds().values():
        assert kind.advice
        assert kind.to
        assert set(kind.to) <= known, kind.value
        assert kind.least <= kind.usual <= kind.most


def test_a_visit_after_it_is_what_it_led_to(director, manager, mine):
    rule(director, "no-manager", to=["role:director"])
    day = timezone.localdate()
    row = Alarm.objects.create(
        kind="unusual", matter="account:x", account=mine, said="[]", urgency="normal", raised_at=timezone.now(), last_seen=day,
    )  # fmt: skip
    note_what_was_done(day)
    row.refresh_from_db()
    assert row.acted_on is None
    activities.log(manager, mine, {"way": "visit", "day": day, "text": ""})

    note_what_was_done(day)

    row.refresh_from_db()
    assert row.acted_on == day


def past(kind, n, *, acted, mine):
    raised = timezone.now() - 40 * DAY
    day = timezone.localdate(raised)
    return Alarm.objects.bulk_create(
        Alarm(
            kind=kind, matter=f"{kind}:{number}", account=mine, said="[]", urgency="normal", raised_at=raised, last_seen=day,
            ended_at=raised + DAY, state="ended", acted_on=day + 2 * DAY if number < acted else None,
        ) for number in range(n)
    )  # fmt: skip


def test_a_kind_that_never_led_to_anything_is_noise_if_there_are_enough(mine):
    past("credit", 12, acted=0, mine=mine)
    past("unusual", 12, acted=6, mine=mine)
    past("hanging", 3, acted=0, mine=mine)
    past("leaving", 40, acted=1, mine=mine)

    found = {each.kind: each for each in noise.report()}

    verdicts = {name: each.verdict for name, each in found.items()}
    assert verdicts == {
        "credit": Verdict.NOISE, "unusual": Verdict.USEFUL, "hanging": Verdict.UNKNOWN, "leaving": Verdict.RARE,
    }  # fmt: skip
    assert (found["unusual"].median, found["credit"].median, found["unusual"].rate) == (2.0, None, 0.5)
    assert found["credit"].interval == pytest.approx((0.0, 0.2425), abs=1e-3)


def test_a_young_alarm_that_stands_is_not_judged(mine):
    rows = past("credit", 10, acted=0, mine=mine)
    Alarm.objects.filter(pk__in=[row.pk for row in rows]).update(ended_at=None, raised_at=timezone.now())

    [record] = noise.report()

    assert (record.raised, record.judged, record.verdict) == (10, 0, Verdict.UNKNOWN)


def test_the_examples_are_planted_once_and_show_noise(house):  # noqa: ARG001  (its accounts)
    examples.plant()
    counts = (AlarmRule.objects.count(), Alarm.objects.count())
    examples.plant()

    assert counts == (AlarmRule.objects.count(), Alarm.objects.count())
    found = {each.kind: each.verdict for each in noise.report()}
    assert (found["unusual"], found["credit"]) == (Verdict.NOISE, Verdict.USEFUL)


@pytest.mark.parametrize("n", [1, 60])
def test_a_look_takes_as_many_queries_for_one_as_for_many(director, n, django_assert_max_num_queries):
    look_now()  # what is read once a process
    for account in Account.objects.all()[:n]:
        overdue(director, account)
    rule(director, to=["manager"])

    with django_assert_max_num_queries(85):
        assert look_now() == n


def test_where_nobody_is_meant_next_the_heads_are_told(director, manager, mine):
    rule(director, after=1, higher=["team:finance"])
    overdue(manager, mine)
    look_now(NOW)

    look_now(NOW + 7 * DAY)

    assert ("director", "escalated") in told(Alarm.objects.get())


def test_opened_again_nothing_was_done_about_it(director, manager, mine):
    rule(director)
    overdue(manager, mine)
    look_now(NOW)
    Alarm.objects.update(acted_on=None)
    row = Alarm.objects.get()
    row = actions.finish(manager, row.pk, row.version)
    assert row.acted_on

    assert actions.reopen(manager, row.pk).acted_on is None


@pytest.fixture
def broken(monkeypatch):
    """A kind whose room fails, among others that go well."""

    def failing(_days, _back):
        raise ValueError("no such year")

    known = kinds()
    changed = {**known, "promise-broken": replace(known["promise-broken"], standing=failing)}
    for module in ("raising", "models", "pages", "rule_pages"):
        monkeypatch.setattr(f"vitalfew.alarms.{module}.kinds", lambda: changed)


@pytest.mark.usefixtures("broken")
def test_a_kind_that_fails_keeps_the_others_from_nothing_and_is_logged_once(manager, director, mine, caplog):
    rule(director, "promise-broken", to=["manager"])
    rule(director)
    overdue(manager, mine)

    assert look_now(NOW) == 1

    look_now(NOW + DAY)
    assert [each.name for each in caplog.records if each.levelname == "ERROR"] == ["vitalfew.alarms.unseen"]
    [row] = Unseen.objects.all()
    assert (row.kind, row.since, row.why) == ("promise-broken", NOW, "ValueError: no such year")


def test_a_kind_that_can_be_looked_at_again_is_not_told_of_any_more(director):
    rule(director, "promise-broken", to=["manager"])
    Unseen.objects.create(kind="promise-broken", since=NOW, why="ValueError")

    look_now(NOW)

    assert not Unseen.objects.exists()


def test_what_the_database_refuses_fails_the_whole_look(director, monkeypatch):
    rule(director)
    monkeypatch.setattr("vitalfew.alarms.raising._look_at", Mock(side_effect=OperationalError("locked")))

    with pytest.raises(OperationalError):
        look_now()


@pytest.mark.usefixtures("broken")
def test_heads_read_which_kind_could_not_be_looked_at_and_others_do_not(house, director, client):
    rule(director, "promise-broken", to=["manager"])
    look_now(NOW)

    def read(role, address):
        return unescape(signed_in(house, client, role).get(address).content.decode())

    said = "自2026年6月8日起无法检查“承诺已放弃”，原因：ValueError: no such year"
    assert said in read("director", "/alarms/")
    assert said in read("director", "/alarm-rules/")
    assert "ValueError" not in read("manager", "/alarms/")
    assert "这一类预警暂时无法检查" in read("director", "/alarm-rules/promise-broken/")
