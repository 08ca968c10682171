"""Every queue of the house is taken in the order of the green channel, over its page, its API and its pages by key."""

from datetime import date, datetime, time, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from house import signed_in
from vitalfew import rooms
from vitalfew.accounts.models import Account
from vitalfew.alarms.listing import ALARMS
from vitalfew.alarms.models import Alarm, Telling
from vitalfew.approvals.listing import APPROVALS
from vitalfew.approvals.models import Approval
from vitalfew.channel import actions, questions
from vitalfew.channel.models import Mark
from vitalfew.channel.waits import queues, waits
from vitalfew.complaints.check_listing import CHECKS
from vitalfew.complaints.eight_d_listing import EIGHT_DS
from vitalfew.complaints.inquiry_listing import INQUIRIES
from vitalfew.complaints.listing import COMPLAINTS
from vitalfew.complaints.models import Complaint, EffectCheck, EightD, Inquiry
from vitalfew.duplicates.listing import DUPLICATES
from vitalfew.duplicates.models import Pair
from vitalfew.duplicates.states import Kind
from vitalfew.exchange.listing import DOUBTS
from vitalfew.exchange.models import DataDoubt
from vitalfew.feedback.listing import ASKED
from vitalfew.feedback.models import Asked, Round
from vitalfew.ideas.listing import IDEAS
from vitalfew.ideas.models import Idea
from vitalfew.language import Message
from vitalfew.lists.listing import Wanted, every, page
from vitalfew.mails.listing import MAILS
from vitalfew.mails.models import Mail
from vitalfew.peaks.listing import ARRANGEMENTS
from vitalfew.peaks.models import Arrangement, Peak
from vitalfew.people.models import AuditEntry
from vitalfew.people.permissions import Forbidden
from vitalfew.people.records import Stale
from vitalfew.rooms import Favour, declared

pytestmark = [pytest.mark.database, pytest.mark.django_db]
TODAY_ALONE = {
    "accounts", "activities", "advice", "agreements", "campaigns", "club", "comments", "contacts", "department", "directory",
    "documents", "handover", "imports", "incentives", "intelligence", "journeys", "losses", "milestones", "outbox", "plans",
    "preferences", "promises", "recoveries", "rescues", "reviews", "stakeholders", "supply", "surveys", "tasks", "training",
    "treatments", "visits",
}  # fmt: skip
"""Rooms whose work waits on Today, which is ordered by the green channel itself; they have no list of what waits."""


def an_approval(account, day):
    return Approval.objects.create(kind="exception", account=account, what="延长账期", asked_at=moment(day))


def a_mail(account, day):
    made = Mail.objects.create(key=f"{account.code} {day}", day=day, near=account, title="询价")
    Mail.objects.filter(pk=made.pk).update(made_at=moment(day))
    return made


def a_pair(account, day):
    other = Account.objects.create(code=f"TWIN-{account.code}-{day}", name="孪生")
    made = Pair.objects.create(kind=Kind.ACCOUNT, one_account=account, other_account=other, probability=0.9)
    Pair.objects.filter(pk=made.pk).update(made_at=moment(day))
    return made


def an_asked(account, day):
    one = Round.objects.create(name=f"{account.code} {day}", since=day, until=day + timedelta(days=90))
    return Asked.objects.create(round=one, account=account)


def an_alarm(account, day, urgency="normal"):
    return Alarm.objects.create(
        kind="promise-overdue", matter=f"{account.code} {day} {urgency}", account=account, said="[]", urgency=urgency,
        raised_at=moment(day), last_seen=day,
    )  # fmt: skip


def moment(day):
    return timezone.make_aware(datetime.combine(day, time(9)))


def a_complaint(account, day):
    return Complaint.objects.create(
        number=f"{account.code} {day}", account=account, received_on=day, received_at=moment(day), due_at=moment(day)
    )


def an_idea(account, day):
    made = Idea.objects.create(number=f"{account.code} {day}"[-20:], account=account, text="i", said_on=day)
    Idea.objects.filter(pk=made.pk).update(made_at=moment(day))
    return made


def an_eight_d(account, day):
    return EightD.objects.create(complaint=a_complaint(account, day), offered_at=moment(day))


def an_effect_check(account, day):
    return EffectCheck.objects.create(complaint=a_complaint(account, day), measure="m", since=day, due=day)


def an_inquiry(account, day):
    return Inquiry.objects.create(account=account, kind="drop", since=day, seen=1.0, asked_at=moment(day), due=day)


def a_doubt(account, day):
    made = DataDoubt.objects.create(account=account, kind="jump", day=day, until=day, key=f"{account.code} {day}",
                                    why=Message("?").stored())  # fmt: skip
    DataDoubt.objects.filter(pk=made.pk).update(raised_at=moment(day))
    return made


def an_arrangement(account, day):
    peak = Peak.objects.create(account=account, begins=day, ends=day)
    made = Arrangement.objects.create(peak=peak, side="production", text="排产", due=day)
    Arrangement.objects.filter(pk=made.pk).update(made_at=moment(day))
    return made


