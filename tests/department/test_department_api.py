from datetime import timedelta

import pytest
from django.utils import timezone

from vitalfew.accounts.models import Absence, Account
from vitalfew.people.models import AuditEntry

pytestmark = [pytest.mark.database, pytest.mark.django_db]
DAY = timedelta(days=1)
PATH = "/api/v1/absences"


@pytest.fixture
def ask(house, client):
    def asked(role, method, path, body=None, **headers):
        sent = {"authorization": f"Bearer {house.tokens[role]}", **headers}
        given = {} if method == "get" else {"data": body, "content_type": "application/json"}
        return getattr(client, method)(path, headers=sent, **given)

    return asked


def test_absences_over_the_api(ask):
    today = timezone.localdate()
    sent = {"user": "other", "deputy": "manager", "since": str(today), "until": str(today + DAY)}
    made = ask("director", "post", PATH, sent)
    assert made.status_code == 201
    where, version = made.headers["Location"], made.headers["ETag"]

    again = ask("director", "post", PATH, sent)
    assert again.status_code == 422
    assert again.json()["errors"][0]["field"] == "until"
    late = ask("director", "patch", where, {"until": str(today + 9 * DAY)}, **{"if-match": version})
    assert late.json()["until"] == str(today + 9 * DAY)
    assert ask("director", "patch", where, {"until": str(today)}, **{"if-match": version}).status_code == 412
    assert ask("director", "delete", where, **{"if-match": late.headers["ETag"]}).status_code == 200
    assert not Absence.objects.filter(put_away_at=None).exists()
    assert AuditEntry.objects.filter(action="absence-put-away").exists()


def test_the_department_over_the_api(house, ask, own_facts):
    for place in own_facts.home.folder.glob("results/*/kept/desks.json"):
        place.unlink()
    rows = ask("director", "get", "/api/v1/department").json()["items"]

    mine = next(row for row in rows if row["manager"] == "manager")
    assert mine["accounts"] == Account.objects.filter(manager=house.user("manager")).count()
    assert [row["manager"] for row in ask("manager", "get", "/api/v1/department").json()["items"]] == ["manager"]
    assert ask("analyst", "get", "/api/v1/department").status_code == 403
