"""Which answers of a survey stand, how the facts call them, and what of them was taken back."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from django.db.models import Q

from vitalfew.rooms import OURS
from vitalfew.surveys.models import Respondent
from vitalfew.surveys.scoring import turned
from vitalfew.surveys.standard import Question, text_of
from vitalfew.surveys.words import Block, Kind, Reached, WaveState

LONGEST: Final = 100
Scored = tuple[Question, float | None, str | None]
COUNTING: Final = Q(reached=Reached.ANSWERED) | Q(reached=Reached.BEGUN, wave__state=WaveState.CLOSED)
"""Handed in, or left half done until the survey was over."""
STANDING: Final = COUNTING & Q(put_away_at=None, wave__put_away_at=None)


def numbers(row: Respondent) -> Iterator[str]:
    """Under which the facts have what was said of us, and of each competitor."""
    yield number(row)
    for place in range(1, len(row.wave.rivals) + 1):
        yield number(row, place)


def number(row: Respondent, place: int = 0) -> str:
    return f"{OURS}survey-{row.pk}{f'-{place}' if place else ''}"


def taken_back(row: Respondent, answers: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Number and question of what was scored once, and is not any more by these answers."""
    before, now = dict(scored(row, row.answers)), dict(scored(row, answers))
    known = {(number, item) for number, item in row.taken_back}
    return sorted((known | set(before)) - set(now))


def scored(row: Respondent, answers: Mapping[str, Any]) -> Iterator[tuple[tuple[str, str], Scored]]:
    """Number and question, with the question, its mark and the competitor it is of."""
    for question in row.wave.asked:
        if question["kind"] != Kind.SCORE:
            continue
        for place, rival in enumerate((None, *(row.wave.rivals if question["beside"] else ()))):
            given = answers.get(f"{question['item']}@{place}" if place else question["item"])
            if given is not None:
                yield (number(row, place), item_of(question)), (question, turned(question, given), rival)


def item_of(question: Question) -> str:
    """How the facts call it."""
    named = question["item"] if question["block"] != Block.OWN else text_of(question["text"], "zh-hans")
    return str(named)[:LONGEST]
