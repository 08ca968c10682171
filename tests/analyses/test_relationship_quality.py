from datetime import date

import numpy as np
import pyarrow as pa
import pytest
from books import answers, ask, by_account, lines

from vitalfew.catalogue import Refusal

NOW = "2025-12-31"
BOOK = lines(("A", "2025-11-05", 10), ("B", "2025-11-05", 10))


def quality(surveys, rows=BOOK, **more):
    return ask("relationship-quality", rows, NOW, surveys=surveys, **more)


def sheet(customer, day, respondent, **marks):
    return [(customer, day, respondent, item, mark) for item, mark in marks.items()]


def many(accounts, *, seed=1, noise=0.5):
    """Accounts with one respondent each: satisfaction leads to trust, both to commitment; marks from 1 to 7."""
    chance = np.random.default_rng(seed)
    rows = []
    for number in range(accounts):
        satisfaction = chance.normal()
        trust = 0.8 * satisfaction + 0.4 * chance.normal()
        commitment = 0.5 * satisfaction + 0.4 * trust + 0.4 * chance.normal()
        marks = {
            f"{name}_{n}": float(np.clip(4 + value + noise * chance.normal(), 1, 7))
            for name, value in (("satisfaction", satisfaction), ("trust", trust), ("commitment", commitment))
            for n in (1, 2, 3)
        }
        rows += sheet(f"C{number:03d}", "2025-10-01", f"P{number}", **marks)
    return answers(*rows, low=1, high=7)


def test_the_worked_example():
    surveys = answers(*sheet("A", "2025-10-01", "x", trust_1=6, trust_2=5), low=1, high=7)

    assert by_account(quality(surveys))["A"]["trust"] == pytest.approx(75)


def test_respondents_are_averaged_inside_the_account_first():
    surveys = answers(
        *sheet("A", "2025-10-01", "x", trust_1=7), *sheet("A", "2025-10-01", "y", trust_1=1),
        *sheet("B", "2025-10-01", "z", trust_1=7), low=1, high=7,
    )  # fmt: skip

    rows = by_account(quality(surveys))

    assert (rows["A"]["index"], rows["A"]["respondents"]) == (50, 2)
    assert (rows["B"]["index"], rows["B"]["respondents"]) == (100, 1)


def test_fewer_than_half_of_the_questions_are_no_score():
    surveys = answers(
        *sheet("A", "2025-10-01", "x", trust_1=7), *sheet("B", "2025-10-01", "y", trust_1=7, trust_2=7, trust_3=7),
        low=1, high=7,
    )  # fmt: skip

    assert by_account(quality(surveys))["A"]["trust"] is None


def test_a_reversed_question_is_turned():
    items = pa.table({"item": ["q1", "q2"], "construct": ["trust", "trust"], "reversed": ["", "true"]})
    surveys = answers(*sheet("A", "2025-10-01", "x", q1=7, q2=1), low=1, high=7)

    assert by_account(quality(surveys, survey_items=items))["A"]["trust"] == 100


def test_the_latest_sheet_counts_and_the_change_is_against_the_half_year_before():
    surveys = answers(
        *sheet("A", "2025-03-01", "x", trust_1=4), *sheet("A", "2025-10-01", "x", trust_1=7),
        *sheet("B", "2023-03-01", "y", trust_1=4), low=1, high=7,
    )  # fmt: skip

    rows = by_account(quality(surveys))

    assert (rows["A"]["index"], rows["A"]["change"], rows["A"]["respondents"]) == (100, 50, 1)
    assert "B" not in rows


def test_answers_about_competitors_are_not_ours():
    surveys = answers(("A", "2025-10-01", "x", "trust_1", 1, "Rival"), ("A", "2025-10-01", "x", "trust_1", 7), high=7)

    assert by_account(quality(surveys))["A"]["trust"] == 100


def test_under_ten_accounts_there_is_no_index_of_the_book():
    result = quality(answers(*sheet("A", "2025-10-01", "x", trust_1=4, nps=9), low=0))

    assert result.meta["figures"]["index"] is None
    assert result.meta["figures"]["nps"] is None
    assert "too few for an index" in result.meta["headline"]


def test_the_book_counts_every_account_once_with_its_interval():
    rows = [
        row
        for number in range(12)
        for respondent in range(1 + 20 * (number == 0))
        for row in sheet(f"C{number:02d}", "2025-10-01", f"P{number}-{respondent}", trust_1=1 if number else 7)
    ]

    figures = quality(answers(*rows, low=1, high=7)).meta["figures"]

    assert figures["index"] == pytest.approx(100 / 12)
    assert (figures["accounts"], figures["respondents"]) == (12, 32)
    assert figures["index_low"] < figures["index"] < figures["index_high"]