QUEUES = {
    "approvals": (APPROVALS, an_approval), "mails": (MAILS, a_mail), "duplicates": (DUPLICATES, a_pair),
    "feedback": (ASKED, an_asked), "alarms": (ALARMS, an_alarm), "complaints": (COMPLAINTS, a_complaint),
    "ideas": (IDEAS, an_idea), "eight-ds": (EIGHT_DS, an_eight_d),
    "effect-checks": (CHECKS, an_effect_check),
    "inquiries": (INQUIRIES, an_inquiry),
    "data-doubts": (DOUBTS, a_doubt),
    "arrangements": (ARRANGEMENTS, an_arrangement),
}  # fmt: skip


@pytest.fixture
def ranked(house, monkeypatch):  # noqa: ARG001  (its accounts)
    """A small account, and two that go first, by a room that says so."""
    small, gold, silver = Account.objects.filter(merged_into=None, stub=False).order_by("code")[:3]
    said = {gold.code: Favour(1, {"en": "Gold", "zh-hans": "金卡"}), silver.code: Favour(2, {"en": "Silver"})}
    room = type("Room", (), {"favours": staticmethod(lambda _day: said)})
    real = rooms.declared
    monkeypatch.setattr(actions, "declared", lambda part: [room] if part == "favours" else real(part))
    actions.renew()
    for each in (small, gold, silver):
        each.refresh_from_db()
    return small, gold, silver


def days_ago(n):
    """So many working days ago."""
    known, day = questions.calendar(), timezone.localdate()
    while known.between(day, timezone.localdate()) < n:
        day -= timedelta(days=1)
    return day


def in_order(listing, user, size=50):
    wanted, found = Wanted.of(listing, user, {}), []
    while True:
        part = page(listing, user, wanted, size)
        found += [row.pk for row in part.records]
        if not part.after:
            return found
        wanted = Wanted.of(listing, user, {"after": part.after})


def test_every_queue_is_proved_here():
    assert {queue.value for queue in queues()} == set(QUEUES)


def test_every_room_with_work_has_its_queue_or_stands_on_today():
    """A new room with a list of what waits declares it, or is found here."""
    working = {each.__name__.split(".")[1] for each in declared("worklist")}
    declaring = {each.__name__.split(".")[1] for each in declared("queues")}

    assert working - declaring == TODAY_ALONE & working
    assert not TODAY_ALONE & declaring


@pytest.mark.parametrize("name", sorted(QUEUES))
@pytest.mark.parametrize("size", [50, 1], ids=["one-page", "page-by-page"])
def test_a_queue_is_taken_in_turn(house, ranked, name, size):
    small, gold, silver = ranked
    listing, make = QUEUES[name]
    user = house.user("administrator")
    longest = questions.channel().longest
    rows = [
        make(small, days_ago(longest)), make(gold, days_ago(1)), make(silver, days_ago(2)), make(small, days_ago(2)),
        make(small, days_ago(1)),
    ]  # fmt: skip
    mine = {row.pk for row in rows}
    for row in rows if name == "alarms" else ():
        Telling.objects.create(alarm=row, user=user, told_at=timezone.now())

    found = [pk for pk in in_order(listing, user, size) if pk in mine]

    assert found == [row.pk for row in rows]


def test_what_waits_no_more_follows_in_the_order_of_the_list(house, ranked):
    small, gold, _silver = ranked
    old, new = an_approval(gold, days_ago(4)), an_approval(gold, days_ago(1))
    waits_still = an_approval(small, days_ago(2))
    Approval.objects.filter(pk__in=[old.pk, new.pk]).update(state="approved")

    for size in (50, 1):
        found = in_order(APPROVALS, house.user("administrator"), size)
        assert [pk for pk in found if pk in {old.pk, new.pk, waits_still.pk}] == [waits_still.pk, new.pk, old.pk]


def test_urgent_alarms_come_before_those_who_go_first(house, ranked):
    small, gold, _silver = ranked
    low, urgent = an_alarm(gold, days_ago(1)), an_alarm(small, days_ago(1), "urgent")

    found = in_order(ALARMS, house.user("administrator"))

    assert found.index(urgent.pk) < found.index(low.pk)


def test_another_order_is_given_when_asked_for(house, ranked):
    small, gold, _silver = ranked
    first, second = an_approval(gold, days_ago(3)), an_approval(small, days_ago(1))

    user = house.user("administrator")
    wanted = Wanted.of(APPROVALS, user, {"order": "-asked_on"})
    found = [row.pk for row in every(APPROVALS, user, wanted)]

    assert found.index(second.pk) < found.index(first.pk)


