"""Two groups, one treated and one held out: what became of them, and of what they had been before.

    effect  mean of the treated − mean of the held out, sharpened by CUPED; Welch's interval
    lift    their ratio − 1, Fieller's interval
    change  (T1 − T0) − (C1 − C0), the difference in differences; values of one cluster hang together
    apart   whether the two ran apart before: the slopes over windows before, compared by Welch's test

    New Jersey .59 (.54), Pennsylvania −2.16 (1.25)  →  2.75 (1.36)

Card, D. & Krueger, A. B. (1994). Minimum wages and employment. AER 84(4), table 3. Deng, A., Xu, Y., Kohavi, R. & Walker, T.
(2013). WSDM. Liang, K.-Y. & Zeger, S. L. (1986). Biometrika 73(1).
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from vitalfew.maths.arrays import Bools, Floats, Ints
from vitalfew.maths.experiments import Sharpened, accounts_for_means, cuped, least_effect, lift, ratio
from vitalfew.maths.uplift import qini
from vitalfew.maths.welch import Difference, Mean, difference, mean_of_clusters


@dataclass(frozen=True)
class Trial:
    """One row an account; ``cluster`` tells what hangs together, ``windows`` has the times before, the oldest first."""

    cluster: Ints
    treated: Bools
    value: Floats
    known: Floats
    """The value before, scaled to as many days."""
    windows: Floats

    @cached_property
    def sharp(self) -> Sharpened:
        return cuped(self.value, self.known, self.treated)

    @property
    def fewest(self) -> int:
        """Clusters on the smaller side."""
        return min(np.unique(self.cluster[side]).size for side in (self.treated, ~self.treated))

    @property
    def shared(self) -> int:
        """Clusters on both sides."""
        return int(np.intersect1d(self.cluster[self.treated], self.cluster[~self.treated]).size)

    def mean(self, values: Floats, *, treated: bool) -> Mean | None:
        inside = self.treated == treated
        return mean_of_clusters(self.cluster[inside], values[inside])

    def difference(self, values: Floats) -> Difference | None:
        return difference(self.mean(values, treated=True), self.mean(values, treated=False))

    def effect(self, worth: float) -> dict[str, float | int | None]:
        """Means, effect, lift, what could have been seen, and how many it takes to see a lift of ``worth``; each if known."""
        one, zero = (self.mean(self.sharp.values, treated=side) for side in (True, False))
        found = difference(one, zero)
        row: dict[str, float | int | None] = self._means()
        if found and one and zero:
            row |= {"low": found.low, "high": found.high, "least": least_effect(one.variance + zero.variance)}
            row["accounts_needed"] = self._needed(one, zero, worth)
            if ends := ratio(one, zero):
                row |= {"lift": one.mean / zero.mean - 1, "lift_low": ends.low - 1, "lift_high": ends.high - 1}
        if changed := self.difference(self.value - self.known):
            row |= {"change": changed.mean, "change_low": changed.low, "change_high": changed.high}
        return row

    def _means(self) -> dict[str, float | int | None]:
        if not self.treated.any() or self.treated.all():
            return {"treated": float(self.sharp.values.mean())}
        one, zero = (float(self.sharp.values[side].mean()) for side in (self.treated, ~self.treated))
        return {"treated": one, "held_out": zero, "effect": one - zero}

    def _needed(self, one: Mean, zero: Mean, worth: float) -> int | None:
        """Variances are those of means: times their numbers they are an account's."""
        if zero.mean <= 0:
            return None
        of_one, of_zero = one.variance * self.treated.sum(), zero.variance * (~self.treated).sum()
        return accounts_for_means(float(of_one + of_zero) / 2, worth * zero.mean)

    def bought(self, some: Bools) -> dict[str, float | None]:
        """The shares of those who did at all, and their difference; companies of a cluster are not told apart here."""
        n, n_0 = int(self.treated.sum()), int((~self.treated).sum())
        seen, seen_0 = int(some[self.treated].sum()), int(some[~self.treated].sum())
        if not n_0:
            return {"bought": seen / n}
        found = lift(seen, n, seen_0, n_0)
        more = {
            "bought_more": found.difference,
            "bought_low": found.low,
            "bought_high": found.high,
            "bought_p": found.p,
        }
        return {"bought": seen / n, "bought_held_out": seen_0 / n_0, **more}

    def qini(self, some: Bools, score: Floats) -> float | None:
        """How well a score ranked them; ``None`` where an account has none."""
        order = np.argsort(-score, kind="stable")
        return None if np.isnan(score).any() else qini(some[order], self.treated[order])

    def basis(self) -> dict[str, float | list[float] | None]:
        """What it rests on: CUPED, how alike the two were, their course before, and the treated against themselves before."""
        place = np.arange(self.windows.shape[1]) - (self.windows.shape[1] - 1) / 2
        slope = self.windows @ place / (place @ place)
        alike, apart = self.difference(self.known), self.difference(slope)
        before, after = float(self.known[self.treated].sum()), float(self.value[self.treated].sum())
        return {
            "theta": self.sharp.theta,
            "variance_left": self.sharp.left,
            "differed_before_p": alike.p if alike else None,
            "ran_apart_p": apart.p if apart else None,
            "before_treated": _course(self.windows[self.treated]),
            "before_held_out": _course(self.windows[~self.treated]),
            "treated_against_own_before": after / before - 1 if before > 0 else None,
        }


def _course(windows: Floats) -> list[float]:
    return [float(each) for each in windows.mean(axis=0)] if len(windows) else []
