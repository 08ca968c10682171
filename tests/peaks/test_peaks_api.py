"""Peak seasons over the API."""

from datetime import timedelta

import pytest
from django.utils import timezone

pytestmark = [pytest.mark.database, pytest.mark.django_db]


@pytest.fixture
def call(client, house):
    def send(method, path, body=None, role="manager", **headers):
        kept = {"HTTP_AUTHORIZATION": f"Bearer {house.tokens[role]}", **headers}
        return getattr(client, method)(f"/api/v1{path}", body, content_type="application/json", **kept)

    return send


def test_from_a_draft_to_an_answer(call, house):
    begins = timezone.localdate() + timedelta(days=45)
    sent = {"account": house.mine, "category": "空调", "begins": str(begins), "ends": str(begins + timedelta(days=20))}
    made = call("post", "/peaks", sent)
    assert made.status_code == 201, made.content
    path, tag = f"/peaks/{made.json()['id']}", made["ETag"]
    lines = {"lines": [{"product": "P-1", "week": str(begins), "quantity": 40}]}
    done = call("post", f"{path}/book", lines, HTTP_IF_MATCH=tag)
    assert done.status_code == 200, done.content
    assert done.json()["bookings"][0]["quantity"] == 40
    assert call("post", f"{path}/ask").status_code == 200
    agreed = call("post", f"{path}/agree", {"on": str(timezone.localdate()), "whom": "王总"})
    assert agreed.json()["standing"] == "agreed"
    assert call("post", f"{path}/agree", {"on": str(timezone.localdate()), "whom": "王总"}).status_code == 409
    asked = call("get", "/arrangements").json()
    first = asked["rows"][0] if "rows" in asked else asked["items"][0]
    answer = {"answer": "no", "reason": "停机"}
    assert call("post", f"/arrangements/{first['id']}/answer", answer).status_code == 403
    assert call("post", f"/arrangements/{first['id']}/answer", answer, role="supply").json()["answer"] == "no"


def test_what_is_wrong_is_said_by_its_field(call, house):
    begins = timezone.localdate()
    sent = {"account": house.mine, "begins": str(begins), "ends": str(begins - timedelta(days=1))}

    assert call("post", "/peaks", sent).status_code == 422
