"""Training over the API."""

import pytest
from django.utils import timezone

from vitalfew.training.models import Attendee

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


def place_of(answer):
    return answer.headers["Location"].removeprefix("/api/v1")


def test_from_a_programme_to_a_certificate(house, ask):
    programme = ask("post", "/training/programmes", {"title": "安装规范", "levels": ["storekeeper"], "valid_months": 6})
    assert (programme.status_code, programme.json()["questions"]) == (201, 0)
    assert ask("post", "/training/programmes", {"title": "x", "levels": ["king"]}).status_code == 422
    changed = ask("patch", place_of(programme), {"hours": 3}, **{"if-match": programme.headers["ETag"]})
    assert (changed.json()["hours"], changed.json()["levels"]) == (3, ["storekeeper"])

    new = {"programme": programme.json()["id"], "day": timezone.localdate().isoformat(), "budget": "900"}
    session = ask("post", "/training/sessions", new)
    assert (session.status_code, session.json()["state"], session.json()["trainer"]) == (201, "planned", "director")
    place = place_of(session)
    assert ask("post", f"{place}/expect", {"account": "nobody"}).status_code == 404
    assert ask("post", f"{place}/expect", {"account": house.mine, "name": "王丽"}).status_code == 200
    assert ask("post", f"{place}/expect", {"account": house.foreign, "name": "赵敏"}).status_code == 200
    (mine,) = ask("get", "/training/attendees", role="manager").json()["items"]
    assert mine["name"] == "王丽"
    other = Attendee.objects.get(name="赵敏")
    assert ask("get", f"/training/attendees/{other.pk}", role="manager").status_code == 404

    here = f"/training/attendees/{mine['id']}"
    assert ask("post", f"{here}/came", {}).status_code == 428
    came = ask("post", f"{here}/came", {}, **{"if-match": ask("get", here).headers["ETag"]})
    assert came.json()["presence"] == "came"
    tag = ask("get", place).headers["ETag"]
    closed = ask("post", f"{place}/close", {"outcome": "顺利", "cost": "880.50"}, **{"if-match": tag})
    assert (closed.status_code, closed.json()["state"], closed.json()["cost"]) == (200, "closed", 880.5)
    assert ask("get", place, role="marketing").json()["cost"] is None
    again = ask("post", f"{place}/close", {}, **{"if-match": closed.headers["ETag"]})
    assert again.status_code == 409

    (held,) = ask("get", "/training/certificates").json()["items"]
    one = f"/training/certificates/{held['id']}"
    assert ask("get", one).json()["validity"] == "valid"
    revoked = ask("post", f"{one}/revoke", {"reason": "代签"}, **{"if-match": ask("get", one).headers["ETag"]})
    assert revoked.json()["validity"] == "revoked"
    back = ask("post", f"{one}/give-back", {}, **{"if-match": revoked.headers["ETag"]})
    assert back.json()["validity"] == "valid"
    opened = ask("post", f"{place}/reopen", {}, **{"if-match": closed.headers["ETag"]})
    assert opened.json()["state"] == "held"


def test_a_session_is_cancelled_with_its_reason(ask):
    programme = ask("post", "/training/programmes", {"title": "话术"})
    session = ask("post", "/training/sessions", {"programme": programme.json()["id"], "day": "2099-01-05"})
    place = place_of(session)
    tag = {"if-match": session.headers["ETag"]}
    assert ask("post", f"{place}/held", {}, **tag).status_code == 409
    assert ask("post", f"{place}/cancel", {"reason": ""}, **tag).status_code == 422
    assert ask("post", f"{place}/cancel", {"reason": "停电"}, **tag).json()["reason"] == "停电"
    assert ask("post", "/training/sessions", {"programme": 10**6, "day": "2099-01-05"}).status_code == 422
    assert ask("post", "/training/programmes", {"title": "x"}, role="manager").status_code == 403
