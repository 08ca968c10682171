"""The samples that printed figures rest on: judgements, alternatives, a survey's correlations, a shop's customers."""

from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np


def a(*values: float) -> np.ndarray[Any, np.dtype[np.float64]]:
    return np.array(values, dtype=np.float64)


def judged(*upper: list[float]) -> np.ndarray[Any, np.dtype[np.float64]]:
    """Judgements in pairs from their upper triangle, row by row."""
    matrix = np.eye(len(upper) + 1)
    for row, values in enumerate(upper):
        matrix[row, row + 1 :] = values
        matrix[row + 1 :, row] = 1 / np.array(values)
    return matrix


DRINKS = judged(
    [9, 5, 2, 1, 1, 1 / 2], [1 / 3, 1 / 9, 1 / 9, 1 / 9, 1 / 9], [1 / 3, 1 / 4, 1 / 3, 1 / 9], [1 / 2, 1, 1 / 3], [2, 1 / 2],
    [1 / 3],
)  # fmt: skip
CARS = judged([3, 7, 3], [9, 1], [1 / 7])
FIGHTERS = np.array(
    [
        [2.0, 1500, 20000, 5.5, 5, 9],
        [2.5, 2700, 18000, 6.5, 3, 5],
        [1.8, 2000, 21000, 4.5, 7, 7],
        [2.2, 1800, 20000, 5, 5, 5],
    ]
)
MOBI = """
.38951
.26259 .13054
.44501 .29769 .41390
.42914 .29538 .33709 .42709
.24210 .28604 .21969 .22286 .25739
.27658 .20348 .24910 .30385 .36402 .32580
.20914 .30144 .11748 .24750 .12044 .21376 .10718
.34521 .22085 .27524 .34265 .18740 .26471 .13570 .24359
.38267 .27953 .34215 .51645 .30035 .27712 .18989 .26112 .70015
.45177 .40582 .21872 .43972 .44275 .32466 .36971 .33171 .32873 .42008
.38077 .27107 .32037 .43382 .38741 .29942 .27028 .25472 .38661 .50713 .53920
.52795 .36699 .28707 .49121 .45076 .30642 .27949 .22137 .48714 .60466 .48995 .59236
"""


@cache
def cdnow() -> np.ndarray[Any, np.dtype[np.float64]]:
    """Repeat purchases, time of the last, age and spend of 2,357 customers, in weeks."""
    package = find_spec("lifetimes")
    if package is None or package.origin is None:
        raise FileNotFoundError("the development dependency lifetimes, which ships the CDNOW sample, is not installed")
    file = Path(package.origin).parent / "datasets" / "cdnow_customers_summary_with_transactions.csv"
    rows: np.ndarray[Any, np.dtype[np.float64]] = np.loadtxt(file, delimiter=",", skiprows=1).T[1:]
    return rows


@cache
def correlations() -> np.ndarray[Any, np.dtype[np.float64]]:
    matrix = np.eye(13)
    for row, line in enumerate(MOBI.split("\n")[1:-1], 1):
        matrix[row, :row] = matrix[:row, row] = [float(each) for each in line.split()]
    return matrix
