"""What will be short, by when it must be ordered, whom that hits, and what people say to it."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import pytest
from django.utils import timezone

from house import signed_in
from vitalfew.outlets.search import hits
from vitalfew.people.models import AuditEntry
from vitalfew.people.permissions import Forbidden
from vitalfew.people.records import NotPossible, Stale
from vitalfew.rooms import Traces
from vitalfew.supply import actions, drawing, personal, questions, reading
from vitalfew.supply.alarming import empty_shelves
from vitalfew.supply.background import is_asked
from vitalfew.supply.models import AtRisk, Drawing, Incoming, LeadTime, Stocked
from vitalfew.supply.weeks import Daily, course, first_week
from vitalfew.supply.words import Cover
from vitalfew.supply.worklist import waiting
from vitalfew.terms import Outlook
from vitalfew.warehouse import scorecards
from vitalfew.workdays import Calendar

pytestmark = [pytest.mark.database, pytest.mark.django_db]
WEEK = timedelta(days=7)


@pytest.fixture
def coordinator(house):
    return house.user("supply")


def today():
    return timezone.localdate()


def a_read(**said):
    """Two products: of A ten are there and fourteen a working week are needed, of B there is enough."""
    as_of = date(2026, 6, 5)
    month = {date(2026, n, 1): (66.0, 88.0) for n in range(6, 11)}
    places = [{"place": "总仓", "counted_on": as_of, "on_hand": 10.0, "on_order": 4.0}]
    much = [{**places[0], "on_hand": 9000.0, "on_order": 0.0}]
    leads = {code: {"lines": 50, "days": 10.0, "deviation": 2.0} for code in "AB"}
    return reading.Read(
        as_of, "CNY", {"A": places, "B": much}, leads, {"A": ("冰箱", "家电")}, {"A": 100.0},
        {"A": month, "B": month, "C": month}, **said,
    )  # fmt: skip


@pytest.fixture
def drawn(house, monkeypatch):
    """The picture of that, with who needs product A."""
    read = a_read()
    months = {date(2026, 6, 1): 22.0, date(2026, 7, 1): 22.0}
    monkeypatch.setattr(reading, "read", lambda _refresh: read)
    monkeypatch.setattr(
        reading, "of_accounts", lambda _r, _codes=(): {"A": {house.mine: months, house.foreign: months}}
    )
    drawing.draw()
    return Stocked.objects.get(code="A")


def test_a_stock_is_used_up_week_by_week():
    daily = Daily({date(2026, 6, 1): (22.0, 22.0)}, Calendar(""))
    needs = [(4.0, 5.0)] * 4
    found = course(10.0, needs, [0.0, 0.0, 2.0, 0.0], date(2026, 6, 1), daily)

    assert [step.left for step in found.steps] == [6.0, 2.0, 0.0, 0.0]
    assert [step.short for step in found.steps] == [0.0, 0.0, 0.0, 4.0]
    assert found.steps[0].weeks == 2.5
    assert (found.missing, found.empty_on) == (4.0, date(2026, 6, 22))


def test_a_months_need_falls_on_its_working_days():
    daily = Daily({date(2026, 2, 1): (20.0, 40.0)}, Calendar("CN"))
    festival, before = date(2026, 2, 16), date(2026, 2, 2)

    assert daily.between(festival, festival + WEEK) == 0.0
    assert daily.between(before, before + WEEK, upper=True) == pytest.approx(2 * daily.between(before, before + WEEK))
    assert daily.between(date(2026, 2, 1), date(2026, 3, 1)) == pytest.approx(20.0)


def test_the_picture_says_what_is_short_and_by_when_to_order(drawn):
    other = Stocked.objects.get(code="B")
    weeks = list(drawn.weeks.all())

    assert (drawn.cover, drawn.empty_on, drawn.order_by) == (Cover.SHORT, date(2026, 6, 11), date(2026, 6, 1))
    assert [week.since for week in weeks] == [first_week(date(2026, 6, 5)) + WEEK * n for n in range(12)]
    assert [week.coming for week in weeks[:2]] == [0.0, 4.0]
    assert {week.cover for week in weeks[2:]} == {Cover.ORDER}
    assert sum(week.short for week in weeks) == pytest.approx(drawn.missing)
    assert (other.cover, other.empty_on) == (Cover.ENOUGH, None)
    assert Drawing.objects.get().uncounted == 1


def test_accounts_miss_their_part_and_everybody_sees_his_own(house, client, drawn):
    mine, foreign = AtRisk.objects.get(account__code=house.mine), AtRisk.objects.get(account__code=house.foreign)
    short = [week for week in drawn.weeks.all() if week.cover == Cover.SHORT]

    assert mine.short == pytest.approx(sum(week.short / 3 for week in short))
    assert mine.amount == pytest.approx(100 * mine.short)
    assert set(questions.risks(house.user("manager"))) == {mine}
    assert set(questions.risks(house.user("supply"))) == {mine, foreign}
    page = signed_in(house, client, "manager").get("/supply/").content.decode()
    assert mine.account.name in page
    assert foreign.account.name not in page
    tab = client.get(f"/accounts/{house.mine}/?tab=supply", headers={"HX-Request": "true"}).content.decode()
    assert drawn.get_absolute_url() in tab


@pytest.mark.usefixtures("drawn")
def test_the_kept_page_asks_for_few_rows(house, client, django_assert_max_num_queries):
    signed_in(house, client, "supply").get("/supply/")
    with django_assert_max_num_queries(24):
        client.get("/supply/")


def test_it_waits_on_today_and_alarms_until_somebody_sees_to_it(house, coordinator, drawn):
    assert [(line.url, line.due) for line in waiting(coordinator)] == [(drawn.get_absolute_url(), drawn.order_by)]
    assert list(waiting(house.user("manager"))) == []
    assert [each.subject for each in empty_shelves(7, None)] == ["stock:A"]
    with pytest.raises(Stale):
        actions.snooze(coordinator, drawn.pk, drawn.version + 1, until=today(), why="加班")
    with pytest.raises(NotPossible):
        actions.snooze(coordinator, Stocked.objects.get(code="B").pk, 1, until=today(), why="加班")

    actions.snooze(coordinator, drawn.pk, drawn.version, until=today() + WEEK, why="二号线加班")
    drawing.draw()
    assert list(waiting(coordinator)) == []
    assert Stocked.objects.get(code="A").snoozed_why == "二号线加班"
    actions.wake(coordinator, drawn.pk)
    assert len(list(waiting(coordinator))) == 1


def test_what_is_entered_comes_and_ends_the_alarm(coordinator, drawn, django_capture_on_commit_callbacks):
    first = first_week(date(2026, 6, 5))
    with django_capture_on_commit_callbacks(execute=True):
        for n in range(12):
            actions.enter(coordinator, Incoming(kind="capacity", product="A", week=first + WEEK * n, quantity=40))
    assert is_asked()
    drawing.draw()

    now = Stocked.objects.get(code="A")
    assert (now.pk, now.empty_on, now.short_until) == (drawn.pk, None, today())
    assert not AtRisk.objects.exists()
    assert list(empty_shelves(7, None)) == []
    assert [each.until for each in empty_shelves(7, today())] == [today()]


@pytest.mark.usefixtures("drawn")
def test_a_lead_time_that_was_entered_goes_before_the_observed_one(house, coordinator):
    row = actions.enter(coordinator, LeadTime(product="A", days=3, deviation=1))
    with pytest.raises(NotPossible):
        actions.enter(coordinator, LeadTime(product="A", days=5))
    with pytest.raises(Forbidden):
        actions.enter(house.user("manager"), LeadTime(product="B", days=5))
    drawing.draw()
    now = Stocked.objects.get(code="A")
    assert (now.lead_days, now.lead_entered, now.order_by, now.cover) == (3.0, True, date(2026, 6, 9), Cover.ORDER)

    actions.put_away(coordinator, LeadTime, row.pk)
    drawing.draw()
    assert Stocked.objects.get(code="A").lead_lines == 50
    actions.fetch_back(coordinator, LeadTime, row.pk)
    assert set(AuditEntry.objects.filter(action__startswith="leadtime-").values_list("action", flat=True)) == {
        "leadtime-add", "leadtime-put-away", "leadtime-fetch-back"
    }  # fmt: skip


@pytest.mark.usefixtures("drawn")
def test_a_list_is_pasted_whole_or_not_at_all(house, client):
    signed_in(house, client, "supply")
    wrong = client.post("/supply/incoming/paste/", {"rows": "capacity,A,2026-06-10,40\narrival,A,never,-1"})
    assert wrong.status_code == 422
    assert "第2行" in wrong.content.decode()
    assert not Incoming.objects.exists()

    sent = {"rows": "capacity，A，2026-06-10，40\narrival,B,2026-06-17,5"}
    assert client.post("/supply/incoming/paste/", sent).status_code == 302
    assert [(row.product, row.week) for row in Incoming.objects.all()] == [
        ("A", date(2026, 6, 8)),
        ("B", date(2026, 6, 15)),
    ]
    assert client.post("/supply/incoming/paste/", sent).status_code == 422
    assert Incoming.objects.count() == 2
    assert signed_in(house, client, "manager").get("/supply/incoming/paste/").status_code == 403


def test_pages_answer_and_steps_are_taken(house, client, drawn):
    signed_in(house, client, "supply")
    made = client.post(
        "/supply/incoming/new/", {"kind": "capacity", "product": "A", "week": "2026-06-10", "quantity": "40"}
    )
    row = Incoming.objects.get()
    assert made.status_code == 302
    sent = {"kind": "arrival", "product": "A", "week": "2026-06-12", "quantity": "50", "version": row.version}
    assert client.post(row.get_absolute_url(), sent).status_code == 302
    assert client.post(row.get_absolute_url(), sent).status_code == 409
    assert client.post(f"{row.get_absolute_url()}put-away/").status_code == 302
    assert client.get(row.get_absolute_url()).status_code == 404
    said = {"version": drawn.version, "until": (today() + WEEK).isoformat(), "why": "追加两个班次"}
    assert client.post(f"{drawn.get_absolute_url()}snooze/", {**said, "until": "2020-01-01"}).status_code == 422
    assert client.post(f"{drawn.get_absolute_url()}snooze/", said).status_code == 302
    page = client.get(drawn.get_absolute_url()).content.decode()
    assert "追加两个班次" in page
    assert "总仓" in page
    for path in ("/supply/?cover=short&q=A", "/supply/stock/", "/supply/lead-times/new/", "/supply/risks/"):
        assert client.get(path).status_code == 200
    assert "A" in [each.code for each in hits(house.user("supply"), "冰箱", 5)]


@pytest.mark.usefixtures("drawn")
def test_a_name_in_a_note_is_told_and_forgotten(coordinator):
    actions.enter(coordinator, LeadTime(product="A", days=3, note="问王五九"))
    traces = Traces(frozenset(), frozenset(), frozenset(), frozenset({"王五九"}), frozenset())

    assert [told["text"] for told in personal.told(traces)] == ["问王五九"]
    personal.forget(traces)
    assert "王五九" not in LeadTime.objects.get().note


def test_over_the_api(house, client, drawn):
    sent = {"authorization": f"Bearer {house.tokens['supply']}"}
    place = f"/api/v1/supply/stock/{drawn.pk}"
    told = client.get(place, headers=sent).json()
    assert (told["code"], told["cover"], len(told["weeks"])) == ("A", "short", 12)
    made = client.post("/api/v1/supply/incoming", {"kind": "capacity", "product": "A", "week": "2026-06-10", "quantity": 40},
                       content_type="application/json", headers=sent)  # fmt: skip
    assert (made.status_code, made.json()["week"]) == (201, "2026-06-08")
    at = made.headers["Location"]
    changed = client.patch(at, {"quantity": 50}, content_type="application/json",
                           headers={**sent, "if-match": made.headers["ETag"]})  # fmt: skip
    assert (changed.status_code, changed.json()["quantity"], changed.json()["kind"]) == (200, 50.0, "capacity")
    said = {"until": today().isoformat(), "why": "二号线加班"}
    snoozed = client.post(f"{place}/snooze", said, content_type="application/json", headers=sent).json()
    assert snoozed["snoozed_why"] == "二号线加班"
    assert client.post(f"{place}/wake", headers=sent).json()["snoozed_until"] is None
    listed = client.get("/api/v1/supply/risks", headers=sent)
    assert (listed.status_code, len(listed.json()["items"])) == (200, AtRisk.objects.count())
    assert client.get(f"/api/v1/supply/risks/{AtRisk.objects.get(account__code=house.foreign).pk}",
                      headers={"authorization": f"Bearer {house.tokens['manager']}"}).status_code == 404  # fmt: skip


@pytest.mark.usefixtures("house")
def test_the_facts_of_a_house_are_drawn():
    """Sixty accounts, two years: every product counted and ordered is there, and its weeks follow from its stock."""
    shown = drawing.draw()

    row = Stocked.objects.order_by("-on_hand").first()
    weeks = list(row.weeks.all())
    assert shown == Stocked.objects.count() > 50
    assert Drawing.objects.get().as_of == scorecards.current().as_of
    assert row.on_hand == pytest.approx(sum(place["on_hand"] for place in row.places))
    assert row.lead_days > 0
    assert row.mase > 0
    assert row.wape > 0
    assert row.method in {each.value for each in Outlook}
    for before, after in pairwise(weeks):
        assert after.left == pytest.approx(max(before.left + after.coming - after.need, 0.0))


def test_who_needs_nothing_of_what_is_short_is_not_at_risk(house):
    read = a_read()
    shown = drawing.picture(read, Calendar(""))
    assert drawing.at_risk(read, shown, {"B": {house.mine: {date(2026, 6, 1): 9.0}}}) == []
    unpriced = replace(read, prices={})
    (risk,) = drawing.at_risk(unpriced, shown, {"A": {house.mine: {date(2026, 6, 1): 22.0}}})
    assert (risk["account"], risk["amount"]) == (house.mine, None)
