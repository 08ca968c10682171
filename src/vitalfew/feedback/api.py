"""/feedback: rounds of questions, and the accounts asked in them."""

from collections.abc import Callable
from datetime import date
from typing import Annotated, Any, Final

from django.db import transaction
from django.http import HttpResponse
from django.utils.translation import gettext as _
from ninja import Query, Router, Schema

from vitalfew.api.answering import answer, responses
from vitalfew.api.gate import Asked as Asking
from vitalfew.api.gate import needs
from vitalfew.api.idempotency import PARAMETER, once
from vitalfew.api.problems import CONFLICT, Problem, form_refused, not_found
from vitalfew.api.versions import MATCH, changed, etag, require_match
from vitalfew.feedback import actions, questions
from vitalfew.feedback.forms import AccountsForm, AnswerForm, AskForm, QuestionsForm, RoundForm
from vitalfew.feedback.listing import ASKED, ROUNDS
from vitalfew.feedback.models import Asked
from vitalfew.feedback.rights import FeedbackRight
from vitalfew.feedback.told import told_of
from vitalfew.language import Message
from vitalfew.lists.answers import ListPage, answered, parameters
from vitalfew.people.models import User
from vitalfew.people.records import NotPossible, Stale

router = Router(tags=["feedback"])
KEY: Final = {"parameters": [PARAMETER]}
ACTED: Final = {"parameters": [PARAMETER, *MATCH["parameters"]]}
REFUSED: Final = (404, 409, 412, 428)


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


@router.get(
    "/rounds",
    auth=needs(FeedbackRight.SEE),
    response=responses(ListPage),
    operation_id="list_feedback_rounds",
    openapi_extra=parameters(ROUNDS),
)
def list_feedback_rounds(
    request: Asking, response: HttpResponse, limit: Annotated[int, Query(ge=1, le=200)] = 50
) -> dict[str, Any]:
    """Feedback rounds, a page at a time."""
    return answered(request, request.auth, ROUNDS, response, limit)


@router.get(
    "/rounds/{int:pk}",
    auth=needs(FeedbackRight.SEE),
    response=responses(RoundOut, 404),
    operation_id="get_feedback_round",
)
def get_feedback_round(request: Asking, pk: int) -> HttpResponse:
    """One round and what came of it."""
    return _round(request.auth, pk)


def _round(user: User, pk: int, status: int = 200) -> HttpResponse:
    one: Any = questions.rounds(user).filter(pk=pk).first()
    if one is None:
        raise not_found()
    told = told_of(user, one)
    document = {
        "id": one.pk, "name": one.name, "since": one.since, "until": one.until, "accounts": one.all,
        "answered": one.answered, "open": one.open, "results": [_result(each) for each in told["results"]],
        "by_who": [_share(each) for each in told["by_who"]], "by_tier": [_share(each) for each in told["by_tier"]],
        "version": one.version,
    }  # fmt: skip
    headers = {"ETag": etag(one.version), "Location": f"/api/v1/feedback/rounds/{one.pk}"}
    return answer(document, status, headers)


def _share(each: Any) -> dict[str, Any]:
    return {"who": each.who, "answered": each.answered, "all": each.all}


def _result(each: Any) -> dict[str, Any]:
    question = each.question
    return {
        "id": question.pk, "kind": question.kind, "item": question.item, "question": question.asked, "n": each.n,
        "mean": each.mean, "low": each.low, "high": each.high, "net_promoters": each.net,
        "counted": dict(each.counted), "words": list(each.words),
    }  # fmt: skip


@router.post(
    "/rounds",
    auth=needs(FeedbackRight.PLAN),
    response=responses(RoundOut, 409, status=201),
    operation_id="plan_feedback_round",
    openapi_extra=KEY,
)
def plan_feedback_round(request: Asking, sent: RoundNew) -> HttpResponse:
    """Plan a round."""
    return _planned(request, sent)


@once
def _planned(request: Asking, sent: RoundNew) -> HttpResponse:
    written = sent.dict()
    bars = [" | ".join([each.question, *each.answers]) for each in sent.chosen]
    lines = {name: "\n".join(written[name]) for name in ("scored", "worded")}
    asks = QuestionsForm({"items": sent.items, "chosen": "\n".join(bars), **lines})
    who = AccountsForm(request.auth, {"codes": "\n".join(sent.accounts), "tier": sent.tier, "who": sent.who})
    form = RoundForm(written)
    wrong = {name: texts for each in (form, asks, who) for name, texts in each.errors.items()}
    if wrong:
        raise form_refused({"accounts" if name == "codes" else name: texts for name, texts in wrong.items()})
    fields = {name: form.cleaned_data[name] for name in actions.EDITABLE}
    with transaction.atomic():
        made = _possible(lambda: actions.plan(request.auth, fields, asks.wording))
        _possible(lambda: actions.add(request.auth, made, who.accounts, who.cleaned_data["who"]))
    return _round(request.auth, made.pk, 201)


