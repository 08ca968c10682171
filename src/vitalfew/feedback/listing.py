from typing import Any, Final

from django.utils import timezone
from django.utils.translation import gettext

from vitalfew.activities.ways import Way
from vitalfew.feedback import questions
from vitalfew.feedback.queues import ASKED as QUEUE
from vitalfew.feedback.rights import FeedbackRight
from vitalfew.feedback.words import AskedState, RoundTime
from vitalfew.lists.listing import ListColumn, ListFilter, Listing, by
from vitalfew.lists.turn_column import turn_column
from vitalfew.terms import Term, Unit
from vitalfew.terms import gettext_noop as _


class Openness(Term):
    """Whether something still waits for an answer."""

    OPEN = "open", _("Not answered yet")
    ANSWERED = "answered", _("Has answered")
    SILENT = "silent", _("Closed without an answer")


def _in_time(found: Any, word: str) -> Any:
    today = timezone.localdate()
    if word == RoundTime.AHEAD:
        return found.filter(since__gt=today)
    return found.filter(until__lt=today) if word == RoundTime.OVER else found.filter(since__lte=today, until__gte=today)


def _open(found: Any, word: str) -> Any:
    if word == Openness.OPEN:
        return found.filter(state__in=questions.OPEN)
    answered = found.filter(answered_on__isnull=word != Openness.ANSWERED)
    return answered if word == Openness.ANSWERED else answered.filter(state=AskedState.CLOSED)


def _share(row: Any) -> float | None:
    return row.answered / row.all if row.all else None


def _answers(row: Any) -> str:
    """Every question with its answer, for files and programs."""
    return "; ".join(f"{gettext(each.question.asked)}: {each.value}" for each in row.answers.all())


ROUNDS: Final = Listing(
    name="feedback",
    title=_("Feedback rounds"),
    right=FeedbackRight.SEE,
    records=questions.rounds,
    columns=(
        ListColumn("name", _("Round"), order="name", link=lambda row: row.get_absolute_url(), narrow=True),
        ListColumn("since", _("From"), Unit.DAY, "since"),
        ListColumn("until", _("Until"), Unit.DAY, "until", narrow=True),
        ListColumn("all", _("Accounts"), Unit.COUNT, "all"),
        ListColumn("answered", _("Answered"), Unit.COUNT, "answered", narrow=True),
        ListColumn("share", _("Share answered"), Unit.SHARE, told=_share),
        ListColumn("open", _("Still open"), Unit.COUNT, "open"),
        ListColumn("made_by", _("Planned by"), shown=False),
    ),
    order="-since",
    find=questions.found_rounds,
    hint=_("Name of the round"),
    empty=_("Plan the first round: a few questions, a time, and the accounts to ask."),
    make="feedback-new",
    make_label=_("Plan a round"),
    make_right=FeedbackRight.PLAN,
    filters=(ListFilter("time", _("Time"), list(RoundTime), _in_time),),
)

ASKED: Final = Listing(
    name="feedback-asked",
    title=_("Accounts asked for feedback"),
    right=FeedbackRight.SEE,
    records=questions.asked,
    columns=(
        ListColumn(
            "account", _("Account"), order="account__name", told=lambda row: row.account.name,
            link=lambda row: row.get_absolute_url(), narrow=True,
        ),
        ListColumn("code", _("Code"), Unit.CODE, "account__code", lambda row: row.account.code, shown=False),
        ListColumn(
            "round", _("Round"), order="round__name", told=lambda row: row.round.name,
            link=lambda row: row.round.get_absolute_url(),
        ),
        ListColumn("asks", _("Who asks"), order="asks_name", told=lambda row: row.asks_name or ""),
        ListColumn("state", _("State"), Unit.WORD, words=AskedState, narrow=True),
        turn_column(QUEUE),
        ListColumn("way", _("How"), Unit.WORD, words=Way),
        ListColumn("asked_on", _("Asked for feedback on"), Unit.DAY, "asked_on"),
        ListColumn("answered_on", _("Feedback given on"), Unit.DAY, "answered_on"),
        ListColumn("person", _("Who answered"), told=lambda row: str(row.person or "")),
        ListColumn("answers", _("Answers"), told=_answers, shown=False),
        ListColumn("will_do", _("What we will do"), shown=False),
        ListColumn("until", _("Until"), Unit.DAY, "round__until", lambda row: row.round.until),
    ),
    order="until",
    find=questions.found,
    hint=_("Account or round"),
    empty=_("Select accounts in their list and ask for feedback, or plan a round."),
    queue=QUEUE,
    filters=(
        ListFilter("state", _("State"), list(AskedState), by("state")),
        ListFilter("open", _("Answer"), list(Openness), _open),
        ListFilter("way", _("How"), list(Way), by("way")),
    ),
)  # fmt: skip
