"""CDNOW, 2,357 customers of a shop, in weeks: the sample every model of repeat buying is measured on."""

import os
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pytest


class Customers(NamedTuple):
    x: np.ndarray
    t_x: np.ndarray
    age: np.ndarray
    spend: np.ndarray


@pytest.fixture(scope="session")
def cdnow() -> Customers:
    """The summary that `lifetimes` ships, read without importing it."""
    package = find_spec("lifetimes")
    assert package is not None
    folder = Path(str(package.origin)).parent / "datasets"
    rows = np.loadtxt(folder / "cdnow_customers_summary_with_transactions.csv", delimiter=",", skiprows=1)
    return Customers(*rows.T[1:])


@pytest.fixture(scope="session")
def cdnow_purchases() -> np.ndarray:
    """The purchases themselves: customer, date yyyymmdd, value; one per line."""
    shared = Path(os.environ.get("VITALFEW_SHARED") or Path(__file__).resolve().parents[3] / "shared")
    file = shared / "data" / "cdnow_sample" / "CDNOW_sample.txt"
    if not file.exists():
        pytest.skip("the purchases of the CDNOW sample are not here; set VITALFEW_SHARED to the folder that has them")
    return np.loadtxt(file)[:, [1, 2, 4]]
