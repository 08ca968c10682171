"""Figures that end long ago: Today says how long, and calls no proposal of that time overdue."""

from datetime import timedelta

import pytest
from django.utils import timezone

from house import signed_in
from vitalfew.outlets import portfolio, today
from vitalfew.warehouse import scorecards

pytestmark = [pytest.mark.database, pytest.mark.django_db]


def test_of_old_figures_a_proposed_day_is_no_lateness(house, client, monkeypatch):
    browser = signed_in(house, client, "manager")
    age = timezone.localdate() - scorecards.current().as_of

    monkeypatch.setattr(today, "STALE", age)
    fresh = browser.get("/").content.decode()
    monkeypatch.setattr(today, "STALE", age - timedelta(days=1))
    stale = browser.get("/").content.decode()

    assert "建议日期：" not in fresh
    assert "距今已有" not in fresh
    assert "建议日期：" in stale
    assert "距今已有" in stale


@pytest.mark.usefixtures("house")
def test_a_line_needs_two_points(monkeypatch):
    refresh = scorecards.current()

    drawn = portfolio.chart(refresh, "retention")
    monkeypatch.setattr(portfolio, "A_LINE", 10_000)

    assert portfolio.chart(refresh, "retention") is None
    assert portfolio.chart(refresh, "pareto") is not None
    assert drawn is None or drawn["kind"] == "line"
