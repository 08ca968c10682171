import pyarrow as pa
import pytest
from books import ask, by_account, lines

from vitalfew.catalogue import Refusal

BOOK = lines(("A", "2025-06-01", 10, 5))


def worth(**values):
    return pa.table(
        {
            "customer": list(values),
            **{end: [float(each) for each in values.values()] for end in ("value", "low", "high")},
        }
    )


def total(**tables):
    return ask("total-value", BOOK, "2025-12-31", **tables)


def test_the_worked_example():
    result = total(
        lifetime=worth(A=300), referral_value=worth(A=230), knowledge_value=worth(A=20), transaction_value=worth(A=-10)
    )

    row = by_account(result)["A"]
    assert (row["total"], row["known"]) == (540, 4)
    assert [row[name] for name in ("lifetime", "referral", "knowledge", "transaction")] == [300, 230, 20, -10]


def test_what_was_brought_is_attributed_and_counts_once_for_the_firm():
    result = total(lifetime=worth(A=100, B=100), referral_value=worth(A=100, B=0))

    rows = by_account(result)
    assert (rows["A"]["total"], rows["B"]["total"]) == (200, 100)
    assert (result.meta["figures"]["firm"], result.meta["figures"]["attributed"]) == (200, 300)
    assert any("attribution" in warning for warning in result.meta["warnings"])


def test_who_is_known_by_one_value_only_stands_in_the_list():
    rows = by_account(total(lifetime=worth(A=100), knowledge_value=worth(N=7)))

    assert (rows["N"]["total"], rows["N"]["known"], rows["N"]["lifetime"]) == (7, 1, None)


def test_ends_add_up():
    wide = worth(A=100).set_column(2, "low", pa.array([40.0]))

    row = by_account(total(lifetime=wide, knowledge_value=worth(A=5)))["A"]

    assert (row["low"], row["high"]) == (45, 105)


def test_without_lifetime_values_it_is_refused():
    with pytest.raises(Refusal, match="No lifetime value"):
        total(knowledge_value=worth(A=7))


def test_the_sum_of_lifetime_values_is_the_firm_s():
    days = ("2024-03-01", "2025-03-01", "2025-09-01")
    rows = lines(*((f"Z{number:02}", day, 100 + number, 60) for number in range(12) for day in days))

    found = ask("total-value", rows, "2025-12-31").meta["figures"]
    lifetime = ask("lifetime", rows, "2025-12-31").meta["figures"]

    assert found["firm"] == pytest.approx(lifetime["total"], abs=0.01)
