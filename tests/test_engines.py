"""Every analysis gives the same rows on every engine."""

import random

import pytest

from vitalfew.catalogue import Refusal, catalogue
from vitalfew.demobook import generate
from vitalfew.outlets.answers import document
from vitalfew.warehouse.engines.duck import DuckEngine
from vitalfew.warehouse.run import start
from vitalfew.warehouse.sources import FromStore, FromTables
from vitalfew.warehouse.store import Store
from vitalfew.warehouse.tables import ORDER_LINES, TABLES

NAMES = list(catalogue())


@pytest.fixture(scope="module")
def spark(a_program):  # noqa: ARG001  (or there is no session)
    pytest.importorskip("pysail", reason="the extra 'spark' is not installed")
    from vitalfew.warehouse.engines.spark import SparkEngine

    engine = SparkEngine()
    yield engine
    engine.close()


@pytest.fixture(scope="module")
def runs(spark):
    book = generate(accounts=60, months=30).tables
    duck = DuckEngine()
    return [start(FromTables(engine, book), engine) for engine in (duck, spark)]


def answer(run, name):
    try:
        return document(run.result(name))
    except Refusal as refusal:
        return str(refusal)


def close(left, right):
    if isinstance(left, float) and isinstance(right, float):
        return left == pytest.approx(right, rel=1e-6, abs=1e-9)
    if isinstance(left, dict):
        return left.keys() == right.keys() and all(close(left[key], right[key]) for key in left if key != "seconds")
    if isinstance(left, list):
        return len(left) == len(right) and all(map(close, left, right))
    return left == right


@pytest.mark.parametrize("name", NAMES)
def test_rows_are_the_same(runs, name):
    duck, spark = (answer(run, name) for run in runs)

    assert close(duck, spark)


@pytest.mark.django_db
def test_a_ledger_with_restatements_and_echoes_reads_the_same(spark, home, tmp_path):
    from vitalfew.imports.actions import Job, receive

    head = "order_id,ordered_on,customer,quantity,amount"
    rows = [f"O{n},2025-{n % 12 + 1:02d}-05,C{n % 7},1,{n}" for n in range(200)]
    newer = [row if n % 3 else f"{row}00" for n, row in enumerate(rows)]
    random.Random(5).shuffle(newer)  # noqa: S311  (an order, not a secret)
    for number, part in enumerate((rows, newer)):
        file = tmp_path / f"{number}.csv"
        file.write_text("\n".join([head, *part]))
        receive(Job("order-lines", file, "test"), home)

    snapshot = Store(home.facts).ledger(ORDER_LINES).snapshot()
    assert snapshot.marks
    both = [
        start(FromStore(on, dict.fromkeys(TABLES, snapshot) | {"order_lines": snapshot}), on)
        for on in (DuckEngine(), spark)
    ]

    duck, other = (run.frame("order_lines").sort("order_id").collect("pyarrow").to_native() for run in both)
    assert (
        duck.select(["order_id", "amount", "month"]).to_pydict()
        == other.select(["order_id", "amount", "month"]).to_pydict()
    )
