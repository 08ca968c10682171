"""A refresh that goes on from the one before gives what one that computes everything gives, to the last digit."""

import contextlib
import fcntl
import shutil
import tarfile

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest

from vitalfew.imports.actions import Job, receive, undo
from vitalfew.imports.models import Import
from vitalfew.imports.work import refresh_now
from vitalfew.maths import remembered
from vitalfew.outlets import keeping
from vitalfew.warehouse import compaction, scorecards, shelf
from vitalfew.warehouse.engines.duck import DuckEngine
from vitalfew.warehouse.run import day_number
from vitalfew.warehouse.store import Store
from vitalfew.warehouse.tables import CUSTOMERS, ORDER_LINES


def lines(home):
    """The order lines as they are now, by day."""
    frame = DuckEngine().current(Store(home.facts).ledger(ORDER_LINES).snapshot(), None)
    table = frame.sort("ordered_on", "order_id", "line_no").collect("pyarrow").to_native()
    return table.select(ORDER_LINES.schema.names).combine_chunks()


def bring(home, rows, kind="order-lines", table=ORDER_LINES):
    report = receive(Job(kind, table.dated(rows), "test", given_name="more.csv"), home)
    assert report.rows_accepted == len(rows)


def replaced(rows, **columns):
    for name, values in columns.items():
        place = rows.column_names.index(name)
        rows = rows.set_column(place, name, pa.array(values, type=rows.schema.field(name).type))
    return rows


def renewed(rows, mark, days):
    """The same lines in orders of their own, so many days later."""
    later = pc.add(rows["ordered_on"], days)
    return replaced(rows, order_id=[f"{mark}-{n}" for n in range(len(rows))], ordered_on=later.to_pylist())


def over_the_months_end(home):
    bring(home, renewed(lines(home)[-40:], "month", 1))


def lines_that_came_late(home):
    bring(home, renewed(lines(home)[-4000:-3970], "late", -3))


def restated(home):
    rows = lines(home)[-600:-580]
    bring(home, replaced(rows, amount=[3 * amount for amount in rows["amount"].to_pylist()]))


def taken_back(home):
    undo(Import.objects.filter(kind="order-lines", state="done").order_by("-pk")[0].pk, home, "test")


def taken_back_more(home):
    taken_back(home)


def new_customers(home):
    rows = lines(home)[-30:]
    bring(home, replaced(renewed(rows, "new", 0), customer=[f"NEW-{n % 4}" for n in range(len(rows))]))


def a_return_on_a_day_of_its_own(home):
    rows = lines(home)[:1]
    turned = replaced(
        rows, quantity=pc.negate(rows["quantity"]).to_pylist(), amount=pc.negate(rows["amount"]).to_pylist()
    )
    bring(home, renewed(turned, "back", 17))


def and_a_purchase_on_it(home):
    bring(home, renewed(lines(home)[:1], "again", 17))


def other_masters(home):
    frame = DuckEngine().current(Store(home.facts).ledger(CUSTOMERS).snapshot(), None)
    table = frame.sort("customer").collect("pyarrow").to_native().select(CUSTOMERS.schema.names).combine_chunks()[:6]
    bring(home, replaced(table, kind=["distributor"] * 6, region=["elsewhere"] * 6), "customers", CUSTOMERS)


def small_files_merged(home, monkeypatch):
    monkeypatch.setattr(compaction, "MANY", 2)
    assert compaction.compact(Store(home.facts)) > 1


def some_days_later(home):
    bring(home, renewed(lines(home)[-40:], "later", 9))


CHANGES = (
    over_the_months_end, lines_that_came_late, restated, taken_back, taken_back_more, new_customers, a_return_on_a_day_of_its_own,
    and_a_purchase_on_it, other_masters, some_days_later,
)  # fmt: skip


@pytest.fixture
def moved(monkeypatch):
    """The summaries that went on from those before, and calculations that were not made anew."""
    told = []
    add = DuckEngine.moved
    monkeypatch.setattr(
        DuckEngine, "moved", lambda on, place, *more: told.append(place.name.partition("-")[0]) or add(on, place, *more)
    )
    monkeypatch.setattr(remembered, "_FEWEST", 1)
    return told


@pytest.fixture
def read_anew(monkeypatch):
    """What was read out of all lines of whole months."""
    told = []
    keep = shelf.Shelf.keep_table
    monkeypatch.setattr(
        shelf.Shelf, "keep_table", lambda mine, key, table: told.append(key.partition("-")[0]) or keep(mine, key, table)
    )
    return told


