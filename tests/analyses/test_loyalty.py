import pytest
from books import answers, ask, by_account, lines
from test_wallet_share import wallet

from vitalfew.catalogue import Refusal

NOW = "2025-12-31"
ACCOUNTS = "ABCD"
BOOK = lines(*((code, f"2025-{month:02d}-05", 100) for code in ACCOUNTS for month in range(1, 13)))


def marks(**scores):
    """One respondent an account, 0 to 10, who marks us and a rival."""
    rows = []
    for code, (ours, rival) in scores.items():
        rows.append((code, "2025-10-01", "x", "overall", ours))
        if rival is not None:
            rows.append((code, "2025-10-01", "x", "overall", rival, "Rival"))
    return answers(*rows, low=0)


def quadrants(result):
    return {code: row["quadrant"] for code, row in by_account(result).items()}


def test_the_worked_example():
    result = ask("loyalty", BOOK, NOW, surveys=marks(A=(7, 5)), wallet=wallet(("A", "2025", 4000)))

    row = by_account(result)["A"]
    assert (row["quadrant"], row["attitude"], row["repeat"], row["rival"]) == ("latent", 0.6, 0.3, "Rival")


def test_the_four_quadrants():
    wallets = wallet(("A", "2025", 1500), ("B", "2025", 9000), ("C", "2025", 1500), ("D", "2025", 9000))
    result = ask("loyalty", BOOK, NOW, surveys=marks(A=(8, 4), B=(8, 4), C=(4, 8), D=(4, 8)), wallet=wallets)

    assert quadrants(result) == {"A": "complete", "B": "latent", "C": "inertia", "D": "none"}
    assert result.meta["figures"]["inertia"] == 1


def test_on_the_cut_counts_as_high():
    result = ask("loyalty", BOOK, NOW, surveys=marks(A=(6, 6)), wallet=wallet(("A", "2025", 2400)))

    assert quadrants(result)["A"] == "complete"


def test_an_attitude_is_never_inferred_from_purchases():
    result = ask("loyalty", BOOK, NOW, surveys=marks(A=(10, None)))

    assert set(quadrants(result).values()) == {"unknown"}
    assert by_account(result)["A"]["ours"] == 1
    assert any("never compared" in warning for warning in result.meta["warnings"])


def test_without_any_survey_only_the_repeat_axis_is_known():
    result = ask("loyalty", BOOK, NOW)

    assert set(quadrants(result).values()) == {"unknown"}
    assert by_account(result)["A"]["repeat"] == 1
    assert result.meta["headline"].startswith("Nobody's loyalty")


def test_the_best_competitor_decides_and_respondents_are_averaged_first():
    surveys = answers(
        ("A", "2025-10-01", "x", "overall", 8), ("A", "2025-10-01", "y", "overall", 6),
        ("A", "2025-10-01", "x", "overall", 2, "Weak"), ("A", "2025-10-01", "y", "overall", 9, "Strong"),
        low=0,
    )  # fmt: skip

    row = by_account(ask("loyalty", BOOK, NOW, surveys=surveys))["A"]

    assert (row["ours"], row["best"], row["rival"], row["respondents"]) == (0.7, 0.9, "Strong", 2)
    assert row["attitude"] == pytest.approx(0.4)


def test_the_interval_takes_the_spread_inside_accounts():
    surveys = answers(
        ("A", "2025-10-01", "x", "overall", 8), ("A", "2025-10-01", "x", "overall", 4, "R"),
        ("A", "2025-10-01", "y", "overall", 6), ("A", "2025-10-01", "y", "overall", 6, "R"),
        ("B", "2025-10-01", "z", "overall", 9), ("B", "2025-10-01", "z", "overall", 5, "R"),
        low=0,
    )  # fmt: skip

    rows = by_account(ask("loyalty", BOOK, NOW, surveys=surveys))

    # respondents of A differ by .2 and .0, so s = .2 / sqrt 2 with one degree of freedom, t = 12.706
    assert rows["A"]["high"] == 1
    assert (rows["A"]["low"], rows["B"]["low"]) == (0, 0)
    assert (rows["A"]["attitude"], rows["B"]["attitude"]) == (0.6, 0.7)


def test_one_respondent_each_gives_no_interval_and_says_so():
    result = ask("loyalty", BOOK, NOW, surveys=marks(A=(8, 4)))

    assert by_account(result)["A"]["low"] is None
    assert any("two respondents" in warning for warning in result.meta["warnings"])


def test_own_history_counts_quarters_after_the_first_purchase():
    rows = lines(("A", "2024-03-05", 10), ("A", "2025-02-05", 10), ("A", "2025-08-05", 10), ("N", "2025-12-05", 10))

    result = ask("loyalty", rows, NOW, surveys=marks(A=(8, 4), N=(8, 4)), repeat="history")

    assert by_account(result)["A"]["repeat"] == 0.5
    assert quadrants(result) == {"A": "complete", "N": "repeat_unknown"}


def test_scores_outside_their_scale_do_not_count():
    surveys = answers(("A", "2025-10-01", "x", "overall", 99), ("A", "2025-10-01", "x", "overall", 5, "R"), low=0)

    assert quadrants(ask("loyalty", BOOK, NOW, surveys=surveys))["A"] == "unknown"


def test_no_orders_are_refused():
    with pytest.raises(Refusal, match="No orders"):
        ask("loyalty", BOOK, "2020-01-01")
