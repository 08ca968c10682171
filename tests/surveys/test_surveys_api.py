"""Surveys over the API."""

from datetime import timedelta

import pytest
from django.utils import timezone

from vitalfew.surveys.models import Respondent

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


def test_from_a_questionnaire_to_a_survey_that_is_closed(house, ask):
    form = ask("post", "/surveys/questionnaires", {"name": "年度", "blocks": ["trust"]})
    assert (form.status_code, len(form.json()["questions"])) == (201, 4)
    assert ask("post", "/surveys/questionnaires", {"name": "x", "blocks": ["love"]}).status_code == 422
    more = ask("post", f"{place_of(form)}/block", {"block": "nps"}, **{"if-match": form.headers["ETag"]})
    assert len(more.json()["questions"]) == 5

    day = timezone.localdate()
    new = {
        "name": "春季", "questionnaire": form.json()["id"], "sender": "大客户部", "purpose": "更好", "opens": day.isoformat(),
        "closes": (day + timedelta(days=9)).isoformat(), "keep_until": (day + timedelta(days=99)).isoformat(), "rivals": ["海川"],
    }  # fmt: skip
    wave = ask("post", "/surveys/waves", new)
    assert (wave.status_code, wave.json()["state"], wave.json()["rivals"]) == (201, "planned", ["海川"])
    assert ask("post", "/surveys/waves", new, role="manager").status_code == 403
    place = place_of(wave)
    assert ask("post", f"{place}/people", {"account": "nobody", "name": "x"}).status_code == 404
    asked = ask("post", f"{place}/people", {"account": house.foreign, "name": "王丽"})
    assert asked.json()["people"] == 1
    running = ask("post", f"{place}/begin", **{"if-match": ask("get", place).headers["ETag"]})
    assert running.json()["state"] == "running"

    person = f"/surveys/people/{Respondent.objects.get().pk}"
    assert ask("get", person).json()["name"] == "王丽"
    assert ask("get", person, role="manager").status_code == 404
    assert ask("post", f"{person}/seen").status_code == 409
    over = ask("post", f"{place}/close", **{"if-match": running.headers["ETag"]})
    assert (over.json()["state"], over.json()["scales"]) == ("closed", [])
