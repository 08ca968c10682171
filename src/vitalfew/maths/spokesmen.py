"""Which model speaks for each customer, and why: what all told, put together to one worth with its range.

The purchase process speaks for all, its ranges widened as earlier days taught; customers in season are told by their own
years; then whoever another model knows better (a running contract, fixed occasions) is told by that in its stead.

    process 100 (40 … 170); a contract runs, worth 80 (0 … 90) at a margin of .5  →  40 (0 … 45), by its renewals
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

import numpy as np

from vitalfew.maths.arrays import Bools, Floats, Ints
from vitalfew.maths.value_interval import Ends, widened
from vitalfew.maths.worth import Told
from vitalfew.maths.worth_days import Trust
from vitalfew.terms import LifetimeModel, ModelReason

MODELS: Final = tuple(LifetimeModel)
REASONS: Final = tuple(ModelReason)
FITTING: Final[Mapping[str, ModelReason]] = MappingProxyType(
    {
        "bg-nbd": ModelReason.SIMPLEST,
        "mbg-nbd": ModelReason.FITS,
        "pareto-nbd": ModelReason.FITS,
        "bg-cnbd-k": ModelReason.EVEN,
        "mbg-cnbd-k": ModelReason.EVEN,
    }
)


@dataclass(frozen=True)
class Spoken:
    """The worth of each customer, its range, its chance to be there, its purchases, and by which model and why."""

    value: Floats
    ends: Ends
    alive: Floats
    expected: Floats
    model: Ints
    reason: Ints

    def instead(self, by: "Other", rate: Floats) -> "Spoken":
        """What another model tells, where it tells anything, at the customers' margin rates."""
        here = np.isfinite(by.value)
        value, low, high = (
            np.where(here, each * rate, own)
            for each, own in zip((by.value, *by.ends), (self.value, *self.ends), strict=True)
        )
        low, high = np.minimum(low, high), np.maximum(low, high)
        alive, expected = (
            np.where(here & np.isfinite(each), each, own)
            for each, own in ((by.alive, self.alive), (by.expected, self.expected))
        )
        model = np.where(here, MODELS.index(by.model), self.model)
        reason = np.where(here, REASONS.index(by.reason), self.reason)
        return Spoken(value, Ends(low, high), alive, expected, model, reason)


@dataclass(frozen=True)
class Other:
    """What a model of its own tells of some customers before margins; NaN where it tells nothing."""

    model: LifetimeModel
    reason: ModelReason
    value: Floats
    ends: Ends
    alive: Floats
    expected: Floats


def by_process(told: Told, how_far: Trust, left_out: Bools, *, forced: bool) -> Spoken:
    """What the purchase process and the customers' own years tell; nothing of those left out."""
    low, high = widened(told.value, told.ends, how_far.by)
    high = np.where(told.lost, np.maximum(high, how_far.again * told.as_ever), high)
    columns = (told.value, low, high, told.ahead.alive, told.expected)
    value, low, high, alive, expected = (np.where(left_out, np.nan, each) for each in columns)
    why = ModelReason.ASKED if forced else FITTING[told.name]
    process = [each.value for each in MODELS].index(told.name)
    model, reason = np.full(value.size, process), np.full(value.size, REASONS.index(why))
    for who, speaker, because in (
        (told.own, LifetimeModel.OWN_SEASON, ModelReason.IN_SEASON),
        (left_out, LifetimeModel.NONE, ModelReason.LEFT_OUT),
    ):
        model[who], reason[who] = MODELS.index(speaker), REASONS.index(because)
    return Spoken(value, Ends(low, high), alive, expected, model, reason)
