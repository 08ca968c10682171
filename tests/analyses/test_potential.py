from datetime import date

import pyarrow as pa
import pytest
from books import ask, by_account, lines
from test_wallet_share import wallet

from vitalfew.catalogue import Refusal

NOW = "2025-12-31"


def monthly(code, before, now):
    """Two years: what it bought a month in 2024, and in 2025 (a list for its course)."""
    late = now if isinstance(now, list) else [now] * 12
    return [
        *((code, f"2024-{month:02d}-10", before) for month in range(1, 13)),
        *((code, f"2025-{month:02d}-10", amount) for month, amount in enumerate(late, 1)),
    ]


def products(rows):
    """A new product from the second year on for those that broaden."""
    return [f"P{number % 3 if row[1] >= '2025' and row[0] == 'W' else 0}" for number, row in enumerate(rows)]


def book():
    rows = [
        *monthly("BIG", 5000, 6500),
        *monthly("W", 40, [50, 55, 60, 65, 70, 75, 80, 85, 90, 95, 100, 105]),
        *monthly("G", 40, 60),
        *monthly("S", 40, 40),
        *monthly("T", 100, 50),
    ]
    return lines(*rows, product=products(rows))


def test_every_reason_with_its_evidence():
    brought = pa.table({"referrer": ["W"], "referred": ["G"], "referred_on": [date(2025, 3, 1)]})

    result = ask("potential", book(), NOW, wallet=wallet(("W", "2025", 4000), ("T", "2025", 4000)), referrals=brought)

    rows = by_account(result)
    assert list(rows) == ["W", "G"]
    row = rows["W"]
    assert row["reasons"] == 5
    assert row["growth"] == pytest.approx(930 / 480 - 1)
    assert row["p_value"] < 0.05
    assert row["slope"] > 0
    assert row["room"] == pytest.approx(4000 - 930)
    assert (row["products"], row["products_before"], row["recommended"]) == (3, 1, 1)


def test_room_alone_is_not_enough():
    result = ask("potential", book(), NOW, wallet=wallet(("T", "2025", 4000), ("S", "2025", 4000)))

    assert set(by_account(result)) == {"W", "G"}
    assert result.meta["figures"]["room"] == 2
    assert any("referrals" in warning for warning in result.meta["warnings"])


def test_evidence_stands_only_where_it_is_a_reason():
    row = by_account(ask("potential", book(), NOW, wallet=wallet(("G", "2025", 800))))["G"]

    assert (row["reasons"], row["growth"]) == (2, 0.5)
    assert row["room"] is None
    assert row["products"] is None


def test_the_vital_few_are_no_potential_and_chance_is_told():
    result = ask("potential", book(), NOW)

    assert "BIG" not in by_account(result)
    assert any("by chance alone" in warning for warning in result.meta["warnings"])


def test_a_book_of_vital_few_only_is_refused():
    with pytest.raises(Refusal, match="outside the vital few"):
        ask("potential", lines(("A", "2025-11-05", 10)), NOW)
