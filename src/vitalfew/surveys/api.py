"""/surveys: questionnaires, surveys and what came of them, the people asked."""

from datetime import date
from typing import Any, Final

from ninja import Router, Schema

from vitalfew.accounts.api import visible
from vitalfew.contacts.models import Post
from vitalfew.lists.operations import Operations, checked
from vitalfew.people.models import User
from vitalfew.surveys import actions, questions, sending, telling, writing
from vitalfew.surveys.forms import BlockForm, NameForm, NewForm, WaveForm
from vitalfew.surveys.listing import QUESTIONNAIRES, RESPONDENTS, WAVES
from vitalfew.surveys.models import Questionnaire, Respondent, Wave
from vitalfew.surveys.rights import SurveyRight
from vitalfew.surveys.words import Whom

questionnaires = Router(tags=["surveys"])
waves = Router(tags=["surveys"])
people = Router(tags=["surveys"])
FIELDS: Final = (
    "name", "whom", "anonymous", "sender", "purpose", "opens", "closes", "keep_until", "rivals", "period", "state", "people",
    "answered",
)  # fmt: skip
PERSON: Final = ("name", "email", "language", "state", "sent_on", "answered_on", "reminded", "low", "answers")


class QuestionnaireNew(Schema):
    """A questionnaire, begun with ready blocks."""

    name: str
    blocks: list[str] = []

    model_config = {"extra": "forbid"}


class BlockNew(Schema):
    """A ready block, such as trust or nps."""

    block: str

    model_config = {"extra": "forbid"}


class QuestionnaireOut(Schema):
    """A questionnaire; its questions as they are now, each text by language."""

    id: int
    name: str
    questions: list[dict[str, Any]]
    version: int


class SurveyNew(Schema):
    """A survey: a questionnaire's number, who asks and what for, the days."""

    name: str
    questionnaire: int
    sender: str
    purpose: str
    opens: date
    closes: date
    keep_until: date
    whom: str = Whom.ACCOUNTS.value
    anonymous: bool = False
    rivals: list[str] = []
    period: str = ""
    remind_after: int = 3
    remind_most: int = 2
    low_below: int = 50

    model_config = {"extra": "forbid"}


class ScaleOut(Schema):
    """A scale from 0 to 100, with its interval, how many it rests on, and its reliability where enough answered."""

    scale: str
    mean: float | None
    low: float | None
    high: float | None
    n: int
    alpha: float | None


class SurveyOut(Schema):
    """A survey, counted over what the caller may see; of an anonymous one nothing under five answers."""

    id: int
    name: str
    questionnaire: int
    whom: str
    anonymous: bool
    sender: str
    purpose: str
    opens: date
    closes: date
    keep_until: date
    rivals: list[str]
    period: str
    state: str
    people: int
    answered: int
    scales: list[ScaleOut]
    version: int


class PersonNew(Schema):
    """Who is asked: a contact's number, or a name; of which account."""

    account: str
    contact: int | None = None
    name: str = ""
    email: str = ""
    language: str = ""

    model_config = {"extra": "forbid"}


class PersonOut(Schema):
    """Somebody asked in a survey; answers by item, of a survey with names."""

    id: int
    survey: int
    account: str
    name: str
    email: str
    language: str
    state: str
    sent_on: date | None
    answered_on: date | None
    reminded: int
    low: bool
    answers: dict[str, Any]
    version: int


def _questionnaire(_user: User, row: Questionnaire) -> dict[str, Any]:
    return {"name": row.name, "questions": row.questions}


def _wave(user: User, row: Wave) -> dict[str, Any]:
    sheets = telling.told_sheets(user, row)
    scales = [
        {
            "scale": each.block, "mean": each.figure.value, "low": each.figure.low, "high": each.figure.high, "n": each.figure.n,
            "alpha": each.alpha,
        }
        for each in telling.scales_of(row, sheets)
    ]  # fmt: skip
    return {**{name: getattr(row, name) for name in FIELDS}, "questionnaire": row.questionnaire_id, "scales": scales}


def _person(_user: User, row: Respondent) -> dict[str, Any]:
    code = row.account.code if row.account else ""
    known = {name: getattr(row, name) for name in PERSON}
    if not row.readable:  # type: ignore[attr-defined]  # annotated
        known |= {"answers": {}, "low": False}
    return {**known, "survey": row.wave_id, "account": code}


