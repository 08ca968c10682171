from datetime import timedelta

import pytest
from django.utils import timezone

from vitalfew.accounts.models import Account

pytestmark = [pytest.mark.database, pytest.mark.django_db]
PATH = "/api/v1/handovers"


@pytest.fixture
def ask(house, client):
    def asked(role, method, path, body=None, **headers):
        sent = {"authorization": f"Bearer {house.tokens[role]}", **headers}
        given = {} if method == "get" else {"data": body or {}, "content_type": "application/json"}
        return getattr(client, method)(path, headers=sent, **given)

    return asked


@pytest.fixture
def wish(house):
    due = str(timezone.localdate() + timedelta(days=9))
    return {"account": house.foreign, "successor": "manager", "due": due, "note": "先读协议"}


def test_a_handover_from_begin_to_end(house, ask, wish):
    made = ask("director", "post", PATH, wish)
    assert made.status_code == 201
    where = made.headers["Location"]
    begun = ask("manager", "get", where)

    taken = ask("manager", "post", f"{where}/accept", **{"if-match": begun.headers["ETag"]})
    assert taken.json()["state"] == "accepted"
    assert Account.objects.get(code=house.foreign).manager.username == "manager"
    version = taken.headers["ETag"]
    for step in taken.json()["steps"]:
        ticked = ask("manager", "patch", f"{where}/steps/{step['id']}", {"state": "done"}, **{"if-match": version})
        version = ticked.headers["ETag"]
    agreement = {"by": "赵总", "on": str(timezone.localdate()), "how": "visit"}
    done = ask("manager", "post", f"{where}/agree", agreement, **{"if-match": version})

    assert done.json()["state"] == "done"
    assert ask("manager", "delete", where, **{"if-match": done.headers["ETag"]}).status_code == 409


def test_what_is_refused(ask, wish):
    assert ask("manager", "post", PATH, wish).status_code == 404
    assert ask("analyst", "post", PATH, wish).status_code == 403
    assert ask("director", "post", PATH, {**wish, "successor": "analyst"}).json()["errors"][0]["field"] == "successor"
    where = ask("director", "post", PATH, wish).headers["Location"]
    assert ask("director", "post", PATH, wish).status_code == 409
    assert ask("director", "post", f"{where}/accept").status_code == 428
    version = ask("director", "get", where).headers["ETag"]
    assert ask("director", "post", f"{where}/accept", **{"if-match": version}).status_code == 403
    assert ask("manager", "post", f"{where}/accept", **{"if-match": '"99"'}).status_code == 412
    assert (
        ask("director", "patch", f"{where}/steps/999999", {"state": "done"}, **{"if-match": version}).status_code == 404
    )


def test_the_same_key_accepts_once(ask, wish):
    where = ask("director", "post", PATH, wish).headers["Location"]
    version = ask("manager", "get", where).headers["ETag"]
    sent = {"if-match": version, "idempotency-key": "k9"}

    answers = [ask("manager", "post", f"{where}/accept", **sent) for _time in range(2)]

    assert [each.status_code for each in answers] == [200, 200]
    assert answers[0].json() == answers[1].json()
