"""Alarms over the API: listed as far as one sees them, answered once."""

import pytest
from django.utils import timezone

from vitalfew.accounts.models import Account
from vitalfew.alarms.models import Alarm, Telling

pytestmark = [pytest.mark.database, pytest.mark.django_db]
JSON = "application/json"


@pytest.fixture
def call(house, client):
    def called(method, path, role="manager", **headers):
        sent = {"authorization": f"Bearer {house.tokens[role]}", **headers}
        if method == "get":
            return client.get(f"/api/v1{path}", headers=sent)
        return client.post(f"/api/v1{path}", {}, content_type=JSON, headers=sent)

    return called


@pytest.fixture
def row(house):
    made = Alarm.objects.create(
        kind="credit", matter="account:1", account=Account.objects.get(code=house.mine), urgency="urgent",
        said='[{"text": "Nobody looks after {account}", "figures": {"account": "甲"}}]', raised_at=timezone.now(),
        last_seen=timezone.localdate(),
    )  # fmt: skip
    Telling.objects.create(alarm=made, user=house.user("manager"))
    return made


def test_it_is_listed_told_in_full_and_answered_once(call, row):
    [item] = call("get", "/alarms?state=open").json()["items"]
    assert (item["id"], item["code"]) == (row.pk, row.account.code)
    told = call("get", f"/alarms/{row.pk}").json()
    assert (told["account"], told["urgency"], told["told"], told["repeats"]) == (
        row.account.code,
        "urgent",
        ["manager"],
        0,
    )
    assert told["advice"]

    done = [call("post", f"/alarms/{row.pk}/acknowledge", **{"idempotency-key": "k"}) for _n in "ab"]
    assert [each.status_code for each in done] == [200, 200]
    assert done[0].json()["answered_by"] == "manager"
    assert call("post", f"/alarms/{row.pk}/acknowledge").status_code == 409
    assert call("post", f"/alarms/{row.pk}/done").json()["state"] == "done"
    assert call("post", f"/alarms/{row.pk}/reopen").json()["state"] == "open"


def test_who_was_not_told_gets_nothing(call, row):
    assert call("get", f"/alarms/{row.pk}", "supply").status_code == 404
    assert call("post", f"/alarms/{row.pk}/acknowledge", "supply").status_code == 404
    assert call("get", "/alarms", "supply").json()["items"] == []
    assert call("get", "/alarms", "portal").status_code == 404
    assert call("get", f"/alarms/{row.pk}", "director").status_code == 200
