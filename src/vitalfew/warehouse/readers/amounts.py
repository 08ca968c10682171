"""Amount, quantity and unit price of a row: one worked out from the others exactly, and what is odd about them."""

from collections.abc import Mapping
from decimal import Decimal

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from vitalfew.warehouse.readers.arrays import bitmap, bools, of, valid
from vitalfew.warehouse.readers.cells import Checked, marked

Units = npt.NDArray[np.int64]

SCALE = 10_000
SAFE = float(2**62)
MONEY = pa.decimal128(20, 4)


def units(column: pa.Array) -> Units:
    """Ten-thousandths as integers, 0 for null; what does not fit 64 bits is 0 too (see ``_fits``)."""
    words = np.frombuffer(column.buffers()[1], np.int64)[2 * column.offset : 2 * (column.offset + len(column))]
    low, high = words[0::2], words[1::2]
    return np.where(valid(column) & (high == low >> 63), low, 0)


def _money(values: Units, filled: npt.NDArray[np.bool_]) -> pa.Array:
    words = np.empty(2 * len(values), np.int64)
    words[0::2], words[1::2] = values, values >> 63
    return pa.Array.from_buffers(MONEY, len(values), [bitmap(filled), pa.py_buffer(words)])


def with_amount(amount: Checked | None, quantity: Checked, price: Checked, *, rounding: bool = False) -> Checked:
    """The amounts given, and quantity × unit price, exactly (or ``rounding`` to four places), where none is given."""
    size = len(quantity.values)
    given = Checked(pa.nulls(size, MONEY)) if amount is None else amount
    open_rows = ~valid(given.values) & valid(quantity.values) & valid(price.values)
    if given.problems is not None:
        open_rows &= given.problems == 0
    if not open_rows.any():
        return given
    worked_out = _product(quantity.values, price.values, open_rows, rounding=rounding)
    merged = pc.if_else(bools(open_rows), worked_out.values, given.values)
    return Checked(merged, _joined(given.problems, worked_out.problems))


def _joined(first: npt.NDArray[np.uint8] | None, second: npt.NDArray[np.uint8] | None) -> npt.NDArray[np.uint8] | None:
    if first is None or second is None:
        return first if second is None else second
    return np.maximum(first, second)


def _product(quantity: pa.Array, price: pa.Array, wanted: npt.NDArray[np.bool_], *, rounding: bool) -> Checked:
    """Products to four places; one that needs more is not rounded unasked, one too large is not cut."""
    many, each = units(quantity), units(price)
    large = wanted & (np.abs(many.astype(float)) * np.abs(each.astype(float)) >= SAFE)
    product = np.where(large, 0, many * each)
    if rounding:
        product = np.sign(product) * ((np.abs(product) + SCALE // 2) // SCALE) * SCALE
    inexact = wanted & (product % SCALE != 0)
    values = _money(product // SCALE, wanted & ~large & ~inexact)
    problems = marked(None, inexact, "currency_precision", len(wanted))
    if not large.any():
        return Checked(values, problems)
    return _large(values, problems, quantity, price, large)


def _large(
    values: pa.Array,
    problems: npt.NDArray[np.uint8] | None,
    quantity: pa.Array,
    price: pa.Array,
    large: npt.NDArray[np.bool_],
) -> Checked:
    """Products beyond 64 bits, in Python's integers."""
    chosen = bools(large)
    pairs = zip(quantity.filter(chosen).to_pylist(), price.filter(chosen).to_pylist(), strict=True)
    products = [int(many.scaleb(4)) * int(each.scaleb(4)) for many, each in pairs]
    size, places = len(large), np.flatnonzero(large)
    inexact, beyond = np.zeros(size, np.bool_), np.zeros(size, np.bool_)
    inexact[places] = [product % SCALE != 0 for product in products]
    beyond[places] = [abs(product) >= 10**24 for product in products]
    exact = [None if product % SCALE or abs(product) >= 10**24 else product // SCALE for product in products]
    whole = pc.replace_with_mask(values, chosen, _from_units(exact))
    found = marked(problems, inexact, "currency_precision", size)
    return Checked(whole, marked(found, beyond, "out-of-range", size))


def _from_units(products: list[int | None]) -> pa.Array:
    return of([None if product is None else Decimal(product).scaleb(-4) for product in products], MONEY)


def oddities(rows: Mapping[str, pa.Array]) -> dict[str, int]:
    """How many accepted rows are worth a second look."""
    found: dict[str, int] = {}
    amount, quantity, price = (rows.get(name) for name in ("amount", "quantity", "unit_price"))
    if price is not None:
        found["zero_price"] = _count(valid(price) & (units(price) == 0))
    if amount is None or quantity is None:
        return found
    found["zero_quantity"] = _count(units(quantity) == 0)
    found["sign_mismatch"] = _count(np.sign(units(quantity)) * np.sign(units(amount)) < 0)
    if price is not None:
        found["amount_mismatch"] = _count(_unequal(units(amount), units(quantity), price))
    return found


def _unequal(amount: Units, quantity: Units, price: pa.Array) -> npt.NDArray[np.bool_]:
    each = units(price)
    small = np.abs(quantity.astype(float)) * np.abs(each.astype(float)) < SAFE
    unequal: npt.NDArray[np.bool_] = valid(price) & small & (np.where(small, quantity * each, 0) != amount * SCALE)
    return unequal


def _count(mask: npt.NDArray[np.bool_]) -> int:
    return int(np.count_nonzero(mask))
