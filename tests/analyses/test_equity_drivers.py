import numpy as np
import pyarrow as pa
import pytest
from books import ask, lines

from vitalfew.catalogue import Refusal

NOW = "2025-12-31"
DRIVERS = ("value_product", "cost_money", "value_image", "value_people")
TRUE = (1.0, 0.5, 0.3, 0.0, 0.4)
SUPPLIERS = (None, "R1", "R2")


def survey(accounts, drivers=DRIVERS, truth=TRUE, *, asked=True, seed=5):
    """An answer sheet an account: marks of three suppliers, the last one, and the next one drawn from the true weights."""
    rng = np.random.default_rng(seed)
    rows = []
    for account in range(accounts):
        marks = rng.integers(2, 10, (len(SUPPLIERS), len(drivers))).astype(float)
        last = rng.integers(0, len(SUPPLIERS))
        turned = np.array(
            [10 - marks[:, at] if name.startswith("cost") else marks[:, at] for at, name in enumerate(drivers)]
        )
        utility = truth[0] * (np.arange(len(SUPPLIERS)) == last) + np.array(truth[1:]) @ turned
        chance = np.exp(utility - utility.max())
        chosen = rng.choice(len(SUPPLIERS), p=chance / chance.sum())
        for at, supplier in enumerate(SUPPLIERS):
            said = [(name, marks[at, number], 10.0) for number, name in enumerate(drivers)]
            if asked:
                said += [("last_supplier", float(at == last), 1.0), ("next_supplier", float(at == chosen), 1.0)]
            rows += [(f"C{account:03}", supplier, *each) for each in said]
    return answers(rows)


def answers(rows):
    number = len(rows)
    return pa.table(
        {
            "response_id": [f"R{each}" for each in range(number)],
            "customer": [row[0] for row in rows],
            "competitor": pa.array([row[1] for row in rows], pa.string()),
            "item": [row[2] for row in rows],
            "score": [row[3] for row in rows],
            "scale_min": [0.0] * number,
            "scale_max": [row[4] for row in rows],
            "answered_on": ["2025-10-01"] * number,
            "respondent": [f"{row[0]}-1" for row in rows],
        }
    )


def orders(accounts, a_year=4):
    days = [f"2025-{1 + 12 * each // a_year:02}-10" for each in range(a_year)]
    return lines(*((f"C{account:03}", day, 100, 60) for account in range(accounts) for day in days))


def drivers(surveys, accounts, **more):
    return ask("equity-drivers", orders(accounts), NOW, surveys=surveys, **more)


def by_driver(result):
    return {row["driver"]: row for row in result.table.to_pylist()}


def test_weights_are_found_again_within_their_intervals():
    rows = by_driver(drivers(survey(400), 400))

    for name, weight in zip(("last_supplier", *DRIVERS), TRUE, strict=True):
        assert rows[name]["weight_low"] < weight < rows[name]["weight_high"]
    assert rows["value_image"]["weight"] == pytest.approx(0, abs=0.1)
    assert rows["cost_money"]["equity"] == "value"


def test_equity_is_the_sum_over_purchases_to_come():
    result = drivers(survey(200), 200, years=2, discount_rate=0.1)

    fit, found = result.meta["fit"], result.meta["figures"]
    assert not fit["ridge"]
    assert found["equity"] == pytest.approx(by_hand(survey(200), fit["coefficients"], years=2), rel=1e-6)
    assert found["equity_low"] < found["equity"] < found["equity_high"]


def by_hand(surveys, b, years):
    """Purchase by purchase, account by account, without a wallet: the chance of the next purchase stands for our share."""
    said = {}
    for row in surveys.to_pylist():
        said.setdefault(row["customer"], {}).setdefault(row["competitor"], {})[row["item"]] = row["score"]
    total = 0.0
    for sheets in said.values():
        sheet = [sheets[each] for each in SUPPLIERS]
        marks = np.array([[10 - each[n] if n.startswith("cost") else each[n] for n in DRIVERS] for each in sheet])
        matrix = np.exp((marks @ b[1:])[None, :] + b[0] * np.eye(len(sheet)))
        matrix /= matrix.sum(axis=1, keepdims=True)
        state = matrix[int(np.argmax([each["last_supplier"] for each in sheet]))]
        frequency = 4 / max(state[0], 0.05)
        for t in range(int(years * frequency) + 1):
            total += 1.1 ** (-t / frequency) * 40 * state[0]
            state = state @ matrix
    return total


