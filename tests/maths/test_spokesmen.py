"""Who speaks for whom: another model in the stead of purchases."""

import numpy as np
import pytest

from vitalfew.maths.spokesmen import MODELS, REASONS, Other, Spoken
from vitalfew.maths.value_interval import Ends
from vitalfew.terms import LifetimeModel, ModelReason


def spoken():
    process, simplest = MODELS.index(LifetimeModel.BG_NBD), REASONS.index(ModelReason.SIMPLEST)
    ends = Ends(np.array([40.0, 4.0]), np.array([170.0, 17.0]))
    return Spoken(
        np.array([100.0, 10.0]), ends, np.full(2, 0.7), np.full(2, 3.0), np.full(2, process), np.full(2, simplest)
    )


def test_a_contract_speaks_where_one_runs_and_keeps_what_it_does_not_tell():
    """The worked example: 80 (0 … 90) at a margin of .5."""
    nothing = np.full(2, np.nan)
    ends = Ends(np.array([0.0, np.nan]), np.array([90.0, np.nan]))
    contract = Other(LifetimeModel.RENEWALS, ModelReason.CONTRACT, np.array([80.0, np.nan]), ends, np.ones(2), nothing)

    found = spoken().instead(contract, np.array([0.5, 0.5]))

    assert found.value.tolist() == [40, 10]
    assert (found.ends.low.tolist(), found.ends.high.tolist()) == ([0, 4], [45, 17])
    assert found.alive.tolist() == pytest.approx([1, 0.7])
    assert found.expected.tolist() == [3, 3]
    assert [MODELS[each].value for each in found.model] == ["renewals", "bg-nbd"]
    assert [REASONS[each].value for each in found.reason] == ["contract", "simplest"]


def test_a_loss_making_contract_has_its_ends_in_order():
    ends = Ends(np.array([0.0, np.nan]), np.array([90.0, np.nan]))
    contract = Other(
        LifetimeModel.RENEWALS, ModelReason.CONTRACT, np.array([80.0, np.nan]), ends, np.ones(2), np.full(2, np.nan)
    )

    found = spoken().instead(contract, np.array([-0.5, 0.5]))

    assert (found.ends.low[0], found.value[0], found.ends.high[0]) == (-45, -40, 0)
