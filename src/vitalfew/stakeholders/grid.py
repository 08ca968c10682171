"""The map as a grid: who has which part, or stands at which level, by how he or she stands to us."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Self

from vitalfew.activities.strength import HowWell
from vitalfew.contacts.words import LEVELS, Attitude, Influence, Part
from vitalfew.stakeholders.bonds import Stakeholder
from vitalfew.terms import Term, label_of
from vitalfew.terms import gettext_noop as _


class Axis(Term):
    """By what the rows of the grid go."""

    PART = "part", _("Part in buying")
    INFLUENCE = "influence", _("Influence")
    LEVEL = "level", _("Level")


class Acquainted(Term):
    """Whether somebody of ours knows a person."""

    WELL = "well", _("Known well")
    LITTLE = "little", _("Known somewhat or faintly")
    NOBODY = "nobody", _("None of us on record")


ATTITUDES: Final = tuple(each.value for each in Attitude)
AXES: Final = {each.value: each for each in Axis}
WORDS: Final[Mapping[Axis, Sequence[Term]]] = {
    Axis.PART: tuple(Part), Axis.INFLUENCE: tuple(Influence), Axis.LEVEL: tuple(LEVELS),
}  # fmt: skip
NOT_SAID: Final = _("Not said")


@dataclass(frozen=True)
class Row:
    """A row: its name, and the head and people of each column of attitude, those of whom none is known last."""

    label: str
    cells: tuple[tuple[str, tuple[Stakeholder, ...]], ...]


@dataclass(frozen=True)
class Grid:
    heads: tuple[str, ...]
    rows: tuple[Row, ...]


def grid(people: Sequence[Stakeholder], axis: Axis) -> Grid:
    """Rows and columns with somebody in them, in the order of their words."""
    found = {_stands(each) for each in people}
    columns = [each for each in (*ATTITUDES, None) if each in found]
    rows = [(word.label, [p for p in people if _at(p, axis) == word]) for word in WORDS[axis]]
    known = {p.post for _label, some in rows for p in some}
    rows.append((NOT_SAID, [p for p in people if p.post not in known]))
    return Grid(
        tuple(_head(each) for each in columns), tuple(_row(label, some, columns) for label, some in rows if some)
    )


def _row(label: str, people: Sequence[Stakeholder], columns: Sequence[str | None]) -> Row:
    return Row(label, tuple((_head(each), tuple(p for p in people if _stands(p) == each)) for each in columns))


def _head(attitude: str | None) -> str:
    return NOT_SAID if attitude is None else label_of(Attitude, attitude)


def _stands(person: Stakeholder) -> str | None:
    return person.attitude if person.attitude in ATTITUDES else None


def _at(person: Stakeholder, axis: Axis) -> str | None:
    return {Axis.PART: person.part, Axis.INFLUENCE: person.influence, Axis.LEVEL: person.level}[axis]


@dataclass(frozen=True)
class Narrowing:
    """Which of the people are shown, and by what."""

    axis: Axis = Axis.PART
    level: str = ""
    attitude: str = ""
    known: str = ""
    ours: str = ""

    @classmethod
    def of(cls, asked: Mapping[str, str]) -> Self:
        """From a query string; what is no word of ours is left out."""
        given = {name: asked.get(name, "") for name in ("level", "attitude", "known")}
        known = {
            name: word if word in {each.value for each in FILTERS[name][1]} else "" for name, word in given.items()
        }
        return cls(AXES.get(asked.get("by", ""), Axis.PART), ours=asked.get("ours", "")[:100], **known)

    @property
    def filters(self) -> list[tuple[str, str, Sequence[Term], str]]:
        """Name, label, words and what is chosen."""
        return [(name, label, words, getattr(self, name)) for name, (label, words) in FILTERS.items()]

    @property
    def any(self) -> bool:
        return bool(self.level or self.attitude or self.known or self.ours)

    def among(self, people: Sequence[Stakeholder]) -> list[Stakeholder]:
        return [each for each in people if self._fits(each)]

    def _fits(self, person: Stakeholder) -> bool:
        if self.ours and self.ours not in {bond.who for bond in person.bonds}:
            return False
        if self.known and self.known != _acquainted(person):
            return False
        return self.level in {"", person.level} and self.attitude in {"", person.attitude}


def _acquainted(person: Stakeholder) -> Acquainted:
    if person.best is None:
        return Acquainted.NOBODY
    return Acquainted.WELL if person.best is HowWell.WELL else Acquainted.LITTLE


FILTERS: Final[Mapping[str, tuple[str, Sequence[Term]]]] = {
    "level": (_("Level"), LEVELS), "attitude": (_("Attitude to us"), tuple(Attitude)),
    "known": (_("Acquaintance"), tuple(Acquainted)),
}  # fmt: skip