@router.get(
    "/asked",
    auth=needs(FeedbackRight.SEE),
    response=responses(ListPage),
    operation_id="list_asked_accounts",
    openapi_extra=parameters(ASKED),
)
def list_asked_accounts(
    request: Asking, response: HttpResponse, limit: Annotated[int, Query(ge=1, le=200)] = 50
) -> dict[str, Any]:
    """Accounts in feedback rounds, a page at a time."""
    return answered(request, request.auth, ASKED, response, limit)


@router.get(
    "/asked/{int:pk}",
    auth=needs(FeedbackRight.SEE),
    response=responses(AskedOut, 404),
    operation_id="get_asked_account",
)
def get_asked_account(request: Asking, pk: int) -> HttpResponse:
    """One account in a round; its ETag is its version."""
    return _shown(_found(request.auth, pk))


def _found(user: User, pk: int) -> Asked:
    row: Asked | None = questions.asked(user).filter(pk=pk).first()
    if row is None:
        raise not_found()
    return row


def _shown(row: Asked) -> HttpResponse:
    given = [{"question": pk, "value": each.value} for pk, each in questions.answers_of(row).items()]
    document = {
        "id": row.pk, "round": row.round_id, "account": row.account.code, "who": row.asks and row.asks.username,
        "state": row.state, "way": row.way, "asked_on": row.asked_on, "answered_on": row.answered_on,
        "closed_on": row.closed_on, "person": row.person_id, "will_do": row.will_do, "answers": given,
        "version": row.version,
    }  # fmt: skip
    return answer(document, 200, {"ETag": etag(row.version), "Location": f"/api/v1/feedback/asked/{row.pk}"})


def _possible(act: Callable[[], Any]) -> Any:
    try:
        return act()
    except NotPossible as why:
        raise Problem(CONFLICT, Message(str(why))) from None


@once
def _acted(request: Asking, pk: int, act: Callable[[Asked], Any]) -> HttpResponse:
    """A step in the version that the caller saw."""
    row = _found(request.auth, pk)
    require_match(request, etag(row.version))
    try:
        _possible(lambda: act(row))
    except Stale:
        raise changed(etag(_found(request.auth, pk).version)) from None
    return _shown(questions.asked(request.auth).filter(pk=pk).first() or row)


@router.post(
    "/asked/{int:pk}/ask",
    auth=needs(FeedbackRight.ASK),
    response=responses(AskedOut, *REFUSED),
    operation_id="ask_account",
    openapi_extra=ACTED,
)
def ask_account(request: Asking, pk: int, sent: AskNew) -> HttpResponse:
    """It was asked, and has not answered yet."""
    form = AskForm(sent.dict())
    if not form.is_valid():
        raise form_refused(form.errors)
    given = form.cleaned_data
    return _acted(request, pk, lambda row: actions.ask(request.auth, row.pk, given["way"], given["day"]))


@router.post(
    "/asked/{int:pk}/answer",
    auth=needs(FeedbackRight.ASK),
    response=responses(AskedOut, *REFUSED),
    operation_id="answer_of_account",
    openapi_extra=ACTED,
)
def answer_of_account(request: Asking, pk: int, sent: AnswerNew) -> HttpResponse:
    """What it answered; sent again it is corrected."""
    return _acted(request, pk, lambda row: _answer(request.auth, row, sent))


def _answer(user: User, row: Asked, sent: AnswerNew) -> None:
    values = {f"q{each.question}": each.value for each in sent.answers}
    form = AnswerForm(row, {**sent.dict(exclude={"answers"}), **values})
    unknown = sorted(values.keys() - form.fields.keys())
    if unknown or not form.is_valid():
        wrong: dict[str, Any] = {"answers": [_("This question is not asked in the round")]} if unknown else {}
        raise form_refused({**form.errors, **wrong})
    fields = {name: form.cleaned_data[name] for name in actions.ANSWERED}
    actions.answer(user, row.pk, row.version, fields, form.given)


@router.post(
    "/asked/{int:pk}/close",
    auth=needs(FeedbackRight.ASK),
    response=responses(AskedOut, *REFUSED),
    operation_id="close_asked_account",
    openapi_extra=ACTED,
)
def close_asked_account(request: Asking, pk: int) -> HttpResponse:
    """Seen to, or given up without an answer."""
    return _acted(request, pk, lambda row: actions.close(request.auth, row.pk))


@router.delete(
    "/asked/{int:pk}",
    auth=needs(FeedbackRight.ASK),
    response=responses(AskedOut, *REFUSED),
    operation_id="take_out_asked_account",
    openapi_extra=MATCH,
)
def take_out_asked_account(request: Asking, pk: int) -> HttpResponse:
    """Not asked in this round after all."""
    return _acted(request, pk, lambda row: actions.take_out(request.auth, row.pk))


ROUTERS: Final = (("/feedback", router),)
