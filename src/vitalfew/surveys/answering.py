"""What somebody answers by his link: read, kept page by page, handed in.

In an anonymous survey nothing is kept before all of it is sent: then what was said is stored without a name or a time, and of the
person alone that he has answered, without saying when.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from itertools import groupby
from typing import Any, Final

from django.db import transaction
from django.db.models import F
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from vitalfew.people.records import NotPossible
from vitalfew.surveys.models import Respondent, Unnamed, Wave
from vitalfew.surveys.scoring import index_of
from vitalfew.surveys.standard import Question, text_of
from vitalfew.surveys.standing import taken_back
from vitalfew.surveys.wording import WALLET_TOTAL
from vitalfew.surveys.words import Block, Kind, Reached
from vitalfew.terms import gettext_noop

LONGEST: Final = 2000
LARGEST: Final = Decimal(10) ** 12
DIGITS: Final = 6
AGREE: Final = (_("do not agree at all"), _("agree fully"))
USUAL: Final = (_("very low"), _("very high"))
ENDS: Final = {
    Block.NPS.value: (_("not likely at all"), _("extremely likely")), Block.CSAT.value: (_("not at all"), _("completely")),
    **{each.value: AGREE for each in (Block.TRUST, Block.COMMITMENT, Block.SATISFACTION, Block.CES, Block.PULSE)},
}  # fmt: skip
Answers = dict[str, Any]
WITHOUT_TIME: Final[Answers] = {"reminded": 0, "reminded_on": None, "knocks": 0, "minute": 0}
"""What would tell when somebody has answered."""


@dataclass
class Field:
    """A question about us or a competitor, as it stands on the page."""

    key: str
    question: Question
    text: str
    about: str = ""
    choices: Sequence[tuple[str, str]] = ()
    value: Any = None
    error: Any = ""

    @property
    def kind(self) -> str:
        return str(self.question["kind"])

    @property
    def ends(self) -> tuple[Any, Any]:
        """What the lowest and the highest point of its scale mean."""
        return ENDS.get(self.question["block"], USUAL)

    @property
    def chosen(self) -> list[str]:
        """What is ticked, as it stands in the page."""
        given = self.value if isinstance(self.value, list) else [] if self.value in {None, ""} else [self.value]
        return [str(each) for each in given]


def pages_of(asked: Sequence[Question]) -> list[list[Question]]:
    """A block a page."""
    return [list(rows) for _block, rows in groupby(asked, key=lambda each: each["block"])]


def fields_of(asked: Sequence[Question], rivals: Sequence[str], language: str, answers: Answers) -> list[Field]:
    return [field for question in asked for field in _fields(question, rivals, language, answers)]


def _fields(question: Question, rivals: Sequence[str], language: str, answers: Answers) -> Iterator[Field]:
    text, options = text_of(question["text"], language), _choices(question, language)
    yield Field(question["item"], question, text, "", options, answers.get(question["item"]))
    for place, rival in enumerate(rivals if question["beside"] else (), 1):
        key = f"{question['item']}@{place}"
        yield Field(key, question, text, rival, options, answers.get(key))


def _choices(question: Question, language: str) -> list[tuple[str, str]]:
    if question["kind"] == Kind.SCORE:
        return [(str(each), str(each)) for each in range(question["lowest"], question["highest"] + 1)]
    return [(str(place), text) for place, text in enumerate(text_of(question["choices"], language))]


def read(fields: Sequence[Field], sent: QueryDict) -> bool:
    """Each field takes what was sent, or says why not; whether all could be taken."""
    for field in fields:
        given = [each for each in sent.getlist(field.key) if each.strip()]
        try:
            field.value = _value(field, given)
        except ValueError as why:
            field.value, field.error = given[0][:LONGEST], str(why)
    return not any(field.error for field in fields)


def _value(field: Field, given: list[str]) -> Any:
    if not given:
        return None
    if field.kind == Kind.TEXT:
        return given[0].strip()[:LONGEST].replace("\0", "")
    if field.kind == Kind.AMOUNT:
        return _amount(given[0])
    known = {value for value, _text in field.choices}
    if not set(given) <= known:
        raise ValueError(_("Choose one of the answers"))
    return sorted({int(each) for each in given}) if field.kind == Kind.SEVERAL else int(given[0])


def _amount(text: str) -> str:
    """As it is written down exactly."""
    try:
        found = Decimal(text.strip().replace(",", "").replace("，", ""))
    except InvalidOperation:
        raise ValueError(_("Write an amount in figures, such as 1200000")) from None
    if not found.is_finite() or not 0 <= found <= LARGEST:
        raise ValueError(_("Write an amount in figures, such as 1200000"))
    return f"{found.quantize(Decimal('0.01')):f}"


def missing(fields: Sequence[Field]) -> list[Field]:
    """Questions that must be answered and are not; what is asked beside us may stay open."""
    return [
        field for field in fields if field.question["required"] and not field.about and field.value in (None, "", [])
    ]


@transaction.atomic
def keep(row: Respondent, fields: Sequence[Field]) -> Respondent:
    """A page's answers replace what stood there."""
    now: Respondent = Respondent.objects.select_for_update(of=("self",)).select_related("wave__wording").get(pk=row.pk)
    if now.reached == Reached.DECLINED:
        now.reached = Reached.SENT
    kept = {key: value for key, value in now.answers.items() if key not in {field.key for field in fields}}
    fresh = kept | {field.key: field.value for field in fields if field.value not in (None, "", [])}
    if fresh != now.answers:
        state = Reached.ANSWERED if now.reached == Reached.ANSWERED else Reached.BEGUN
        _noted(now, fresh, state)
    return now


