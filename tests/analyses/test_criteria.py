from datetime import date

import pyarrow as pa
import pytest
from books import ask, by_account, lines

from vitalfew.catalogue import Refusal

DEFAULT = [
    "size", "development_trend", "internal_management", "culture", "informatization", "growth", "core_competitiveness",
    "capital_strength",
]  # fmt: skip


def two_years(**yearly):
    """Twenty-four even months up to the end of 2025: the amount a month in 2024 and in 2025."""
    return lines(
        *(
            (code, f"{year}-{month:02d}-10", amount)
            for code, amounts in yearly.items()
            for year, amount in zip((2024, 2025), amounts, strict=True)
            for month in range(1, 13)
        )
    )


BOOK = two_years(A=(10, 20), B=(100, 100), C=(30, 10))


def scores(*rows):
    names = ("customer", "criterion", "score", "author", "scored_on", "evidence")
    return pa.table({name: [row[place] for row in rows] for place, name in enumerate(names)})


def judgements(*rows):
    return pa.table(
        {
            "criterion_a": [row[0] for row in rows],
            "criterion_b": [row[1] for row in rows],
            "value": [float(row[2]) for row in rows],
            "judge": [row[3] if len(row) > 3 else "one" for row in rows],
        }
    )


THREE = [("size", "development_trend", 2), ("size", "growth", 4), ("development_trend", "growth", 2)]


def test_the_worked_example():
    given = scores(
        ("A", "size", 100, "a", date(2025, 1, 1), "x"), ("B", "size", 300, "a", date(2025, 1, 1), "x"),
        ("A", "growth", -0.5, "a", date(2025, 1, 1), "x"), ("B", "growth", 0.5, "a", date(2025, 1, 1), "x"),
    )  # fmt: skip

    rows = by_account(ask("criteria", lines(("A", "2025-01-05", 1), ("B", "2025-01-05", 1)), criteria_scores=given))

    assert (rows["A"]["closeness"], rows["B"]["closeness"]) == (0, 1)


def test_the_order_book_alone_gives_what_it_can_and_says_so():
    result = ask("criteria", BOOK, "2025-12-31")

    rows = by_account(result)
    assert rows["B"]["rank"] == 1
    assert {name for name in DEFAULT if rows["B"][name] is not None} == {"size", "development_trend", "growth"}
    assert sorted(result.meta["fit"]["weights"].values()) == [pytest.approx(1 / 3, abs=1e-6)] * 3
    assert any("Nobody has judged" in warning for warning in result.meta["warnings"])
    assert any("reverse" in warning for warning in result.meta["warnings"])


def test_parts_add_up_to_the_closeness():
    given = scores(
        ("A", "culture", 7, "a", date(2025, 1, 1), "x"), ("B", "culture", 3, "a", date(2025, 1, 1), "x"),
        ("C", "distance", 4, "a", date(2025, 1, 1), "x"), ("B", "distance", 9, "a", date(2025, 1, 1), "x"),
    )  # fmt: skip

    for row in ask("criteria", BOOK, "2025-12-31", criteria_scores=given, cost="distance").table.to_pylist():
        assert sum(row[name] or 0 for name in [*DEFAULT, "other"]) == pytest.approx(row["closeness"])


def test_what_is_unknown_counts_as_the_median_and_is_told():
    given = scores(*((code, "culture", score, "a", date(2025, 1, 1), "x") for code, score in (("A", 9), ("B", 1))))

    result = ask("criteria", BOOK, "2025-12-31", criteria_scores=given)

    assert by_account(result)["C"]["known"] == pytest.approx(0.75)
    assert any("median" in warning for warning in result.meta["warnings"])


def test_the_latest_score_by_the_day_holds_and_an_unsigned_one_is_told():
    given = scores(
        ("A", "culture", 9, "a", date(2025, 1, 1), "x"), ("A", "culture", 1, "b", date(2025, 6, 1), ""),
        ("A", "culture", 9, "a", date(2026, 6, 1), "x"), ("B", "culture", 5, "a", date(2025, 1, 1), "x"),
    )  # fmt: skip

    result = ask("criteria", BOOK, "2025-12-31", criteria_scores=given)

    rows = by_account(result)
    assert rows["A"]["culture"] < rows["B"]["culture"]
    assert any("1 scores lack an author" in warning for warning in result.meta["warnings"])


def test_weights_by_pairs_are_those_of_saatys_eigenvector():
    result = ask("criteria", BOOK, "2025-12-31", judgements=judgements(*THREE), weights="ahp")

    assert list(result.meta["fit"]["weights"].values()) == pytest.approx([4 / 7, 2 / 7, 1 / 7], abs=1e-5)
    assert result.meta["figures"]["consistency_ratio"] == pytest.approx(0, abs=1e-9)


def test_judges_are_brought_together_by_the_geometric_mean():
    second = [(a, b, value / 4, "two") for a, b, value in THREE]
    result = ask("criteria", BOOK, "2025-12-31", judgements=judgements(*THREE, *second), weights="ahp")

    assert result.meta["fit"]["judges"] == 2
    assert result.meta["fit"]["ahp_weights"] == pytest.approx(
        [0.4126, 0.3275, 0.2599], abs=5e-5
    )  # rows 1 1 2, 1 1 1, ½ 1 1
    assert result.meta["figures"]["consistency_ratio"] < 0.1


