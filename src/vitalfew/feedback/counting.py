"""What the answers of a round tell: shares that answered, marks with their interval, choices counted.

Who did not answer is unknown, and silent accounts are seldom the happy ones: every figure stands beside how many it rests on.

>>> by_who([("A", "Li", True), ("B", "Li", False), ("C", "", True)])
[Share(who='Li', answered=1, all=2), Share(who='', answered=1, all=1)]
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from vitalfew.feedback.standard import Standard
from vitalfew.feedback.words import QuestionKind

SHOWN: Final = 50


@dataclass(frozen=True)
class Share:
    """How many of those asked have answered."""

    who: str
    answered: int
    all: int

    @property
    def share(self) -> float:
        return self.answered / self.all


@dataclass(frozen=True)
class Result:
    """A question's answers: their mean and its interval, net promoters, choices counted, or words."""

    question: Any
    n: int
    mean: float | None = None
    low: float | None = None
    high: float | None = None
    net: float | None = None
    counted: tuple[tuple[str, int], ...] = ()
    words: tuple[str, ...] = ()


def by_who(rows: Sequence[tuple[str, str, bool]]) -> list[Share]:
    """By whoever asks, those with most accounts first; rows are code, who, whether it answered."""
    return _by((who or "", done) for _code, who, done in rows)


def by_group(rows: Sequence[tuple[str, str, bool]], groups: Mapping[str, str]) -> list[Share]:
    """By what ``groups`` says of each code, such as its tier."""
    return _by((groups.get(code, ""), done) for code, _who, done in rows)


def _by(pairs: Iterable[tuple[str, bool]]) -> list[Share]:
    asked, answered = Counter[str](), Counter[str]()
    for who, done in pairs:
        asked[who] += 1
        answered[who] += done
    return [Share(who, answered[who], n) for who, n in sorted(asked.items(), key=lambda pair: (-pair[1], pair[0]))]


def results(questions: Iterable[Any], answers: Iterable[tuple[int, int | None, str]]) -> list[Result]:
    """Each question with what was answered; answers are question, score, text."""
    given: dict[int, list[int | str]] = {}
    for question, score, text in answers:
        given.setdefault(question, []).append(text if score is None else score)
    return [_result(question, given.get(question.pk, [])) for question in questions]


def _result(question: Any, given: list[Any]) -> Result:
    if question.kind == QuestionKind.SCORE:
        return _scored(question, given)
    if question.kind == QuestionKind.CHOICE:
        counts = Counter(given)
        known = [*question.choices, *sorted(set(given) - set(question.choices))]
        return Result(question, len(given), counted=tuple((text, counts[text]) for text in known))
    return Result(question, len(given), words=tuple(text for text in given if text)[:SHOWN])


def _scored(question: Any, given: list[int]) -> Result:
    from vitalfew.maths.recommendation import DETRACTOR, PROMOTER, net_promoters
    from vitalfew.maths.scales import mean_interval

    if not given:
        return Result(question, 0)
    marks = np.array(given, dtype=float)
    reach = mean_interval(marks)
    low, high = (max(reach[0], question.lowest), min(reach[1], question.highest)) if reach else (None, None)
    net = None
    if question.item == Standard.NPS:
        net = net_promoters(float((marks >= PROMOTER).sum()), float((marks <= DETRACTOR).sum()), len(marks)).score * 100
    return Result(question, len(given), float(marks.mean()), low, high, net)
