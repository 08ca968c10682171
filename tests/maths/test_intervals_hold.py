"""Every interval by a formula holds the truth as often as it says: many samples are drawn where the truth is known."""

import numpy as np
import pytest

from vitalfew.maths.agreement import kappa
from vitalfew.maths.association import associations
from vitalfew.maths.cox import fit as cox
from vitalfew.maths.experiments import ratio
from vitalfew.maths.intervals import newcombe, wilson
from vitalfew.maths.odds import log_odds
from vitalfew.maths.plssem import Model, bootstrap
from vitalfew.maths.recommendation import net_promoters
from vitalfew.maths.reliability import alpha, alpha_interval
from vitalfew.maths.scales import mean_interval, reach_of_means
from vitalfew.maths.survival import kaplan_meier
from vitalfew.maths.switching import Choices, Market, chances
from vitalfew.maths.switching import fit as logit
from vitalfew.maths.trends import trends
from vitalfew.maths.uncertainty import Weighed, event_rate, weighted_means
from vitalfew.maths.welch import difference, mean_of, mean_of_clusters, welch

Z95 = 1.959963984540054


def of_a_share(rng):
    low, high = wilson(rng.binomial(40, 0.2), 40)
    return low <= 0.2 <= high


def of_two_shares(rng):
    low, high = newcombe(rng.binomial(40, 0.5), 40, rng.binomial(60, 0.3), 60)
    return low <= 0.2 <= high


def of_log_odds(rng):
    found = log_odds(rng.binomial(40, 0.3), 40, rng.binomial(80, 0.15), 80)
    return found.low <= np.log((0.3 / 0.7) / (0.15 / 0.85)) <= found.high


def of_a_rate(rng):
    found = event_rate(int(rng.poisson(12)), 4.0)
    return found.low <= 3.0 <= found.high


def of_promoters(rng):
    promoters, _others, detractors = rng.multinomial(60, [0.5, 0.3, 0.2])
    low, high = net_promoters(promoters, detractors, 60).adjusted
    return low <= 0.3 <= high


def of_alpha(rng):
    """Four parallel questions that correlate .5: alpha is .8."""
    answers = rng.normal(size=(40, 1)) + rng.normal(size=(40, 4))
    low, high = alpha_interval(alpha(answers), 40, 4)
    return low <= 0.8 <= high


def of_a_mean(rng):
    low, high = mean_interval(rng.normal(3, 2, 12))
    return low <= 3 <= high


def of_a_weighted_mean_of_few(rng):
    x, w = rng.normal(30, 10, 4), rng.uniform(0.7, 1.3, 4)
    sums = (4.0, w.sum(), w @ x, w @ w, w**2 @ x, w**2 @ x**2)
    mean, half = weighted_means(Weighed(*(np.array([each]) for each in sums)))
    return abs(mean[0] - 30) <= half[0]


def of_means_of_small_groups(rng):
    group = np.repeat(np.arange(20), 2)
    truth = rng.normal(size=20)
    values = truth[group] + rng.normal(size=40)
    reach = reach_of_means(group, values, 20)
    return abs(np.bincount(group, values)[0] / 2 - truth[0]) <= reach[0]


def of_two_means(rng):
    found = welch(rng.normal(1, 3, 15), rng.normal(0, 1, 40))
    return found.low <= 1 <= found.high


def of_means_of_clusters(rng):
    def drawn(mean):
        cluster = np.repeat(np.arange(30), rng.integers(1, 5, 30))
        return mean_of_clusters(cluster, mean + rng.normal(size=30)[cluster] + rng.normal(size=cluster.size))

    found = difference(drawn(1.0), drawn(0.0))
    return found.low <= 1 <= found.high


def of_a_ratio(rng):
    low, high = ratio(mean_of(rng.normal(3, 2, 40)), mean_of(rng.normal(2, 1.5, 40)))
    return low <= 1.5 <= high


def of_survival(rng):
    life, watched = rng.exponential(2.0, 80), rng.uniform(0.5, 4.0, 80)
    curve = kaplan_meier(np.minimum(life, watched), life <= watched)
    place = np.searchsorted(curve.time, 1.0, side="right") - 1
    return curve.low[place] <= np.exp(-0.5) <= curve.high[place]


