from collections.abc import Iterator

from vitalfew.people.models import User
from vitalfew.rooms import Hit
from vitalfew.surveys import questions
from vitalfew.surveys.rights import SurveyRight


def found(user: User, text: str, most: int) -> Iterator[Hit]:
    """Surveys, the latest first, and questionnaires."""
    if not user.may(SurveyRight.SEE):
        return
    for wave in questions.found_named(questions.waves(user), text).order_by("-opens", "-pk")[:most]:
        yield Hit("survey", str(wave.pk), wave.name, wave.opens.isoformat(), wave.get_absolute_url())
    for row in questions.found_named(questions.questionnaires(user), text).order_by("name")[:most]:
        yield Hit("questionnaire", str(row.pk), row.name, "", row.get_absolute_url())
