"""The directory over the API."""

import pytest

from vitalfew.directory.models import Organisation

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


def test_it_is_added_once_changed_and_put_away(ask):
    body = {"name": "顺达物流", "kinds": ["carrier", "supplier"], "code": "CY-1"}
    made = [ask("post", "/directory", body, **{"idempotency-key": "k"}) for _n in "ab"]
    assert [each.status_code for each in made] == [201, 201]
    assert Organisation.objects.count() == 1
    place = made[0].headers["Location"].removeprefix("/api/v1")
    assert (made[0].json()["kinds"], made[0].json()["figures"]["basis"]) == (["supplier", "carrier"], "none")

    assert ask("patch", place, {"kinds": ["carrier"]}).status_code == 428
    changed = ask("patch", place, {"kinds": ["carrier"], "note": "次日达"}, **{"if-match": made[0].headers["ETag"]})
    assert (changed.json()["kinds"], changed.json()["name"], changed.json()["note"]) == (
        ["carrier"],
        "顺达物流",
        "次日达",
    )
    assert ask("patch", place, {"kinds": []}, **{"if-match": changed.headers["ETag"]}).status_code == 422
    assert ask("patch", place, {"note": "x"}, **{"if-match": made[0].headers["ETag"]}).status_code == 412
    assert ask("delete", place, **{"if-match": changed.headers["ETag"]}).status_code == 200
    assert ask("get", place).status_code == 404


def test_it_serves_accounts_and_tells_its_figures_over_those_one_sees(house, ask):
    place = (
        ask("post", "/directory", {"name": "顺达物流", "kinds": ["carrier"]})
        .headers["Location"]
        .removeprefix("/api/v1")
    )
    for code in (house.mine, house.foreign):
        served = ask("post", f"{place}/accounts", {"account": code, "kind": "carrier"})
    assert ask("post", f"{place}/accounts", {"account": house.mine, "kind": "carrier"}).status_code == 409
    assert ask("post", f"{place}/accounts", {"account": house.mine, "kind": "agent"}).status_code == 422

    everything, his = served.json(), ask("get", place, role="manager").json()
    assert {each["account"] for each in everything["serves"]} == {house.mine, house.foreign}
    assert [each["account"] for each in his["serves"]] == [house.mine]
    assert his["figures"]["due"] < everything["figures"]["due"]
    low, high = (everything["figures"][f"late_share_{end}"] for end in ("low", "high"))
    assert low < everything["figures"]["late_share"] < high
    foreign = next(each["id"] for each in everything["serves"] if each["account"] == house.foreign)
    assert ask("delete", f"{place}/accounts/{foreign}", role="manager").status_code == 404
    assert ask("delete", f"{place}/accounts/{foreign}").status_code == 200


def test_figures_of_all_accounts_are_not_in_the_list_of_a_manager(ask):
    ask("post", "/directory", {"name": "顺达物流", "kinds": ["carrier"]})

    (all_figures,), (his,) = (ask("get", "/directory", role=role).json()["items"] for role in ("director", "manager"))
    assert "late_share" in all_figures
    assert "late_share" not in his
