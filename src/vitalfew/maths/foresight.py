"""What a trial could show, told before it begins, from the same accounts' own past.

Of as many days as the trial will last, the last ones known, every account's value y; x is its value of the days before them.
Nothing was done then, so that their spread is chance alone:

    spread    s² = n var(mean of y), values of one cluster hanging together
    sharper   the same of y − θ (x − mean x), CUPED
    least     (z_.975 + z_.8) sqrt(s² (1/treated + 1/held out))         the effect that is seen with power .8
    needed    2 s² (z_.975 + z_.8)² / (worth × mean)²                   accounts in each arm to see a lift of ``worth``

    40 accounts of 100 ± 20, half of them held out  →  least 17.7, which is 18 %

Deng, A., Xu, Y., Kohavi, R. & Walker, T. (2013). WSDM. Cohen, J. (1988). Statistical Power Analysis, 2nd ed.
"""

from typing import NamedTuple

import numpy as np

from vitalfew.maths.arrays import Floats, Ints
from vitalfew.maths.experiments import accounts_for_means, cuped, least_effect
from vitalfew.maths.welch import mean_of_clusters


class Foresight(NamedTuple):
    """The mean of an account, the least effect seen with and without CUPED, the variance CUPED leaves, accounts needed an arm."""

    mean: float
    least: float
    plain: float
    left: float
    needed: int | None

    @property
    def share(self) -> float | None:
        """The least effect against the mean; None where they bought nothing on the whole."""
        return self.least / self.mean if self.mean > 0 else None


def foreseen(cluster: Ints, value: Floats, known: Floats, treated: int, worth: float) -> Foresight | None:
    """What would be seen if ``treated`` of these accounts were treated and the others held out.

    ``None`` for fewer than two clusters, nobody on a side, or no spread at all.

    >>> y = np.array([80.0, 120.0] * 20)
    >>> found = foreseen(np.arange(40), y, np.ones(40), 20, 0.1)
    >>> round(found.least, 1), round(found.share, 3), found.left, found.needed
    (17.9, 0.179, 1.0, 65)
    """
    n, out = value.size, value.size - treated
    if min(treated, out) < 1:
        return None
    sharp = cuped(value, known, np.ones(n, np.bool_))
    means = [mean_of_clusters(cluster, values) for values in (value, sharp.values)]
    if means[0] is None or means[1] is None or means[0].variance <= 0:
        return None
    spread, sharper = (mean.variance * n for mean in means if mean)
    both = 1 / treated + 1 / out
    mean = float(value.mean())
    needed = accounts_for_means(sharper, worth * mean) if mean > 0 else None
    return Foresight(mean, least_effect(sharper * both), least_effect(spread * both), sharper / spread, needed)
