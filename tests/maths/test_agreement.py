import numpy as np
import pytest

from vitalfew.maths.agreement import kappa


def cases(table):
    """Both lists of classes behind a table of counts."""
    counts = np.array(table)
    first, second = np.indices(counts.shape)
    return np.repeat(first.ravel(), counts.ravel()), np.repeat(second.ravel(), counts.ravel()), len(counts)


FLEISS = [[75, 1, 4], [5, 4, 1], [0, 0, 10]]


def test_the_diagnoses_of_two_psychiatrists() -> None:
    """Fleiss, Levin & Paik (2003), table 18.1: kappa .68, standard error .087."""
    found = kappa(*cases(FLEISS))

    assert found is not None
    assert (found.cases, found.agreed) == (100, pytest.approx(0.89))
    assert (found.kappa, found.error) == (pytest.approx(0.68, abs=5e-3), pytest.approx(0.087, abs=1e-3))
    assert (found.low, found.high) == (pytest.approx(0.676 - 1.96 * 0.0877, abs=1e-3), pytest.approx(0.848, abs=1e-3))


def test_the_standard_error_is_that_of_drawing_cases_anew() -> None:
    first, second, classes = cases(FLEISS)
    rng = np.random.default_rng(3)
    drawn = [kappa(first[some], second[some], classes) for some in rng.integers(0, 100, (2000, 100))]

    assert np.std([each.kappa for each in drawn]) == pytest.approx(kappa(first, second, classes).error, rel=0.05)


def test_full_agreement_is_one_and_chance_is_nought() -> None:
    classes = np.arange(60) % 3

    assert kappa(classes, classes, 3).kappa == 1
    assert kappa(np.repeat([0, 1], 200), np.tile([0, 1], 200), 2).kappa == 0
    assert kappa(classes, (classes + 1) % 3, 3).kappa < 0


def test_where_there_is_nothing_to_agree_on_nothing_is_told() -> None:
    assert kappa(np.array([], dtype=int), np.array([], dtype=int), 3) is None
    assert kappa(np.zeros(9, dtype=int), np.zeros(9, dtype=int), 3) is None


@pytest.mark.parametrize(
    ("first", "second"), [([0, 1, 2], [0, 1, 1]), ([0, 1, 1], [0, 1, -1]), ([0, 1], [0, 1, 1]), ([-1, 1, 0], [1, 1, 0])]
)
def test_classes_out_of_range_and_lists_of_unequal_length_are_refused(first, second) -> None:
    with pytest.raises(ValueError, match=r"classes from 0 to 1|as many cases"):
        kappa(np.array(first), np.array(second), 2)
