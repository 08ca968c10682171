import json
import re
from pathlib import Path

import pytest

from vitalfew.api.description import schema
from vitalfew.api.problems import KINDS

SNAPSHOT = Path(__file__).parent / "openapi.json"


def test_description_is_the_snapshot():
    assert json.loads(SNAPSHOT.read_text()) == json.loads(json.dumps(schema())), "run: make openapi-snapshot"


def test_document_is_openapi_3_1_and_open(client, db):  # noqa: ARG001  (the frame asks the database)
    answer = client.get("/api/v1/openapi.json")

    assert answer.status_code == 200
    assert answer.json()["openapi"].startswith("3.1")
    assert "/api/v1/accounts/{code}" in answer.json()["paths"]


def test_every_operation_says_how_to_sign_in_and_what_goes_wrong():
    for path, methods in schema()["paths"].items():
        for operation in methods.values():
            assert {"Token": []} in operation["security"], path
            assert {"401", "403", "422"} <= {str(status) for status in operation["responses"]}
            assert operation["description"]


def test_page_is_read_without_anything_from_elsewhere(client, db):  # noqa: ARG001  (the frame asks the database)
    answer = client.get("/api/v1/docs")
    page = answer.content.decode()

    assert answer.status_code == 200
    assert "/api/v1/accounts/{code}" in page
    assert not re.search(r"(src|href)=\"https?://", page)
    assert not re.search(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son\w+=", page)
    assert all(f'id="{kind.name}"' in page for kind in KINDS)


@pytest.mark.parametrize(
    ("header", "language", "title"),
    [
        ("en-GB,zh;q=0.5", "en", "Not signed in"),
        ("fr", "zh-hans", None),
        ("zh-TW", "zh-hant", None),
        ("", "zh-hans", None),
    ],
)
def test_problems_speak_the_language_asked_for(client, db, header, language, title):  # noqa: ARG001
    answer = client.get("/api/v1/accounts", headers={"accept-language": header})

    assert answer.headers["Content-Language"] == language
    assert title is None or answer.json()["title"] == title
    assert answer.json()["type"] == "/api/v1/docs#not-signed-in"


@pytest.mark.parametrize("path", ["/api/v1/", "/api/v1/nothing", "/api/v1/accounts/"])
def test_paths_that_are_not_there_are_problems_too(ask, path):
    answer = ask("director").get(path)

    assert answer.status_code == 404
    assert answer.headers["Content-Type"] == "application/problem+json"


def test_other_methods_are_405_with_the_possible_ones(ask):
    answer = ask("director").put("/api/v1/accounts")

    assert answer.status_code == 405
    assert answer.headers["Allow"] == "GET"
    assert answer.json()["status"] == 405


def test_head_is_get_without_its_body(ask):
    got, head = ask("director").get("/api/v1/today"), ask("director").head("/api/v1/today")

    assert head.status_code == 200
    assert head.content == b""
    assert head.headers["ETag"] == got.headers["ETag"]


def test_failure_tells_nothing_of_its_cause(ask, monkeypatch):
    def broken(*_args):
        raise RuntimeError("secret place")

    monkeypatch.setattr("vitalfew.outlets.api.today.lines_for", broken)
    answer = ask("director").get("/api/v1/today")

    assert answer.status_code == 500
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert b"secret place" not in answer.content


def test_unchanged_answers_are_304(ask):
    etag = ask("director").get("/api/v1/today").headers["ETag"]

    assert ask("director", if_none_match=etag).get("/api/v1/today").status_code == 304
