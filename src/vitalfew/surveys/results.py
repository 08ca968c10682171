"""What the answers of a survey tell: scales with their interval and reliability, questions with their spread, choices, words.

Several people of an account are averaged first, so that an account counts once however many answered; an anonymous survey knows
no accounts, and its people count. The maths are those of the analyses.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from statistics import median
from typing import Any, Final

from vitalfew.surveys.bars import Picture, drawn
from vitalfew.surveys.scoring import SCALES, WHOLE, items_of, score_of, share, turned
from vitalfew.surveys.standard import Question, text_of
from vitalfew.surveys.words import Block, Kind
from vitalfew.terms import label_of

Sheet = tuple[str, Mapping[str, Any]]
"""Whose it is, such as an account's code, and what was answered."""
FEWEST: Final = 10
"""So many whole sheets before reliability is told."""
SHOWN: Final = 200


@dataclass(frozen=True)
class Figure:
    """A mean or share with its interval, and how many it rests on."""

    value: float | None
    low: float | None
    high: float | None
    n: int


@dataclass(frozen=True)
class ScaleResult:
    block: str
    label: str
    figure: Figure
    alpha: float | None
    sheets: int


@dataclass(frozen=True)
class Result:
    """A question's answers about us, or about a competitor."""

    question: Question
    text: str
    about: str
    n: int
    mean: Figure | None = None
    spread: tuple[tuple[str, int, float], ...] = ()
    """Each answer, how often, which share."""
    middle: float | None = None
    words: tuple[str, ...] = ()
    special: Figure | None = None
    """Net promoters from −100 to 100; satisfied and effortless as a share."""

    @property
    def picture(self) -> Picture | None:
        """The spread of marks, where any was given."""
        return drawn(self.spread) if self.n and self.spread and self.question["kind"] == Kind.SCORE else None


def scales(asked: Sequence[Question], sheets: Sequence[Sheet]) -> list[ScaleResult]:
    """Trust, commitment and satisfaction, as far as they are asked; drivers too."""
    blocks = [each for each in (*SCALES, Block.PULSE) if items_of(each, asked)]
    return [_scale(block, asked, sheets) for block in blocks]


def _scale(block: Block, asked: Sequence[Question], sheets: Sequence[Sheet]) -> ScaleResult:
    scored = [(who, found) for who, given in sheets if (found := score_of(block, asked, given)) is not None]
    alpha, whole = _alpha(items_of(block, asked), sheets)
    return ScaleResult(block.value, label_of(Block, block.value), _mean(scored, 0.0, WHOLE), alpha, whole)


def _alpha(rows: Sequence[Mapping[str, Any]], sheets: Sequence[Sheet]) -> tuple[float | None, int]:
    import numpy as np

    from vitalfew.maths.reliability import alpha

    marks = [[share(each, given.get(each["item"])) for each in rows] for _who, given in sheets]
    whole = [[float(mark) for mark in sheet if mark is not None] for sheet in marks if None not in sheet]
    return (alpha(np.array(whole)) if len(whole) >= FEWEST else None), len(whole)


def _mean(scored: Sequence[tuple[str, float]], lowest: float, highest: float) -> Figure:
    """Averaged inside each account first; the interval stays on the scale."""
    import numpy as np

    from vitalfew.maths.scales import mean_interval

    by: dict[str, list[float]] = {}
    for who, value in scored:
        by.setdefault(who, []).append(value)
    means = np.array([sum(values) / len(values) for values in by.values()])
    if not means.size:
        return Figure(None, None, None, 0)
    ends = mean_interval(means)
    low, high = (max(ends[0], lowest), min(ends[1], highest)) if ends else (None, None)
    return Figure(float(means.mean()), low, high, len(means))


def questions(asked: Sequence[Question], sheets: Sequence[Sheet], rivals: Sequence[str], language: str) -> list[Result]:
    found = []
    for question in asked:
        found.append(_result(question, question["item"], "", sheets, language))
        found += [
            _result(question, f"{question['item']}@{place}", rival, sheets, language)
            for place, rival in enumerate(rivals if question["beside"] else (), 1)
        ]
    return found


def _result(question: Question, key: str, about: str, sheets: Sequence[Sheet], language: str) -> Result:
    given = [(who, answers[key]) for who, answers in sheets if answers.get(key) not in (None, "", [])]
    text = text_of(question["text"], language)
    return Result(question, text, about, len(given), **_told(question, given, language))


def _told(question: Question, given: Sequence[tuple[str, Any]], language: str) -> dict[str, Any]:
    kind = question["kind"]
    if kind == Kind.TEXT:
        return {"words": tuple(str(value) for _who, value in given)}
    if kind == Kind.AMOUNT:
        return {"middle": median(float(value) for _who, value in given) if given else None}
    if kind == Kind.SCORE:
        return _scored(question, given)
    counts = Counter(each for _who, value in given for each in (value if isinstance(value, list) else [value]))
    names = dict(enumerate(text_of(question["choices"], language)))
    return {"spread": tuple((name, counts[at], _part(counts[at], len(given))) for at, name in names.items())}


def _scored(question: Question, given: Sequence[tuple[str, Any]]) -> dict[str, Any]:
    lowest, highest = question["lowest"], question["highest"]
    counts = Counter(value for _who, value in given)
    marks = range(lowest, highest + 1)
    told: dict[str, Any] = {
        "mean": _mean(
            [(who, turned({**question, "reversed": False}, value) or 0.0) for who, value in given], lowest, highest
        ),
        "spread": tuple((str(mark), counts[mark], _part(counts[mark], len(given))) for mark in marks),
    }
    if given and question["block"] in SPECIAL:
        told["special"] = SPECIAL[question["block"]]([value for _who, value in given], highest)
    return told


def _part(n: int, of: int) -> float:
    return n / of if of else 0.0


def _promoters(marks: Sequence[int], _highest: int) -> Figure:
    from vitalfew.maths.recommendation import DETRACTOR, PROMOTER, net_promoters

    good, bad = (sum(mark >= PROMOTER for mark in marks), sum(mark <= DETRACTOR for mark in marks))
    found = net_promoters(good, bad, len(marks))
    low, high = found.adjusted
    return Figure(WHOLE * found.score, WHOLE * low, WHOLE * high, len(marks))


def _best(best: int) -> Any:
    """The share of the so many best marks."""

    def told(marks: Sequence[int], highest: int) -> Figure:
        from vitalfew.maths.intervals import wilson

        good = sum(mark > highest - best for mark in marks)
        low, high = wilson(good, len(marks))
        return Figure(WHOLE * good / len(marks), WHOLE * low, WHOLE * high, len(marks))

    return told


SPECIAL: Final = {Block.NPS.value: _promoters, Block.CSAT.value: _best(2), Block.CES.value: _best(3)}


@dataclass(frozen=True)
class Rate:
    """How many of those asked have answered, with Wilson's interval."""

    who: str
    answered: int
    all: int
    low: float = field(default=0.0)
    high: float = field(default=1.0)

    @property
    def share(self) -> float:
        return self.answered / self.all


def rates(rows: Sequence[tuple[str, bool]]) -> list[Rate]:
    """By group, the largest first."""
    from vitalfew.maths.intervals import wilson

    asked, done = Counter(group for group, _done in rows), Counter(group for group, done in rows if done)
    order = sorted(asked.items(), key=lambda pair: (-pair[1], pair[0]))
    return [Rate(group, done[group], n, *wilson(done[group], n)) for group, n in order]