def test_today_has_lines_of_the_same_weight_in_turn(ranked):
    from vitalfew.language import Message
    from vitalfew.outlets.today import _in_turn
    from vitalfew.rooms import Task

    small, gold, silver = ranked
    due = days_ago(1)
    tasks = [
        Task("A", Message("a"), "b", "/a/", small.code, due=due), Task("B", Message("b"), "b", "/b/", silver.code, due=due),
        Task("C", Message("c"), "b", "/c/", gold.code), Task("D", Message("d"), "b", "/d/", small.code, due=date(2020, 1, 1)),
        Task("E", Message("e"), "b", "/e/", small.code, priority=5.0),
    ]  # fmt: skip

    assert [task.turn for task in _in_turn(tasks)] == [None, 2, 1, 0, None]


def test_pages_ask_as_often_for_many_as_for_one(house, client, ranked):
    small, gold, _silver = ranked
    an_approval(gold, days_ago(1))
    page_of = signed_in(house, client, "administrator")
    page_of.get("/approvals/")

    counts = []
    for n in (0, 6):
        for day in range(n):
            an_approval(small if day % 2 else gold, days_ago(day))
        with CaptureQueriesContext(connection) as seen:
            assert page_of.get("/approvals/").status_code == 200
        counts.append(len(seen))

    assert counts[0] == counts[1]


def test_marks_are_never_overwritten(ranked, monkeypatch):
    _small, gold, silver = ranked
    room = type("Room", (), {"favours": staticmethod(lambda _day: {gold.code: Favour(3, {"en": "Other"})})})
    monkeypatch.setattr(actions, "declared", lambda part: [room] if part == "favours" else rooms.declared(part))

    assert actions.renew() == 2
    assert actions.renew() == 0

    gold.refresh_from_db()
    silver.refresh_from_db()
    assert (gold.turn, gold.goes_first_by, silver.turn, silver.goes_first_by) == (3, "Other", None, "")
    assert list(Mark.objects.filter(account=gold).values_list("rank", "until")) == [
        (3, None),
        (1, timezone.localdate()),
    ]
    assert Mark.objects.get(account=silver).until == timezone.localdate()


def test_a_merged_account_hands_its_place_on(ranked):
    small, gold, _silver = ranked
    Account.everyone.filter(pk=gold.pk).update(merged_into=small)

    actions.renew()

    small.refresh_from_db()
    assert (small.turn, Account.everyone.get(pk=gold.pk).turn) == (1, None)


def test_how_long_everybody_waited(house, ranked):
    small, gold, _silver = ranked
    Approval.objects.all().delete()
    Mark.objects.update(since=date(2020, 1, 1))
    for _each in range(6):
        row = an_approval(gold, days_ago(3))
        Approval.objects.filter(pk=row.pk).update(state="approved", changed_at=moment(days_ago(2)))
    an_approval(small, days_ago(4))

    told = next(each for each in waits(house.user("director")) if each.queue.value == "approvals")

    assert (told.first.n, told.first.waiting, told.first.median, told.first.ninety, told.first.longest) == (
        6,
        0,
        1,
        1,
        1,
    )
    assert (told.others.n, told.others.waiting, told.others.median, told.others.longest) == (1, 1, None, 4)


def test_counted_is_only_what_concerns_accounts_one_sees(house, client, ranked):  # noqa: ARG001
    Approval.objects.all().delete()
    mine, foreign = (Account.objects.get(code=code) for code in (house.mine, house.foreign))
    for account in (mine, foreign, foreign):
        an_approval(account, days_ago(2))

    def counted(role):
        told = next(each for each in waits(house.user(role)) if each.queue.value == "approvals")
        return told.first.n + told.others.n

    assert (counted("manager"), counted("director")) == (1, 3)
    token = {"Authorization": f"Bearer {house.tokens['manager']}"}
    queues_ = client.get("/api/v1/green-channel", headers=token).json()["queues"]
    said = next(each for each in queues_ if each["queue"] == "approvals")
    assert said["first"]["n"] + said["others"]["n"] == 1
    pages = {
        role: signed_in(house, client, role).get("/green-channel/").content.decode() for role in ("manager", "director")
    }
    assert ["只统计您能看到的客户" in pages[role] for role in ("manager", "director")] == [True, False]


def test_heads_say_how_long_anybody_waits_at_most(house, client):
    director = house.user("director")
    row = actions.wait_at_most(director, 3, 0)

    assert questions.cutoff() == row.cutoff
    with pytest.raises(Stale):
        actions.wait_at_most(director, 4, row.version + 1)
    with pytest.raises(Forbidden):
        actions.wait_at_most(house.user("manager"), 4, row.version)
    page_of = signed_in(house, client, "director")
    assert page_of.post("/green-channel/longest/", {"longest": 0, "version": row.version}).status_code == 422
    assert page_of.post("/green-channel/longest/", {"longest": 4, "version": row.version}).status_code == 302
    assert questions.channel().longest == 4
    assert AuditEntry.objects.filter(action="channel-change").exists()


def test_the_page_tells_everybody_of_ours(house, client, ranked):  # noqa: ARG001
    answer = signed_in(house, client, "manager").get("/green-channel/", headers={"Accept-Language": "zh-hans"})

    assert answer.status_code == 200
    assert "longest/" not in answer.content.decode()
