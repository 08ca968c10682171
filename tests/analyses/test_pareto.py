import pytest
from books import ask, by_account, lines

from vitalfew.catalogue import Refusal, catalogue


def book(*values):
    return lines(*((f"C{number}", "2025-01-05", value) for number, value in enumerate(values, 1)))


def test_the_worked_example():
    result = ask("pareto", book(500, 260, 100, 80, 60))

    assert result.table["class"].to_pylist() == ["A", "A", "A", "B", "B"]
    figures = result.meta["figures"]
    assert (figures["accounts_to_80"], figures["top20_share"], figures["total"]) == (3, 0.5, 1000)


def test_gini_of_one_to_four():
    assert ask("pareto", book(1, 2, 3, 4)).meta["figures"]["gini"] == pytest.approx(0.25)


def test_herfindahl_of_the_textbook_shares():
    assert ask("pareto", book(30, 30, 20, 20)).meta["figures"]["hhi"] == pytest.approx(0.26)


def test_an_account_that_returned_more_than_it_bought_is_c_and_told():
    result = ask("pareto", lines(("A", "2025-01-05", 100), ("B", "2025-01-06", 10), ("B", "2025-01-07", -30)))

    assert by_account(result)["B"]["class"] == "C"
    assert result.meta["figures"]["non_positive"] == 1
    assert any("at or below zero" in warning for warning in result.meta["warnings"])


def test_equal_values_are_ordered_by_code_and_called_no_concentration():
    result = ask("pareto", book(10, 10, 10))

    assert result.table["customer"].to_pylist() == ["C1", "C2", "C3"]
    assert any("no concentration" in warning for warning in result.meta["warnings"])


def test_nothing_positive_is_refused_in_words():
    with pytest.raises(Refusal, match="positive"):
        ask("pareto", book(-5))


def test_two_currencies_are_never_added():
    rows = lines(
        ("A", "2025-01-05", 100), ("B", "2025-01-05", 50), ("C", "2025-01-05", 70), currency=["CNY", "CNY", "USD"]
    )

    result = ask("pareto", rows)

    assert (result.meta["currency"], result.meta["figures"]["total"]) == ("CNY", 150)
    assert any("USD" in warning for warning in result.meta["warnings"])


def planted():
    from vitalfew.demobook import generate
    from vitalfew.warehouse.engines.duck import DuckEngine
    from vitalfew.warehouse.run import start
    from vitalfew.warehouse.sources import FromTables

    engine = DuckEngine()
    return start(FromTables(engine, generate(accounts=60, months=30).tables), engine)


@pytest.mark.parametrize(("basis", "other", "column"), [("contribution",) * 3, ("lifetime", "lifetime", "value")])
def test_contribution_and_lifetime_value_count_as_their_analyses_tell_them(basis, other, column):
    run = planted()

    told = {row["customer"]: row["value"] for row in run.result("pareto", basis=basis).table.to_pylist()}
    assert told == {row["customer"]: row[column] or 0.0 for row in run.result(other).table.to_pylist()}


def test_nobody_waits_for_lifetime_values_who_counts_sales():
    run = planted()
    run.result("pareto")

    assert {name for name, _options in run._results} == {"pareto"}


def test_by_lifetime_value_no_months_can_be_chosen():
    with pytest.raises(Refusal, match="leave out the months"):
        planted().result("pareto", basis="lifetime", months=6)


def test_contribution_and_lifetime_value_are_not_for_everybody():
    pareto = catalogue()["pareto"]

    assert [pareto.tells_money({"basis": basis}) for basis in ("sales", "margin", "contribution", "lifetime")] == [
        False, True, True, True,
    ]  # fmt: skip


def returned_much():
    bought = [(f"C{number}", "2025-01-05", 100) for number in range(9)]
    return lines(*bought, ("R", "2025-01-05", 10), ("R", "2025-01-06", -800))


def test_accounts_that_make_80_percent_are_counted_among_the_positive_ones():
    figures = ask("pareto", returned_much()).meta["figures"]

    assert (figures["accounts"], figures["accounts_to_80"]) == (10, 8)


def test_no_share_above_one_is_told_where_others_lose_it_again():
    headline = ask("pareto", returned_much()).meta["headline"]

    assert headline == "8 of 10 accounts make 80 % of all positive value; the others lose much of it again"


def test_the_share_of_a_is_not_above_that_of_b():
    with pytest.raises(Refusal, match="must not be above"):
        ask("pareto", book(5, 3), a=0.9, b=0.5)
