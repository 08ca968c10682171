"""Agreements over the API."""

from datetime import timedelta

import pytest
from django.utils import timezone

from vitalfew.agreements.models import Agreement
from vitalfew.approvals import actions as approvals

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
    return {
        "account": house.mine, "title": "协议", "kind": "annual", "since": day(-30), "until": day(335), "renewal": "none",
        "value": "100.10", "currency": "CNY", **said,
    }  # fmt: skip


def test_it_is_written_approved_and_broken(house, ask):
    made = [ask("post", "/agreements", new(house), **{"idempotency-key": "k"}) for _n in "ab"]
    assert [each.status_code for each in made] == [201, 201]
    assert Agreement.objects.count() == 1
    place = f"/agreements/{made[0].json()['id']}"
    assert (made[0].json()["value"], made[0].json()["owner"]) == (100.10, "manager")
    assert ask("post", f"{place}/ask").status_code == 409
    owed = {"side": "theirs", "text": "采购", "rhythm": "year", "measure": "none"}
    told = ask("post", f"{place}/obligations", owed)
    assert told.json()["obligations"][0]["course"] == "unknown"
    rule = {"kind": "discount", "value": "5", "since": day(-30), "until": day(335)}
    ruled = ask("post", f"{place}/rules", rule)
    assert ruled.status_code == 200
    refused = ask("post", f"{place}/rules", rule)
    assert (refused.status_code, refused.json()["errors"][0]["field"]) == (422, "since")
    match = {"if-match": ruled.headers["ETag"]}
    assert ask("patch", f"{place}/rules/{ruled.json()['rules'][0]['id']}", {"value": "6"}, **match).status_code == 200
    assert ask("patch", place, {"note": "x"}, **match).status_code == 412
    asked = ask("post", f"{place}/ask").json()
    row = Agreement.objects.get()
    approvals.approve(house.user("director"), asked["approval"], row.approval.version)

    now = ask("get", place)
    assert (now.json()["state"], now.json()["rules"][0]["value"]) == ("in-force", 6)
    match = {"if-match": now.headers["ETag"]}
    assert ask("delete", place, **match).status_code == 409
    assert ask("patch", place, {"value": "7"}, **match).status_code == 409, "its terms stay"
    assert ask("patch", place, {"lead_days": 90}, **match).json()["lead_days"] == 90
    said = {"side": "theirs", "broken_on": day(), "text": "未付款", "evidence": "对账单"}
    breach = ask("post", f"{place}/breach", said).json()["breaches"][0]
    where = f"/agreements/breaches/{breach['id']}"
    claimed = ask("post", f"{where}/penalty", {"amount": "12.34", "due": day(9)}).json()
    assert (claimed["state"], claimed["amount"]) == ("penalty", 12.34)
    assert ask("post", f"{where}/take-back").json()["state"] == "open"
    assert ask("post", f"{where}/waive", {"why": "首次"}).status_code == 422
    assert ask("post", f"{where}/waive", {"amount": "5", "why": "首次"}).json()["state"] == "asked"
    assert [each["id"] for each in ask("get", "/agreements/breaches").json()["items"]] == [breach["id"]]
    ended = ask("post", f"{place}/end", {"on": day(), "why": "终止"}).json()
    assert (ended["state"], ended["standing"]) == ("terminated", "terminated")
    assert ask("get", "/agreements", role="portal").status_code == 404


def test_a_contract_that_is_not_there_is_not_taken_over(house, ask):
    assert ask("post", "/agreements/take-over", {"account": house.mine, "contract": "?"}).status_code == 404
    assert ask("post", "/agreements/take-over", {"account": house.foreign, "contract": "?"}).status_code == 404
