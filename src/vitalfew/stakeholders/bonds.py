"""What the log and one's own word say of a link, and which of them counts: the stronger one.

A visit proves that there is contact; a statement knows of what no log tells. Both are shown.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from vitalfew.activities.strength import HowWell, how_well
from vitalfew.contacts.words import Part, part_of
from vitalfew.stakeholders import closeness, standing


@dataclass(frozen=True)
class Stated:
    """What somebody of ours said, and when."""

    pk: int
    closeness: closeness.Closeness
    on: date
    days: int
    note: str = ""

    @property
    def strength(self) -> float:
        return closeness.strength(self.closeness, self.days)

    @property
    def asked_again(self) -> bool:
        return self.days >= closeness.ASKED_AGAIN.days


@dataclass(frozen=True)
class Bond:
    """Somebody of ours and a person of the customer's."""

    who: str
    user: int | None
    touched: float = 0.0
    stated: Stated | None = None

    @property
    def by_word(self) -> bool:
        """Whether the statement counts, and not the log."""
        return self.stated is not None and self.stated.strength > self.touched

    @property
    def strength(self) -> float:
        return self.stated.strength if self.stated and self.by_word else self.touched

    @property
    def how_well(self) -> HowWell:
        return how_well(self.strength)

    @property
    def by_touches(self) -> HowWell | None:
        return how_well(self.touched) if self.touched else None


@dataclass(frozen=True)
class Stakeholder:
    """A person at the account: what he is there, and who of ours knows him, the best first."""

    person: int
    name: str
    title: str
    level: str
    said_part: str
    influence: str
    attitude: str
    boss: str = ""
    boss_left: bool = False
    bonds: tuple[Bond, ...] = ()
    post: int = 0
    url: str = ""

    @property
    def part(self) -> Part | None:
        return part_of(self.said_part, self.influence)

    @property
    def blocks(self) -> bool:
        return standing.blocks(self.said_part, self.influence, self.attitude)

    @property
    def best(self) -> HowWell | None:
        """How well whoever of ours knows him best does; None where nobody does."""
        return self.bonds[0].how_well if self.bonds else None


def sorted_bonds(bonds: Sequence[Bond]) -> tuple[Bond, ...]:
    return tuple(sorted(bonds, key=lambda bond: (-bond.strength, bond.who)))
