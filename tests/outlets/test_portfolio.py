"""What the portfolio shows of all accounts is worked out by the refresh, and again when people decide otherwise."""

import json
import re

import pytest
from django.db import connection
from django.template import engines
from django.test.utils import CaptureQueriesContext

from house import signed_in
from vitalfew.accounts.models import Account
from vitalfew.outlets import portfolio
from vitalfew.outlets.warm import warm_up
from vitalfew.warehouse import scorecards
from vitalfew.warehouse.models import Scorecard


@pytest.fixture
def director(own_facts, client):
    return signed_in(own_facts, client, "director")


def kept(house):
    return scorecards.folder(house.home, scorecards.current()) / "kept"


def worked_out(*_asked):
    raise AssertionError("it was not ready")


def test_the_first_look_works_nothing_out(director, monkeypatch):
    for name in ("managers", "tiers", "chart", "movement"):
        monkeypatch.setattr(portfolio, name, worked_out)

    for language in ("en", "zh-hans", "zh-hant"):
        director.cookies["django_language"] = language
        assert director.get("/portfolio/").status_code == 200


@pytest.mark.usefixtures("house")
def test_managers_are_told_with_all_their_accounts():
    found = {row["name"]: row for row in portfolio.managers(scorecards.current())}

    for name, row in found.items():
        mine = [a.code for a in Account.objects.all() if (str(a.manager) if a.manager else a.manager_name) == name]
        revenue = Scorecard.objects.filter(refresh=scorecards.current(), customer__in=mine).values_list(
            "revenue_12m", flat=True
        )
        assert row["n"] == len(mine)
        assert row["revenue"] == pytest.approx(sum(each or 0.0 for each in revenue))
    assert list(found.values()) == sorted(found.values(), key=lambda row: -row["revenue"])


def test_who_covers_whom_follows_an_assignment(director, own_facts):
    code = Account.objects.exclude(manager__username="other").values_list("code", flat=True).first()
    other = str(own_facts.user("director").__class__.objects.get(username="other"))
    counts = {row["name"]: row["n"] for row in json.loads((kept(own_facts) / "managers.json").read_text())["value"]}

    director.post("/accounts-assign/", {"code": [code], "manager": "other"})
    director.get("/portfolio/")

    after = {row["name"]: row["n"] for row in json.loads((kept(own_facts) / "managers.json").read_text())["value"]}
    assert after[other] == counts[other] + 1


def test_looking_back_tells_the_movement_before_anybody_looks(director, own_facts, monkeypatch):
    scorecards.look_back(own_facts.home)
    monkeypatch.setattr(portfolio, "movement", worked_out)

    assert director.get("/portfolio/").context["movement"].counts.sum() > 0


def test_who_rose_and_who_fell_stand_apart_the_largest_first(director, own_facts):
    scorecards.look_back(own_facts.home)
    shown = director.get("/portfolio/").context
    moved = shown["movement"]

    assert moved.risen or moved.fallen
    for name, codes in (("risen", moved.risen), ("fallen", moved.fallen)):
        assert [account.code for account, _card in shown[name]] == codes
        assert all(account.code == card.customer for account, card in shown[name])
    for name in ("rising", "falling"):
        assert {card.direction for _account, card in shown[name]} <= {name}


def test_a_server_that_starts_has_read_its_templates():
    warm_up()

    loaded = engines["django"].engine.template_loaders[0].get_template_cache
    assert {"accounts/list.html", "outlets/portfolio.html", "base.html"} <= loaded.keys()


def test_who_rises_and_falls_is_read_in_the_order_of_an_index(director):
    with CaptureQueriesContext(connection) as captured:
        director.get("/portfolio/")
    asked = [query["sql"] for query in captured if "direction" in query["sql"] and "LIMIT" in query["sql"]]

    assert len(asked) == 2
    assert not any("NULLS" in sql for sql in asked)


def test_each_chart_says_its_finding_and_leads_to_its_analysis(director):
    director.cookies["django_language"] = "en"
    page = director.get("/portfolio/").content.decode()

    share = scorecards.current().summaries["pareto"]["figures"]["top20_share"]
    assert re.search(rf'<figcaption class="sentence">[^<]*bring {share * 100:.1f}\W%', page)
    assert all(f'href="/insight/{name}/"' in page for name in ("pareto", "whale-curve", "retention", "trend"))
