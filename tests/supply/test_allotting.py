"""Who would get how much of what is short, and what floors and priority cost whom."""

from datetime import date, timedelta

import pytest

from house import signed_in
from vitalfew.people.models import AuditEntry
from vitalfew.people.permissions import Forbidden
from vitalfew.supply import actions, allotting, reading
from vitalfew.supply.models import Allotment, Drawing, Stocked, Week
from vitalfew.supply.words import Cover
from vitalfew.terms import Tier
from vitalfew.workdays import Calendar

pytestmark = [pytest.mark.database, pytest.mark.django_db]
FIRST = date(2026, 6, 8)
LATER = timedelta(weeks=1)


@pytest.fixture
def shelf(house, monkeypatch):
    """Ten of A are there, and ten more come in the second week; each of two accounts needs ten a week, nobody else anything."""
    Drawing.objects.create(pk=1, as_of=date(2026, 6, 5), currency="CNY")
    row = Stocked.objects.create(code="A", price=100.0, cover=Cover.SHORT, empty_on=FIRST, order_by=date(2026, 6, 1))
    for n in range(2):
        Week.objects.create(
            product=row, since=FIRST + LATER * n, need=20, coming=10 * n, left=0, short=10, cover=Cover.SHORT
        )
    months = {date(2026, 6, 1): 44.0}
    monkeypatch.setattr(
        reading, "of_accounts", lambda _r, _codes=(): {"A": {house.mine: months, house.foreign: months}}
    )
    monkeypatch.setattr(allotting, "calendar", lambda: Calendar(""))
    tiers = {house.mine: Tier.MVC.value, house.foreign: Tier.BZ.value}
    monkeypatch.setattr(allotting, "in_force", lambda _day: tiers)
    return row


def a_draft(**said):
    return Allotment(**{"name": "春节前分货", "products": "A", "weeks": 2, "floor": 0, "rule": "tiers", **said})


def given(found, house):
    by = {share.account.code: share for share in found.shares}
    return by[house.mine], by[house.foreign]


def test_priority_takes_from_one_what_it_gives_to_another(house, shelf):
    found = allotting.outcome(a_draft())
    mine, foreign = given(found, house)

    assert (shelf.code, mine.given, foreign.given) == ("A", pytest.approx(20), pytest.approx(0))
    assert (mine.without_priority, foreign.without_priority) == (pytest.approx(10), pytest.approx(10))
    assert (mine.moved, foreign.moved) == (pytest.approx(1000), pytest.approx(-1000))
    assert [(row.loser.code, row.gainer.code, row.amount) for row in found.losses] == [
        (house.foreign, house.mine, pytest.approx(1000))
    ]
    set_, _bare, alike = found.ways
    assert (set_.least, set_.empty_handed, alike.least, alike.empty_handed) == (0, 1, pytest.approx(0.5), 0)
    assert (set_.fairness, alike.fairness) == (pytest.approx(0.5), pytest.approx(1.0))


@pytest.mark.usefixtures("shelf")
def test_a_floor_is_served_before_priority_and_less_is_shared_out_where_some_is_kept_back(house):
    found = allotting.outcome(a_draft(floor=30))
    mine, foreign = given(found, house)
    assert (mine.given, foreign.given, foreign.without_floor) == (
        pytest.approx(14), pytest.approx(6), pytest.approx(0)
    )  # fmt: skip

    kept_back = allotting.outcome(a_draft(rule="alike", reserve=50))
    assert sum(share.given for share in kept_back.shares) == pytest.approx(10)
    assert kept_back.losses == []


@pytest.mark.usefixtures("shelf")
def test_minimums_that_collide_are_named(house):
    fits = allotting.outcome(a_draft(minimums=f"{house.foreign}, A, 5"))
    assert (list(fits.collisions), given(fits, house)[1].given) == ([], pytest.approx(10))

    minimums = f"{house.mine}, A, 8\n{house.foreign}, A, 8"
    said = [each.say("en") for each in allotting.outcome(a_draft(minimums=minimums)).collisions]
    assert len(said) == 2
    assert all(part in said[0] for part in ("A", "2026-06-08", "6", "16"))


