"""What is late, missing or odd about an account's data is asked once, with its reason, and settled by an answer or later data."""

from datetime import timedelta

import pytest
from django.utils import timezone
from test_exchange_agreed import agreed

from house import signed_in
from vitalfew.accounts.products import product_codes
from vitalfew.exchange import counts, doubting, facts, odd, taking
from vitalfew.exchange.models import DataDoubt, DataExchange
from vitalfew.exchange.taking import Sent
from vitalfew.exchange.words import Doubt, Settled, Way
from vitalfew.exchange.worklist import waiting
from vitalfew.people.permissions import Forbidden
from vitalfew.people.records import NotPossible, Stale

pytestmark = [pytest.mark.database, pytest.mark.django_db]


@pytest.fixture
def code(house):  # noqa: ARG001  (its facts are read)
    return min(product_codes())


def day(back):
    return timezone.localdate() - timedelta(days=back)


def told(house, row, *lines):
    data = "\n".join(["date,product,sold,stock,received", *(",".join(map(str, line)) for line in lines)])
    return taking.take(house.user("director"), row.pk, Sent(f"{len(data)}.csv", data.encode(), Way.UPLOAD))


def open_ones(row):
    return {each.kind: each for each in DataDoubt.objects.filter(account=row.account, state=Settled.OPEN)}


def course(code, *, days=12, stock=100):
    """Ten sold and ten received every day, until yesterday."""
    return [(day(back), code, 10, stock, 10) for back in range(days, 0, -1)]


def test_the_rules_find_what_lies_far_beside_and_nothing_else():
    usual = [10, 12, 9, 11, 10, 12, 10, 11]
    assert odd.jumps(usual, 60) == 10.5
    assert odd.jumps(usual, 0) == 10.5
    assert odd.jumps([5.0] * 8, 9) is None
    assert odd.jumps([1.0] * 8, 11) is None
    assert odd.jumps([1.0] * 8, 14) == 1
    assert odd.jumps([0.0] * 8, 9) is None
    assert odd.jumps(usual[:7], 600) is None
    assert odd.balance(100, 30, (20, 20), 90, 0.05) is None
    assert odd.balance(100, 30, (20, 20), 98, 0.05) == 8
    assert odd.balance(100, 30, (20, 20), 97, 0.05) is None
    assert odd.balance(100, 30, (0, 20), 60, 0.05) == -10


def test_what_stays_where_it_jumped_to_is_asked_about_once():
    peak = [*[10.0] * 8, 90.0, 95.0, 88.0, 92.0, *[91.0] * 6, 10.0]
    assert [(when, usual) for when, _figure, usual in odd.asked(enumerate(peak))] == [(8, 10.0), (18, 91.0)]
    once = [*[10.0] * 8, 90.0, 10.0, 95.0]
    assert [when for when, _figure, _usual in odd.asked(enumerate(once))] == [8, 10]


def test_odd_figures_are_asked_about_once_and_settled_by_a_corrected_file(house, code):
    row = agreed(house, since=day(12))
    told(house, row, *course(code))
    assert open_ones(row) == {}
    told(house, row, (day(2), code, 900, -5, 10))
    found = open_ones(row)

    assert set(found) == {Doubt.JUMP, Doubt.NEGATIVE, Doubt.BALANCE}
    assert (found[Doubt.JUMP].day, found[Doubt.JUMP].product) == (day(2), code)
    assert DataDoubt.objects.filter(kind=Doubt.BALANCE, state=Settled.OPEN).count() == 2
    doubting.look([row])
    assert DataDoubt.objects.filter(state=Settled.OPEN).count() == 4
    told(house, row, (day(2), code, 10, 100, 10))
    assert {each.state for each in DataDoubt.objects.all()} == {Settled.CORRECTED}
    told(house, row, (day(2), code, 900, 100, 10))
    assert open_ones(row)[Doubt.JUMP].pk == found[Doubt.JUMP].pk


def test_what_is_in_doubt_waits_before_it_becomes_a_fact(house, code):
    row = agreed(house, since=day(12))
    told(house, row, *course(code)[:-1])
    next(iter(facts.facts()))[2](frozenset())
    told(house, row, (day(1), code, 900, 100, 10))

    assert list(facts.facts()) == []
    jump = open_ones(row)[Doubt.JUMP]
    doubting.explain(house.user("director"), jump.pk, jump.version, "店庆")
    ((_kind, table, _stored),) = facts.facts()
    assert [float(each) for each in table["quantity"].to_pylist()] == [900.0]
    doubting.look([row])
    assert Doubt.JUMP not in open_ones(row)


