"""Why two records may be one, in words."""

from collections.abc import Iterator, Sequence
from typing import Final

from vitalfew.duplicates.linkage.companies import COMPANIES
from vitalfew.duplicates.linkage.features import Level, Model
from vitalfew.duplicates.linkage.persons import PERSONS
from vitalfew.duplicates.states import Kind
from vitalfew.language import Message
from vitalfew.maths.fellegi_sunter import UNKNOWN

MODELS: Final = {Kind.ACCOUNT: COMPANIES, Kind.PERSON: PERSONS}
AGAINST: Final = frozenset({"other", "one"})
"""Levels that speak against one and the same."""


def kept(model: Model, levels: Sequence[int]) -> list[list[str]]:
    """The levels as they are kept: names of features and levels, those that say something."""
    told = zip(model.features, levels, strict=True)
    named = [(feature.name, feature.levels[level]) for feature, level in told if level != UNKNOWN]
    return [[name, level.name] for name, level in named if level.says]


def said(kind: str, evidence: Sequence[Sequence[str]]) -> Iterator[tuple[bool, Message]]:
    """Each as a sentence, and whether it speaks for one and the same."""
    known = MODELS[Kind[kind.upper()]].by_name
    for name, level in evidence:
        found = next((each for each in known[name].levels if each.name == level), None) if name in known else None
        if found is not None:
            yield _for(found), Message(found.says)


def _for(level: Level) -> bool:
    return level.name not in AGAINST
