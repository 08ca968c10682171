"""Blocks of questions ready in three languages, their items named as the analyses name them; the wording is the house's own.

Scales have seven points, recommendation runs from 0 to 10. One question of a scale is turned, where people would say it so.
"""

from typing import Any, Final

from vitalfew.surveys.wording import HARD, IN_WORDS, NPS, SCORES, WALLET, Said
from vitalfew.surveys.words import Block, Kind

Question = dict[str, Any]
LANGUAGES: Final = ("zh-hans", "zh-hant", "en")
SEVEN, TEN = (1, 7), (0, 10)

TURNED: Final = frozenset({"trust_4", "commitment_4"})
BESIDE: Final = frozenset({Block.VALUE, Block.PREFERENCE})
"""Asked about us and about each named competitor."""


def questions_of(block: str) -> list[Question]:
    """A block's questions, as they stand in a questionnaire."""
    found = [_score(item, of, said) for of, item, said in SCORES if of == block]
    if block == Block.NPS:
        return [_question("nps", Block.NPS, Kind.SCORE, NPS, TEN)]
    if block == Block.WALLET:
        return [_question(item, Block.WALLET, kind, said) for kind, item, said in WALLET]
    if block == Block.WORDS:
        return [_question("better", Block.WORDS, Kind.TEXT, IN_WORDS)]
    return [*found, _question("pulse_hard", Block.PULSE, Kind.TEXT, HARD)] if block == Block.PULSE else found


def _score(item: str, block: Block, said: Said) -> Question:
    made = _question(item, block, Kind.SCORE, said, SEVEN)
    return {**made, "reversed": item in TURNED, "beside": block in BESIDE}


def _question(item: str, block: Block, kind: Kind, said: Said, scale: tuple[int, int] = SEVEN) -> Question:
    return {
        "item": item, "block": block.value, "kind": kind.value, "text": dict(zip(LANGUAGES, said, strict=True)), "choices": {},
        "lowest": scale[0], "highest": scale[1], "reversed": False, "beside": False, "required": False,
    }  # fmt: skip


def asks_wallet(questions: list[Question]) -> bool:
    """Whether it is asked what is spent in all: of a year or a month, which must be named."""
    return any(each["block"] == Block.WALLET for each in questions)


def text_of(said: dict[str, Any], language: str) -> Any:
    """In the reader's language; where nobody wrote it, in another one."""
    return said.get(language) or next((said[each] for each in LANGUAGES if said.get(each)), "")
