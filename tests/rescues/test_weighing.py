"""From which risk on an alarm pays, by what would have been on the own past."""

import pytest
from django.conf import settings

from house import signed_in
from vitalfew.backtests import kept as keeping
from vitalfew.backtests.kept import Kept, keep_all, kept
from vitalfew.rescues import questions
from vitalfew.rescues.models import Threshold
from vitalfew.rescues.weighing import Costs, best, told, weighed

pytestmark = [pytest.mark.database, pytest.mark.django_db]
ROWS = [
    {"from": 0.2, "alarms": 100, "caught": 30, "false": 70, "missed": 0, "sales": 3_000_000.0},
    {"from": 0.5, "alarms": 40, "caught": 24, "false": 16, "missed": 6, "sales": 2_600_000.0},
    {"from": 0.8, "alarms": 10, "caught": 9, "false": 1, "missed": 21, "sales": 1_000_000.0},
]


def test_the_net_is_the_margin_kept_less_all_plans():
    rows = weighed(ROWS, Costs(plan=1000, kept=0.2, margin=0.1))

    assert [row.net for row in rows] == pytest.approx([-40_000, 12_000, 10_000])
    assert best(rows) == rows[1]
    assert best(weighed(ROWS, Costs(0, 0.2, 0.1))).risk == 0.2
    assert (rows[1].caught_share, rows[1].false_share) == (0.8, 0.4)


def test_with_fewer_than_ten_losses_it_is_not_told_which_pays():
    few = [{**row, "caught": 2, "missed": 5} for row in ROWS]
    rows = weighed(few, Costs(1000, 0.2, 0.1))

    assert best(rows) is None
    assert "cannot be told" in told(rows[0], None, "CNY").text


@pytest.mark.usefixtures("own_facts")
def test_the_backtest_keeps_the_thresholds_and_they_fit_its_alarms():
    keep_all(settings.HOME)

    found = kept(settings.HOME, "churn")

    half = next(row for row in found.thresholds if row["from"] == 0.5)
    assert half["caught"] + half["missed"] == found.pooled["losses"]
    assert half["alarms"] == found.pooled["high_accounts"]
    assert [row["alarms"] for row in found.thresholds] == sorted(
        (row["alarms"] for row in found.thresholds), reverse=True
    )
    assert keep_all(settings.HOME) == 0


@pytest.fixture
def known(monkeypatch):
    found = Kept("2026-10-31", 162, keeping.Message("x", {}), (), {}, (), (), ROWS)
    monkeypatch.setattr("vitalfew.rescues.threshold_pages.kept", lambda _home, _name: found)


def test_one_drags_along_the_curve_and_sets_from_where_the_list_begins(house, client, known):  # noqa: ARG001  (what was found)
    browser = signed_in(house, client, "director")
    page = browser.get("/warnings/thresholds/?plan=1000&kept=20&margin=10&risk=80")
    assert (page.context["chosen"].risk, page.context["top"].risk) == (0.8, 0.5)
    before = questions.warnings(house.user("director")).count()

    browser.post("/warnings/thresholds/choose/", {"risk": "5"})

    assert Threshold.objects.get().risk == pytest.approx(0.05)
    after = questions.warnings(house.user("director"))
    assert after.count() > before
    assert not after.filter(risk="quiet").exists()
    assert browser.get("/warnings/thresholds/?risk=5&plan=-1").status_code == 200


def test_only_heads_set_it(house, client):
    assert signed_in(house, client, "manager").post("/warnings/thresholds/choose/", {"risk": "5"}).status_code == 403
    assert not Threshold.objects.exists()