def test_promoters_are_counted_by_account():
    marks = [9] * 52 + [7] * 30 + [5] * 18
    rows = [
        row for n, mark in enumerate(marks) for row in sheet(f"C{n:03d}", "2025-10-01", f"P{n}", nps=mark, trust_1=5)
    ]

    figures = quality(answers(*rows, low=0)).meta["figures"]

    assert (round(figures["nps"], 6), figures["nps_accounts"]) == (34, 100)
    assert (round(figures["nps_low"], 1), round(figures["nps_high"], 1)) == (18.2, 47.8)


def test_single_questions_are_of_the_half_years_of_the_index():
    days = {"2024-07-01": 9, "2025-01-01": 9, "2025-09-30": 0, "2024-06-30": 0}
    rows = [
        row for day, mark in days.items() for n in range(10) for row in sheet(f"C{n}", day, day, nps=mark, trust_1=5)
    ]

    figures = ask("relationship-quality", BOOK, "2025-10-15", surveys=answers(*rows, low=0)).meta["figures"]

    assert figures["nps"] == pytest.approx(100 / 3)


def test_satisfied_are_the_two_best_marks():
    rows = [
        row
        for n in range(40)
        for row in sheet(f"C{n}", "2025-10-01", f"P{n}", csat=4 + (n % 2) if n < 30 else 2, trust_1=3)
    ]

    figures = quality(answers(*rows, low=1, high=5)).meta["figures"]

    assert figures["csat"] == 0.75
    assert (round(figures["csat_low"], 3), round(figures["csat_high"], 3)) == (0.598, 0.858)


def test_what_drives_what_has_intervals_that_hold_the_truth():
    result = quality(many(200))

    fit = result.meta["fit"]
    assert [path[:2] for path in fit["paths"]] == [
        ["satisfaction", "trust"], ["satisfaction", "commitment"], ["trust", "commitment"],
    ]  # fmt: skip
    assert all(low < value < high for _from, _to, value, low, high in fit["paths"])
    assert fit["paths"][0][3] > 0.5
    assert fit["paths_accounts"] == 200


def test_under_fifty_accounts_no_model_is_fitted_and_that_is_said():
    result = quality(many(49))

    assert "paths" not in result.meta["fit"]
    assert len(result.meta["fit"]["questions"]) == 9
    assert any("fifty accounts" in warning for warning in result.meta["warnings"])


def test_weak_questions_are_told_in_words():
    result = quality(many(60, noise=4))

    assert any("hang together weakly" in warning for warning in result.meta["warnings"])
    scale = result.meta["fit"]["scales"]["trust"]
    assert scale["interval"][0] < scale["alpha"] < scale["interval"][1]


def test_a_question_that_should_be_reversed_makes_alpha_negative_and_is_asked_about():
    rows = [
        row
        for n in range(60)
        for row in sheet(f"C{n}", "2025-10-01", f"P{n}", trust_1=1 + n % 7, trust_2=7 - n % 7 * 0.8)
    ]

    warnings = quality(answers(*rows, low=1, high=7)).meta["warnings"]

    assert any("reversed question" in warning for warning in warnings)


def test_everybody_alike_has_no_reliability_and_no_model():
    rows = [
        row
        for n in range(60)
        for row in sheet(f"C{n}", "2025-10-01", f"P{n}", trust_1=4, satisfaction_1=4, commitment_1=4)
    ]

    result = quality(answers(*rows, low=1, high=7))

    assert result.meta["figures"]["index"] == 50
    assert "paths" not in result.meta["fit"]
    assert any("cannot be told" in warning for warning in result.meta["warnings"])


def test_silent_accounts_are_told():
    surveys = answers(*sheet("A", "2025-10-01", "x", trust_1=4), low=1, high=7)

    warnings = quality(surveys).meta["warnings"]

    assert any("50.0 % of the buying accounts answered" in warning for warning in warnings)


def test_surveys_without_these_questions_are_refused_with_what_to_do():
    with pytest.raises(Refusal, match="name the questions so"):
        quality(answers(("A", "2025-10-01", "x", "colour", 4)))
    with pytest.raises(Refusal, match="at least half"):
        quality(answers(*sheet("A", "2019-10-01", "x", trust_1=4)))


