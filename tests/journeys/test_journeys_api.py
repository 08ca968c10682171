"""Service journeys over the API."""

from datetime import timedelta

import pytest
from django.utils import timezone

from vitalfew.accounts.models import Account
from vitalfew.journeys import actions, composing
from vitalfew.journeys.models import Journey

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


@pytest.fixture
def template(house):
    director = house.user("director")
    made = composing.define(director, {"name": "大单全程服务", "about": ""})
    for place, (stage, title, after) in enumerate(
        (("before", "需求确认", "opening"), ("after", "验收回访", "delivery"))
    ):
        asked = {"stage": stage, "place": place, "title": title, "function": "service", "after": after, "days": 2}
        composing.PARTS.put_in(director, made.pk, "check", asked)
    return made


def day(ahead=0):
    return (timezone.localdate() + timedelta(days=ahead)).isoformat()


def test_a_journey_from_its_beginning_to_its_end(house, ask, template):
    sent = {
        "account": house.mine,
        "template": template.pk,
        "title": "首批进货",
        "order": "API-1",
        "delivered_on": day(-3),
        "opened_on": day(-9),
    }

    assert ask("post", "/journeys", {**sent, "account": house.foreign}).status_code == 404
    assert ask("post", "/journeys", {**sent, "opened_on": day(1)}).status_code == 422
    assert ask("post", "/journeys", sent, role="analyst").status_code == 403
    made = ask("post", "/journeys", sent)
    assert made.status_code == 201
    told = made.json()
    assert (told["began"], told["owner"], told["stage"], len(told["checks"])) == ("order", "manager", "before", 2)
    assert ask("post", "/journeys", sent).status_code == 422

    first, second = told["checks"]
    done = ask("post", f"/journeys/checks/{first['id']}/do", {"on": day()})
    assert (done.status_code, done.json()["state"], done.json()["settled_by"]) == (200, "fine", "manager")
    assert ask("post", f"/journeys/checks/{first['id']}/do", {"on": day()}).status_code == 409
    assert ask("post", f"/journeys/checks/{second['id']}/do", {"on": day(), "result": "trouble"}).status_code == 422
    left = ask("post", f"/journeys/checks/{second['id']}/leave-out", {"why": "客户不要"}).json()
    assert (left["state"], left["note"]) == ("left-out", "客户不要")
    assert ask("get", f"/journeys/{told['id']}").json()["end"] == "complete"
    assert ask("post", f"/journeys/checks/{second['id']}/reopen").json()["state"] == "open"
    assert ask("post", f"/journeys/checks/{second['id']}/hand-on", {"owner": "director"}).json()["owner"] == "director"
    closed = ask("post", f"/journeys/{told['id']}/close", {"on": day(), "end": "replaced", "why": "以旧换新"})
    assert closed.json()["standing"] == "closed"
    assert ask("post", f"/journeys/{told['id']}/reopen").json()["end"] == ""


def test_a_change_names_its_version(house, ask, template):
    fields = {"title": "首批", "owner": house.user("manager"), "opened_on": timezone.localdate()}
    row = actions.begin(house.user("manager"), Account.objects.get(code=house.mine), template, fields)
    tag = ask("get", f"/journeys/{row.pk}").headers["ETag"]

    assert ask("patch", f"/journeys/{row.pk}", {"title": "第二批"}).status_code == 428
    changed = ask("patch", f"/journeys/{row.pk}", {"title": "第二批"}, **{"If-Match": tag})
    assert (changed.status_code, changed.json()["title"]) == (200, "第二批")
    assert ask("patch", f"/journeys/{row.pk}", {"title": "第三批"}, **{"If-Match": tag}).status_code == 412
    assert ask("post", f"/journeys/{row.pk}/renew").json()["edition"] == 1
    assert ask("delete", f"/journeys/{row.pk}", **{"If-Match": changed.headers["ETag"]}).status_code == 200
    assert Journey.objects.get().put_away_at is not None


def test_lists_and_templates_are_told(house, ask, template):
    fields = {"title": "首批", "owner": house.user("director"), "opened_on": timezone.localdate()}
    for code in (house.mine, house.foreign):
        actions.begin(house.user("director"), Account.objects.get(code=code), template, fields)

    (one,) = ask("get", "/journeys").json()["items"]
    assert (one["code"], one["checks_n"]) == (house.mine, 2)
    assert len(ask("get", "/journeys/checks").json()["items"]) == 2
    assert len(ask("get", "/journeys/checks?standing=waiting").json()["items"]) == 1
    told = ask("get", f"/journeys/templates/{template.pk}").json()
    assert [each["title"] for each in told["checks"]] == ["需求确认", "验收回访"]
    foreign = Journey.objects.get(account__code=house.foreign)
    assert ask("get", f"/journeys/{foreign.pk}").status_code == 404
    assert ask("get", f"/journeys/checks/{foreign.checks.first().pk}").status_code == 404
