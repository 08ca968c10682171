"""Visits over the API."""

from datetime import timedelta

import pytest
from django.utils import timezone

from vitalfew.activities.models import Activity
from vitalfew.visits.models import Visit

pytestmark = [pytest.mark.database, pytest.mark.django_db]
JSON = "application/json"


@pytest.fixture
def ask(house, client):
    def asked(method, path, body=None, role="manager", **headers):
        sent = {"authorization": f"Bearer {house.tokens[role]}", **headers}
        if method == "get":
            return client.get(f"/api/v1{path}", headers=sent)
        return getattr(client, method)(f"/api/v1{path}", body, content_type=JSON, headers=sent)

    return asked


def day(ahead=0):
    return (timezone.localdate() + timedelta(days=ahead)).isoformat()


def new(house, **said):
    return {"accounts": [house.mine], "day": day(3), "purpose": "review", "at": "10:00", **said}


def held(house, **said):
    outcome = {"account": house.mine, "mood": "good"}
    return {"day": day(), "text": "同意备货", "outcomes": [outcome], **said}


def test_it_is_planned_once_corrected_and_put_away(house, ask, mine, known):
    person = known(mine, "钱总")
    body = new(house, wanted=[person.pk], companions=["director"])
    made = [ask("post", "/visits", body, **{"idempotency-key": "k"}) for _n in "ab"]
    assert [each.status_code for each in made] == [201, 201]
    assert Visit.objects.count() == 1
    told, place = made[0].json(), made[0].headers["Location"].removeprefix("/api/v1")
    assert [told[name] for name in ("leader", "companions", "wanted", "state", "at")] == [
        "manager", ["director"], [person.pk], "planned", "10:00:00",
    ]  # fmt: skip

    assert ask("patch", place, {"place": "总部"}).status_code == 428
    changed = ask("patch", place, {"place": "总部"}, **{"if-match": made[0].headers["ETag"]})
    assert (changed.status_code, changed.json()["place"], changed.json()["wanted"]) == (200, "总部", [person.pk])
    assert ask("patch", place, {"day": day(9)}, **{"if-match": changed.headers["ETag"]}).status_code == 422
    assert ask("delete", place, **{"if-match": changed.headers["ETag"]}).status_code == 200
    assert ask("get", place).status_code == 404


def test_it_is_agreed_moved_cancelled_and_open_again(house, ask):
    place = f"/visits/{ask('post', '/visits', new(house)).json()['id']}"

    assert ask("post", f"{place}/confirm").json()["state"] == "confirmed"
    assert ask("post", f"{place}/move", {"day": day(-1), "why": "改期"}).status_code == 409
    moved = ask("post", f"{place}/move", {"day": day(5), "why": "改期"}).json()
    assert (moved["day"], moved["state"], moved["moves"][0]["was_day"]) == (day(5), "planned", day(3))
    assert ask("post", f"{place}/cancel", {"why": ""}).status_code == 422
    assert ask("post", f"{place}/cancel", {"why": "出差"}).json()["standing"] == "cancelled"
    assert ask("post", f"{place}/confirm").status_code == 409
    assert ask("post", f"{place}/reopen").json()["state"] == "planned"
    assert ask("post", f"{place}/confirm", role="supply").status_code == 403


def test_its_result_is_written_down_in_its_version_and_taken_back(house, ask, mine, known):
    person = known(mine, "钱总")
    made = ask("post", "/visits", new(house, day=day(-1)))
    place, tag = f"/visits/{made.json()['id']}", {"if-match": made.headers["ETag"]}
    rows = [{"what": f"事 {n}", "due": day(1)} for n in range(5)]
    body = held(house, met=[person.pk], promises=[{"text": "报价", "due": day(2)}], follow_ups=rows)

    assert ask("post", f"{place}/hold", body).status_code == 428
    assert ask("post", f"{place}/hold", held(house, day=day(1)), **tag).status_code == 422
    assert ask("post", f"{place}/hold", held(house, outcomes=[]), **tag).status_code == 422
    done = ask("post", f"{place}/hold", body, **tag)
    told = done.json()
    assert (told["state"], told["met"], len(told["promises"]), len(told["follow_ups"])) == ("held", [person.pk], 1, 5)
    assert Activity.objects.filter(pk=told["accounts"][0]["activity"], way="visit").exists()
    assert ask("post", f"{place}/hold", body, **tag).status_code == 412
    follow = f"{place}/follow-ups/{told['follow_ups'][0]['id']}"
    assert ask("post", f"{follow}/done").json()["follow_ups"][0]["done_on"] == day()
    assert ask("post", f"{follow}/reopen").json()["follow_ups"][0]["done_on"] is None
    assert ask("post", f"{place}/follow-ups/999999/done").status_code == 404
    back = ask("post", f"{place}/take-back").json()
    assert (back["state"], back["follow_ups"], back["promises"]) == ("planned", [], [])


def test_of_a_round_table_the_own_accounts_are_told_even_when_it_is_put_away(house, ask):
    accounts = [house.mine, house.foreign]
    assert ask("post", "/visits", new(house, accounts=accounts)).status_code == 404
    made = ask("post", "/visits", new(house, accounts=accounts, purpose="round_table"), role="director")
    place = f"/visits/{made.json()['id']}"

    seen = ask("get", place)
    assert [each["account"] for each in seen.json()["accounts"]] == [house.mine]
    Visit.objects.update(leader=None, made_by="manager")
    assert house.foreign not in ask("post", f"{place}/confirm").content.decode()
    away = ask("delete", place, **{"if-match": ask("get", place).headers["ETag"]})
    assert (away.status_code, house.foreign in away.content.decode()) == (200, False)


def test_a_foreign_visit_is_not_there(house, ask):
    made = ask("post", "/visits", new(house, accounts=[house.foreign]), role="director").json()

    assert ask("get", f"/visits/{made['id']}").status_code == 404
    assert ask("post", f"/visits/{made['id']}/confirm").status_code == 404
    assert ask("get", "/visits").json()["items"] == []
    assert ask("get", "/visits", role="portal").status_code == 404
