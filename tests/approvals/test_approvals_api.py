"""Approvals over the API: asked once, decided by another, within limits, by deputies."""

import pytest
from django.utils import timezone

from vitalfew.approvals.models import Approval

pytestmark = [pytest.mark.database, pytest.mark.django_db]
JSON = "application/json"


@pytest.fixture
def call(house, client):
    def called(method, path, body=None, role="manager", **headers):
        sent = {"authorization": f"Bearer {house.tokens[role]}", **headers}
        if method == "get":
            return client.get(f"/api/v1{path}", headers=sent)
        return getattr(client, method)(f"/api/v1{path}", body, content_type=JSON, headers=sent)

    return called


def new(house, **said):
    return {"account": house.mine, "kind": "allowance", "what": "补偿", "why": "破损", "amount": "1200.50", **said}


def test_it_is_asked_once_sent_back_asked_again_and_approved_by_another(house, call):
    made = [call("post", "/approvals", new(house), **{"idempotency-key": "k"}) for _n in "ab"]
    assert [each.status_code for each in made] == [201, 201]
    assert Approval.objects.count() == 1
    told = made[0].json()
    assert (told["state"], told["yours"], "director" in told["deciders"]) == ("waiting", False, True)
    place = f"/approvals/{told['id']}"

    assert call("post", f"{place}/approve", {}).status_code == 403
    assert call("post", f"{place}/send-back", {"why": ""}, "director").status_code == 422
    assert call("post", f"{place}/send-back", {"why": "单据"}, "director").json()["state"] == "returned"
    assert call("post", f"{place}/approve", {}, "director").status_code == 409
    again = call("post", f"{place}/again", {"amount": "900"}).json()
    assert (again["state"], float(again["amount"]), again["why"]) == ("waiting", 900.0, "破损")
    done = call("post", f"{place}/approve", {"note": "同意"}, "director").json()
    assert [step["kind"] for step in done["steps"]] == ["asked", "returned", "again", "approved"]
    assert call("post", f"{place}/withdraw").status_code == 409


@pytest.mark.parametrize("wrong", [{"amount": None}, {"amount": "0"}, {"kind": "tier-review"}, {"what": ""}, {"x": 1}])
def test_what_cannot_be_asked_for_is_refused_by_field(house, call, wrong):
    assert call("post", "/approvals", new(house, **wrong)).status_code == 422
    assert not Approval.objects.exists()


def test_a_foreign_account_takes_none_and_shows_none(house, call):
    assert call("post", "/approvals", new(house, account=house.foreign)).status_code == 404
    theirs = call("post", "/approvals", new(house, account=house.foreign), "director").json()

    assert call("get", f"/approvals/{theirs['id']}").status_code == 404
    assert call("post", f"/approvals/{theirs['id']}/approve", {}).status_code == 404
    assert call("get", "/approvals").json()["items"] == []


def test_deputies_and_limits_over_the_api(house, call):
    day = timezone.localdate().isoformat()
    made = call("post", "/approvals/deputies", {"deputy": "marketing", "since": day, "until": day}, "director")
    assert made.status_code == 201
    row = call("post", "/approvals", new(house)).json()
    assert call("post", f"/approvals/{row['id']}/approve", {}, "marketing").json()["state"] == "approved"
    place = f"/approvals/deputies/{made.json()['id']}"
    changed = call("patch", place, {"deputy": "executive"}, "director", **{"if-match": made.headers["ETag"]})
    assert changed.json()["deputy"] == "executive"
    assert call("delete", place, None, "executive", **{"if-match": changed.headers["ETag"]}).status_code == 403
    assert call("delete", place, None, "director", **{"if-match": changed.headers["ETag"]}).status_code == 200

    limit = {"kind": "allowance", "role": "manager", "amount": "100"}
    made = call("post", "/approvals/limits", limit, "administrator")
    assert made.status_code == 201
    assert call("post", "/approvals/limits", limit, "administrator").status_code == 409
    place = f"/approvals/limits/{made.json()['id']}"
    changed = call("patch", place, {"amount": "200"}, "administrator", **{"if-match": made.headers["ETag"]})
    assert float(changed.json()["amount"]) == 200.0
    assert call("delete", place, None, "administrator", **{"if-match": changed.headers["ETag"]}).status_code == 200