def test_the_real_survey_of_mobile_phone_customers_gives_its_printed_reliability(shared):
    table = np.genfromtxt(shared / "data" / "ecsi_mobi" / "mobi.csv", delimiter=",", names=True)
    items = {
        "CUSA1": "satisfaction",
        "CUSA2": "satisfaction",
        "CUSA3": "satisfaction",
        "IMAG1": "trust",
        "IMAG2": "trust",
    }
    surveys = pa.table(
        {
            "response_id": [f"{n}" for n in range(table.size) for _item in items],
            "item": [item for _n in range(table.size) for item in items],
            "customer": [f"C{n:03d}" for n in range(table.size) for _item in items],
            "answered_on": [date(2025, 10, 1)] * (table.size * len(items)),
            "scale_min": [1.0] * (table.size * len(items)),
            "scale_max": [10.0] * (table.size * len(items)),
            "score": [float(row[item]) for row in table for item in items],
        }
    )
    given = pa.table({"item": list(items), "construct": list(items.values())})

    result = quality(surveys, survey_items=given)

    scale = result.meta["fit"]["scales"]["satisfaction"]
    assert (round(scale["alpha"], 3), round(scale["standardised"], 4)) == (0.770, 0.7792)
    assert result.meta["figures"]["accounts"] == 250


def test_paths_freed_of_error_are_nearer_to_what_was_planted():
    """Satisfaction leads to trust by .8 of .89 spread: noisy questions hide a part of it."""
    result = quality(many(2000, noise=1.0))
    figures, fit = result.meta["figures"], result.meta["fit"]
    planted = 0.8 / np.hypot(0.8, 0.4)

    assert figures["trust_by_satisfaction"] < planted - 0.1
    assert figures["trust_by_satisfaction_freed_of_error"] == pytest.approx(planted, abs=0.05)
    assert set(fit["rho_a"]) == {"satisfaction", "trust", "commitment"}
    assert all(0 < rho < 1 for rho in fit["rho_a"].values())
    assert figures["weighted_trust"] == pytest.approx(figures["trust"], abs=1)


def test_the_user_draws_another_model():
    fit = quality(many(80), model="trust>satisfaction, satisfaction＞commitment").meta["fit"]

    assert [path[:2] for path in fit["paths"]] == [["trust", "satisfaction"], ["satisfaction", "commitment"]]


@pytest.mark.parametrize(
    ("model", "why"),
    [
        ("trust", "no model"),
        ("trust>price", "no model"),
        ("trust>trust, satisfaction>commitment", "no model"),
        ("trust>commitment", "all be in the model"),
        ("trust>commitment, commitment>satisfaction, satisfaction>trust", "circle"),
    ],
)
def test_a_model_that_is_none_is_refused_in_words(model, why):
    with pytest.raises(Refusal, match=why):
        quality(many(60), model=model)


def sided(accounts, person, firm):
    """Each account's marks of our people and of our firm, 1 to 7."""
    rows = [
        row
        for n in range(accounts)
        for row in sheet(f"C{n:02d}", "2025-10-01", f"P{n}", trust_p=person - n % 2, trust_f=firm)
    ]
    items = pa.table({"item": ["trust_p", "trust_f"], "construct": ["trust", "trust"], "about": ["Person", "firm"]})
    return quality(answers(*rows, low=1, high=7), survey_items=items)


def test_a_relationship_with_a_person_rather_than_the_firm_is_told():
    result = sided(12, 7, 4)

    assert by_account(result)["C00"]["person_lead"] == pytest.approx(50)
    assert result.meta["figures"]["person_lead"] == pytest.approx(50 - 100 / 12)
    assert any("hang on persons" in warning for warning in result.meta["warnings"])
    assert not any("hang on persons" in warning for warning in sided(12, 4, 4).meta["warnings"])
    assert sided(9, 7, 4).meta["figures"]["person_lead"] is None


def test_our_own_view_stands_beside_the_accounts():
    rows = [row for n in range(12) for row in sheet(f"C{n:02d}", "2025-10-01", f"P{n}", trust_1=4 + n % 2)]
    ours = pa.table(
        {
            "customer": ["C00", "C00", *(f"C{n:02d}" for n in range(1, 12)), "nobody"],
            "score": [5.0, 4.0, *[5.0] * 11, 5.0],
            "scale_min": [1.0] * 14,
            "scale_max": [5.0] * 14,
        }
    )

    result = quality(answers(*rows, low=1, high=7), own_views=ours)

    row = by_account(result)["C00"]
    assert (row["own_view"], row["own_view_gap"]) == (pytest.approx(87.5), pytest.approx(37.5))
    assert any("better than the accounts do" in warning for warning in result.meta["warnings"])
    assert by_account(quality(answers(*rows, low=1, high=7)))["C00"]["own_view"] is None
