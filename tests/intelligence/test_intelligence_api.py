"""What is known, over the API."""

from datetime import timedelta

import pytest
from django.utils import timezone

from vitalfew.intelligence.models import Competitor, Intelligence

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


def new(house, **said):
    return {
        "account": house.mine, "kind": "offer", "text": "低三个点", "source_kind": "customer", "source": "采购经理",
        "reliability": "B", "credibility": 3, **said,
    }  # fmt: skip


PRICE = {"competitor": "沃岭电器", "attribute": "price"}


def test_it_is_written_once_changed_and_put_away(house, ask):
    made = [ask("post", "/intelligence", new(house, **PRICE, value="2150"), **{"idempotency-key": "k"}) for _n in "ab"]
    assert [each.status_code for each in made] == [201, 201]
    assert Intelligence.objects.count() == 1
    told, place = made[0].json(), made[0].headers["Location"].removeprefix("/api/v1")
    assert (told["grade"], told["competitor"], told["state"], told["who"]) == ("B3", "沃岭电器", "valid", "manager")
    assert told["valid_until"] == (timezone.localdate() + timedelta(days=180)).isoformat()

    assert ask("patch", place, {"value": "2080"}).status_code == 428
    changed = ask("patch", place, {"value": "2080"}, **{"if-match": made[0].headers["ETag"]})
    assert (changed.status_code, changed.json()["value"], changed.json()["text"]) == (200, "2080", "低三个点")
    assert ask("patch", place, {"value": "1"}, **{"if-match": made[0].headers["ETag"]}).status_code == 412
    assert ask("patch", place, {"value": "许多"}, **{"if-match": changed.headers["ETag"]}).status_code == 422
    assert ask("delete", place, **{"if-match": changed.headers["ETag"]}).status_code == 200
    assert ask("get", place).status_code == 404


def test_it_is_confirmed_renewed_and_settled(house, ask):
    first, second = (
        ask("post", "/intelligence", new(house, **PRICE, value=value, source=value)).json()
        for value in ("2150", "2080")
    )
    place = f"/intelligence/{first['id']}"
    assert ask("get", place).json()["contradicted_by"] == [second["id"]]
    assert ask("get", place).json()["grade"] == "B4"

    said = {"source_kind": "fair", "source": "春季展"}
    assert ask("post", f"{place}/confirm", said).status_code == 409
    confirmed = ask("post", f"{place}/confirm", said, role="director").json()
    assert (confirmed["grade"], [each["who"] for each in confirmed["confirmations"]]) == ("B3", ["director"])
    assert ask("post", f"{place}/renew").json()["renewed_on"] == timezone.localdate().isoformat()
    assert ask("post", f"{place}/renew", role="complaints").status_code == 403
    assert ask("post", f"{place}/settle", {"holds": second["id"]}, role="complaints").status_code == 403
    assert ask("post", f"{place}/settle", {"holds": first["id"]}).status_code == 409
    settled = ask("post", f"{place}/settle", {"holds": second["id"]}).json()
    assert (settled["state"], settled["superseded_by"]) == ("superseded", second["id"])


def test_lists_narrow_and_competitors_are_told(house, ask):
    ask("post", "/intelligence", new(house, competitor="沃岭电器"))
    ask("post", "/intelligence", new(house, account="", competitor="泰岚家电", kind="technology"))

    rows = ask("get", "/intelligence?kind=technology").json()["items"]
    assert [(row["competitor"], row["account"]) for row in rows] == [("泰岚家电", None)]
    assert ask("get", "/intelligence?agreement=nonsense").status_code == 422
    names = [row["name"] for row in ask("get", "/competitors?order=name").json()["items"]]
    assert sorted(names) == sorted(Competitor.objects.values_list("name", flat=True))
    one = Competitor.objects.get(name="沃岭电器")
    assert ask("get", f"/competitors/{one.pk}").json()["at_accounts"] == 1


def test_a_foreign_account_and_the_market_are_as_on_pages(house, ask):
    assert ask("post", "/intelligence", new(house, account=house.foreign)).status_code == 404
    assert ask("post", "/intelligence", new(house, account=""), role="complaints").status_code == 422
    made = ask("post", "/intelligence", new(house, account=house.foreign), role="director").json()

    place = f"/intelligence/{made['id']}"
    assert ask("get", place).status_code == 404
    for step, body in (("confirm", {"source_kind": "fair", "source": "x"}), ("renew", {}), ("settle", {"holds": 1})):
        assert ask("post", f"{place}/{step}", body).status_code == 404, step


def test_two_names_of_a_competitor_are_made_one_and_parted(house, ask):
    for name in ("沃岭电器", "Woling"):
        ask("post", "/intelligence", new(house, **PRICE | {"competitor": name}, value="2150", source=name))
    stays, other = (Competitor.objects.get(name=name).pk for name in ("沃岭电器", "Woling"))
    place, kept = f"/competitors/{other}", f"/competitors/{stays}"
    named = {"if-match": ask("get", place, role="director").headers["ETag"]}

    assert ask("post", f"{place}/make-one", {"stays": stays}, "executive", **named).status_code == 403
    assert ask("post", f"{place}/make-one", {"stays": 999999}, "director", **named).status_code == 404
    one = ask("post", f"{place}/make-one", {"stays": stays}, "director", **named).json()
    assert (one["merged_into"], one["known"]) == (stays, 0)
    assert ask("get", place, role="director").status_code == 404
    both = ask("get", kept, role="director").json()
    assert (both["known"], both["also_written"]) == (2, [{"id": other, "name": "Woling"}])

    assert ask("post", f"{kept}/part", {"other": stays}, "director").status_code == 404
    assert ask("post", f"{kept}/part", {"other": other}, "director").json()["known"] == 1
    assert ask("get", place, role="director").json()["known"] == 1


def test_a_competitor_is_changed_put_away_and_found_by_where_it_was_met(house, ask):
    ask("post", "/intelligence", new(house, **PRICE, value="2150"))
    mine = Competitor.objects.get(name="沃岭电器")
    Competitor.objects.create(name="Haven", folded="haven")
    place = f"/competitors/{mine.pk}"
    seen = ask("get", place, role="director")

    def names(met):
        return [row["name"] for row in ask("get", f"/competitors?met={met}", role="director").json()["items"]]

    assert "沃岭电器" in names("at-accounts")
    assert "Haven" in names("nowhere")
    assert not set(names("at-accounts")) & set(names("nowhere"))
    named = {"if-match": seen.headers["ETag"]}
    assert ask("patch", place, {"name": "Haven"}, "director", **named).status_code == 409
    changed = ask("patch", place, {"note": "新厂"}, "director", **named)
    assert (changed.json()["note"], changed.json()["name"]) == ("新厂", "沃岭电器")
    assert ask("delete", place, role="director", **named).status_code == 412
    assert ask("delete", place, role="director", **{"if-match": changed.headers["ETag"]}).status_code == 200
    assert ask("get", place, role="director").status_code == 404
