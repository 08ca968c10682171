from typing import Any, Final

from vitalfew.lists.listing import ListColumn, ListFilter, Listing, by
from vitalfew.surveys import questions
from vitalfew.surveys.rights import SurveyRight
from vitalfew.surveys.scoring import index_of, score_of
from vitalfew.surveys.words import Block, Reached, WaveState, Whom
from vitalfew.terms import Term, Unit
from vitalfew.terms import gettext_noop as _


class Lowness(Term):
    """Whether somebody gave a low score."""

    OPEN = "open", _("Low, nobody has seen to it")
    SEEN = "seen", _("Low, seen to")


def _low(found: Any, word: str) -> Any:
    """Among those whose answers are read."""
    rows = found.filter(low=True, readable=True)
    return rows.filter(seen_by="") if word == Lowness.OPEN else rows.exclude(seen_by="")


def _state(found: Any, word: str) -> Any:
    if word == Reached.REVOKED:
        return found.filter(revoked=True)
    return found.filter(revoked=False, reached=word)


def _index(row: Any) -> float | None:
    return index_of(row.wave.asked, row.answers) if row.readable else None


def _score(block: Block) -> Any:
    return lambda row: score_of(block, row.wave.asked, row.answers) if row.readable else None


def _nps(row: Any) -> int | None:
    return row.answers.get(Block.NPS.value) if row.readable else None


def _answers(row: Any) -> str:
    """Every answer by its item, for files and programs."""
    if not row.readable:
        return ""
    return "; ".join(f"{key}: {value}" for key, value in sorted(row.answers.items()))


QUESTIONNAIRES: Final = Listing(
    name="questionnaires",
    title=_("Questionnaires"),
    right=SurveyRight.SEE,
    records=questions.questionnaires,
    columns=(
        ListColumn("name", _("Name"), order="name", link=lambda row: row.get_absolute_url(), narrow=True),
        ListColumn("questions", _("Questions"), Unit.COUNT, told=lambda row: len(row.questions), narrow=True),
        ListColumn("times", _("Surveys"), Unit.COUNT, "times"),
        ListColumn("made_by", _("Written by"), shown=False),
    ),
    order="name",
    find=questions.found_named,
    hint=_("Name"),
    empty=_("Put the first questionnaire together: ready blocks in three languages, and your own questions."),
    make="questionnaire-new",
    make_label=_("New questionnaire"),
    make_right=SurveyRight.PLAN,
)

WAVES: Final = Listing(
    name="surveys",
    title=_("Surveys"),
    right=SurveyRight.SEE,
    records=questions.waves,
    columns=(
        ListColumn("name", _("Name"), order="name", link=lambda row: row.get_absolute_url(), narrow=True),
        ListColumn("state", _("State"), Unit.WORD, "state", words=WaveState, narrow=True),
        ListColumn("whom", _("Who is asked"), Unit.WORD, "whom", words=Whom),
        ListColumn("questionnaire", _("Questionnaire"), told=lambda row: row.questionnaire.name),
        ListColumn("opens", _("First day"), Unit.DAY, "opens"),
        ListColumn("closes", _("Last day"), Unit.DAY, "closes"),
        ListColumn("people", _("People asked"), Unit.COUNT, "people"),
        ListColumn("answered", _("Answered"), Unit.COUNT, "answered"),
        ListColumn(
            "share", _("Share answered"), Unit.SHARE, told=lambda row: row.answered / row.people if row.people else None
        ),
    ),
    order="-opens",
    find=questions.found_named,
    hint=_("Name of the survey"),
    empty=_("Plan the first survey: a questionnaire, the accounts, and the people there."),
    make="survey-new",
    make_label=_("Plan a survey"),
    make_right=SurveyRight.PLAN,
    filters=(
        ListFilter("state", _("State"), list(WaveState), by("state")),
        ListFilter("whom", _("Who is asked"), list(Whom), by("whom")),
    ),
)

RESPONDENTS: Final = Listing(
    name="survey-respondents",
    title=_("Who was asked in writing"),
    right=SurveyRight.SEE,
    records=questions.respondents,
    columns=(
        ListColumn("name", _("Full name"), order="name", link=lambda row: row.get_absolute_url(), narrow=True),
        ListColumn("account", _("Account"), order="account__name", told=lambda row: row.account.name, narrow=True),
        ListColumn("code", _("Code"), Unit.CODE, "account__code", lambda row: row.account.code, shown=False),
        ListColumn("wave", _("Survey"), order="wave__name", told=lambda row: row.wave.name),
        ListColumn("state", _("State"), Unit.WORD, words=Reached),
        ListColumn("answered_on", _("Answered on"), Unit.DAY, "answered_on"),
        ListColumn("index", _("Relationship quality"), Unit.NUMBER, told=_index),
        ListColumn("trust", _("Trust"), Unit.NUMBER, told=_score(Block.TRUST)),
        ListColumn("commitment", _("Commitment"), Unit.NUMBER, told=_score(Block.COMMITMENT)),
        ListColumn("satisfaction", _("Satisfaction"), Unit.NUMBER, told=_score(Block.SATISFACTION)),
        ListColumn("nps", _("Recommendation (NPS)"), Unit.COUNT, told=_nps),
        ListColumn("answers", _("Answers"), told=_answers, shown=False),
    ),
    order="-answered_on",
    find=questions.found_respondents,
    hint=_("Name, account or survey"),
    empty=_("Nobody was asked yet: plan a survey and choose people."),
    filters=(
        ListFilter("state", _("State"), list(Reached), _state),
        ListFilter("low", _("Score"), list(Lowness), _low),
    ),
)  # fmt: skip
