"""/feedback: rounds of questions, and the accounts asked in them."""

from datetime import date
from typing import Any, Final

from django.db import transaction
from django.utils.translation import gettext as _
from ninja import Router, Schema

from vitalfew.api.problems import form_refused
from vitalfew.feedback import actions, questions
from vitalfew.feedback.forms import AccountsForm, AnswerForm, AskForm, QuestionsForm, RoundForm
from vitalfew.feedback.listing import ASKED, ROUNDS
from vitalfew.feedback.models import Asked
from vitalfew.feedback.rights import FeedbackRight
from vitalfew.feedback.told import told_of
from vitalfew.lists.operations import Operations, checked
from vitalfew.people.models import User

rounds = Router(tags=["feedback"])
accounts = Router(tags=["feedback"])


class Choosing(Schema):
    """An own question and its answers to choose from."""

    question: str
    answers: list[str]


class RoundNew(Schema):
    """A round: questions known by item or in own words, accounts by code or of a tier; who asks is a user name."""

    name: str
    since: date
    until: date
    items: list[str] = []
    scored: list[str] = []
    chosen: list[Choosing] = []
    worded: list[str] = []
    accounts: list[str] = []
    tier: str = ""
    who: str = ""

    model_config = {"extra": "forbid"}


class ResultOut(Schema):
    """What was answered to a question."""

    id: int
    kind: str
    item: str
    question: str
    n: int
    mean: float | None
    low: float | None
    high: float | None
    net_promoters: float | None
    counted: dict[str, int]
    words: list[str]


class ShareOut(Schema):
    """How many of those asked have answered."""

    who: str
    answered: int
    all: int


class RoundOut(Schema):
    """A round, counted over the accounts that the caller may see."""

    id: int
    name: str
    since: date
    until: date
    accounts: int
    answered: int
    open: int
    results: list[ResultOut]
    by_who: list[ShareOut]
    by_tier: list[ShareOut]
    version: int


class Given(Schema):
    """An answer: the question's id, and a score or words."""

    question: int
    value: int | str


class AnswerNew(Schema):
    """What an account answered; person is a contact's person."""

    way: str
    answered_on: date
    person: int | None = None
    will_do: str = ""
    answers: list[Given]

    model_config = {"extra": "forbid"}


class AskNew(Schema):
    """On which way and day it was asked."""

    way: str
    day: date


class AskedOut(Schema):
    """An account in a round; people of ours by user name."""

    id: int
    round: int
    account: str
    who: str | None
    state: str
    way: str
    asked_on: date | None
    answered_on: date | None
    closed_on: date | None
    person: int | None
    will_do: str
    answers: list[Given]
    version: int


def _round(user: User, one: Any) -> dict[str, Any]:
    told = told_of(user, one)
    return {
        "name": one.name, "since": one.since, "until": one.until, "accounts": one.all, "answered": one.answered,
        "open": one.open, "results": [_result(each) for each in told["results"]],
        "by_who": [_share(each) for each in told["by_who"]], "by_tier": [_share(each) for each in told["by_tier"]],
    }  # fmt: skip


def _share(each: Any) -> dict[str, Any]:
    return {"who": each.who, "answered": each.answered, "all": each.all}


def _result(each: Any) -> dict[str, Any]:
    question = each.question
    return {
        "id": question.pk, "kind": question.kind, "item": question.item, "question": question.asked, "n": each.n,
        "mean": each.mean, "low": each.low, "high": each.high, "net_promoters": each.net,
        "counted": dict(each.counted), "words": list(each.words),
    }  # fmt: skip


ROUND: Final = Operations(
    rounds, "feedback_round", ROUNDS, questions.rounds, RoundOut, _round,
    see=FeedbackRight.SEE, write=FeedbackRight.PLAN, many="feedback/rounds",
)  # fmt: skip
ROUND.reads("Feedback rounds, a page at a time.", "One round and what came of it.")


@ROUND.adds
def plan_feedback_round(user: User, sent: RoundNew) -> Any:
    """Plan a round."""
    written = sent.dict()
    bars = [" | ".join([each.question, *each.answers]) for each in sent.chosen]
    lines = {name: "\n".join(written[name]) for name in ("scored", "worded")}
    asks = QuestionsForm({"items": sent.items, "chosen": "\n".join(bars), **lines})
    who = AccountsForm(user, {"codes": "\n".join(sent.accounts), "tier": sent.tier, "who": sent.who})
    form = RoundForm(written)
    wrong = {name: texts for each in (form, asks, who) for name, texts in each.errors.items()}
    if wrong:
        raise form_refused({"accounts" if name == "codes" else name: texts for name, texts in wrong.items()})
    with transaction.atomic():
        made = actions.plan(user, checked(form, actions.EDITABLE), asks.wording)
        actions.add(user, made, who.accounts, who.cleaned_data["who"])
    return made


def _asked(_user: User, row: Asked) -> dict[str, Any]:
    given = [{"question": pk, "value": each.value} for pk, each in questions.answers_of(row).items()]
    return {
        "round": row.round_id, "account": row.account.code, "who": row.asks and row.asks.username, "state": row.state,
        "way": row.way, "asked_on": row.asked_on, "answered_on": row.answered_on, "closed_on": row.closed_on,
        "person": row.person_id, "will_do": row.will_do, "answers": given,
    }  # fmt: skip


ONE: Final = Operations(
    accounts, "asked_account", ASKED, questions.asked, AskedOut, _asked,
    see=FeedbackRight.SEE, write=FeedbackRight.ASK, many="feedback/asked",
)  # fmt: skip
ONE.reads(
    "Accounts in feedback rounds, a page at a time.", "One account in a round; its ETag is its version.",
    named="list_asked_accounts",
)  # fmt: skip


@ONE.does("ask", matched=True)
def ask_account(user: User, row: Asked, sent: AskNew) -> None:
    """It was asked, and has not answered yet."""
    actions.ask(user, row.pk, **checked(AskForm(sent.dict()), ("way", "day")))


@ONE.does("answer", matched=True)
def answer_of_account(user: User, row: Asked, sent: AnswerNew) -> None:
    """What it answered; sent again it is corrected."""
    values = {f"q{each.question}": each.value for each in sent.answers}
    form = AnswerForm(row, {**sent.dict(exclude={"answers"}), **values})
    unknown = sorted(values.keys() - form.fields.keys())
    if unknown:
        raise form_refused({**form.errors, "answers": [_("This question is not asked in the round")]})
    actions.answer(user, row.pk, row.version, checked(form, actions.ANSWERED), form.given)


@ONE.does("close", matched=True)
def close_asked_account(user: User, row: Asked) -> None:
    """Seen to, or given up without an answer."""
    actions.close(user, row.pk)


@ONE.puts_away
def take_out_asked_account(user: User, row: Asked) -> None:
    """Not asked in this round after all."""
    actions.take_out(user, row.pk)


ROUTERS: Final = (("/feedback/rounds", rounds), ("/feedback/asked", accounts))
