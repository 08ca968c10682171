"""Who reports to whom, as a chart: trees of seats, an empty seat where somebody left, and those who are not placed yet.

    Gao ← Li (left) ← Chen, Wu          Gao
                                         └ an empty seat, Li until he left
                                             ├ Chen
                                             └ Wu

A circle, as merging two records may leave one, is cut at its first seat: nobody is missing on the chart.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from vitalfew.contacts.words import LEVELS, Part, part_of
from vitalfew.stakeholders.standing import blocks

RANK = {each.value: place for place, each in enumerate(LEVELS)}


@dataclass(frozen=True)
class Seat:
    """Somebody's place at an account; empty once he left."""

    person: int
    name: str
    title: str = ""
    level: str = ""
    said_part: str = ""
    influence: str = ""
    attitude: str = ""
    boss: int | None = None
    left: bool = False
    left_on: date | None = None
    post: int = 0
    version: int = 0
    url: str = ""

    @property
    def part(self) -> Part | None:
        return part_of(self.said_part, self.influence)

    @property
    def blocks(self) -> bool:
        return blocks(self.said_part, self.influence, self.attitude)


@dataclass(frozen=True)
class Node:
    """A seat, how deep it is, and those who report to it."""

    seat: Seat
    depth: int
    below: tuple["Node", ...]


@dataclass(frozen=True)
class Chart:
    """The trees, and the seats that are tied to nobody."""

    trees: tuple[Node, ...]
    loose: tuple[Node, ...]

    @property
    def empty_seats(self) -> int:
        return sum(node.seat.left for node in self.nodes)

    @property
    def nodes(self) -> list[Node]:
        return [node for each in (*self.trees, *self.loose) for node in _walk(each)]


def chart(seats: Sequence[Seat]) -> Chart:
    """Everybody who is there once; of those who left, the ones somebody there reported to."""
    known = {each.person: each for each in seats}
    wanted = _wanted(known)
    below: dict[int | None, list[Seat]] = {}
    for seat in sorted(wanted.values(), key=_order):
        below.setdefault(seat.boss if seat.boss in wanted else None, []).append(seat)
    placed: set[int] = set()
    roots = [_node(seat, 1, below, placed) for seat in below.get(None, ())]
    roots += [
        _node(seat, 1, below, placed) for seat in sorted(wanted.values(), key=_order) if seat.person not in placed
    ]
    return Chart(tuple(n for n in roots if n.below), tuple(n for n in roots if not n.below))


def _order(seat: Seat) -> tuple[int, str, int]:
    return RANK.get(seat.level, len(RANK)), seat.name, seat.person


def _wanted(known: Mapping[int, Seat]) -> dict[int, Seat]:
    """Those who are there, and over them whoever left."""
    found = {person: seat for person, seat in known.items() if not seat.left}
    for seat in list(found.values()):
        boss = known.get(seat.boss or 0)
        while boss is not None and boss.left and boss.person not in found:
            found[boss.person] = boss
            boss = known.get(boss.boss or 0)
    return found


def _node(seat: Seat, depth: int, below: Mapping[int | None, Sequence[Seat]], placed: set[int]) -> Node:
    placed.add(seat.person)
    under = [each for each in below.get(seat.person, ()) if each.person not in placed]
    return Node(
        seat, depth, tuple(_node(each, depth + 1, below, placed) for each in under if each.person not in placed)
    )


def _walk(node: Node) -> Iterator[Node]:
    yield node
    for each in node.below:
        yield from _walk(each)
