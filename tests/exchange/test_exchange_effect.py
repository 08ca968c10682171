"""What an exchange of data changed: four weeks beside four weeks, with an interval, or why nothing can be told."""

from datetime import date, timedelta

import pytest
from django.test import Client
from test_exchange_agreed import agreed

from house import signed_in
from vitalfew.exchange import effect, four_weeks, keeping, telling
from vitalfew.exchange.effect import compared
from vitalfew.exchange.four_weeks import Facts
from vitalfew.exchange.models import DataEffect, DataExchange
from vitalfew.exchange.words import Gain, Verdict
from vitalfew.language import Message
from vitalfew.warehouse.run import day_number

BEGIN = date(2026, 5, 4)


def reports(weeks, stock, *, sold=14.0, begin=BEGIN):
    """Every Sunday of the weeks counted from the beginning, of one product."""
    days = {week: day_number(begin + timedelta(days=7 * week + 6)) for week in weeks}
    return [(day, "A", sold, float(stock(week))) for week, day in days.items()]


def measured(gain, facts, weeks=16):
    return keeping.measured(gain, facts, BEGIN, BEGIN + timedelta(days=7 * weeks - 1))


def test_the_same_season_is_compared_pair_by_pair():
    found = compared({0: 8.0, 1: 9.0, 2: 10.0}, {0: 12.0, 1: 12.0, 2: 13.0}, [99.0] * 3)
    assert (found.same_season, found.mean_since, round(found.mean_before, 3)) == (True, 9.0, 12.333)
    assert (round(found.low, 2), round(found.high, 2), found.verdict) == (-4.77, -1.90, Verdict.LESS)
    assert compared({0: 8.0, 1: 9.0, 2: 10.0}, {0: 12.0}, [12.0, 12.0, 13.0]).same_season is False
    assert compared({0: 8.0, 1: 9.0, 2: 10.0}, {}, [9.0, 8.0, 11.0]).verdict == Verdict.UNSURE
    assert compared(dict.fromkeys(range(3), 0.0), {}, [0.0] * 3).verdict == Verdict.UNSURE


def test_shelves_that_were_never_empty_are_told_so():
    found = compared(dict.fromkeys(range(3), 0.0), {}, [0.0] * 3)
    assert telling.sentence(Gain.OUT, found).say("en") == "No count found nothing left, neither before nor since"


def test_few_weeks_are_refused_by_their_number():
    few = compared({0: 8.0}, {0: 12.0}, [1.0] * 9)
    assert (few.verdict, few.change) == (Verdict.FEW, None)
    assert telling.sentence(Gain.STOCK, few).say("en").startswith("Cannot tell: of 4 weeks since")
    none = compared(dict.fromkeys(range(5), 8.0), {}, [])
    assert telling.sentence(Gain.OUT, none).say("en").startswith("Cannot tell: of 0 weeks before")


def test_stock_days_and_empty_shelves_are_counted_by_four_weeks():
    since, before = range(16), range(-52, -36)
    facts = Facts([*reports(since, lambda week: 20 + week % 2), *reports(before, lambda week: 40 * (week % 4 > 0))])

    stock, out = measured(Gain.STOCK, facts), measured(Gain.OUT, facts)
    assert (stock.same_season, stock.since, stock.mean_since, stock.mean_before) == (True, 4, 10.25, 15.0)
    assert (out.mean_before, out.mean_since, out.verdict) == (0.25, 0.0, Verdict.LESS)
    assert measured(Gain.STOCK, facts, weeks=11).verdict == Verdict.FEW
    right_before = Facts(
        [*reports(since, lambda week: 20 + week % 3), *reports(range(-16, 0), lambda week: 40 + week % 3)]
    )
    assert measured(Gain.STOCK, right_before).same_season is False
    assert measured(Gain.STOCK, right_before).verdict == Verdict.LESS
    assert measured(Gain.STOCK, Facts(reports(since, lambda _week: 20, sold=0.0))).verdict == Verdict.FEW


