from datetime import date

import pyarrow as pa
import pytest
from books import by_account, lines

import vitalfew
from vitalfew.catalogue import Refusal

NOW = "2025-12-31"
CROWD = [(f"Z{number:02}", day, 100, 60) for number in range(12) for day in ("2024-03-01", "2025-03-01", "2025-09-01")]


def referred(*rows):
    """(referrer, referred, day)."""
    return pa.table(
        {
            "referrer": [row[0] for row in rows],
            "referred": [row[1] for row in rows],
            "referred_on": [date.fromisoformat(row[2]) for row in rows],
        }
    )


def value(referrals, *orders, **more):
    """The analysis with lifetime and contribution given by hand: contributed 100 and 300 to come for everybody."""
    tables = {name: more.pop(name) for name in list(more) if isinstance(more[name], pa.Table)}
    codes = sorted({code for name in ("referrer", "referred") for code in referrals[name].to_pylist()})
    given = {
        "lifetime": pa.table(
            {
                "customer": codes,
                "value": [300.0] * len(codes),
                "low": [200.0] * len(codes),
                "high": [500.0] * len(codes),
            }
        ),
        "contribution": pa.table(
            {"customer": codes, "contribution": [100.0] * len(codes), "gross_margin": [100.0] * len(codes)}
        ),
        **tables,
    }
    book = lines(*orders) if orders else lines(("Q", "2025-06-01", 10, 5))
    return vitalfew.analyse("referral-value", as_of=NOW, order_lines=book, referrals=referrals, options=more, **given)


def test_the_worked_example():
    row = by_account(value(referred(("A", "B", "2024-05-01")), acquisition_cost=40, reward=10))["A"]

    assert (row["value"], row["low"], row["high"]) == pytest.approx((230, 30, 630))
    assert (row["contributed"], row["to_come"], row["saved"], row["referred"]) == (100, 300, 30, 1)


def test_an_account_has_one_referrer_the_earliest():
    result = value(referred(("A", "C", "2024-06-01"), ("B", "C", "2024-05-01")))

    rows = by_account(result)
    assert (rows["A"]["referred"], rows["B"]["referred"]) == (0, 1)
    assert any("1 referrals count for nothing" in warning for warning in result.meta["warnings"])


@pytest.mark.parametrize(
    "circle",
    [
        (("A", "B", "2024-05-01"), ("B", "A", "2024-06-01")),
        (("A", "B", "2024-05-01"), ("B", "A", "2024-05-01")),
        (("A", "B", "2024-05-01"), ("B", "C", "2024-06-01"), ("C", "A", "2024-07-01")),
    ],
)
def test_in_a_circle_the_earliest_wins(circle):
    rows = by_account(value(referred(*circle)))

    assert rows["A"]["referred"] == 1
    assert sum(row["referred"] for row in rows.values()) == len(circle) - 1


def test_nobody_brings_itself_or_one_that_bought_before():
    result = value(
        referred(("A", "A", "2024-05-01"), ("A", "B", "2024-05-01"), ("A", "C", "2024-05-01")),
        ("B", "2024-04-01", 5, 1),
    )

    assert by_account(result)["A"]["referred"] == 1


def test_who_would_have_come_anyway_is_told_account_by_account():
    types = pa.table({"customer": ["B", "C"], "would_have_joined": [1.0, None]})

    rows = by_account(
        value(
            referred(("A", "B", "2024-05-01"), ("D", "C", "2024-05-01")), referral_types=types, would_have_joined=0.25
        )
    )

    assert (rows["A"]["value"], rows["D"]["value"]) == pytest.approx((0, 300))


def test_serving_those_brought_is_taken_off_what_is_to_come():
    contribution = pa.table({"customer": ["A", "B"], "contribution": [50.0, -50.0], "gross_margin": [100.0, 100.0]})

    row = by_account(value(referred(("A", "B", "2024-05-01")), contribution=contribution, would_have_joined=0.0))["A"]

    assert (row["contributed"], row["to_come"], row["lifetime"]) == (-50, -150, 150)
    assert (row["value"], row["low"], row["high"]) == (-200, -300, 0)


def test_what_is_not_known_of_those_brought_is_told():
    silent = pa.table({"customer": ["A", "B"], **{name: [5.0, None] for name in ("value", "low", "high")}})
    uncosted = pa.table({"customer": ["A", "B"], "contribution": [1.0, 2.0], "gross_margin": [1.0, 2.0]})

    result = value(referred(("A", "B", "2024-05-01"), ("A", "C", "2024-05-01")), lifetime=silent, contribution=uncosted)

    assert by_account(result)["A"]["value"] == 1
    assert (result.meta["figures"]["uncosted"], result.meta["figures"]["untold"]) == (1, 2)
    assert any("Of 2 of the accounts brought what is to come is not told" in each for each in result.meta["warnings"])


def test_four_segments_by_the_medians():
    codes = list("ABCDEFGH")
    lifetime = pa.table({"customer": codes, **{name: [9.0, 9, 9, 9, 1, 1, 1, 1] for name in ("value", "low", "high")}})

    rows = by_account(value(referred(("A", "B", "2024-05-01"), ("E", "F", "2024-05-01"), ("G", "H", "2024-06-01"),
                                     ("C", "D", "2024-05-01")), lifetime=lifetime))  # fmt: skip

    segments = {code: rows[code]["segment"] for code in codes}
    assert segments == {"A": "champion", "C": "champion", "B": "affluent", "D": "affluent",
                        "E": "advocate", "G": "advocate", "F": "miser", "H": "miser"}  # fmt: skip


def test_attribution_is_never_part_of_the_total():
    """The sum of lifetime values is the firm's; what was brought is part of it and counted there once."""
    orders = [*CROWD, *((code, day, 100, 60) for code in "AB" for day in ("2025-04-01", "2025-08-01"))]
    tables = {
        "order_lines": lines(*orders),
        "referrals": referred(("A", "B", "2025-01-01"), ("Z00", "Z01", "2024-01-01")),
    }

    found = vitalfew.analyse("referral-value", as_of=NOW, **tables).meta["figures"]
    firm = vitalfew.analyse("lifetime", as_of=NOW, order_lines=tables["order_lines"]).meta["figures"]["total"]

    assert found["lifetime_total"] == pytest.approx(firm, abs=0.01)
    assert 0 < found["brought_share"] < 1
    assert found["attributed_high"] > found["attributed"] > 0


def test_without_referrals_or_costs_it_is_refused():
    with pytest.raises(Refusal, match="import referrals"):
        value(referred(("A", "A", "2024-05-01")))
    with pytest.raises(Refusal, match="at a known cost"):
        vitalfew.analyse("referral-value", as_of=NOW, referrals=referred(("A", "B", "2024-01-01")),
                         order_lines=lines(*(row[:3] for row in CROWD), ("B", "2024-05-01", 9)))  # fmt: skip
