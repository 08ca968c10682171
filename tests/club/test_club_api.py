"""The club and the green channel over the API."""

from datetime import timedelta

import pytest
from django.utils import timezone

from vitalfew.accounts.models import Account
from vitalfew.club import actions, joining
from vitalfew.club.models import Benefit, Level

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
def level(house):
    """A level to which an account of the manager and a foreign one belong."""
    made = actions.make(house.user("director"), Level(name="金卡", mark="金", rank=1))
    for code in (house.mine, house.foreign):
        joining.enter(Account.objects.get(code=code), made, timezone.localdate(), ())
    return made


def day(ahead=0):
    return (timezone.localdate() + timedelta(days=ahead)).isoformat()


def test_levels_and_members_that_one_sees(house, ask, level):
    (told,) = ask("get", "/club/levels").json()["items"]
    assert (told["name"], told["n"]) == ("金卡", 1)
    assert ask("get", f"/club/levels/{level.pk}").json()["rank"] == 1

    (member,) = ask("get", "/club/members").json()["items"]
    assert member["code"] == house.mine
    one = ask("get", f"/club/members/{member['id']}").json()
    assert (one["account"], one["standing"], one["how"]) == (house.mine, "member", "rule")
    foreign = level.members.get(account__code=house.foreign)
    assert ask("get", f"/club/members/{foreign.pk}").status_code == 404


def test_a_nomination_asks_a_second_person(house, ask, level):
    sent = {"account": house.mine, "level": level.pk, "ends_on": day(90), "why": "新开门店"}

    assert ask("post", "/club/nominations", {**sent, "account": house.foreign}).status_code == 404
    assert ask("post", "/club/nominations", {**sent, "ends_on": day()}).status_code == 422
    assert ask("post", "/club/nominations", sent, role="supply").status_code == 403
    made = ask("post", "/club/nominations", sent)
    assert (made.status_code, made.json()["state"]) == (201, "waiting")
    assert ask("post", "/club/nominations", sent).status_code == 409


def test_what_was_used_is_written_down_and_put_away(house, ask, level):
    right = actions.make(house.user("director"), Benefit(level=level, kind="other", text="r"))

    made = ask("post", "/club/uses", {"account": house.mine, "benefit": right.pk, "day": day(), "cost": "12.50"})
    assert (made.status_code, made.json()["cost"]) == (201, 12.5)
    place = made.headers["Location"].removeprefix("/api/v1")
    assert ask("delete", place, **{"if-match": made.headers["ETag"]}).status_code == 200


@pytest.mark.usefixtures("level")
def test_an_event_and_its_invitations(house, ask):
    made = ask("post", "/club/events", {"title": "座谈会", "day": day(), "budget": "3000"})
    place = made.headers["Location"].removeprefix("/api/v1")
    assert (made.status_code, made.json()["budget"]) == (201, 3000)
    assert ask("patch", place, {"place": "总部"}).status_code == 428
    changed = ask("patch", place, {"place": "总部"}, **{"if-match": made.headers["ETag"]})
    assert (changed.json()["place"], changed.json()["title"]) == ("总部", "座谈会")
    assert ask("get", place, role="supply").json()["budget"] is None

    assert ask("post", f"{place}/invite", {"account": house.foreign}).status_code == 404
    assert ask("post", f"{place}/invite", {"account": house.mine}).status_code == 200
    (row,) = ask("get", "/club/invitations").json()["items"]
    one = ask("get", f"/club/invitations/{row['id']}")
    came = ask("patch", f"/club/invitations/{row['id']}", {"answer": "attended"}, **{"if-match": one.headers["ETag"]})
    assert (came.status_code, came.json()["answer"]) == (200, "attended")
    wrong = ask("patch", f"/club/invitations/{row['id']}", {"answer": "x"}, **{"if-match": came.headers["ETag"]})
    assert wrong.status_code == 422


def test_the_longest_wait_is_read_by_all_and_said_by_heads(ask):
    told = ask("get", "/green-channel")
    assert (told.json()["longest"], told.json()["version"]) == (5, 0)
    assert {each["queue"] for each in told.json()["queues"]} >= {"approvals", "mails", "alarms"}

    sent = {"longest": 3}
    assert ask("patch", "/green-channel", sent, role="manager").status_code == 403
    assert ask("patch", "/green-channel", sent, role="director").status_code == 428
    changed = ask("patch", "/green-channel", sent, role="director", **{"if-match": told.headers["ETag"]})
    assert (changed.status_code, changed.json()["longest"]) == (200, 3)
    assert (
        ask("patch", "/green-channel", sent, role="director", **{"if-match": told.headers["ETag"]}).status_code == 412
    )
