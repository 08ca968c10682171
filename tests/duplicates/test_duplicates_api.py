"""Pairs over the API: listed, decided once, undone, never for a stranger."""

import json

import pytest
from django.test import Client

from vitalfew.accounts import search
from vitalfew.accounts.models import Account
from vitalfew.duplicates import finding
from vitalfew.duplicates.models import Pair

pytestmark = [pytest.mark.database, pytest.mark.django_db]
BASE = "/api/v1"


@pytest.fixture
def pair(house):
    made = [
        Account.objects.create(code=code, name=name, manager=house.user("manager"))
        for code, name in (("TW-1", "苏州澄岚电器有限公司"), ("TW-2", "苏州澄岚电器有限责任公司"))
    ]
    search.index(made)
    finding.find()
    return Pair.objects.get(one_account=made[0])


def call(house, role, method, path, body=None, **headers):
    client = Client(headers={"authorization": f"Bearer {house.tokens[role]}", **headers})
    sent = {"data": json.dumps(body or {}), "content_type": "application/json"} if method == "post" else {}
    return getattr(client, method)(f"{BASE}{path}", **sent)


def test_a_pair_is_listed_read_decided_once_and_undone(house, pair):
    listed = call(house, "manager", "get", "/duplicates?state=waiting").json()["items"]
    assert [each["id"] for each in listed if each["one_code"] == "TW-1"] == [pair.pk]
    read = call(house, "manager", "get", f"/duplicates/{pair.pk}")
    assert read.json()["one"] == {"code": "TW-1", "person": None, "name": "苏州澄岚电器有限公司"}
    path, asked = f"/duplicates/{pair.pk}/decide", {"decision": "same", "kept": "one"}

    assert call(house, "manager", "post", path, asked).status_code == 428
    assert call(house, "manager", "post", path, asked, **{"if-match": '"99"'}).status_code == 412
    done = [
        call(house, "manager", "post", path, asked, **{"if-match": read["ETag"], "idempotency-key": "a"})
        for _again in range(2)
    ]

    assert [each.status_code for each in done] == [200, 200]
    assert done[1].headers["Idempotency-Replayed"] == "true"
    assert call(house, "manager", "get", "/accounts/TW-2").json()["code"] == "TW-1"
    again = call(house, "manager", "post", path, asked, **{"if-match": done[0]["ETag"]})
    assert again.status_code == 409
    undone = call(house, "manager", "post", f"/duplicates/{pair.pk}/undo", **{"if-match": done[0]["ETag"]})
    assert undone.json()["state"] == "waiting"
    assert call(house, "manager", "get", "/accounts/TW-2").json()["code"] == "TW-2"


@pytest.mark.parametrize(
    "asked", [{"decision": "eat"}, {"decision": "same", "kept": "both"}, {}, {"decision": "same", "more": 1}]
)
def test_what_is_no_decision_is_refused_in_words(house, pair, asked):
    answer = call(house, "manager", "post", f"/duplicates/{pair.pk}/decide", asked, **{"if-match": f'"{pair.version}"'})

    assert answer.status_code == 422
    assert Account.objects.filter(code__in=("TW-1", "TW-2")).count() == 2


def test_a_pair_with_a_foreign_record_is_answered_like_none(house, pair):
    Account.objects.filter(code="TW-2").update(manager=None)

    answers = [call(house, "manager", "get", f"/duplicates/{pk}") for pk in (pair.pk, 10**9)]

    assert [each.status_code for each in answers] == [404, 404]
    assert call(house, "manager", "get", "/duplicates").json()["items"] == []
