"""Promises over the API."""

from datetime import timedelta

import pytest
from django.utils import timezone

from vitalfew.promises.models import Promise

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
    return {"account": house.mine, "text": "两天内报价", "due": day(2), "origin": "visit", **said}


def test_it_is_written_once_changed_and_put_away(house, ask):
    made = [ask("post", "/promises", new(house), **{"idempotency-key": "k"}) for _n in "ab"]
    assert [each.status_code for each in made] == [201, 201]
    assert Promise.objects.count() == 1
    told, place = made[0].json(), made[0].headers["Location"].removeprefix("/api/v1")
    assert (told["owner"], told["standing"], told["state"], told["made_on"]) == ("manager", "soon", "open", day())

    assert ask("patch", place, {"text": "三天内报价"}).status_code == 428
    changed = ask("patch", place, {"text": "三天内报价"}, **{"if-match": made[0].headers["ETag"]})
    assert (changed.status_code, changed.json()["text"], changed.json()["due"]) == (200, "三天内报价", day(2))
    assert ask("patch", place, {"due": day(9)}, **{"if-match": changed.headers["ETag"]}).status_code == 422
    assert ask("delete", place, **{"if-match": changed.headers["ETag"]}).status_code == 200
    assert ask("get", place).status_code == 404


def test_it_is_moved_kept_and_opened_again(house, ask):
    told = ask("post", "/promises", new(house)).json()
    place = f"/promises/{told['id']}"
    said = {"due": day(9), "agreed_on": day(), "consent": "王采购", "why": "仓库搬迁"}

    assert ask("post", f"{place}/move", {**said, "due": day()}).status_code == 409
    moved = ask("post", f"{place}/move", said).json()
    assert (moved["due"], moved["moves"][0]["was_due"]) == (day(9), day(2))
    kept = ask("post", f"{place}/keep", {"on": day(), "evidence": "已报价"}).json()
    assert (kept["state"], kept["settled_on"], kept["evidence"]) == ("kept", day(), "已报价")
    assert ask("post", f"{place}/give-up", {"why": "停产"}).status_code == 409
    assert ask("post", f"{place}/reopen").json()["state"] == "open"
    assert ask("post", f"{place}/keep", {"on": day(), "evidence": ""}).status_code == 422
    assert ask("post", f"{place}/give-up", {"why": "停产"}, role="complaints").status_code == 403
    released = ask("post", f"{place}/release", {"on": day(), "consent": "王采购", "why": "不再需要"}).json()
    assert (released["state"], released["consent"]) == ("released", "王采购")


def test_a_foreign_account_takes_no_promise_and_shows_none(house, ask):
    assert ask("post", "/promises", new(house, account=house.foreign)).status_code == 404
    theirs = ask("post", "/promises", new(house, account=house.foreign), role="director").json()

    assert ask("get", f"/promises/{theirs['id']}").status_code == 404
    assert ask("post", f"/promises/{theirs['id']}/keep", {"on": day(), "evidence": "x"}).status_code == 404
    assert ask("get", "/promises").json()["items"] == []
    assert ask("get", "/promises", role="portal").status_code == 404
