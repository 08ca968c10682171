from decimal import Decimal

import numpy as np
import pyarrow as pa

from vitalfew.panels import Panel


def test_sums_of_whole_numbers_are_numbers_however_the_engine_gives_them():
    counted = pa.array([Decimal(3), None, Decimal(2**40)], pa.decimal128(38, 0))
    panel = Panel(pa.table({"customer": ["A", "B", "C"], "lines": counted, "due": counted.fill_null(Decimal(0))}))

    assert np.array_equal(panel.floats("lines"), [3.0, np.nan, 2.0**40], equal_nan=True)
    assert panel.whole("due").tolist() == [3, 0, 2**40]
