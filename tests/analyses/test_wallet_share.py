from datetime import date, timedelta

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pytest
from books import answers, ask, by_account, lines

from vitalfew.catalogue import Refusal
from vitalfew.language import say_kept
from vitalfew.panels import Panel, period_months
from vitalfew.phrases import value
from vitalfew.sentences import kept

BOOK = lines(("A", "2025-11-05", 300), ("B", "2025-11-05", 100), ("C", "2025-11-05", 50))


def wallet(*rows):
    return pa.table(
        {
            "customer": [row[0] for row in rows],
            "period": [row[1] for row in rows],
            "total_spend": [float(row[2]) for row in rows],
            "competitor": [row[3] if len(row) > 3 else None for row in rows],
            "competitor_spend": [float(row[4]) if len(row) > 4 else None for row in rows],
        }
    )


def test_the_worked_example():
    marks = answers(
        ("A", "2025-10-01", "x", "overall", 8), ("A", "2025-10-01", "x", "overall", 9, "R1"),
        ("A", "2025-10-01", "x", "overall", 4, "R2"),
    )  # fmt: skip

    result = ask("wallet-share", BOOK, "2025-12-31", wallet=wallet(("A", "2025", 1000, "R1", 400)), surveys=marks)

    row = by_account(result)["A"]
    assert (row["share"], row["room"], row["suppliers"], row["rank"]) == (0.3, 700, 3, 2)
    assert row["allocated"] == pytest.approx(1 / 3)
    assert row["gap"] == pytest.approx(0.3 - 1 / 3)
    assert (row["competitor"], row["competitor_share"]) == ("R1", 0.4)
    assert [date(1970, 1, 1) + timedelta(days=row[each]) for each in ("known_from", "known_until")] == [
        date(2025, 1, 1),
        date(2025, 12, 31),
    ]


def test_sales_above_the_wallet_are_an_error_not_all_of_it():
    result = ask("wallet-share", BOOK, "2025-12-31", wallet=wallet(("A", "2025-11", 200), ("B", "2025-11", 400)))

    rows = by_account(result)
    assert (rows["A"]["state"], rows["A"]["share"], rows["A"]["room"]) == ("wrong", None, None)
    assert (rows["B"]["state"], rows["B"]["share"]) == ("told", 0.25)
    assert (rows["C"]["state"], rows["C"]["share"]) == ("unknown", None)
    assert result.meta["figures"]["share"] == 0.25
    assert any("1 account bought more from us than their whole wallet" in said for said in result.meta["warnings"])


def test_a_year_comes_before_its_months_and_other_periods_do_not_count():
    given = wallet(
        ("A", "2025", 600), ("A", "2025-11", 999), ("A", "2019", 999), ("A", "Q3", 999), ("B", "2025-10", 100)
    )

    rows = by_account(ask("wallet-share", BOOK, "2025-12-31", wallet=given))

    assert rows["A"]["share"] == 0.5
    assert rows["B"]["share"] == 0


def test_money_is_a_years_whatever_the_months_that_are_known():
    rows = lines(("A", "2024-05-05", 200), ("A", "2025-05-05", 400), ("B", "2025-11-05", 100))
    given = wallet(("A", "2024", 1000), ("A", "2025", 1000, "R1", 800), ("B", "2025-11", 400))

    rows = by_account(ask("wallet-share", rows, "2025-12-31", wallet=given))

    assert [rows["A"][name] for name in ("share", "ours", "wallet", "room", "competitor_share")] == [
        0.3, 300, 1000, 700, 0.4
    ]  # fmt: skip
    assert [rows["B"][name] for name in ("share", "ours", "wallet")] == [0.25, 1200, 4800]


def test_returns_beyond_sales_are_no_negative_share():
    rows = lines(("A", "2025-11-05", 10), ("A", "2025-11-06", -30))

    assert by_account(ask("wallet-share", rows, "2025-12-31", wallet=wallet(("A", "2025-11", 50))))["A"]["share"] == 0


def test_marks_that_are_equal_share_their_rank_and_old_ones_do_not_count():
    marks = answers(
        ("A", "2025-10-01", "x", "overall", 8), ("A", "2025-10-01", "x", "overall", 8, "R1"),
        ("B", "2023-10-01", "x", "overall", 8), ("B", "2023-10-01", "x", "overall", 9, "R1"),
        ("C", "2025-10-01", "x", "overall", 8),
    )  # fmt: skip

    rows = by_account(ask("wallet-share", BOOK, "2025-12-31", surveys=marks))

    assert (rows["A"]["rank"], rows["A"]["allocated"]) == (1.5, 0.5)
    assert (rows["B"]["suppliers"], rows["B"]["rank"]) == (None, None)
    assert (rows["C"]["suppliers"], rows["C"]["rank"], rows["C"]["allocated"]) == (1, None, None)


def test_accounts_with_one_supplier_make_the_rule_doubtful():
    marks = answers(
        *((code, "2025-10-01", "x", "overall", 8) for code in "ABC"), ("A", "2025-10-01", "x", "overall", 2, "R")
    )

    warnings = ask("wallet-share", BOOK, "2025-12-31", surveys=marks).meta["warnings"]

    assert any("33.3 % of the accounts use several suppliers (1.3 on average)" in said for said in warnings)


def test_neither_wallets_nor_surveys_is_refused_with_what_to_import():
    with pytest.raises(Refusal, match="What accounts spend in total is not known"):
        ask("wallet-share", BOOK, "2025-12-31")


def test_periods_are_read_as_people_write_them():
    first, length = period_months(pa.chunked_array([["2025", "2025-03", " 1970-01 ", "Q3 2025", "2025-13", None]]))

    assert length.tolist() == [12, 1, 1, 0, 0, 0]
    assert np.array_equal(first[:3], [660, 662, 0])


def test_a_share_is_told_with_the_months_it_is_of():
    result = ask("wallet-share", BOOK, "2025-12-31", wallet=wallet(("B", "2025-11", 400), ("B", "2025-12", 400)))

    panel = Panel(result.table.filter(pc.equal(result.table["customer"], "B")))
    told = kept(*value.wallet(panel, "CNY"))[0].as_py()
    assert say_kept(told, "en").startswith("From November 2025 to December 2025 it spent ¥4,800 a year in our category")
