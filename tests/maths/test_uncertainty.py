import numpy as np
import pytest
from scipy.stats import chi2, spearmanr

from vitalfew.maths.uncertainty import event_rate, largest_share, rank_correlation

RNG = np.random.default_rng(2)


def test_rank_correlation_is_spearman_s() -> None:
    x, y = RNG.normal(size=(2, 40))
    found = rank_correlation(x, y + x)

    assert found is not None
    assert found.value == pytest.approx(spearmanr(x, y + x).statistic)


def test_its_interval_holds_what_it_promises() -> None:
    true = 6 / np.pi * np.arcsin(0.6 / 2)
    held = []
    for _ in range(400):
        x, y = RNG.multivariate_normal([0, 0], [[1, 0.6], [0.6, 1]], 50).T
        found = rank_correlation(x, y)
        assert found is not None
        held.append(found.low <= true <= found.high)

    assert np.mean(held) == pytest.approx(0.95, abs=0.03)


def test_no_correlation_of_what_never_differs() -> None:
    assert rank_correlation(np.ones(9), np.arange(9.0)) is None
    assert rank_correlation(np.arange(3.0), np.arange(3.0)) is None
    assert rank_correlation(np.arange(5.0), np.arange(5.0)) == pytest.approx((1, 1, 1))


@pytest.mark.parametrize("events", [0, 1, 7, 100])
def test_a_rate_has_the_exact_ends(events: int) -> None:
    rate = event_rate(events, 4.0)

    assert rate.low == pytest.approx(chi2.ppf(0.025, 2 * events) / 8 if events else 0)
    assert rate.high == pytest.approx(chi2.ppf(0.975, 2 * events + 2) / 8)


def test_a_rate_without_exposure_is_refused() -> None:
    with pytest.raises(ValueError, match="exposure"):
        event_rate(3, 0)


def test_the_interval_of_a_share_holds_what_it_promises() -> None:
    many = np.sort(RNG.lognormal(0, 1, 400_000))
    true = many[320_000:].sum() / many.sum()
    shares = [largest_share(RNG.lognormal(0, 1, 300), 0.2) for _ in range(300)]

    assert np.mean([each is not None and each.low <= true <= each.high for each in shares]) == pytest.approx(
        0.93, abs=0.04
    )


def test_equal_members_have_their_fraction_for_sure() -> None:
    assert largest_share(np.full(10, 3.0), 0.2) == pytest.approx((0.2, 0.2, 0.2))
    assert largest_share(np.array([-1.0, -2.0]), 0.2) is None
