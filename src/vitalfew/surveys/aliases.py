"""Answers that the facts have and that stand no longer: their rows are left out wherever facts are read."""

from collections.abc import Iterator

from vitalfew.surveys.models import Respondent
from vitalfew.surveys.standing import STANDING, numbers
from vitalfew.warehouse.merged import ANSWER, RESPONSE


def aliases() -> dict[str, dict[str, str]]:
    """Whole sheets of who is not asked after all, and of surveys put away; single answers that somebody took back."""
    told = Respondent.objects.filter(answered_on__isnull=False, wave__anonymous=False).select_related("wave").order_by()
    gone = dict.fromkeys((number for row in told.exclude(STANDING) for number in numbers(row)), "")
    back = told.filter(STANDING).exclude(taken_back=[])
    return {RESPONSE: gone, ANSWER: dict.fromkeys((name for row in back for name in _taken_back(row)), "")}


def _taken_back(row: Respondent) -> Iterator[str]:
    return (f"{number}\n{item}" for number, item in row.taken_back)
