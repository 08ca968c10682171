"""Whom to hold out of a campaign: by lot, one of every few that are alike in tier and size.

    1. what hangs together (the companies of a group) is one unit: all of it is treated, or none
    2. inside a stratum the units stand by size, the largest first, and are cut into blocks of ``one_in``
    3. what is left over of all strata stands by size again and is cut in the same way
    4. one unit of each block is held out by lot; of a last block of r < one_in one with chance r/one_in

So either side has its share of every stratum and size, and each unit is held out with chance 1/one_in. The lots follow from the
seed alone: who has it draws the same again.

    seven units of one stratum, one in three  →  two blocks with one held out each, the seventh with chance 1/3

Blocked randomisation: Box, G. E. P., Hunter, J. S. & Hunter, W. G. (2005). Statistics for Experimenters, ch. 4. Wiley.
"""

from collections.abc import Iterable, Iterator, Sequence
from random import Random
from typing import NamedTuple


class Unit(NamedTuple):
    """What is drawn as one: its name, its stratum, its size."""

    name: str
    stratum: str
    size: float


class Lot(NamedTuple):
    """What was drawn for a unit: its block, counted from 1, and whether it is held out."""

    block: int
    held_out: bool


def drawn(units: Iterable[Unit], one_in: int, seed: int) -> dict[str, Lot]:
    """The lot of every unit, by its name.

    Refuses (``ValueError``) fewer than two in a block, and one name twice.

    >>> lots = drawn([Unit(name, "a", size) for size, name in enumerate("fedcba")], 3, seed=1)
    >>> sorted(name for name, lot in lots.items() if lot.held_out), lots["a"].block, lots["f"].block
    (['a', 'f'], 1, 2)
    """
    known = sorted(units, key=lambda unit: (unit.stratum, -unit.size, unit.name))
    if one_in < 2 or len({unit.name for unit in known}) < len(known):  # noqa: PLR2004  (of one nobody is left to treat)
        raise ValueError("blocks of two or more, and each unit once")
    chance = Random(seed)  # noqa: S311  (lots are to be drawn again by whoever has the seed, not to be kept secret)
    found: dict[str, Lot] = {}
    for number, block in enumerate(_blocks(known, one_in), 1):
        out = int(chance.random() * one_in)
        found |= {unit.name: Lot(number, place == out) for place, unit in enumerate(block)}
    return found


def _blocks(known: Sequence[Unit], one_in: int) -> Iterator[Sequence[Unit]]:
    """Those of each stratum that are full, then what is left over."""
    left: list[Unit] = []
    for stratum in dict.fromkeys(unit.stratum for unit in known):
        inside = [unit for unit in known if unit.stratum == stratum]
        full = len(inside) // one_in * one_in
        yield from (inside[start : start + one_in] for start in range(0, full, one_in))
        left += inside[full:]
    left.sort(key=lambda unit: (-unit.size, unit.name))
    yield from (left[start : start + one_in] for start in range(0, len(left), one_in))
