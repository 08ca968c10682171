"""A test's score: the share of questions whose right answers were all chosen and no others, in whole per cent, rounded down.

3 of 4 right  →  75;   pass mark 80  →  not passed
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypedDict


class Question(TypedDict):
    """What is asked, what can be chosen, and which of it is right, by place."""

    text: str
    choices: list[str]
    right: list[int]


Answers = Mapping[str, Sequence[int]]
"""By the question's place as a text, as JSON keeps it."""


def is_right(question: Question, chosen: Iterable[int] | None) -> bool:
    return set(chosen or ()) == set(question["right"])


def score(questions: Sequence[Question], answers: Answers) -> int:
    """Of a whole sheet.

    >>> asked = [Question(text="?", choices=["a", "b"], right=[0])] * 3
    >>> score(asked, {"0": [0], "1": [0, 1], "2": [0]})
    66
    """
    good = sum(is_right(each, answers.get(str(place))) for place, each in enumerate(questions))
    return 100 * good // len(questions) if questions else 0


def missed(questions: Sequence[Question], sheets: Iterable[Answers]) -> list[dict[str, Any]]:
    """Each question with how many answered it wrongly of how many, the most missed first."""
    all_sheets = list(sheets)
    rows = []
    for place, each in enumerate(questions):
        wrong = sum(not is_right(each, sheet.get(str(place))) for sheet in all_sheets)
        share = wrong / len(all_sheets) if all_sheets else None
        rows.append({"question": each, "place": place + 1, "wrong": wrong, "of": len(all_sheets), "share": share})
    return sorted(rows, key=lambda row: (-row["wrong"], row["place"]))
