"""The stakeholder map over the API."""

import pytest

from vitalfew.accounts.models import Account
from vitalfew.contacts import actions as contacts
from vitalfew.stakeholders import actions, questions
from vitalfew.stakeholders.models import Acquaintance, MeetingRule

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


@pytest.fixture
def wang(house):
    account = Account.objects.get(code=house.mine)
    return contacts.add(house.user("manager"), account, {"name": "王晓峰"}, {"influence": "high", "attitude": "critic"})


@pytest.fixture
def theirs(house):
    return contacts.add(house.user("director"), Account.objects.get(code=house.foreign), {"name": "外人"}, {})


def test_the_map_tells_people_who_knows_them_and_gaps(house, ask, wang):
    actions.state(house.user("director"), wang.person, 0, {"closeness": "trusted", "note": ""})

    told = ask("get", f"/stakeholders?account={house.mine}", **{"accept-language": "en"}).json()

    (one,) = told["people"]
    assert (one["part"], one["blocks"], one["contact"]) == ("decider", True, wang.pk)
    assert one["known_by"][0]["how_well"] == "well"
    assert one["known_by"][0]["by"] == "word"
    assert told["gaps"] == ["王晓峰 has a say and stands against us"]


def test_it_is_stated_changed_and_taken_back(house, ask, wang):
    body = {"person": wang.person_id, "closeness": "close"}
    made = [ask("post", "/acquaintances", body, **{"idempotency-key": "a"}) for _time in range(2)]
    assert [each.status_code for each in made] == [201, 201]
    place, tag = made[0].headers["Location"].removeprefix("/api/v1"), made[0].headers["ETag"]
    assert ask("get", place).json()["who"] == "manager"
    assert ask("post", "/acquaintances", body).status_code == 412

    assert ask("patch", place, {"closeness": "met"}).status_code == 428
    new = ask("patch", place, {"closeness": "met"}, **{"if-match": tag})
    assert new.json()["closeness"] == "met"
    assert ask("patch", place, {"closeness": "met"}, **{"if-match": tag}).status_code == 412
    assert ask("patch", place, {"closeness": "best"}, **{"if-match": new.headers["ETag"]}).status_code == 422
    assert ask("patch", place, {"closeness": "met"}, "director", **{"if-match": new.headers["ETag"]}).status_code == 404
    assert [row["closeness"] for row in ask("get", "/acquaintances?closeness=met").json()["items"]] == ["met"]

    assert ask("delete", place, **{"if-match": new.headers["ETag"]}).status_code == 200
    assert questions.own(house.user("manager"), wang.person) is None
    assert ask("get", place).status_code == 404


def test_foreign_people_are_as_if_they_were_not_there(house, ask, theirs):
    made = actions.state(house.user("director"), theirs.person, 0, {"closeness": "met", "note": ""})

    assert ask("get", f"/stakeholders?account={house.foreign}").status_code == 404
    assert ask("post", "/acquaintances", {"person": theirs.person_id, "closeness": "met"}).status_code == 404
    for method in ("get", "delete"):
        assert ask(method, f"/acquaintances/{made.pk}").status_code == 404
    assert ask("get", "/acquaintances").json()["items"] == []
    assert Acquaintance.objects.count() == 1


def test_a_level_is_planned_and_taken_back(house, ask):
    body = {"account": house.mine, "level": "storekeeper", "role": "manager", "rhythm": "yearly"}
    made = ask("post", "/coverage/rules", body)
    assert made.status_code == 201
    assert ask("post", "/coverage/rules", body).status_code == 412
    listed = ask("get", "/coverage?level=storekeeper").json()["items"]
    assert [(row["code"], row["state"], row["role"]) for row in listed] == [(house.mine, "uncovered", "manager")]

    path = f"/coverage/rules/{made.json()['id']}"
    assert ask("delete", path).status_code == 428
    assert ask("delete", path, **{"if-match": made.headers["ETag"]}).status_code == 200
    assert ask("get", "/coverage?level=storekeeper").json()["items"] == []


@pytest.mark.parametrize(
    ("change", "status"),
    [({"level": "moon"}, 422), ({"role": "pilot"}, 422), ({"rhythm": "hourly"}, 422), ({"account": "NOT-THERE"}, 404)],
)
def test_what_cannot_be_planned_is_told(house, ask, change, status):
    body = {"account": house.mine, "level": "manager", "role": "manager", "rhythm": "yearly", **change}

    assert ask("post", "/coverage/rules", body).status_code == status
    assert not MeetingRule.objects.exists()


def test_lines_of_foreign_accounts_and_of_the_house_are_not_there(house, ask):
    director, fields = house.user("director"), {"role": "manager", "rhythm": "yearly"}
    foreign = actions.plan(director, "manager", 0, fields, account=Account.objects.get(code=house.foreign))
    whole = actions.plan(director, "manager", 0, fields, tier="mvc")

    for row in (foreign, whole):
        assert ask("delete", f"/coverage/rules/{row.pk}", **{"if-match": '"1"'}).status_code == 404
