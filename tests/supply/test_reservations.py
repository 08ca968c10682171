"""Goods kept for accounts: asked for as known, approved by a second person, taken by deliveries, given back."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from house import signed_in
from vitalfew.accounts.models import Account
from vitalfew.approvals import actions as approvals
from vitalfew.approvals.models import Approval, Limit
from vitalfew.contacts.models import Person, Post
from vitalfew.imports.actions import Job, receive
from vitalfew.outbox.models import OutgoingMail
from vitalfew.people.models import AuditEntry
from vitalfew.people.permissions import Forbidden
from vitalfew.people.records import NotPossible, Stale
from vitalfew.rooms import Visitor
from vitalfew.supply import (
    actions,
    allotting,
    drawing,
    granting,
    own_tables,
    portal,
    questions,
    reading,
    settling,
    sources,
    telling,
    touches,
)
from vitalfew.supply.models import Allotment, Drawing, Reservation, Stocked, Week
from vitalfew.supply.weeks import Course, Daily, Step
from vitalfew.supply.words import Cover
from vitalfew.workdays import Calendar

pytestmark = [pytest.mark.database, pytest.mark.django_db, pytest.mark.usefixtures("house")]
AS_OF = date(2026, 6, 5)
FIRST = date(2026, 6, 8)
LATER = timedelta(weeks=1)


@pytest.fixture
def shelf(monkeypatch):
    """Ten of A are there and ten more come in the second week; two accounts are promised minimums of six and three a week."""
    Drawing.objects.create(pk=1, as_of=AS_OF, currency="CNY")
    row = Stocked.objects.create(code="A", price=100.0, cover=Cover.SHORT)
    for n in range(2):
        Week.objects.create(
            product=row, since=FIRST + LATER * n, need=9, coming=10 * n, left=1, short=0, cover=Cover.LOW,
            there=10 * (n + 1),
        )  # fmt: skip
    monkeypatch.setattr(reading, "of_accounts", lambda _r, _codes=(): {})
    monkeypatch.setattr(allotting, "calendar", lambda: Calendar(""))
    return row


@pytest.fixture
def coordinator(house):
    return house.user("supply")


@pytest.fixture
def draft(house, shelf, coordinator):
    minimums = f"{house.mine}, {shelf.code}, 6\n{house.foreign}, {shelf.code}, 3"
    return actions.enter(coordinator, Allotment(name="春节前分货", products="A", weeks=2, minimums=minimums))


@pytest.fixture
def free(coordinator):
    """The coordinator may reserve as much alone."""
    fields = {"kind": granting.KIND, "role": coordinator.role, "currency": "CNY", "made_by": "a", "changed_by": "a"}
    return Limit.objects.create(amount=1800, **fields)


def kept():
    return {(row.account.code, row.week): row.quantity for row in Reservation.objects.select_related("account")}


def ask(user, draft):
    return granting.ask(user, draft.pk, draft.version)


def approved(house, row, state="approve"):
    asked = Approval.objects.get(pk=row.approval_id)
    act = getattr(approvals, state)
    return act(house.user("director"), asked.pk, asked.version, *(["太多了"] if state == "send_back" else []))


def test_above_the_limit_a_second_person_approves_what_was_known_when_it_was_asked_for(
    house, shelf, coordinator, draft
):
    asked = ask(coordinator, draft)
    approval = Approval.objects.get()
    assert (asked.state, approval.amount, kept()) == ("asked", Decimal(1800), {})
    assert "1,800" in approval.said.say("en")
    with pytest.raises(Forbidden):
        approvals.approve(coordinator, approval.pk, approval.version)
    with pytest.raises(NotPossible):
        granting.change(coordinator, draft.pk, asked.version, {"floor": 0})

    Week.objects.filter(product=shelf, since=FIRST).update(left=991)
    before = allotting.outcome(asked, granting.goods(asked))
    assert before.ways[0].figures["allocated"] == pytest.approx(18)
    approved(house, asked)
    weeks = {FIRST, FIRST + LATER}
    assert kept() == {(code, week): n for code, n in ((house.mine, 6), (house.foreign, 3)) for week in weeks}
    assert [float(week.held) for week in Week.objects.all()] == [9, 18]
    assert (Stocked.objects.get().reserved, Allotment.objects.get().state) == (18, "reserved")
    assert AuditEntry.objects.filter(action="allotment-reserve").count() == 1


def test_sent_back_it_is_a_draft_again_and_taken_back_nothing_is_asked(house, coordinator, draft):
    asked = ask(coordinator, draft)
    approved(house, asked, "send_back")
    again = Allotment.objects.get()
    assert (again.state, kept()) == ("draft", {})
    asked = ask(coordinator, again)
    assert Approval.objects.filter(state="waiting").count() == 1
    assert granting.take_back(coordinator, asked.pk).state == "draft"
    assert not Approval.objects.filter(state="waiting").exists()
    with pytest.raises(NotPossible):
        granting.take_back(coordinator, asked.pk)


@pytest.mark.usefixtures("free")
def test_within_the_own_limit_it_is_reserved_at_once_and_nothing_of_it_is_promised_again(house, coordinator, draft):
    with pytest.raises(Stale):
        granting.ask(coordinator, draft.pk, draft.version + 1)
    done = ask(coordinator, draft)
    assert (done.state, Approval.objects.count(), done.reserved_on) == ("reserved", 0, AS_OF)
    with pytest.raises(NotPossible):
        granting.put_away(coordinator, done.pk)

    more = f"{house.mine}, A, 8"
    second = actions.enter(coordinator, Allotment(name="加单", products="A", weeks=2, minimums=more))
    goods = granting.goods(second)
    assert goods.needs.claims.sum() == pytest.approx(4)
    assert goods.supply.sum() == pytest.approx(2)
    assert ask(coordinator, second).state == "reserved"
    assert [float(week.held) for week in Week.objects.all()] == [10, 20]
    third = actions.enter(coordinator, Allotment(name="再加", products="A", weeks=2, minimums=f"{house.mine}, A, 99"))
    with pytest.raises(NotPossible):
        ask(coordinator, third)


@pytest.mark.usefixtures("free")
def test_goods_are_reserved_in_whole_packs_as_soon_as_one_is_full(house, coordinator, draft):
    packed = granting.change(coordinator, draft.pk, draft.version, {"packs": "A, 4"})
    ask(coordinator, packed)
    assert kept() == {
        (house.mine, FIRST): 4, (house.mine, FIRST + LATER): 8, (house.foreign, FIRST + LATER): 4
    }  # fmt: skip


@pytest.mark.usefixtures("free")
def test_what_is_given_back_is_anybodys_and_can_be_held_again_while_it_is_there(house, shelf, coordinator, draft):
    done = ask(coordinator, draft)
    one = Reservation.objects.filter(account__code=house.mine).first()
    assert granting.give_one_back(coordinator, one.pk).left == 0
    assert [float(week.held) for week in Week.objects.all()] == [3, 12]
    with pytest.raises(NotPossible):
        granting.give_one_back(coordinator, one.pk)
    assert granting.hold_one_again(coordinator, one.pk).left == 6
    with pytest.raises(Forbidden):
        granting.give_one_back(house.user("manager"), one.pk)

    assert granting.give_back(coordinator, done.pk).state == "given-back"
    assert Stocked.objects.get().reserved == 0
    Week.objects.filter(product=shelf).update(there=8)
    with pytest.raises(NotPossible):
        granting.hold_again(coordinator, done.pk)
    Week.objects.filter(product=shelf).update(there=18)
    Week.objects.filter(product=shelf, since=FIRST).update(there=9)
    assert granting.hold_again(coordinator, done.pk).state == "reserved"
    assert Stocked.objects.get().reserved == 18


@pytest.mark.usefixtures("free")
def test_less_than_was_counted_on_leaves_promises_standing_and_lets_none_be_added(house, coordinator, draft):
    ask(coordinator, draft)
    steps = tuple(Step(FIRST + LATER * n, 9, 9, 0, 0, 4, None) for n in range(2))
    shown = drawing.Shown("A", 5, 0, AS_OF, drawing.Lead(1, 0), 0, Daily({}, Calendar("")), Course(steps, None), AS_OF)
    read = reading.Read(AS_OF, "CNY", stock={"A": []}, prices={"A": 100.0})
    drawing._keep(read, [shown], [])
    row = Stocked.objects.get()
    assert [(float(week.there), float(week.held), float(week.over)) for week in row.weeks.all()] == [
        (5, 9, 4), (5, 18, 13)
    ]  # fmt: skip
    assert (row.reserved, row.over) == (18, 13)
    granting.give_one_back(coordinator, Reservation.objects.filter(account__code=house.foreign).last().pk)
    assert Stocked.objects.get().over == 10
    more = actions.enter(coordinator, Allotment(name="加单", products="A", weeks=2, minimums=f"{house.foreign}, A, 3"))
    with pytest.raises(NotPossible):
        ask(coordinator, more)


@pytest.mark.usefixtures("free")
def test_deliveries_take_from_the_earliest_and_what_nobody_takes_in_time_ends(house, coordinator, draft, monkeypatch):
    ask(coordinator, draft)
    mine = Account.objects.get(code=house.mine)
    rows = Reservation.objects.filter(account=mine)

    def delivered(*lines, as_of):
        monkeypatch.setattr(settling, "deliveries", lambda _rows, _day: {(mine.pk, "A"): list(lines)})
        settling.settle(as_of)
        return [(float(row.taken), row.state) for row in rows.all()]

    day = FIRST + timedelta(days=1)
    early = (AS_OF, Decimal(99))
    assert delivered(early, (day, Decimal(8)), as_of=day) == [(6, "fulfilled"), (2, "kept")]
    assert rows.first().ended_on == day
    assert delivered((day, Decimal(5)), as_of=day) == [(5, "kept"), (0, "kept")]
    assert delivered((day, Decimal(5)), as_of=FIRST + timedelta(days=21)) == [(5, "expired"), (0, "kept")]
    assert questions.kept_for(coordinator, mine) == [rows.last()]


@pytest.mark.usefixtures("free")
def test_deliveries_are_read_from_order_lines(own_facts, shelf, tmp_path):
    code = own_facts.mine
    lines = "order_id,line_no,ordered_on,customer,product,quantity,quantity_delivered,amount,delivered_on"
    told = (lines, f"R1,1,2026-06-06,{code},A,8,7,800,2026-06-09", f"R2,1,2026-06-06,{code},A,9,,900,")
    (tmp_path / "lines.csv").write_text("\n".join(told), encoding="utf-8")
    receive(Job("order-lines", tmp_path / "lines.csv", "test"), own_facts.home)
    account = Account.objects.get(code=code)
    made = Allotment.objects.create(name="分货", products=shelf.code, made_by="a", changed_by="a")
    row = Reservation.objects.create(
        allotment=made, account=account, product="A", week=FIRST, quantity=10, since=FIRST, expires_on=FIRST + LATER
    )
    assert settling.deliveries([row], FIRST + LATER) == {(account.pk, "A"): [(date(2026, 6, 9), Decimal(7))]}


@pytest.mark.usefixtures("free")
def test_on_pages_it_is_reserved_seen_and_given_back(house, client, draft):
    signed_in(house, client, "supply")
    page = client.get(draft.get_absolute_url()).content.decode()
    assert "预留货源" in page
    assert client.post(f"{draft.get_absolute_url()}reserve/", {"version": draft.version}).status_code == 302
    page = client.get(draft.get_absolute_url()).content.decode()
    assert "退回剩余预留" in page
    assert 'name="floor"' not in page
    wrong = client.post(f"{draft.get_absolute_url()}edit/", {
        "name": "新", "products": "A", "weeks": 2, "rule": "tiers", "floor": 0, "reserve": 0, "grace": 14, "version": 3
    })  # fmt: skip
    assert wrong.status_code != 302
    row = Reservation.objects.filter(account__code=house.mine).first()
    assert client.post(f"/supply/reservations/{row.pk}/give-back/").status_code == 302
    assert client.post(f"/supply/reservations/{row.pk}/hold-again/").status_code == 204
    assert Reservation.objects.get(pk=row.pk).state == "kept"
    assert "还有" not in client.get("/supply/reservations/").content.decode()

    listed = signed_in(house, client, "manager").get("/supply/reservations/").content.decode()
    foreign = Reservation.objects.filter(account__code=house.foreign).first()
    assert row.account.name in listed
    assert foreign.account.name not in listed
    assert client.post(f"/supply/reservations/{foreign.pk}/give-back/").status_code == 403
    card = client.get(f"/accounts/{house.mine}/?tab=supply")
    assert card.status_code == 200


@pytest.mark.usefixtures("free")
def test_over_the_api(house, client, draft):
    sent = {"authorization": f"Bearer {house.tokens['supply']}", "if-match": f'"{draft.version}"'}
    path = f"/api/v1/supply/allotments/{draft.pk}"
    told = client.post(f"{path}/reserve", headers=sent)
    assert told.status_code in {200, 204}, told.content
    listed = client.get("/api/v1/supply/reservations", headers=sent).json()["items"]
    assert sorted(float(each["left"]) for each in listed) == [3, 3, 6, 6]
    one = f"/api/v1/supply/reservations/{listed[0]['id']}"
    assert client.post(f"{one}/give-back", headers={**sent, "if-match": '"1"'}).status_code in {200, 204}
    assert client.get(one, headers=sent).json()["state"] == "given-back"


@pytest.mark.usefixtures("free")
def test_the_account_is_told_once_by_letter_and_sees_only_its_own_in_the_portal(house, client, coordinator, draft):
    mine, foreign = (Account.objects.get(code=code) for code in (house.mine, house.foreign))
    Person.objects.all().update(email="")
    person = Person.objects.create(name="张伟", email="zhang@mine.example", language="en", made_by="a", changed_by="a")
    Post.objects.create(person=person, account=mine, contact_id="p-1", made_by="a", changed_by="a")
    with pytest.raises(NotPossible):
        telling.tell(coordinator, draft.pk)
    done = ask(coordinator, draft)
    signed_in(house, client, "supply")
    assert client.post(f"{done.get_absolute_url()}tell/").status_code == 302
    letter = OutgoingMail.objects.get(about=done.subject)
    assert (letter.account, letter.address, letter.kind) == (mine, "zhang@mine.example", "news")
    assert letter.paragraphs[1] == "A: 12, from 8 June 2026 on"
    assert foreign.name not in " ".join(letter.paragraphs)
    assert telling.untold(done) == [foreign]
    with pytest.raises(NotPossible):
        telling.tell(coordinator, done.pk)

    visitor = Visitor("guest", "张伟", person.pk, may=True)
    assert [(each["week"], each["left"]) for each in portal.told(visitor, mine)["goods"]] == [
        (FIRST, 6), (FIRST + LATER, 6)
    ]  # fmt: skip
    assert list(portal.waiting(visitor, mine)) == []
    ends = timezone.localdate() + timedelta(days=3)
    Reservation.objects.filter(account=mine, week=FIRST).update(expires_on=ends)
    assert [each.due for each in portal.waiting(visitor, mine)] == [ends]


@pytest.mark.usefixtures("free")
def test_what_is_reserved_stands_in_the_timeline_and_is_promised_in_one_step(house, client, coordinator, draft):
    ask(coordinator, draft)
    mine = Account.objects.get(code=house.mine)
    manager = house.user("manager")
    assert [(touch.day, touch.what.say("en")) for touch in touches.touches(manager, mine)] == [
        (AS_OF, "12 of A were reserved for it: 春节前分货")
    ]  # fmt: skip
    row = Reservation.objects.filter(account=mine).first()
    page = signed_in(house, client, "manager").get(
        "/promises/new/", {"account": mine.code, "from": f"reservation:{row.pk}"}
    )
    assert "交付A 6件" in page.content.decode()
    foreign = Reservation.objects.filter(account__code=house.foreign).first()
    [source] = sources.SOURCES
    assert source.found(manager, mine, str(foreign.pk)) is None


@pytest.mark.usefixtures("free")
def test_analyses_read_who_was_cut_as_long_as_it_is_in_force(house, coordinator, draft):
    said = {"minimums": f"{house.mine}, A, 6\n{house.foreign}, A, 14", "reserve": 10}
    more = granting.change(coordinator, draft.pk, draft.version, said)
    assert own_tables.own_tables()["allotted"].num_rows == 0
    done = ask(coordinator, more)

    rows = {row["customer"]: row for row in own_tables.own_tables()["allotted"].to_pylist()}

    assert {code: row["needed"] for code, row in rows.items()} == {house.mine: 12, house.foreign: 28}
    assert sum(row["given"] for row in rows.values()) == sum(kept().values()) < 40
    assert {(row["product"], row["decided_on"]) for row in rows.values()} == {("A", AS_OF)}
    granting.give_back(coordinator, done.pk)
    assert own_tables.own_tables()["allotted"].num_rows == 0