def test_a_better_mark_brings_what_its_weight_says():
    rows = by_driver(drivers(survey(400), 400, points=1, cost=100))

    product, image = rows["value_product"], rows["value_image"]
    assert product["low"] > 0
    assert product["roi"] == pytest.approx((product["change"] - 100) / 100)
    assert product["change"] > rows["cost_money"]["change"] > image["change"]
    assert image["low"] < 0 < image["high"]


def test_those_who_answered_stand_for_all_by_net_sales():
    few = drivers(survey(200), 200).meta["figures"]
    all_of_them = drivers(survey(200), 400).meta["figures"]

    assert all_of_them["equity"] == pytest.approx(2 * few["equity"])
    assert all_of_them["equity_high"] - all_of_them["equity_low"] > 2 * (few["equity_high"] - few["equity_low"])


def test_too_few_choices_put_the_drivers_together():
    result = drivers(survey(120), 120)
    rows = by_driver(result)

    assert {"value", "brand", "retention"} <= rows.keys()
    assert rows["value"]["weight"] is not None
    assert rows["value_product"]["weight"] is None
    assert rows["value_product"]["gap"] is not None
    assert any("put together" in warning for warning in result.meta["warnings"])


def test_fewer_still_tell_only_gaps():
    result = drivers(survey(30), 30)

    assert all(row["weight"] is None for row in result.table.to_pylist())
    assert any("only the gaps" in warning for warning in result.meta["warnings"])


def test_without_the_next_supplier_only_gaps_are_told():
    result = drivers(survey(200, asked=False), 200)

    assert all(row["weight"] is None and row["change"] is None for row in result.table.to_pylist())
    assert any("from whom it bought last" in warning for warning in result.meta["warnings"])


def test_gaps_are_means_of_accounts_with_costs_turned():
    rows = [
        ("A", None, "cost_money", 4.0, 10.0), ("A", "R", "cost_money", 6.0, 10.0),
        ("B", None, "cost_money", 3.0, 10.0), ("B", "R", "cost_money", 4.0, 10.0), ("B", "S", "cost_money", 2.0, 10.0),
    ]  # fmt: skip

    result = drivers(answers(rows), 2)

    (row,) = result.table.to_pylist()
    assert "ahead of competitors on every driver, by least on 'Price" in result.meta["headline"]
    assert (row["ours"], row["theirs"], row["gap"]) == pytest.approx((6.5, 5.5, 1.0))


def test_who_always_stays_is_drawn_to_nought_and_told():
    surveys = survey(200, truth=(60.0, 0.0, 0.0, 0.0, 0.0))

    result = drivers(surveys, 200)

    assert result.meta["fit"]["ridge"]
    assert any("drawn to nought" in warning for warning in result.meta["warnings"])


def test_weights_without_costs_bring_no_money():
    rows = lines(*((f"C{account:03}", "2025-03-10", 100) for account in range(200)))

    result = ask("equity-drivers", rows, NOW, surveys=survey(200))

    assert by_driver(result)["value_product"]["weight"] is not None
    assert by_driver(result)["value_product"]["change"] is None
    assert any("cannot be told" in warning for warning in result.meta["warnings"])


def test_the_page_of_customer_equity_shows_the_drivers():
    result = ask("customer-equity", years_of_orders(400), NOW, surveys=survey(400))

    rows = by_driver(result)
    assert rows["value_product"]["change"] > 0
    assert rows["retention_rate"]["change"] > 0
    assert not any("cannot be weighed" in warning for warning in result.meta["warnings"])


def years_of_orders(accounts):
    days = ["2023-12-10", "2024-06-10", "2025-01-10", "2025-07-10"]
    return lines(
        ("Z", days[1], 9, 5), *((f"C{account:03}", day, 100, 60) for account in range(accounts) for day in days)
    )


def test_marks_of_us_alone_are_refused():
    with pytest.raises(Refusal, match="beside a competitor"):
        drivers(answers([("A", None, "value_product", 5.0, 10.0)]), 1)
