import re

import pytest

PATH = "/metrics"


def test_figures_are_for_this_machine_and_administrators(house, client, db):  # noqa: ARG001
    def status(token=None, **extra):
        headers = {"authorization": f"Bearer {token}"} if token else {}
        return client.get(PATH, headers=headers, **extra).status_code

    assert status() == 200
    assert status(REMOTE_ADDR="192.0.2.7") == 401
    assert status(HTTP_X_FORWARDED_FOR="192.0.2.7") == 401
    assert status(house.tokens["administrator"], REMOTE_ADDR="192.0.2.7") == 200
    assert status(house.tokens["director"], REMOTE_ADDR="192.0.2.7") == 403
    assert status("wrong") == 401


@pytest.mark.database
def test_lines_are_prometheus_text(house, client, db):  # noqa: ARG001
    client.get("/healthz")
    lines = client.get(PATH).content.decode().splitlines()
    figure = re.compile(r'^[a-z_]+(\{[a-z]+="[^"]*"(,[a-z]+="[^"]*")*\})? [0-9.e+-]+$')

    assert all(line.startswith("# ") or figure.match(line) for line in lines)
    named = {line.split("{")[0].split(" ")[0] for line in lines if not line.startswith("#")}
    assert named == {
        "vitalfew_http_requests_total", "vitalfew_import_rows", "vitalfew_queue_length", "vitalfew_refresh_age_seconds",
    }  # fmt: skip
