import pyarrow.compute as pc
from books import ask, by_account, lines
from known_people import contacts, touches

from vitalfew.demobook import generate
from vitalfew.language import say_kept
from vitalfew.panels import Panel
from vitalfew.phrases.relationship import missing
from vitalfew.sentences import kept
from vitalfew.warehouse.engines.duck import DuckEngine
from vitalfew.warehouse.run import start
from vitalfew.warehouse.sources import FromTables

END = "2025-12-31"
ORDERS = lines(("A", "2025-12-05", 100), ("B", "2025-11-05", 50))


def covered(people, **more):
    return ask("coverage", ORDERS, END, contacts=people, **more)


def test_the_worked_example():
    people = contacts(("A", "1", "president"), ("A", "2", "manager"), ("A", "3", "manager"))

    row = by_account(covered(people, specialist="0", shop_assistant="0"))["A"]

    assert (row["contacts"], row["president"], row["manager"]) == (3, 1, 2)
    assert row["filled"] == round(2 / 3, 6)
    assert (row["missing"], row["missing_level"]) == (1, "storekeeper")


def test_an_account_that_orders_and_is_known_by_nobody_is_there():
    result = covered(contacts(("A", "1", "president")))

    assert by_account(result)["B"]["contacts"] == 0
    assert by_account(result)["B"]["missing_level"] == "president"
    assert any("Not a single person is on file at 1 account" in warning for warning in result.meta["warnings"])


def test_levels_are_read_as_people_write_them():
    written = (
        ("董事长", None), ("副总经理", None), ("采购经理", None), ("会计", None), ("frontline", "仓管员"), ("营业员", None),
        (None, "总经理"), ("Vice President", None), ("friend", None),
    )  # fmt: skip
    people = contacts(*(("A", str(number), *both) for number, both in enumerate(written)))

    row = by_account(covered(people))["A"]

    told = [row[name] for name in ("president", "director", "manager", "specialist", "shop_assistant", "storekeeper")]
    assert told == [2, 2, 1, 1, 1, 1]
    assert row["level_unknown"] == 1


def test_links_count_only_where_touches_are_kept():
    people = contacts(("A", "1", "president"), ("A", "2", "manager"))
    known = covered(people)
    linked = covered(people, touches=touches(("A", "2", "Li", "2025-12-01"), ("A", "1", "Li", "2025-01-01")))

    assert by_account(known)["A"]["coverage"] is None
    assert any("whether we are in touch is not" in warning for warning in known.meta["warnings"])
    row = by_account(linked)["A"]
    assert (row["linked"], row["coverage"], row["missing_level"]) == (1, 0.5, "president")


def test_an_empty_log_of_touches_tells_no_more_than_none():
    people = contacts(("A", "1", "president"), ("A", "2", "manager"))
    later = touches(("A", "2", "Li", "2030-01-01"), logged_for_long=False)

    for log in (touches(), later):
        result = covered(people, touches=log)
        assert by_account(result)["A"] == by_account(covered(people))["A"]
        assert "nobody is on file" in result.meta["headline"]


def test_levels_are_missing_among_those_in_touch_where_touches_are_kept():
    people = contacts(("A", "1", "president"), ("A", "2", "manager"))
    panel = {False: covered(people), True: covered(people, touches=touches(("A", "2", "Li", "2025-12-01")))}
    said = {linked: said_of("A", each.table) for linked, each in panel.items()}

    assert "Nobody there is on file at" in said[False]
    assert "We are in touch with nobody there at" in said[True]
    assert "in touch with us" in panel[True].meta["headline"]


def said_of(code, table):
    one = table.filter(pc.equal(table["customer"], code)).combine_chunks()
    return say_kept(kept(*missing(Panel(one)))[0].as_py(), "en")


def test_who_left_is_not_there():
    people = contacts(
        ("A", "1", "president", None, "high", "supporter", None, "2025-06-30"),
        ("A", "2", "manager", None, "medium", "critic"),
    )

    row = by_account(covered(people))["A"]

    assert (row["contacts"], row["deciders"], row["influencers"], row["supporters"], row["critics"]) == (1, 0, 1, 0, 1)


def test_a_plan_of_nobody_is_no_division_by_zero():
    nobody = dict.fromkeys(("president", "manager", "specialist", "shop_assistant", "storekeeper"), "0")

    result = covered(contacts(("A", "1", "president")), **nobody)

    assert by_account(result)["A"]["filled"] is None
    assert result.meta["headline"] == "1 person at 2 accounts is on file"


def test_every_contact_of_the_demo_book_has_its_level():
    book, engine = generate(), DuckEngine()
    result = start(FromTables(engine, book.tables), engine).result("coverage")

    assert sum(result.table["level_unknown"].to_pylist()) == 0
    assert sum(result.table["storekeeper"].to_pylist()) > 0
    assert result.meta["figures"]["contacts"] == sum(result.table["contacts"].to_pylist())


def test_a_first_touch_of_yesterday_puts_nobody_out_of_touch():
    people = contacts(("A", "1", "president"), ("A", "2", "manager"), ("B", "3", "manager"))
    before = covered(people)

    result = covered(people, touches=touches(("B", "3", "Li", "2025-12-30"), logged_for_long=False))

    rows, same = by_account(result), by_account(before)
    assert [rows["A"][name] for name in ("filled", "missing", "coverage", "linked")] == [
        same["A"]["filled"], same["A"]["missing"], None, 0,
    ]  # fmt: skip
    assert rows["B"]["linked"] == 1
    assert result.meta["headline"] == before.meta["headline"]
    assert any("logged since 30 December 2025 only" in warning for warning in result.meta["warnings"])
    assert "in touch" not in said_of("A", result.table)
