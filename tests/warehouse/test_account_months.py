"""The months of an account are those of its lines, whatever was imported since the refresh."""

import pytest

from vitalfew.imports.actions import Job, receive, undo
from vitalfew.warehouse import account_months, scorecards
from vitalfew.warehouse.account_months import _summed
from vitalfew.warehouse.store import Store
from vitalfew.warehouse.tables import ORDER_LINES

HEAD = "order_id,line_no,ordered_on,customer,quantity,amount,currency"


def told(house, code):
    refresh = scorecards.current()
    rows = account_months.of_account(house.home, refresh, scorecards.folder(house.home, refresh), [code])
    return {row["month"]: round(row["amount"], 4) for row in rows if row["amount"]}


def of_lines(house, code, currency="CNY"):
    rows = _summed(Store(house.home.facts).ledger(ORDER_LINES).snapshot(), [code], currency)
    return {row["month"]: round(row["amount"], 4) for row in rows if row["amount"]}


def bring(house, tmp_path, *rows):
    file = tmp_path / f"{len(list(tmp_path.iterdir()))}.csv"
    file.write_text("\n".join([HEAD, *rows]))
    return receive(Job("order-lines", file, "test"), house.home)


@pytest.fixture
def code(house):
    return house.mine


def test_as_the_refresh_saw_them_no_line_is_read(own_facts, code, monkeypatch):
    expected = of_lines(own_facts, code)
    monkeypatch.setattr(account_months, "rows_of", None)

    assert told(own_facts, code) == pytest.approx(expected)


def test_what_was_imported_since_is_added(own_facts, code, tmp_path):
    before = told(own_facts, code)

    bring(own_facts, tmp_path, f"NEW-1,1,2026-10-05,{code},1,1234.5,CNY", f"NEW-2,1,2026-11-05,{code},1,10,CNY")

    after = told(own_facts, code)
    assert after == pytest.approx(of_lines(own_facts, code))
    assert sum(after.values()) == pytest.approx(sum(before.values()) + 1244.5)


def test_what_was_replaced_or_taken_back_since_is_read_anew(own_facts, code, tmp_path):
    first = bring(own_facts, tmp_path, f"NEW-1,1,2026-10-05,{code},1,1000,CNY")
    bring(own_facts, tmp_path, f"NEW-1,1,2026-10-05,{code},1,1,CNY")
    assert told(own_facts, code) == pytest.approx(of_lines(own_facts, code))

    undo(first.id, own_facts.home, "test")

    assert told(own_facts, code) == pytest.approx(of_lines(own_facts, code))


def test_another_currency_is_never_added(own_facts, code, tmp_path):
    before = told(own_facts, code)

    bring(own_facts, tmp_path, f"NEW-1,1,2026-10-05,{code},1,77,EUR")

    assert told(own_facts, code) == before


def test_an_account_that_came_since_the_refresh_has_its_months(own_facts, tmp_path):
    bring(own_facts, tmp_path, "NEW-1,1,2026-10-05,BRAND-NEW,1,77,CNY")

    assert list(told(own_facts, "BRAND-NEW").values()) == [77.0]
    assert told(own_facts, "nobody") == {}