def answers(home, row):
    """All that a refresh left: its files, what stands beside them, and its rows of lists."""
    folder = scorecards.folder(home, row)
    files = {path.name: pq.read_table(path) for path in sorted(folder.glob("*.parquet"))}
    beside = {name: without_time(told) for name, told in row.summaries.items()}
    hidden = {"id", "refresh"}
    cards, proposals = (
        [{name: value for name, value in each.items() if name.removesuffix("_id") not in hidden} for each in rows]
        for rows in (row.scorecards.order_by("customer").values(), row.proposals.order_by("customer", "pk").values())
    )
    return files, beside, cards, proposals


def without_time(told):
    if isinstance(told, dict):
        return {name: without_time(each) for name, each in told.items() if name != "seconds"}
    return told


def same_as_computed_whole(home, row):
    found = answers(home, row)
    shutil.rmtree(home.folder / "results" / shelf.NAME)
    whole = answers(home, refresh_now(home, day_number(row.as_of)))
    assert found[0].keys() == whole[0].keys()
    for name, table in found[0].items():
        assert table.equals(whole[0][name]), name
    assert found[1:] == whole[1:]


@pytest.mark.facts_alone
def test_whatever_was_changed_a_refresh_gives_what_a_whole_one_gives(own_facts, moved, read_anew):
    home = own_facts.home
    refresh_now(home)
    for change in CHANGES:
        change(home)
        moved.clear()
        read_anew.clear()

        row = refresh_now(home)

        if change in {lines_that_came_late, restated, some_days_later, other_masters}:
            assert {*read_anew} == ({"potential", "product"} if change in {lines_that_came_late, restated} else set())
        assert {*moved} == (set() if change is other_masters else {"account_months", "purchase_days"}), change.__name__
        same_as_computed_whole(home, row)


@pytest.mark.parametrize(
    "why",
    [
        "upgraded",
        "an earlier day",
        *(pytest.param(why, marks=pytest.mark.nightly) for why in ("much came", "somebody else has it")),
    ],
)
def test_what_cannot_be_gone_on_from_is_computed_whole(own_facts, moved, monkeypatch, why):
    home = own_facts.home
    row, held, as_of = refresh_now(home), contextlib.nullcontext(), None
    some_days_later(home)
    if why == "upgraded":
        monkeypatch.setattr(shelf, "code", lambda: why)
    elif why == "an earlier day":
        as_of = day_number(row.as_of) - 40
    elif why == "much came":
        monkeypatch.setattr(shelf, "MUCH", 0.0)
    else:
        held = (home.folder / "results" / shelf.NAME / shelf.LOCK).open("w")
        fcntl.flock(held, fcntl.LOCK_EX)

    moved.clear()
    with held:
        row = refresh_now(home, as_of)

    assert moved == []
    same_as_computed_whole(home, row)


@pytest.mark.usefixtures("alone_with_its_files")
def test_the_shelf_holds_what_the_last_refresh_used_and_is_no_part_of_a_backup(own_facts, tmp_path):
    home = own_facts.home
    place = home.folder / "results" / shelf.NAME
    refresh_now(home)
    before = {each.name for each in place.iterdir()}
    some_days_later(home)

    refresh_now(home)

    after = {each.name for each in place.iterdir()}
    assert len(after) == len(before)
    stayed = {name.partition("-")[0] for name in before & after if name.endswith(".parquet")}
    assert stayed <= {"potential", "product"}, "what is read of whole months stays within the month"
    keeping.save(home, tmp_path / "backup.tgz")
    with tarfile.open(tmp_path / "backup.tgz") as archive:
        assert not [name for name in archive.getnames() if shelf.NAME in name.split("/")]


def test_a_shelf_that_cannot_be_read_is_as_none(own_facts, moved):
    home = own_facts.home
    refresh_now(home)
    (home.folder / "results" / shelf.NAME / shelf.STATE).write_text('{"account_months": ')

    same_as_computed_whole(home, refresh_now(home))
    assert moved == []


def test_torn_files_of_the_shelf_are_made_anew(own_facts, moved):
    home = own_facts.home
    refresh_now(home)
    kept = [each for each in (home.folder / "results" / shelf.NAME).iterdir() if each.suffix in {".parquet", ".npz"}]
    for each in kept:
        each.write_bytes(each.read_bytes()[: each.stat().st_size // 2])

    same_as_computed_whole(home, refresh_now(home))
    assert {each.suffix for each in kept} == {".parquet", ".npz"}
    assert moved == []