def test_an_answer_is_given_once_by_who_may_and_stands_in_nobodys_way(house, client, code):
    row = agreed(house, since=day(12))
    told(house, row, *course(code))
    told(house, row, (day(1), code, 10, -3, 10))
    doubt = open_ones(row)[Doubt.NEGATIVE]
    page = signed_in(house, client, "manager")

    assert str(day(1).day) in page.get(doubt.get_absolute_url()).content.decode()
    assert [task.customer for task in waiting(house.user("manager"))] == [house.mine]
    with pytest.raises(Forbidden):
        doubting.explain(house.user("analyst"), doubt.pk, 1, "x")
    asked = {"version": doubt.version, "asks_again": str(day(-3)), "answer": "已电话询问"}
    assert page.post(f"{doubt.get_absolute_url()}wait/", {**asked, "asks_again": str(day(0))}).status_code == 422
    assert page.post(f"{doubt.get_absolute_url()}wait/", asked).status_code == 302
    with pytest.raises(Stale):
        doubting.explain(house.user("manager"), doubt.pk, 1, "x")
    doubt.refresh_from_db()
    assert (doubt.state, doubt.asks) == (Settled.WAITING, False)
    page.post(f"{doubt.get_absolute_url()}explain/", {"version": doubt.version, "answer": "退货未入库"})
    with pytest.raises(NotPossible):
        doubting.explain(house.user("manager"), doubt.pk, doubt.version + 1, "x")
    page.post(f"{doubt.get_absolute_url()}reopen/")
    doubt.refresh_from_db()
    assert (doubt.state, doubt.answer) == (Settled.OPEN, "")
    foreign = agreed(house, house.foreign, since=day(3))
    doubting.look([foreign])
    theirs = DataDoubt.objects.filter(account=foreign.account).first()
    assert page.get(theirs.get_absolute_url()).status_code == 404
    assert foreign.account.name not in page.get("/exchange/questions/").content.decode()


def test_a_late_report_is_asked_for_and_explained_days_are_owed_no_more(house):
    row = agreed(house, since=day(5), stock="")
    doubting.look([row])
    late = open_ones(row)[Doubt.LATE]
    row.refresh_from_db()

    assert (late.day, late.until, row.owes) == (day(5), day(1), 5)
    doubting.explain(house.user("director"), late.pk, late.version, "盘点停业")
    row.refresh_from_db()
    assert row.owes == 0
    doubting.look([row])
    assert open_ones(row) == {}
    DataExchange.objects.filter(pk=row.pk).update(since=day(7))
    row.refresh_from_db()
    doubting.look([row])
    assert open_ones(row)[Doubt.LATE].day == day(7)


def test_what_is_usually_told_is_missed(house, code):
    row, other = agreed(house, since=day(12)), sorted(product_codes())[1]
    told(house, row, *course(code), *course(other)[:-1])
    missing = DataDoubt.objects.filter(kind=Doubt.MISSING)

    assert {(each.product, each.day) for each in missing} == {(other, day(1))}
    told(house, row, course(other)[-1])
    assert set(missing.values_list("state", flat=True)) == {Settled.CORRECTED}


def test_stock_is_reconciled_with_our_deliveries_as_far_as_they_are_known(house, client, code, monkeypatch):
    row = agreed(house, since=day(20))
    monkeypatch.setattr(counts, "deliveries", lambda _account, _since: {code: {day(8): 50.0, day(5): 30.0}})
    monkeypatch.setattr(counts, "_known_until", lambda: day(4))
    for back, sold, stock in ((12, 20, 100), (6, 30, 120), (5, 5, 115), (2, 5, 10)):
        told(house, row, (day(back), code, sold, stock, ""))
    spans = {span.day: span for span in counts.spans(row, counts.read(row.account, day(99)), day(20))}

    assert set(spans) == {day(6), day(5)}
    assert (spans[day(6)].delivered, spans[day(6)].beside) == ((50, 80), None)
    assert (spans[day(5)].delivered, spans[day(5)].beside) == ((0, 30), None)
    page = signed_in(house, client, "manager").get(f"/exchange/{row.pk}/reconciliation/")
    assert code in page.content.decode()
    assert signed_in(house, client, "manager").get("/exchange/999999/reconciliation/").status_code == 404
