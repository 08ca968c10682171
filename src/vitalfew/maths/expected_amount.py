"""The amount to expect of an account's next purchase: its own, the late ones counting more, drawn to the book's mean.

    amount = (sum w a + m/2) / (sum w + 1/2),   w = .5^(years since the purchase), m the mean of all accounts' means

    the book's mean 100; one purchase of 40 today  →  (40 + 50)/1.5 = 60

Brown, R. G. (1959). Statistical Forecasting for Inventory Control (discounted averages). Efron, B. & Morris, C. (1977).
Stein's paradox in statistics. Scientific American 236(5) (drawing towards the mean).
"""

from typing import Final

import numpy as np

from vitalfew.maths.arrays import Floats
from vitalfew.maths.purchase_origins import Purchases

_HALF_LIFE: Final = 365.0
_BORROWED: Final = 0.5
"""How many purchases of the book's mean amount are mixed into an account's own amounts."""


def expected_amounts(bought: Purchases, now: int) -> Floats:
    """By account; amounts below nothing count as nothing.

    >>> bought = Purchases(np.array([0, 1]), np.array([0, 0]), np.array([40.0, 160.0]), np.ones(2))
    >>> expected_amounts(bought, 0).tolist()
    [60.0, 140.0]
    """
    weight = 0.5 ** ((now - bought.day) / _HALF_LIFE)
    amount = np.maximum(bought.amount, 0)
    usual = float((np.bincount(bought.account, amount) / np.bincount(bought.account)).mean())
    own, n = np.bincount(bought.account, amount * weight), np.bincount(bought.account, weight)
    return np.asarray((own + _BORROWED * usual) / (n + _BORROWED))
