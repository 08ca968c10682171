"""Sharing out what is short, with capacity that all products share: 200 products over 12 weeks, among 50 accounts 20 over 8."""

import time
from pathlib import Path
from typing import Final

from vitalfew.outlets.bench import Benchmark, Figures, Peer

SEED, PRODUCTS, WEEKS = 1951, 200, 12
SMALL: Final = {50: (20, 8)}
"""Products and weeks of a small house, by its accounts."""
ASKED, KEY, FLOOR, IN_STOCK, CAN_BE_MADE = 0.5, 0.2, 0.5, 0.4, 0.1
"""Share of needs that are not nought, of key accounts; the parts of all need."""
PEER: Final = """
import json, sys, time
import numpy as np
from scipy.optimize import linprog
from scipy.sparse import csr_array, hstack, eye_array, kron

folder = sys.argv[2]
claims, supply, capacity, price = (np.load(f"{folder}/{name}.npy") for name in ("claims", "supply", "capacity", "price"))
began = time.perf_counter()
claims = claims[0]
products, weeks, accounts = claims.shape
cells = products * weeks
given = kron(eye_array(cells), np.ones((1, accounts)))
stock = eye_array(cells) - kron(eye_array(products), csr_array(np.eye(weeks, k=-1)))
balance = hstack([given, -eye_array(cells), stock], format="csr")
making = hstack([csr_array((weeks, cells * accounts)), kron(np.ones((1, products)), eye_array(weeks)), csr_array((weeks, cells))])
worth = np.repeat(np.repeat(price, weeks), accounts)
found = linprog(
    np.concatenate([-worth, np.zeros(2 * cells)]), A_ub=making.tocsr(), b_ub=capacity, A_eq=balance, b_eq=supply.ravel(),
    bounds=np.column_stack([np.zeros((accounts + 2) * cells), np.append(claims, np.full(2 * cells, np.inf))]),
    method="highs",
)
print(json.dumps({"plan seconds": time.perf_counter() - began, "worth of the first layer": -found.fun}))
"""
"""The first layer alone, every claim a variable of one linear programme."""


def prepare(size: int, folder: Path) -> None:
    """Needs of ``size`` accounts in three layers; stock and capacity cover about half of all."""
    import numpy as np

    rng = np.random.default_rng(SEED)
    products, weeks = SMALL.get(size, (PRODUCTS, WEEKS))
    need = rng.gamma(0.6, 20, (products, weeks, size)) * (rng.random((products, weeks, size)) < ASKED)
    key = rng.random(size) < KEY
    claims = np.stack([FLOOR * need, (1 - FLOOR) * need * key, (1 - FLOOR) * need * ~key])
    price = rng.lognormal(4, 0.7, products)
    supply = np.zeros((products, weeks))
    supply[:, 0] = IN_STOCK * need.sum(axis=(1, 2)) * rng.uniform(0, 2, products)
    capacity = np.full(weeks, CAN_BE_MADE * need.sum() / weeks)
    for name, each in (("claims", claims), ("supply", supply), ("capacity", capacity), ("price", price)):
        np.save(folder / f"{name}.npy", each)


def work(_size: int, folder: Path) -> Figures:
    import numpy as np

    from vitalfew.maths.rationing import among_claims, shared

    claims, supply, capacity, price = (
        np.load(folder / f"{name}.npy") for name in ("claims", "supply", "capacity", "price")
    )
    began = time.perf_counter()
    given = shared([layer.sum(axis=2) for layer in claims], supply, capacity, price)
    shares = [among_claims(layer, amounts) for layer, amounts in zip(claims, given, strict=True)]
    seconds = time.perf_counter() - began
    return {"plan seconds": seconds, "worth of the first layer": float((shares[0].sum(axis=2) * price[:, None]).sum())}


BENCHMARK: Final = Benchmark(
    title="Allocation: 200 products, 12 weeks, three layers",
    unit="accounts",
    size=500,
    prepare=prepare,
    work=work,
    goals={500: {"plan seconds": 10}},
    peer=Peer("highs", ("scipy>=1.17", "numpy"), PEER),
)
