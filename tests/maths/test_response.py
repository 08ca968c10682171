import numpy as np
import pytest

from vitalfew.maths.response import Response, calibrated, response


def test_the_published_point():
    assert response(4, Response(0.1, 1.0, 1.5, 8.0)) == pytest.approx(0.55, abs=1e-12)


def test_answers_on_a_curve_give_the_curve_back():
    curve = Response(0.2, 2.0, 1.7, 3.0)
    present = (curve.half * (1 - curve.least) / (curve.most - 1)) ** (1 / curve.shape)
    half, more = response(np.array([0.5, 1.5]) * present, curve)

    assert calibrated(0.2, half, more, 2.0, present) == pytest.approx(curve)


@pytest.mark.parametrize("answers", [(0.5, 0.4, 1.2, 1.5), (0.1, 0.5, 0.9, 1.5), (0.1, 0.5, 1.2, 1.2)])
def test_answers_that_do_not_rise_are_refused(answers):
    with pytest.raises(ValueError, match="rise"):
        calibrated(*answers)
