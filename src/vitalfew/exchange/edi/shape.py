"""What EDIFACT and X12 have in common: segments of elements, messages with a kind and a number, and why one is refused."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NoReturn

from vitalfew.warehouse.readers import Refused


@dataclass(frozen=True)
class Segment:
    """A segment: its tag, and its elements, each a list of components."""

    tag: str
    elements: Sequence[Sequence[str]]
    number: int = 0
    """Which one of the interchange it is."""

    def at(self, element: int, component: int = 0) -> str:
        """An element by its place, from 1 on as the standards count; empty where it is not there."""
        if element > len(self.elements) or component >= len(self.elements[element - 1]):
            return ""
        return self.elements[element - 1][component].strip()


@dataclass
class Message:
    """What stands between a header and its trailer, with both."""

    kind: str
    number: str
    segments: list[Segment] = field(default_factory=list)


def refuse(reason: str, where: object) -> NoReturn:
    """The whole interchange: a part of one may be missing its end."""
    raise Refused(reason, where=str(where)[:60])


def counted(said: str, found: int, where: object) -> None:
    """Refuses where a trailer counts otherwise."""
    if not said.isdecimal() or int(said[:9]) != found:
        raise Refused("edi_count", where=str(where)[:60], said=said[:20], found=str(found))


def same(first: str, last: str, where: object) -> None:
    """Refuses where header and trailer name different numbers."""
    if first != last:
        refuse("edi_number", where)