def test_what_others_need_is_set_aside(house, shelf):
    Week.objects.filter(product=shelf).update(need=40, short=30)
    found = allotting.outcome(a_draft())
    assert sum(share.given for share in found.shares) == pytest.approx(10)
    assert given(found, house)[0].given == pytest.approx(10)


@pytest.mark.usefixtures("shelf")
def test_a_draft_is_tried_with_other_rules_before_it_is_kept(house, client):
    signed_in(house, client, "supply")
    assert 'value="A"' in client.get("/supply/allotments/new/").content.decode()
    sent = {"name": "春节前分货", "products": "A，", "weeks": 2, "rule": "tiers", "floor": 0, "reserve": 0, "grace": 14}
    wrong = client.post("/supply/allotments/new/", {**sent, "products": "ZZ", "weeks": 13, "minimums": "谁, A, 5"})
    assert wrong.status_code == 422
    assert set(wrong.context["form"].errors) == {"products", "weeks", "minimums"}
    assert client.post("/supply/allotments/new/", sent).status_code == 302
    row = Allotment.objects.get()

    tried = client.get(f"{row.get_absolute_url()}?rule=tiers&floor=30&reserve=0")
    assert {round(each.given) for each in tried.context["shares"]} == {14, 6}
    assert Allotment.objects.get().floor == 0
    assert client.get(f"{row.get_absolute_url()}?rule=none&floor=-3&reserve=x").status_code == 200
    assert client.post(f"{row.get_absolute_url()}edit/", tried.context["kept"]).status_code == 302
    assert Allotment.objects.get().floor == 30
    assert client.post(f"{row.get_absolute_url()}edit/", tried.context["kept"]).status_code == 409
    assert client.post(f"{row.get_absolute_url()}put-away/").status_code == 302
    assert client.get(row.get_absolute_url()).status_code == 404
    assert client.post(f"{row.get_absolute_url()}fetch-back/").status_code == 204
    assert set(AuditEntry.objects.filter(action__startswith="allotment-").values_list("action", flat=True)) == {
        "allotment-add", "allotment-change", "allotment-put-away", "allotment-fetch-back"
    }  # fmt: skip


@pytest.mark.usefixtures("shelf")
def test_tiers_are_told_to_who_sees_money_and_drafts_to_who_works_on_supply(house, client):
    with pytest.raises(Forbidden):
        actions.enter(house.user("manager"), a_draft())
    row = actions.enter(house.user("supply"), a_draft())
    label = '<td data-label="层级">'
    assert label not in signed_in(house, client, "supply").get(row.get_absolute_url()).content.decode()
    assert label in signed_in(house, client, "director").get(row.get_absolute_url()).content.decode()
    assert signed_in(house, client, "manager").get(row.get_absolute_url()).status_code == 403
    Stocked.objects.all().delete()
    assert signed_in(house, client, "supply").get(row.get_absolute_url()).context["refused"]


@pytest.mark.usefixtures("shelf")
def test_drafts_over_the_api(house, client):
    sent = {"authorization": f"Bearer {house.tokens['supply']}"}
    made = client.post("/api/v1/supply/allotments", {"name": "分货", "products": "A", "weeks": 2, "floor": 0},
                       content_type="application/json", headers=sent)  # fmt: skip
    told = made.json()
    assert (made.status_code, told["refused"], [way["way"] for way in told["ways"]]) == (
        201, None, ["as_set", "without_floors", "without_priority"]
    )  # fmt: skip
    assert told["losses"] == [{"loser": house.foreign, "gainer": house.mine, "amount": pytest.approx(1000)}]
    changed = client.patch(made.headers["Location"], {"floor": 30}, content_type="application/json",
                           headers={**sent, "if-match": made.headers["ETag"]}).json()  # fmt: skip
    assert sorted(round(each["given"]) for each in changed["shares"]) == [6, 14]
