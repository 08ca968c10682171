"""How often each mark was given, as a row of bars: where they stand and how high, in the units of a small picture."""

from collections.abc import Sequence
from typing import Final, NamedTuple

STEP: Final = 20
WIDTH: Final = 14
TALLEST: Final = 28
TOP: Final = 12
"""Above the tallest one stands its number; below each its mark."""
HEIGHT: Final = TOP + TALLEST + 13


class Bar(NamedTuple):
    mark: str
    n: int
    left: int
    middle: int
    top: float
    height: float

    @property
    def label(self) -> float:
        """Where its number stands."""
        return round(self.top - 2, 1)


class Picture(NamedTuple):
    bars: tuple[Bar, ...]
    width: int
    width_of_bar: int
    height: int
    foot: int
    said: str
    """The same in words: 1: 2, 2: 0 …"""


def drawn(spread: Sequence[tuple[str, int, float]]) -> Picture:
    """Nobody's mark has no bar, and the one given most often is as tall as there is room."""
    most = max((n for _mark, n, _part in spread), default=0)
    bars = tuple(_bar(place, mark, n, n / most if most else 0.0) for place, (mark, n, _part) in enumerate(spread))
    said = " · ".join(f"{mark}: {n}" for mark, n, _part in spread)
    return Picture(bars, STEP * len(bars), WIDTH, HEIGHT, HEIGHT - 2, said)


def _bar(place: int, mark: str, n: int, part: float) -> Bar:
    height = round(TALLEST * part, 1)
    left = STEP * place + (STEP - WIDTH) // 2
    return Bar(mark, n, left, STEP * place + STEP // 2, round(TOP + TALLEST - height, 1), height)