def test_the_forecast_error_needs_orders_of_the_half_year_before():
    first = day_number(BEGIN)
    even = Facts(orders={"A": dict.fromkeys(range(first - 700, first + 112, 7), 7.0)})
    assert measured(Gain.ERROR, even).mean_since == pytest.approx(0)
    assert measured(Gain.ERROR, Facts(orders={"A": {first + 3: 7.0}})).verdict == Verdict.FEW
    swings = {day: 7.0 if (day - first) // 28 % 2 else 21.0 for day in range(first - 700, first, 7)}
    calmer = Facts(orders={"A": {**swings, **dict.fromkeys(range(first, first + 224, 7), 14.0)}})
    found = measured(Gain.ERROR, calmer, weeks=32)
    assert (found.same_season, found.verdict) == (True, Verdict.LESS)
    assert found.mean_before > 0.4


@pytest.mark.database
@pytest.mark.django_db
def test_it_is_kept_every_morning_and_shown_to_who_sees_the_account(house, client, monkeypatch):
    mine, foreign = agreed(house, since=date(2024, 5, 6)), agreed(house, house.foreign, since=date(2024, 5, 6))
    facts = Facts(
        [*reports(range(16), lambda week: 20 + week % 2), *reports(range(-52, -36), lambda week: 40 + week % 2)]
    )
    monkeypatch.setattr(four_weeks, "read", lambda *_asked: facts)
    DataExchange.objects.update(since=BEGIN)
    shown = type("Shown", (), {"as_of": BEGIN + timedelta(days=111)})
    monkeypatch.setattr(keeping, "scorecards", type("Cards", (), {"current": staticmethod(lambda: shown)}))

    assert keeping.renew() == 2
    assert keeping.renew() == 2
    assert DataEffect.objects.count() == 6
    row = DataEffect.objects.get(account=mine.account, gain=Gain.STOCK)
    assert (row.weeks_since, row.same_season, row.verdict) == (16, True, Verdict.LESS)
    said = Message.restored(row.why).say("en")
    assert said.startswith("Its stock lasts 10.2 days instead of 20.2: ")
    page = signed_in(house, client, "manager")
    listed = page.get("/exchange/effects/").content.decode()
    assert mine.account.name in listed
    assert foreign.account.name not in listed
    assert "20.2" in page.get(mine.get_absolute_url()).content.decode()
    assert (
        "20.2"
        in page.get(f"{mine.account.get_absolute_url()}?tab=supply", headers={"HX-Request": "true"}).content.decode()
    )
    calls = Client(headers={"Authorization": f"Bearer {house.tokens['manager']}"})
    items = calls.get("/api/v1/exchange/effects").json()["items"]
    assert {each["gain"] for each in items} == set(Gain)
    assert calls.get(f"/api/v1/exchange/effects/{row.pk}").json()["change"] == pytest.approx(-10)
    theirs = DataEffect.objects.filter(account=foreign.account).first()
    assert calls.get(f"/api/v1/exchange/effects/{theirs.pk}").status_code == 404
    DataExchange.objects.filter(pk=foreign.pk).update(put_away_at=mine.made_at)
    assert keeping.renew() == 1
    assert not DataEffect.objects.filter(account=foreign.account).exists()


def test_all_together_is_told_from_three_accounts_on():
    rows = [DataEffect(gain=Gain.STOCK, change=each) for each in (-4.0, -3.0, -3.0)]
    said = [each.say("en") for each in telling.together(rows)]
    assert said[0] == "At 3 accounts together, the days that stock lasts changed by −3.3 (−4.8 to −1.9)."
    assert "cannot tell from 0 accounts, 3 are needed" in said[1]
    assert effect.interval([1.0, 1.0, 1.0]) == (1.0, 1.0)


def test_a_change_of_shares_is_told_in_points():
    found = compared({0: 0.1, 1: 0.11, 2: 0.12}, {0: 0.2, 1: 0.22, 2: 0.21}, [])
    said = telling.sentence(Gain.OUT, found).say("en")
    assert said == "Of its counts 11.0 % find nothing left instead of 21.0 %: 7.5 to 12.5 points less"
    assert "降低7.5至12.5个百分点" in telling.sentence(Gain.ERROR, found).say("zh-hans")
    rows = [DataEffect(gain=Gain.ERROR, change=each) for each in (-0.04, -0.03, -0.03)]
    assert "changed by −3.3 points (−4.8 to −1.9)" in telling.together(rows)[2].say("en")
