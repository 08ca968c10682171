import pytest
from books import ask, by_account, lines
from known_people import contacts, touches

from vitalfew.demobook import generate
from vitalfew.warehouse.engines.duck import DuckEngine
from vitalfew.warehouse.run import start
from vitalfew.warehouse.sources import FromTables

END = "2025-12-31"
ORDERS = lines(("A", "2025-11-05", 1000))
TWO = (("A", "Zhang", None, None, "high"), ("A", "Chen", None, None, "low"))


def threads(people, **more):
    return ask("single-thread", ORDERS, END, contacts=people, **more)


def test_the_worked_example():
    seen = touches(
        ("A", "Zhang", "Li", "2025-12-01", 8), ("A", "Chen", "Li", "2025-12-01"), ("A", "Chen", "Zhou", "2025-12-01")
    )  # fmt: skip

    row = by_account(threads(contacts(*TWO), touches=seen))["A"]

    assert (row["owner"], row["owner_share"], row["top_contact"]) == ("Li", 0.9, 0.8)
    assert row["owner_hhi"] == pytest.approx(0.82)
    assert (row["dependence"], row["advice"], row["lost_with_owner"]) == ("one_contact", "meet_more", 1)


def test_one_of_ours_holds_all_links():
    seen = touches(
        ("A", "Zhang", "Li", "2025-12-01"), ("A", "Chen", "Li", "2025-12-01"), ("A", "Chen", "Zhou", "2025-01-01")
    )

    row = by_account(threads(contacts(*TWO), touches=seen))["A"]

    assert (row["dependence"], row["advice"], row["owner_hhi"]) == ("one_owner", "second_person", 1.0)
    assert row["lost_with_owner"] == 2


@pytest.mark.parametrize(
    ("people", "dependence", "advice"),
    [
        ((("A", "1", None, None, "high", None, None, "2025-12-01"),), "nobody", "find_successor"),
        ((("A", "1", None, None, "high"),), "one_contact", "meet_more"),
        ((("A", "1", None, None, "low"), ("A", "2", None, None, "medium")), "no_decider", "meet_decider"),
        (TWO, "on_file", "meet_decider"),
    ],
)
def test_on_contacts_alone(people, dependence, advice):
    result = threads(contacts(*people))
    row = by_account(result)["A"]

    assert (row["dependence"], row["advice"]) == (dependence, advice)
    assert row["owner_hhi"] is None
    assert any("holds all links cannot be told" in warning for warning in result.meta["warnings"])


def test_several_on_file_are_spread_only_where_somebody_is_in_touch():
    people = contacts(*TWO, *[("B", f"{each[1]} of B", *each[2:]) for each in TWO])
    seen = touches(("A", "Zhang", "Li", "2025-12-01"), ("A", "Chen", "Zhou", "2025-12-01"))

    found = by_account(threads(people, touches=seen))

    assert {code: found[code]["dependence"] for code in "AB"} == {"A": "spread", "B": "on_file"}
    assert by_account(threads(people, touches=touches()))["A"]["dependence"] == "on_file"


def test_what_is_at_stake_is_sales_times_the_own_rate_of_leaving():
    others = [("B", f"b{n}", None, None, "high", None, "2020-01-01", "2025-06-01" if n < 2 else None) for n in range(9)]
    result = threads(contacts(("A", "1", None, None, "high", None, "2020-01-01"), *others))

    assert result.meta["figures"]["leaving_rate"] == pytest.approx(0.2)
    assert by_account(result)["A"]["money_at_stake"] == pytest.approx(200)
    assert by_account(result)["B"]["left_lately"] == 0
    assert 0 < result.meta["figures"]["leaving_low"] < 0.2 < result.meta["figures"]["leaving_high"] < 1


def test_with_few_contacts_the_rate_is_not_guessed():
    result = threads(contacts(("A", "1")))

    assert by_account(result)["A"]["money_at_stake"] is None
    assert any("Fewer than ten contacts" in warning for warning in result.meta["warnings"])


def test_the_accounts_of_the_demo_book_that_hang_on_one_contact_are_found():
    book, engine = generate(), DuckEngine()
    rows = by_account(start(FromTables(engine, book.tables), engine).result("single-thread"))
    planted = {row["customer"] for row in book.truth.to_pylist() if row["single_threaded"]}
    found = {code for code, row in rows.items() if row["dependence"] in {"nobody", "one_contact"}}

    assert planted
    assert planted <= found


def test_who_stands_between_the_others_is_told_from_five_people_on():
    people = contacts(*(("A", each, None, None, "high") for each in ("c1", "c2", "c3", "c4")))
    seen = touches(
        ("A", "c1", "Li", "2025-12-01"), ("A", "c2", "Li", "2025-12-01"), ("A", "c3", "Li", "2025-12-01"),
        ("A", "c3", "Zhou", "2025-12-01"), ("A", "c4", "Zhou", "2025-12-01"),
    )  # fmt: skip

    row = by_account(threads(people, touches=seen))["A"]

    assert (row["between"], row["degree"]) == ("Li", pytest.approx(3 / 5))
    assert row["betweenness"] == pytest.approx(
        7 / 10
    )  # of ten pairs of others: c1–c2, and either of c1, c2 with c3, c4, Zhou
    assert row["closeness"] == pytest.approx(5 / 8)
    few = by_account(threads(people, touches=seen.slice(0, 3)))["A"]
    assert (few["between"], few["betweenness"]) == (None, None)


def test_a_contact_in_between_is_told_by_its_number():
    people = contacts(*(("A", each, None, None, "high") for each in ("c1", "c2")))
    seen = touches(*(("A", "c1", ours, "2025-12-01") for ours in ("Li", "Zhou", "Wu")), ("A", "c2", "Li", "2025-12-01"))

    row = by_account(threads(people, touches=seen))["A"]

    assert (row["between"], row["degree"]) == ("c1", pytest.approx(3 / 4))


def test_a_first_touch_of_yesterday_makes_nobody_the_only_link():
    people = contacts(*TWO, ("B", "Sun"), ("B", "Qian"))
    seen = touches(("A", "Zhang", "Li", "2025-12-30"), logged_for_long=False)

    result = threads(people, touches=seen)

    assert {row["dependence"] for row in by_account(result).values()} == {
        row["dependence"] for row in by_account(threads(people)).values()
    }
    assert by_account(result)["A"]["owner_share"] is None
    assert any("can be told from 30 March 2026 on" in warning for warning in result.meta["warnings"])
