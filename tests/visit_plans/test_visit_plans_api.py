"""Plans of visits over the API."""

from datetime import timedelta

import pytest
from django.utils import timezone

from vitalfew.visit_plans.computing import compute
from vitalfew.visit_plans.models import VisitPlan

pytestmark = [pytest.mark.database, pytest.mark.django_db]
JSON = "application/json"


@pytest.fixture
def ask(house, client):
    def asked(method, path, body=None, role="director", **headers):
        sent = {"authorization": f"Bearer {house.tokens[role]}", **headers}
        if method == "get":
            return client.get(f"/api/v1{path}", headers=sent)
        return getattr(client, method)(f"/api/v1{path}", body, content_type=JSON, headers=sent)

    return asked


def new(**said):
    since = (timezone.localdate() + timedelta(days=7)).isoformat()
    return {"people": ["manager", "other"], "since": since, "weeks": 3} | said


def worked_out(ask, **said):
    made = ask("post", "/visits/plans", new(**said)).json()
    assert (made["state"], made["proposals"]) == ("waiting", [])
    compute(made["id"], VisitPlan.objects.get(pk=made["id"]).run, timezone.localdate())
    return f"/visits/plans/{made['id']}"


def test_it_is_asked_for_once_and_told_with_its_proposals(ask):
    made = [ask("post", "/visits/plans", new(), **{"idempotency-key": "k"}) for _n in "ab"]
    assert [each.status_code for each in made] == [201, 201]
    assert VisitPlan.objects.count() == 1

    told = ask("get", worked_out(ask)).json()

    assert (told["state"], told["people"], told["progress"]) == ("done", ["manager", "other"], 1.0)
    assert told["proposals"]
    assert {row["person"] for row in told["proposals"]} == {"manager", "other"}
    assert all(row["why"] for row in told["proposals"])
    assert 0 <= told["short_of_best"] < 0.01


def test_proposals_are_accepted_given_back_moved_and_turned_down(ask):
    place = worked_out(ask)
    first, second, *_rest = ask("get", place).json()["proposals"]

    told = ask("post", f"{place}/accept", {"proposals": [first["id"]]}).json()
    accepted = {row["id"]: row for row in told["proposals"]}[first["id"]]
    assert accepted["state"] == "accepted"
    assert accepted["visit"]
    assert ask("post", f"{place}/proposals/{first['id']}/reject").status_code == 409
    given = ask("post", f"{place}/give-back", {"batch": accepted["batch"]}).json()
    assert {row["state"] for row in given["proposals"]} == {"open"}
    turned = ask("post", f"{place}/proposals/{second['id']}/reject").json()
    assert {row["id"]: row["state"] for row in turned["proposals"]}[second["id"]] == "rejected"
    assert ask("post", f"{place}/proposals/{second['id']}/open").status_code == 200
    where = {"person": "nobody", "week": first["day"]}
    assert ask("post", f"{place}/proposals/{first['id']}/move", where).status_code == 409
    assert ask("post", f"{place}/proposals/999999/reject").status_code == 404
    assert ask("post", f"{place}/again").json()["state"] == "waiting"


def test_what_cannot_be_is_refused_field_by_field(ask):
    for wrong in ({"weeks": 13}, {"people": []}, {"people": ["nobody"]}, {"most_a_day": 0}, {"since": "2020-01-01"}):
        assert ask("post", "/visits/plans", new(**wrong)).status_code == 422
    assert ask("post", "/visits/plans", new(people=["other"]), role="manager").status_code == 422


def test_a_foreign_plan_is_not_there(ask):
    place = worked_out(ask)
    number = ask("get", place).json()["proposals"][0]["id"]

    assert ask("get", place, role="manager").status_code == 404
    assert ask("post", f"{place}/accept", {}, role="manager").status_code == 404
    assert ask("post", f"{place}/proposals/{number}/reject", role="manager").status_code == 404
    mine = worked_out(lambda *a, **k: ask(*a, role="manager", **k), people=["manager"])
    assert ask("get", mine, role="executive").status_code == 200
    assert ask("delete", mine, role="manager").status_code == 428
    tag = ask("get", mine, role="manager").headers["ETag"]
    assert ask("delete", mine, role="manager", **{"if-match": tag}).status_code == 200
    assert ask("get", mine, role="manager").status_code == 404
