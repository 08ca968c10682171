"""Scores of one sheet of answers, from 0 to 100: reversed questions turned, at least half of a scale's questions answered.

>>> asked = [{"item": f"trust_{n}", "block": "trust", "kind": "score", "lowest": 1, "highest": 7, "reversed": n == 3}
...          for n in (1, 2, 3)]
>>> score_of("trust", asked, {"trust_1": 7, "trust_3": 3})
83.33333333333333
>>> index_of(asked, {"trust_1": 7, "trust_3": 3}), score_of("trust", asked, {"trust_1": 7})
(83.33333333333333, None)
"""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from vitalfew.surveys.words import Block, Kind

SCALES: Final = (Block.TRUST, Block.COMMITMENT, Block.SATISFACTION)
WHOLE: Final = 100.0
HALF: Final = 2


def items_of(block: str, asked: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    return [each for each in asked if each["block"] == block and each["kind"] == Kind.SCORE]


def turned(question: Mapping[str, Any], value: Any) -> float | None:
    """A mark on its scale, as if no question were reversed."""
    if value is None:
        return None
    return float(question["lowest"] + question["highest"] - value if question["reversed"] else value)


def share(question: Mapping[str, Any], value: Any) -> float | None:
    """From 0 to 1."""
    mark = turned(question, value)
    return None if mark is None else (mark - question["lowest"]) / (question["highest"] - question["lowest"])


def score_of(block: str, asked: Sequence[Mapping[str, Any]], answers: Mapping[str, Any]) -> float | None:
    rows = items_of(block, asked)
    known = [found for each in rows if (found := share(each, answers.get(each["item"]))) is not None]
    return WHOLE * sum(known) / len(known) if known and HALF * len(known) >= len(rows) else None


def index_of(asked: Sequence[Mapping[str, Any]], answers: Mapping[str, Any]) -> float | None:
    """The mean of the known scores of trust, commitment and satisfaction."""
    known = [found for each in SCALES if (found := score_of(each, asked, answers)) is not None]
    return sum(known) / len(known) if known else None
