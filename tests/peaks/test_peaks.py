"""A peak season is talked about, agreed on, made possible by production and transport, and looked at afterwards."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from house import signed_in
from vitalfew.accounts.models import Account
from vitalfew.imports.actions import Job, receive
from vitalfew.outlets.search import hits
from vitalfew.peaks import actions, arranging, days, examples, outturn, personal, portal, questions, seasons
from vitalfew.peaks.actions import Line
from vitalfew.peaks.alarming import cannot, open_soon, unanswered
from vitalfew.peaks.forms import BookForm
from vitalfew.peaks.models import Booking, Peak, monday
from vitalfew.peaks.words import Answer, Standing
from vitalfew.peaks.worklist import waiting
from vitalfew.people.models import AuditEntry
from vitalfew.people.permissions import Forbidden
from vitalfew.people.records import NotPossible, Stale
from vitalfew.rooms import Traces

pytestmark = [pytest.mark.database, pytest.mark.django_db]
WEEK = timedelta(days=7)


def today():
    return timezone.localdate()


@pytest.fixture
def manager(house):
    return house.user("manager")


@pytest.fixture
def mine(house):
    return Account.objects.get(code=house.mine)


def drafted(user, account, begins=None, **more):
    begins = begins or today() + timedelta(days=40)
    return actions.draft(
        user, account, {"category": "空调", "begins": begins, "ends": begins + timedelta(days=27), "growth": 10, **more}
    )


def booked(user, row, quantity=100, product="P-1", weeks=2):
    lines = [Line(product, monday(row.begins) + WEEK * n, Decimal(quantity)) for n in range(weeks)]
    return actions.book(user, row.pk, row.version, lines)


def agreed(user, row):
    made = actions.ask(user, row.pk, row.version)
    return actions.agree(user, row.pk, made.version, on=today(), whom="王总", theirs=False)


def test_it_goes_from_a_draft_to_closed_and_asks_production_and_transport(manager, mine):
    row = booked(manager, drafted(manager, mine))
    row = agreed(manager, row)

    assert row.standing is Standing.AGREED
    asked = {each.side: each.due for each in row.arrangements.all()}
    assert asked == {"production": row.begins - timedelta(days=28), "transport": row.begins - timedelta(days=14)}
    Peak.objects.filter(pk=row.pk).update(begins=today() - 2 * WEEK, ends=today() - WEEK)
    row.refresh_from_db()
    assert row.standing is Standing.OVER
    row = actions.close(manager, row.pk, row.version, lesson="早一周备货")
    assert (row.standing, row.lesson) == (Standing.CLOSED, "早一周备货")
    assert not row.arrangements.filter(put_away_at=None).exists()
    steps = list(AuditEntry.objects.filter(subject=row.subject).order_by("pk").values_list("action", flat=True))
    assert steps == ["peak-add", "peak-book", "peak-ask", "peak-agree", "peak-close"]


def test_nothing_is_asked_or_agreed_on_without_quantities(manager, mine):
    row = drafted(manager, mine)

    with pytest.raises(NotPossible, match="No quantities"):
        actions.ask(manager, row.pk, row.version)
    with pytest.raises(NotPossible, match="No quantities"):
        actions.agree(manager, row.pk, row.version, on=today(), whom="王总", theirs=False)
    with pytest.raises(NotPossible, match="Only what is agreed"):
        actions.close(manager, row.pk, row.version, lesson="-")
    row = agreed(manager, booked(manager, row))
    with pytest.raises(NotPossible, match="not over"):
        actions.close(manager, row.pk, row.version, lesson="-")


def test_who_was_overtaken_or_is_a_stranger_changes_nothing(house, manager, mine):
    row = booked(manager, drafted(manager, mine))

    with pytest.raises(Stale):
        actions.book(manager, row.pk, row.version - 1, [])
    with pytest.raises(Peak.DoesNotExist):
        actions.ask(manager.__class__.objects.get(username="other"), row.pk, row.version)
    with pytest.raises(Forbidden):
        actions.ask(house.user("analyst"), row.pk, row.version)


def test_the_account_says_its_quantities_and_they_are_booked(manager, mine):
    row = booked(manager, drafted(manager, mine))
    first, second = row.bookings.all()
    row = actions.ask(manager, row.pk, row.version)

    row = actions.say(manager, [mine.pk], row.pk, {first.pk: Decimal(130)}, "比去年好")
    row = actions.agree(manager, row.pk, row.version, on=today(), whom="王总", theirs=True)

    assert [each.quantity for each in row.bookings.all()] == [Decimal(130), Decimal(100)]
    assert (row.view, row.heard) == ("比去年好", "portal")
    with pytest.raises(Peak.DoesNotExist):
        actions.say(manager, [mine.pk], row.pk, {second.pk: Decimal(1)}, "")


def test_the_account_cannot_say_anything_of_another_ones_peak(house, manager, mine):
    row = booked(manager, drafted(manager, mine))
    actions.ask(manager, row.pk, row.version)
    foreign = Account.objects.get(code=house.foreign)

    with pytest.raises(Peak.DoesNotExist):
        actions.say(manager, [foreign.pk], row.pk, {}, "")


def test_the_portal_shows_what_was_asked_and_no_draft(manager, mine):
    row = booked(manager, drafted(manager, mine, commitment="按周到货"))

    assert portal.told(None, mine)["peaks"] == []
    actions.ask(manager, row.pk, row.version)
    [line] = portal.told(None, mine)["peaks"]
    assert (line["commitment"], line["bookings"][0]["quantity"]) == ("按周到货", 100.0)
    assert [each.due for each in portal.waiting(None, mine)] == [row.begins]


def test_what_holds_is_what_supply_counts_on(manager, mine):
    row = booked(manager, drafted(manager, mine))
    assert questions.booked(today()) == {}

    row = agreed(manager, row)

    week = monday(row.begins)
    assert questions.booked(today()) == {"P-1": {mine.code: {week: 100.0, week + WEEK: 100.0}}}
    assert questions.booked(today(), ["P-2"]) == {}
    actions.put_away(manager, row.pk)
    assert questions.booked(today()) == {}


def test_production_says_yes_or_no_with_a_reason_or_another_day(house, manager, mine):
    supply = house.user("supply")
    row = agreed(manager, booked(manager, drafted(manager, mine)))
    first, second = row.arrangements.all()
    said = {"answer": "no", "reason": "", "other_day": None}

    with pytest.raises(Forbidden):
        arranging.answer(manager, first.pk, first.version, **{**said, "reason": "停机"})
    with pytest.raises(NotPossible, match="why"):
        arranging.answer(supply, first.pk, first.version, **said)
    with pytest.raises(NotPossible, match="which day"):
        arranging.answer(supply, first.pk, first.version, answer="other", reason="停机", other_day=None)
    arranging.answer(supply, first.pk, first.version, answer="no", reason="停机", other_day=None)
    assert [task.url for task in waiting(manager)] == [row.get_absolute_url()]
    [matter] = cannot(0, None)
    assert (matter.account, matter.concerned) == (mine.code, ("manager",))
    again = arranging.ask_again(manager, first.pk)
    assert again.answer == Answer.OPEN
    assert list(cannot(0, None)) == []
    assert [task.url for task in waiting(supply)][:2] == [second.get_absolute_url(), first.get_absolute_url()][::-1]


def test_what_nobody_answered_by_its_day_raises_an_alarm_until_it_is_answered(house, manager, mine):
    row = agreed(manager, booked(manager, drafted(manager, mine)))
    first = row.arrangements.first()
    assert list(unanswered(0, None)) == []

    row.arrangements.filter(pk=first.pk).update(due=today())
    assert list(unanswered(0, None)) == []
    row.arrangements.filter(pk=first.pk).update(due=today() - timedelta(days=1))
    [matter] = unanswered(0, None)
    assert (matter.since, matter.subject, matter.concerned) == (today(), first.subject, ("manager",))

    arranging.answer(house.user("supply"), first.pk, first.version, answer="yes", reason="", other_day=None)
    assert list(unanswered(0, None)) == []


def test_a_peak_that_is_near_and_open_raises_an_alarm_until_it_is_agreed(manager, mine):
    row = booked(manager, drafted(manager, mine, begins=today() + timedelta(days=20)))

    [matter] = open_soon(30, None)
    assert (matter.since, matter.until) == (row.begins - timedelta(days=30), None)
    assert list(open_soon(10, None)) == []
    agreed(manager, row)
    assert list(open_soon(30, None)) == []
    assert [each.until for each in open_soon(30, today() - WEEK)] == [today()]


def test_the_last_peak_is_proposed_with_the_growth_the_account_expects(own_facts, manager, mine, tmp_path):
    begins = monday(today() + timedelta(days=40))
    row = drafted(manager, mine, begins=begins, category="", growth=20)
    last = days.year_before(begins, "common")
    ordered = monday(last) + WEEK
    (tmp_path / "lines.csv").write_text(
        "order_id,line_no,ordered_on,customer,product,quantity,amount\n"
        f"N1,1,{ordered},{mine.code},NEW-P,35,100\nN2,1,{ordered + timedelta(days=2)},{mine.code},NEW-P,15,100\n"
    )
    receive(Job("order-lines", tmp_path / "lines.csv", "test"), own_facts.home)

    row = actions.propose(manager, row.pk, row.version)

    [line] = row.bookings.filter(product="NEW-P")
    assert (line.week, line.quantity) == (begins + WEEK, Decimal(60))


def test_booked_is_held_against_what_was_ordered_and_sold_on(own_facts, manager, mine, tmp_path):
    begins = monday(today() - 6 * WEEK)
    row = booked(manager, drafted(manager, mine, begins=begins), 100, "NEW-P", 1)
    (tmp_path / "lines.csv").write_text(
        "order_id,line_no,ordered_on,customer,product,quantity,amount\n"
        f"N1,1,{begins + timedelta(days=3)},{mine.code},NEW-P,90,100\n"
        f"N2,1,{begins + WEEK},{mine.code},NEW-P,70,100\n"
    )
    (tmp_path / "sold.csv").write_text(
        f"customer,product,date,quantity\n{mine.code},NEW-P,{begins + timedelta(days=6)},81\n"
    )
    receive(Job("order-lines", tmp_path / "lines.csv", "test"), own_facts.home)
    receive(Job("sell-out", tmp_path / "sold.csv", "test"), own_facts.home)

    [line] = outturn.filled(row, list(row.bookings.all()))
    whole = outturn.whole([line])

    assert (line.taken, line.sold) == (Decimal(90), Decimal(81))
    assert (whole.taken_share, whole.sold_share) == (pytest.approx(0.9), pytest.approx(0.81))


def test_a_line_that_is_none_is_named_and_nothing_is_booked():
    form = BookForm({"version": 1, "lines": "P-1, 2027-01-06, 40\nP-2, morgen, 3\nP-3, 2027-01-04, -1"})

    assert not form.is_valid()
    assert [each.params["n"] for each in form.errors.as_data()["lines"]] == [2, 3]
    right = BookForm({"version": 1, "lines": "P-1，2027-01-06，40"})
    assert right.is_valid()
    assert right.cleaned_data["lines"] == [Line("P-1", date(2027, 1, 4), Decimal("40.00"))]
    twice = BookForm({"version": 1, "lines": "P-1,2027-01-06,40\nP-1,2027-01-05,3"})
    assert not twice.is_valid()


def test_pages_show_it_and_refuse_in_words(house, client, manager, mine):
    row = booked(manager, drafted(manager, mine))
    browser = signed_in(house, client, "manager")
    own = row.get_absolute_url()
    for path in ("/peaks/", "/peak-calendar/", "/peaks/new/", own, f"{own}edit/", "/peak-requests/"):
        assert browser.get(path).status_code == 200, path
    assert browser.post(f"{row.get_absolute_url()}agree/", {}).status_code == 422
    assert browser.post(f"{row.get_absolute_url()}ask/", {"version": row.version}).status_code == 302
    row.refresh_from_db()
    sent = {"version": row.version, "on": today(), "whom": "王总"}
    assert browser.post(f"{row.get_absolute_url()}agree/", sent).status_code == 302
    asked = row.arrangements.first()
    assert browser.get(asked.get_absolute_url()).status_code == 200
    assert row.get_absolute_url() in browser.get(f"/accounts/{mine.code}/?tab=supply").content.decode()
    supply = signed_in(house, client, "supply")
    sent = {"version": asked.version, "answer": "other", "reason": "排产满", "other_day": today()}
    assert supply.post(f"{asked.get_absolute_url()}answer/", sent).status_code == 302
    assert supply.get(row.get_absolute_url()).status_code == 200


def test_the_calendar_asks_to_talk_about_what_comes_soon(monkeypatch, manager, mine):
    begins = today() + timedelta(days=50)
    found = seasons.Found(
        mine.code, "空调", seasons.Follows.CHINESE, "12", 1.8, 1.4, 2.2, 3, begins, begins + timedelta(days=29), 300.0
    )
    monkeypatch.setattr(seasons, "calendar", lambda _codes=None: seasons.Calendar([found]))

    assert [(task.customer, task.url) for task in waiting(manager)] == [
        (mine.code, seasons.address(seasons.unspoken([mine])[0]))
    ]
    drafted(manager, mine, begins=begins)
    assert seasons.unspoken([mine]) == []


def test_a_person_is_told_and_forgotten(manager, mine):
    row = agreed(manager, booked(manager, drafted(manager, mine)))
    traces = Traces(frozenset(), frozenset(), frozenset({"王总"}), frozenset(), frozenset({mine.code}))

    assert [each["agreed_with"] for each in personal.told(traces)] == ["王总"]
    personal.forget(traces)
    row.refresh_from_db()
    assert "王总" not in row.agreed_with


def test_it_is_found_by_its_category(manager, mine):
    row = drafted(manager, mine, category="加湿器")

    assert row.get_absolute_url() in {hit.url for hit in hits(manager, "加湿器", 5)}


@pytest.mark.usefixtures("house")
def test_the_demo_house_has_one_of_each_kind():
    examples.plant()

    assert {row.standing for row in Peak.objects.all()} >= {Standing.AGREED}
    assert Booking.objects.exists()