FORM: Final = Operations(
    questionnaires, "questionnaire", QUESTIONNAIRES, questions.questionnaires, QuestionnaireOut, _questionnaire,
    see=SurveyRight.SEE, write=SurveyRight.PLAN, many="surveys/questionnaires",
)  # fmt: skip
FORM.reads("Questionnaires, a page at a time.", "One questionnaire.")
WAVE: Final = Operations(
    waves, "survey", WAVES, questions.waves, SurveyOut, _wave, see=SurveyRight.SEE, write=SurveyRight.PLAN,
    many="surveys/waves",
)  # fmt: skip
WAVE.reads("Surveys, the latest first, a page at a time.", "One survey and what came of it.")
PERSON_ASKED: Final = Operations(
    people, "survey_person", RESPONDENTS, questions.respondents, PersonOut, _person, see=SurveyRight.SEE,
    write=SurveyRight.PLAN, many="surveys/people",
)  # fmt: skip
PERSON_ASKED.reads("People asked in surveys, a page at a time.", "One person asked in a survey.")


@FORM.adds
def add_questionnaire(user: User, sent: QuestionnaireNew) -> Questionnaire:
    """Begin a questionnaire with ready blocks; own questions are written on its page."""
    said = checked(NewForm(sent.dict()), ("name", "blocks"))
    return writing.make(user, said["name"], said["blocks"])


@FORM.does("block", matched=True)
def add_block_of_questions(user: User, row: Questionnaire, sent: BlockNew) -> None:
    """Add a ready block; what is asked already is not asked twice."""
    said = checked(BlockForm({**sent.dict(), "version": row.version}), ("block",))
    writing.add_block(user, row.pk, row.version, said["block"])


@FORM.puts_away
def put_away_questionnaire(user: User, row: Questionnaire) -> None:
    """Put a questionnaire away."""
    writing.put_away(user, row.pk)


@WAVE.adds
def add_survey(user: User, sent: SurveyNew) -> Wave:
    """Plan a survey."""
    form = WaveForm(user, {**sent.dict(), "rivals": "\n".join(sent.rivals)})
    checked(form, ())
    return actions.make(user, Wave(**form.fields_said()))


@WAVE.does("people")
def ask_in_survey(user: User, row: Wave, sent: PersonNew) -> None:
    """Ask somebody: a contact of an account, or a name."""
    account = visible(user, sent.account)
    if sent.contact is not None:
        posts = Post.objects.visible_to(user).held().filter(account=account, person=sent.contact)
        actions.ask_posts(user, row, posts.select_related("person", "account"))
        return
    said = checked(NameForm(user, {**sent.dict(), "account": account.code}), ("name", "email", "language"))
    actions.ask_name(user, row, account, **said)


@WAVE.does("begin", matched=True)
def begin_survey(user: User, row: Wave) -> None:
    """The questions stay as they are from now on, and links open."""
    actions.begin(user, row.pk)


@WAVE.does("send", matched=True)
def send_survey(user: User, row: Wave) -> None:
    """Letters to everybody who has none yet."""
    sending.send(user, row.pk)


@WAVE.does("close", matched=True)
def close_survey(user: User, row: Wave) -> None:
    """Links open nothing any more."""
    actions.close(user, row.pk)


@WAVE.does("reopen", matched=True)
def reopen_survey(user: User, row: Wave) -> None:
    """Open it again, unless it is anonymous."""
    actions.reopen(user, row.pk)


@WAVE.puts_away
def put_away_survey(user: User, row: Wave) -> None:
    """Put a survey away."""
    actions.put_away(user, row.pk)


@PERSON_ASKED.does("seen", right=SurveyRight.SEE)
def see_to_low_score(user: User, row: Respondent) -> None:
    """A low score was talked about."""
    actions.see_to(user, row.pk)


@PERSON_ASKED.does("revoke", matched=True)
def revoke_survey_link(user: User, row: Respondent) -> None:
    """The person's link opens nothing any more."""
    actions.revoke(user, row.pk)


@PERSON_ASKED.puts_away
def take_out_of_survey(user: User, row: Respondent) -> None:
    """Not asked after all."""
    actions.take_out(user, row.pk)


ROUTERS: Final = (("/surveys/questionnaires", questionnaires), ("/surveys/waves", waves), ("/surveys/people", people))
