"""Questionnaires: made of blocks and own questions, put in order; each step in the version that was read."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from django.db import transaction

from vitalfew.people import records
from vitalfew.people.models import User
from vitalfew.people.records import NotPossible
from vitalfew.surveys.models import Questionnaire, Wording
from vitalfew.surveys.rights import SurveyRight
from vitalfew.surveys.standard import Question, questions_of
from vitalfew.surveys.words import Block
from vitalfew.terms import gettext_noop as _

MOST: Final = 80


@transaction.atomic
def make(user: User, name: str, blocks: Sequence[str] = ()) -> Questionnaire:
    user.must(SurveyRight.PLAN)
    asked = [question for block in blocks for question in questions_of(block)]
    return records.make(user, Questionnaire(name=name, questions=asked))


@transaction.atomic
def rename(user: User, pk: int, version: int, name: str) -> Questionnaire:
    user.must(SurveyRight.PLAN)
    made: Questionnaire = records.change(user, Questionnaire.objects.visible_to(user), pk, version, {"name": name})
    return made


@transaction.atomic
def put_away(user: User, pk: int) -> Questionnaire:
    user.must(SurveyRight.PLAN)
    made: Questionnaire = records.put_away(user, Questionnaire.objects.visible_to(user), pk)
    return made


@transaction.atomic
def fetch_back(user: User, pk: int) -> Questionnaire:
    user.must(SurveyRight.PLAN)
    made: Questionnaire = records.fetch_back(user, Questionnaire.objects.within_reach_of(user), pk)
    return made


def add_block(user: User, pk: int, version: int, block: str) -> Questionnaire:
    """Its ready questions; what is asked already is not asked twice."""

    def added(asked: list[Question]) -> list[Question]:
        there = {each["item"] for each in asked}
        return [*asked, *(each for each in questions_of(block) if each["item"] not in there)]

    return _asked(user, pk, version, added)


def add_own(user: User, pk: int, version: int, said: Mapping[str, Any]) -> Questionnaire:
    """A question in the house's own words."""

    def added(asked: list[Question]) -> list[Question]:
        numbers = [int(each["item"][4:]) for each in asked if each["block"] == Block.OWN]
        item = f"{Block.OWN.value}_{max(numbers, default=0) + 1}"
        return [*asked, {"item": item, "block": Block.OWN.value, "reversed": False, "beside": False, **said}]

    return _asked(user, pk, version, added)


def change_question(user: User, pk: int, version: int, item: str, said: Mapping[str, Any]) -> Questionnaire:
    return _asked(
        user, pk, version, lambda asked: [{**each, **said} if each["item"] == item else each for each in asked]
    )


def remove(user: User, pk: int, version: int, item: str) -> Questionnaire:
    return _asked(user, pk, version, lambda asked: [each for each in asked if each["item"] != item])


def move(user: User, pk: int, version: int, item: str, by: int) -> Questionnaire:
    """One place up or down."""

    def moved(asked: list[Question]) -> list[Question]:
        place = next((at for at, each in enumerate(asked) if each["item"] == item), None)
        if place is None or not 0 <= place + by < len(asked):
            return asked
        left = [*asked[:place], *asked[place + 1 :]]
        return [*left[: place + by], asked[place], *left[place + by :]]

    return _asked(user, pk, version, moved)


@transaction.atomic
def _asked(user: User, pk: int, version: int, act: Any) -> Questionnaire:
    user.must(SurveyRight.PLAN)
    row = Questionnaire.objects.visible_to(user).get(pk=pk)
    fresh = act(row.questions)
    if len(fresh) > MOST:
        raise NotPossible(_("Nobody answers more than 80 questions: take some out"))
    made: Questionnaire = records.change(
        user, Questionnaire.objects.visible_to(user), pk, version, {"questions": fresh}
    )
    return made


def fixed(row: Questionnaire) -> Wording:
    """The version that a survey begins with: the latest, where nothing was changed since."""
    latest = row.wordings.first()
    if latest and latest.questions == row.questions:
        return latest
    number = latest.number + 1 if latest else 1
    made: Wording = Wording.objects.create(questionnaire=row, number=number, questions=row.questions)
    return made