def test_contradicting_judgements_are_refused_with_the_three_worst():
    circle = judgements(("size", "development_trend", 9), ("size", "growth", 1 / 9), ("development_trend", "growth", 9))

    with pytest.raises(Refusal, match=r"contradict each other.*Size : Growth"):
        ask("criteria", BOOK, "2025-12-31", judgements=circle, weights="ahp")


def test_a_pair_that_nobody_judged_follows_from_the_others_and_is_told():
    result = ask("criteria", BOOK, "2025-12-31", judgements=judgements(*THREE[:2]), weights="ahp")

    assert list(result.meta["fit"]["weights"].values()) == pytest.approx([4 / 7, 2 / 7, 1 / 7], abs=1e-5)
    assert result.meta["fit"]["not_judged"] == [["development_trend", "growth", pytest.approx(2)]]
    assert any("1 pair of criteria were not judged" in warning for warning in result.meta["warnings"])


def test_a_criterion_that_nothing_links_or_a_judgement_that_contradicts_its_reverse_is_refused():
    with pytest.raises(Refusal, match="hang together"):
        ask("criteria", BOOK, "2025-12-31", judgements=judgements(*THREE[:1]), weights="ahp")
    with pytest.raises(Refusal, match="above 0"):
        ask("criteria", BOOK, "2025-12-31", judgements=judgements(*THREE[:2], ("growth", "growth", -1)), weights="ahp")
    reverse = judgements(*THREE, ("growth", "size", 3))
    with pytest.raises(Refusal, match="multiply to 1"):
        ask("criteria", BOOK, "2025-12-31", judgements=reverse, weights="ahp")
    with pytest.raises(Refusal, match="judgements"):
        ask("criteria", BOOK, "2025-12-31", weights="combined")


def test_the_variant_of_entropy_is_kept_and_matters():
    spread = ask("criteria", BOOK, "2025-12-31", weights="entropy").meta["fit"]

    assert spread["entropy"] == "min-max"
    assert sum(spread["weights"].values()) == pytest.approx(1, abs=1e-5)
    with pytest.raises(Refusal, match="negative"):
        ask("criteria", BOOK, "2025-12-31", weights="entropy", entropy="plain")


def test_combined_weights_are_the_product_or_the_sum():
    given = judgements(*THREE)
    product = ask("criteria", BOOK, "2025-12-31", judgements=given, weights="combined").meta["fit"]
    pairs, spread = product["ahp_weights"], product["entropy_weights"]
    joint = [a * e for a, e in zip(pairs, spread, strict=True)]

    assert list(product["weights"].values()) == pytest.approx([each / sum(joint) for each in joint], abs=1e-5)
    added = ask("criteria", BOOK, "2025-12-31", judgements=given, weights="combined", combine="sum", theta=0.25)
    expected = [0.25 * a + 0.75 * e for a, e in zip(pairs, spread, strict=True)]
    assert list(added.meta["fit"]["weights"].values()) == pytest.approx(expected, abs=1e-5)


def test_a_criterion_of_which_less_is_better_turns_round():
    assert by_account(ask("criteria", BOOK, "2025-12-31", cost="size,development_trend,growth"))["B"]["rank"] > 1
    with pytest.raises(Refusal, match="no criterion colour"):
        ask("criteria", BOOK, "2025-12-31", cost="colour")


def test_paying_in_time_stands_in_for_capital_strength():
    payments = pa.table(
        {
            "invoice_id": ["1", "2", "3", "4"],
            "customer": ["A", "A", "B", "B"],
            "invoiced_on": [date(2025, 1, 1)] * 4,
            "due_on": [date(2025, 2, 1)] * 4,
            "paid_on": [date(2025, 1, 20), None, date(2025, 2, 1), date(2025, 2, 1)],
            "amount": [50.0, 50.0, 10.0, 10.0],
        }
    )

    result = ask("criteria", BOOK, "2025-12-31", payments=payments)

    rows = by_account(result)
    assert rows["B"]["capital_strength"] > rows["A"]["capital_strength"]
    assert any("stand-in" in warning for warning in result.meta["warnings"])


def test_a_new_account_does_not_move_those_known_when_the_quarter_began():
    newcomer = [("N", "2025-12-20", 5000)]
    before = by_account(ask("criteria", BOOK, "2025-12-31"))
    amounts = [("A", 10, 20), ("B", 100, 100), ("C", 30, 10)]
    old = [
        (code, f"{year}-{month:02d}-10", amount)
        for code, *both in amounts
        for year, amount in zip((2024, 2025), both, strict=True)
        for month in range(1, 13)
    ]
    after = by_account(ask("criteria", lines(*old, *newcomer), "2025-12-31"))

    assert after["B"]["closeness"] == pytest.approx(before["B"]["closeness"])
    assert 0 <= after["N"]["closeness"] <= 1


def test_accounts_that_are_alike_are_half_close():
    result = ask("criteria", two_years(A=(10, 10), B=(10, 10)), "2025-12-31")

    rows = by_account(result)
    assert result.meta["headline"] == "All accounts are alike on these criteria"
    assert [row["closeness"] for row in rows.values()] == [0.5, 0.5]
    assert [row["attractiveness"] for row in rows.values()] == [5, 5]


def test_one_account_alone_is_refused():
    with pytest.raises(Refusal, match="two"):
        ask("criteria", two_years(A=(10, 10)), "2025-12-31")


def test_scores_without_their_columns_are_refused_by_name():
    with pytest.raises(Refusal, match=r"criteria_scores.*score"):
        ask("criteria", BOOK, "2025-12-31", criteria_scores=pa.table({"customer": ["A"], "criterion": ["culture"]}))
