"""Incentives over the API."""

import pytest
from django.utils import timezone

from vitalfew.approvals import actions as approvals
from vitalfew.approvals.models import Approval
from vitalfew.incentives import accruing
from vitalfew.incentives.models import Booking, Case, Scheme, SchemeVersion
from vitalfew.incentives.simulating import simulate
from vitalfew.warehouse import scorecards

pytestmark = [pytest.mark.database, pytest.mark.django_db]
JSON = "application/json"


@pytest.fixture
def ask(house, client):
    def asked(method, path, body=None, role="marketing", **headers):
        sent = {"authorization": f"Bearer {house.tokens[role]}", **headers}
        if method == "get":
            return client.get(f"/api/v1{path}", headers=sent)
        return getattr(client, method)(f"/api/v1{path}", body, content_type=JSON, headers=sent)

    return asked


def new(**said):
    year = scorecards.current().as_of.year - 1
    return {"name": "年度返利", "since": f"{year}-01-01", "until": f"{year}-12-31", "every": "year", **said}


def volume(*steps):
    return {"kind": "volume", "terms": {"steps": "\n".join(steps), "base": "all"}}


def test_it_is_drafted_ruled_simulated_handed_in_and_booked(house, ask):
    made = [ask("post", "/incentives", new(), **{"idempotency-key": "k"}) for _n in "ab"]
    assert [each.status_code for each in made] == [201, 201]
    (number,) = made[0].json()["versions"]
    place = f"/incentives/versions/{number}"
    told = ask("get", place)
    assert ask("patch", place, {"rules": []}).status_code == 428
    match = {"if-match": told.headers["ETag"]}
    assert ask("patch", place, {"rules": [volume("abc")]}, **match).status_code == 422
    assert ask("patch", place, {"rules": [{"kind": "luck", "terms": {}}]}, **match).status_code == 409
    changed = ask("patch", place, {"rules": [volume("1000 1", "90000 2")]}, **match)
    assert changed.json()["rules"][0]["terms"] == {"base": "all", "steps": [["1000", "1"], ["90000", "2"]]}
    assert ask("post", f"{place}/hand-in", {}, **{"if-match": changed.headers["ETag"]}).status_code == 409

    assert ask("post", f"{place}/simulate").json()["simulated"] == "waiting"
    row = SchemeVersion.objects.get()
    assert simulate(row.pk, row.run)
    told = ask("get", place)
    assert told.json()["simulation"]["cost"] > 0
    assert "contribution" not in told.json()["simulation"]
    assert ask("get", place, role="manager").json()["simulation"] is None
    assert ask("post", f"{place}/hand-in", {}, **{"if-match": told.headers["ETag"]}).json()["state"] == "asked"
    approval = Approval.objects.get()
    approvals.approve(house.user("director"), approval.pk, approval.version)
    accruing.accrue_all(timezone.localdate())

    scheme = f"/incentives/{row.scheme_id}"
    (period,) = ask("get", scheme).json()["periods"]
    assert ask("get", scheme, role="manager").json()["periods"] == []
    said = {"since": period["since"], "until": period["until"], "expected": period["earned"], "key": "once"}
    assert ask("post", f"{scheme}/book", said).status_code == 403
    for _twice in "ab":
        (after,) = ask("post", f"{scheme}/book", said, role="director").json()["periods"]
        assert after["booked"] == after["earned"] == period["earned"]
    assert ask("post", f"{scheme}/book", {**said, "key": "other"}, role="director").status_code == 409

    booked = ask("get", f"/incentives/bookings/{Booking.objects.get().pk}", role="director")
    place, match = f"/incentives/bookings/{booked.json()['id']}/reverse", {"if-match": booked.headers["ETag"]}
    asked = ask("post", place, {"why": "有误"}, "director", **match)
    assert (asked.status_code, asked.json()["why"], asked.json()["reversed_at"]) == (200, "有误", None)


def test_who_does_not_make_schemes_is_refused_and_nothing_is_half_stored(ask, house):  # noqa: ARG001
    assert ask("post", "/incentives", new(), role="manager").status_code == 403
    assert ask("post", "/incentives", new(until="2001-01-01")).status_code == 422
    assert ask("post", "/incentives", new(tiers=["best"])).status_code == 422
    assert ask("post", "/incentives", new(every="day")).status_code == 422
    assert not Scheme.objects.exists()


def test_a_case_is_recorded_corrected_and_put_away(house, ask):
    day = timezone.localdate().isoformat()
    said = {"account": house.mine, "kind": "price", "day": day, "evidence": "截图"}
    made = ask("post", "/incentives/cases", said, role="manager")
    assert (made.status_code, made.json()["amount"]) == (201, None)
    place = f"/incentives/cases/{made.json()['id']}"
    assert ask("post", "/incentives/cases", {**said, "account": house.foreign}, role="manager").status_code == 404
    assert (
        ask("post", "/incentives/cases", {**said, "kind": "training", "amount": "1"}, role="manager").status_code == 422
    )

    changed = ask("patch", place, {"amount": "12.5"}, role="manager", **{"if-match": made.headers["ETag"]})
    assert changed.json()["amount"] == 12.5
    assert ask("delete", place, role="manager", **{"if-match": made.headers["ETag"]}).status_code == 412
    assert ask("delete", place, role="manager", **{"if-match": changed.headers["ETag"]}).status_code == 200
    assert Case.objects.get().put_away_at is not None
