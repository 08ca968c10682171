"""Real order books come in whole: totals agree to the cent with what is known of them."""

import sqlite3
from contextlib import closing
from decimal import Decimal

import numpy as np
import pandas as pd
import pytest

from vitalfew.imports.actions import Job, receive
from vitalfew.warehouse.engines.duck import DuckEngine, connect, current_sql
from vitalfew.warehouse.run import start
from vitalfew.warehouse.sources import FromStore
from vitalfew.warehouse.store import Store
from vitalfew.warehouse.tables import ORDER_LINES

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.database]


def run_over(home):
    engine = DuckEngine()
    return start(FromStore(engine, Store(home.facts).snapshot()), engine)


def test_online_retail_counts_the_overlap_of_its_two_files_once(shared, home):
    folder = shared / "data" / "online_retail_ii_half_a"
    first = receive(Job("order-lines", folder / "year_2009_2010.parquet", "test", given_name="a"), home)
    second = receive(Job("order-lines", folder / "year_2010_2011.parquet", "test", given_name="b"), home)

    snapshot = Store(home.facts).ledger(ORDER_LINES).snapshot()
    query = current_sql(snapshot, "count(*), count(DISTINCT customer), round(sum(amount), 2)")
    assert connect().execute(query).fetchall()[0] == (385_281, 2_971, Decimal("8319125.58"))
    assert (first.rows_rejected, second.rows_rejected) == (53_320, 67_193)
    assert first.reasons == {"missing": 53_320}
    assert second.rows_unchanged > 0

    result = run_over(home).result("pareto")
    figures = result.meta["figures"]
    assert figures["accounts"] == 2_971
    assert figures["top20_share"] == pytest.approx(0.783, abs=0.0005)
    assert figures["non_positive"] == 55  # 51 in binary fractions: four accounts net to exactly nothing
    running = np.cumsum(result.table["value"].to_numpy())
    assert np.searchsorted(running, 0.8 * figures["total"]) + 1 == 652  # of the net total
    assert figures["accounts_to_80"] == 663  # of the sum of positive values, as the method defines it


def test_adventure_works_earns_what_it_earned_at_order_time(shared, home):
    report = receive(Job("order-lines", shared / "data" / "adventureworks_reseller" / "sales.parquet", "test"), home)
    assert (report.rows_accepted, report.rows_rejected) == (57_851, 0)

    run = run_over(home)
    pareto, whale = run.result("pareto").meta["figures"], run.result("whale-curve").meta["figures"]
    assert pareto["total"] == pytest.approx(77_548_570.20, abs=0.005)
    assert pareto["top20_share"] == pytest.approx(0.6745, abs=0.0005)
    assert run.result("contribution").meta["figures"]["gross_margin"] == pytest.approx(999_494.57, abs=0.005)
    assert whale["below_zero"] == 324
    assert whale["peak"] / whale["total"] == pytest.approx(2.68, abs=0.005)


CLASSIC = """
    SELECT d.ordernumber AS order_id, d.orderlinenumber AS line_no, o.customernumber AS customer, o.orderdate AS ordered_on,
           d.productcode AS product, d.quantityordered AS quantity, d.priceeach AS unit_price,
           CAST(d.quantityordered AS REAL) * p.buyprice AS cost
    FROM orderdetails d JOIN orders o USING (ordernumber) JOIN products p USING (productcode)
"""


def test_classic_models_come_in_by_a_query(shared, home, tmp_path):
    folder, database = shared / "data" / "classicmodels", tmp_path / "classic.db"
    with closing(sqlite3.connect(database)) as connection:
        for name in ("orders", "orderdetails", "products"):
            pd.read_csv(folder / f"{name}.csv.gz", dtype=str).to_sql(name, connection, index=False)

    report = receive(Job("order-lines", f"sql://sqlite:///{database}", "test", query=CLASSIC), home)

    assert (report.rows_accepted, report.rows_rejected) == (2_996, 0)
    run = run_over(home)
    figures = run.result("pareto").meta["figures"]
    assert figures["accounts"] == 98
    assert figures["total"] == pytest.approx(9_604_190.61, abs=0.005)
    assert figures["top20_share"] == pytest.approx(0.416, abs=0.0005)
    assert run.result("contribution").meta["figures"]["gross_margin"] == pytest.approx(3_825_880.25, abs=0.005)