@transaction.atomic
def hand_in(row: Respondent) -> Respondent:
    """It counts from now on; until the survey closes it can be changed."""
    now: Respondent = Respondent.objects.select_for_update(of=("self",)).select_related("wave__wording").get(pk=row.pk)
    if not now.answers:
        raise NotPossible(gettext_noop("Answer at least one question"))
    now.answered_on = now.answered_on or timezone.localdate()
    _noted(now, now.answers, Reached.ANSWERED)
    return now


def _noted(row: Respondent, answers: Answers, state: Reached) -> None:
    done = state == Reached.ANSWERED
    low = done and is_low(row.wave, answers)
    fresh: Answers = {"answers": answers, "reached": state.value, "answered_on": row.answered_on, "low": low}
    if done:
        said = row.wallet_told and WALLET_TOTAL not in {*answers, *row.answers}
        fresh |= {"told": False, "wallet_told": said, "taken_back": taken_back(row, answers)}
    Respondent.objects.filter(pk=row.pk).update(**fresh, version=F("version") + 1)
    for name, value in fresh.items():
        setattr(row, name, value)


def is_low(wave: Wave, answers: Mapping[str, Any]) -> bool:
    """Whether trust, commitment and satisfaction together lie below what the survey calls low; or the recommendation does."""
    found = index_of(wave.asked, answers)
    if found is not None:
        return found < wave.low_below
    nps = answers.get(Block.NPS.value)
    return nps is not None and nps * 10 < wave.low_below


@transaction.atomic
def hand_in_unnamed(row: Respondent, fields: Sequence[Field]) -> None:
    """Once; what was said and who has answered are kept apart."""
    now = Respondent.objects.select_for_update(of=("self",)).select_related("colleague").get(pk=row.pk)
    if now.reached == Reached.ANSWERED:
        raise NotPossible(gettext_noop("You have answered already"))
    said = {field.key: field.value for field in fields if field.value not in (None, "", [])}
    if not said:
        raise NotPossible(gettext_noop("Answer at least one question"))
    Respondent.objects.filter(pk=row.pk).update(reached=Reached.ANSWERED.value, **WITHOUT_TIME)
    Unnamed.objects.create(wave=row.wave, group=now.colleague.role if now.colleague else "", answers=said)


def decline(row: Respondent) -> None:
    """Does not want to answer: is not reminded any more."""
    Respondent.objects.filter(pk=row.pk).exclude(reached=Reached.ANSWERED).update(reached=Reached.DECLINED.value)
