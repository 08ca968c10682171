import numpy as np
import pytest
from scipy.optimize import minimize

from vitalfew.maths.winning_and_keeping import Answer, answering, balance, best


def printed(winning: float, keeping: float, won: Answer, kept: Answer, margin: float, rate: float) -> float:
    """The formula as the paper has it: ``a m - A + a (m - R/r) r'/(1 - r')``."""
    a, r = won.share(winning), kept.share(keeping)
    left = r / (1 + rate)
    return float(a * margin - winning + a * (margin - keeping / r) * left / (1 - left))


def test_the_answer_goes_through_what_is_done_today() -> None:
    found = answering(0.15, 0.40, 5.0)

    assert found.speed == pytest.approx(0.094001, abs=5e-7)
    assert found.share([0.0, 5.0, 1e9]) == pytest.approx([0.0, 0.15, 0.40])


@pytest.mark.parametrize("margin", [30.0, 100.0, 4000.0])
@pytest.mark.parametrize("rate", [0.0, 0.1, 0.4])
def test_no_other_spending_is_worth_more(margin: float, rate: float) -> None:
    won, kept = answering(0.15, 0.40, 5.0), answering(0.7, 0.9, 20.0)

    found = best(won, kept, margin, rate)
    search = minimize(
        lambda place: -printed(*np.exp(place), won, kept, margin, rate),
        np.log([5.0, 20.0]),
        method="Nelder-Mead",
        options={"xatol": 1e-10, "fatol": 1e-10},
    )

    assert found.prospect == pytest.approx(-search.fun, rel=1e-9)
    assert (found.winning, found.keeping) == pytest.approx(tuple(np.exp(search.x)), rel=1e-4)
    assert found.prospect == pytest.approx(printed(found.winning, found.keeping, won, kept, margin, rate))


def test_where_customers_bring_too_little_nothing_is_spent() -> None:
    won, kept = answering(0.15, 0.40, 5.0), answering(0.7, 0.9, 20.0)

    found = best(won, kept, 5.0, 0.1)

    assert (found.winning, found.keeping, found.prospect) == (0.0, 0.0, 0.0)


def test_worth_is_counted_in_any_money() -> None:
    won, kept = answering(0.15, 0.40, 5.0), answering(0.7, 0.9, 20.0)
    yuan = answering(0.15, 0.40, 35.0), answering(0.7, 0.9, 140.0)

    assert best(*yuan, 700.0, 0.1).prospect == pytest.approx(7 * best(won, kept, 100.0, 0.1).prospect)
    assert balance(35.0, 140.0, *yuan, 700.0, 0.1).customer == pytest.approx(
        7 * balance(5.0, 20.0, won, kept, 100.0, 0.1).customer
    )


@pytest.mark.parametrize(("share", "ceiling", "spend"), [(0.4, 0.4, 5), (0, 0.4, 5), (0.3, 1.2, 5), (0.3, 0.4, 0)])
def test_shares_beyond_their_ceiling_and_spending_nothing_are_refused(share, ceiling, spend) -> None:
    with pytest.raises(ValueError, match="ceiling"):
        answering(share, ceiling, spend)
