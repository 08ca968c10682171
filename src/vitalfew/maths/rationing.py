"""Sharing out stock over products and periods, claims of a higher layer first.

Claims are sorted into layers (contracts, floors for everybody, tiers from the first to the last). A layer gets as much as can be
given to it in all periods together before the next one gets anything: what a higher layer needs later is kept for it now.
Stock carries over from period to period; what was not given in a period is lost to it.

Where products share nothing, the layers' amounts follow period by period from what is left at its scarcest later moment;

    given_t = min(asked_t, min_{s ≥ t} (available until s − given until s))

which serves as much of the layer as any plan can. Where they share capacity, one linear programme a layer finds them (HiGHS),
worth by price. Within a layer, product and period, claims are shared max-min fairly (`maxmin`).

    stock 10, first layer asks 4 and 8, second 5 and 0   →   first 4 and 6, second 0: nothing is left for it

Luss, H. (1999). On equitable resource allocation problems: a lexicographic minimax approach. Operations Research 47(3).
"""

from collections.abc import Sequence
from typing import Final

import numpy as np

from vitalfew.maths.arrays import Floats
from vitalfew.maths.maxmin import maxmin

_LATER: Final = 1e-4
"""Of two equally good plans the one that gives earlier is taken."""


def layered(asked: Sequence[Floats], supply: Floats) -> list[Floats]:
    """What each layer is given, (products, periods) each; ``supply`` is what comes in a period, the stock in the first.

    >>> first, second = layered([np.array([[4.0, 8.0]]), np.array([[5.0, 0.0]])], np.array([[10.0, 0.0]]))
    >>> first, second
    (array([[4., 6.]]), array([[0., 0.]]))
    """
    slack = np.cumsum(np.maximum(supply, 0.0), axis=1)
    given = []
    for claims in asked:
        layer = np.zeros_like(slack)
        for period in range(slack.shape[1]):
            layer[:, period] = np.minimum(claims[:, period], np.maximum(slack[:, period:].min(axis=1), 0.0))
            slack[:, period:] -= layer[:, period, None]
        given.append(layer)
    return given


def shared(asked: Sequence[Floats], supply: Floats, capacity: Floats, price: Floats) -> list[Floats]:
    """The same where each period ``capacity`` more can be made of all products together, at will, also ahead of need.

    ``price`` weighs the products, one entry each. One linear programme a layer; layers found before keep their worth.

    >>> one, two = np.array([[3.0, 9.0]]), np.array([[0.0, 5.0]])
    >>> shared([np.vstack([one, two])], np.zeros((2, 2)), np.array([6.0, 8.0]), np.array([2.0, 1.0]))[0].round(6)
    array([[3., 9.],
           [0., 2.]])
    """
    pieces = max([1e-12, *(float(each.max(initial=0.0)) for each in asked)])
    dearest = max(1e-12, float(np.max(price, initial=0.0)))
    given = _planned([each / pieces for each in asked], supply / pieces, capacity / pieces, price / dearest)
    return [each * pieces for each in given]


def _planned(asked: Sequence[Floats], supply: Floats, capacity: Floats, price: Floats) -> list[Floats]:
    """The linear programmes, in units in which neither quantities nor prices are beyond what the solver can tell apart."""
    from scipy.optimize import Bounds, LinearConstraint, milp
    from scipy.sparse import csr_array, eye_array, hstack, kron, vstack

    products, periods = supply.shape
    cells, layers = products * periods, len(asked)
    until = csr_array(np.tril(np.ones((periods, periods))))
    cumulated = kron(eye_array(products), until)
    balance = hstack([*([cumulated] * layers), -cumulated], format="csr")
    making = kron(np.ones((1, products)), eye_array(periods))
    limits = hstack([csr_array((periods, layers * cells)), making], format="csr")
    worth = np.outer(price, 1.0 - _LATER * np.arange(periods)).ravel()
    rows, bounds = [balance, limits], [np.cumsum(np.maximum(supply, 0.0), axis=1).ravel(), np.maximum(capacity, 0.0)]
    highest = np.concatenate([*(np.maximum(each, 0.0).ravel() for each in asked), np.full(cells, np.inf)])
    x = np.zeros((layers + 1) * cells)
    for layer in range(layers):
        goal = np.zeros((layers + 1) * cells)
        goal[layer * cells : (layer + 1) * cells] = -worth
        found = milp(
            goal, constraints=LinearConstraint(vstack(rows), ub=np.concatenate(bounds)), bounds=Bounds(0.0, highest)
        )
        if found.x is None or found.fun is None:
            raise ArithmeticError(found.message)
        x = found.x
        rows.append(csr_array(goal[None, :]))
        bounds.append(np.array([found.fun + 1e-9 * max(abs(found.fun), 1.0)]))
    return [x[k * cells : (k + 1) * cells].reshape(products, periods) for k in range(layers)]


def among_claims(claims: Floats, given: Floats, weights: Floats | None = None) -> Floats:
    """A layer's amounts shared among its claims (products, periods, claims), max-min fairly in each product and period.

    ``weights`` has one entry a claim, where some count for more than others.

    >>> among_claims(np.array([[[2.0, 5.0]]]), np.array([[4.0]]))
    array([[[2., 2.]]])
    >>> among_claims(np.array([[[10.0, 10, 10]]]), np.array([[15.0]]), np.array([3.0, 2, 1]))
    array([[[7.5, 5. , 2.5]]])
    """
    shares = np.empty_like(claims)
    for product, amounts in enumerate(given):
        shares[product] = maxmin(claims[product], amounts, weights)
    return shares