def of_a_slope(rng):
    found = trends(0.3 * np.arange(18) + rng.standard_t(3, 18))
    return found.low[0] <= 0.3 <= found.high[0]


def of_a_hazard(rng):
    x = rng.normal(size=(80, 1))
    life, watched = rng.exponential(np.exp(-0.7 * x[:, 0])), rng.uniform(0.2, 3.0, 80)
    found = cox(np.minimum(life, watched), life <= watched, x)
    return abs(found.coefficients[0] - 0.7) <= Z95 * np.sqrt(found.covariance[0, 0])


def of_what_is_bought_together(rng):
    """One of two is bought by .3, the other by .2 of all and by .4 of those: the lift is 2."""
    first = rng.random(200) < 0.3
    second = rng.random(200) < np.where(first, 0.4, 0.08 / 0.7)
    found = associations(np.column_stack([first, second]).astype(float))
    return found.low[0, 1] <= 2 <= found.high[0, 1]


def of_agreement(rng):
    """Two who agree on 70 of 100 with two classes alike: kappa .4."""
    both = rng.multinomial(80, [0.35, 0.15, 0.15, 0.35])
    found = kappa(np.repeat([0, 0, 1, 1], both), np.repeat([0, 1, 0, 1], both), 2)
    return found.low <= 0.4 <= found.high


TRUE = np.array([0.8, 0.5])


def chosen(rng):
    """Who marked three suppliers on a driver, bought from one last and chooses the next, by the true weights."""
    marks, among = rng.normal(size=(150, 3, 1)), np.ones((150, 3), dtype=bool)
    choices = Choices(marks, rng.integers(0, 3, 150), np.zeros((150, 3)), among, np.arange(150))
    chance = chances(choices.columns, TRUE, among)
    taken = (chance.cumsum(axis=1) > rng.random(150)[:, None]).argmax(axis=1)
    return choices._replace(chosen=np.eye(3)[taken])


def of_what_drives_a_choice(rng):
    found = logit(chosen(rng))
    return abs(found.coefficients[1] - TRUE[1]) <= Z95 * np.sqrt(found.covariance[1, 1])


def of_what_a_better_mark_brings(rng):
    choices = chosen(rng)
    market = Market(choices, logit(choices), np.full(150, 5.0), np.full(150, 2.0), 3.0, 0.1)

    def gain(coefficients):
        better = market.values(coefficients, (np.array([0]), 0.5, 10.0))
        return float((better - market.values(coefficients))[:, 0].sum())

    return abs(gain(market.logit.coefficients) - gain(TRUE)) <= Z95 * market.error(gain)


def of_a_path(rng):
    """Two single questions: the path is their correlation, .6."""
    answers = rng.multivariate_normal([0, 0], [[1, 0.6], [0.6, 1]], 80)
    low, high = bootstrap(answers, Model([[0], [1]], {1: [0]}), draws=150, seed=int(rng.integers(1 << 30)))[0, 1]
    return low <= 0.6 <= high


MANY, SLOW = 1500, 250
HARD = {of_a_path, of_what_drives_a_choice, of_what_a_better_mark_brings, of_a_hazard}


@pytest.mark.parametrize(
    "interval",
    [
        of_a_share, of_two_shares, of_log_odds, of_a_rate, of_promoters, of_alpha, of_a_mean, of_a_weighted_mean_of_few,
        of_means_of_small_groups,
        of_two_means, of_means_of_clusters, of_a_ratio, of_survival, of_a_slope, of_a_hazard, of_what_is_bought_together,
        of_agreement, of_what_drives_a_choice, of_what_a_better_mark_brings, of_a_path,
    ],
)  # fmt: skip
def test_it_holds_as_often_as_it_says(interval) -> None:
    rng, draws = np.random.default_rng(20), SLOW if interval in HARD else MANY

    held = np.mean([interval(rng) for _draw in range(draws)])

    chance = 3.5 * np.sqrt(0.95 * 0.05 / draws)
    assert 0.95 - 0.02 - chance <= held <= 0.95 + 0.02 + chance
