"""/exchange/questions: what is odd about accounts' data, and what explains it."""

from datetime import date, datetime
from typing import Any, Final

from ninja import Router, Schema

from vitalfew.exchange import doubting, questions
from vitalfew.exchange.forms import ExplainForm, WaitForm
from vitalfew.exchange.listing import DOUBTS
from vitalfew.exchange.models import DataDoubt
from vitalfew.exchange.rights import ExchangeRight
from vitalfew.language import Message
from vitalfew.lists.operations import Operations, checked
from vitalfew.people.language import language
from vitalfew.people.models import User

doubts = Router(tags=["exchange"])
PLAIN: Final = (
    "kind", "measure", "day", "until", "product", "place", "state", "answer", "asks_again", "raised_at", "answered_at",
    "letter",
)  # fmt: skip


class Explained(Schema):
    """What explains it."""

    answer: str

    model_config = {"extra": "forbid"}


class Asked(Schema):
    """Who was asked what, and from when on it is to be asked again."""

    answer: str
    asks_again: date

    model_config = {"extra": "forbid"}


class DoubtOut(Schema):
    """Something odd about an account's data; why: in a sentence; letter: what became of the letter about it."""

    id: int
    account: str
    kind: str
    measure: str
    day: date
    until: date
    product: str
    place: str
    why: str
    state: str
    answer: str
    asks_again: date | None
    raised_at: datetime
    answered_at: datetime | None
    letter: str | None
    version: int


def _told(_user: User, row: DataDoubt) -> dict[str, Any]:
    plain = {name: getattr(row, name) for name in PLAIN}
    return {**plain, "account": row.account.code, "why": Message.restored(row.why).say(language())}


QUESTIONS: Final = Operations(
    doubts, "exchange_question", DOUBTS, questions.doubts, DoubtOut, _told, see=ExchangeRight.SEE,
    write=ExchangeRight.TAKE, many="exchange/questions",
)  # fmt: skip
QUESTIONS.reads("What is late, missing or odd about data of accounts, in turn.", "One question.")


@QUESTIONS.does("explain")
def explain_exchange_question(user: User, row: DataDoubt, sent: Explained) -> None:
    """Explain it: the same figures are never asked about again."""
    doubting.explain(
        user, row.pk, **checked(ExplainForm({"version": row.version, **sent.dict()}), ("version", "answer"))
    )


@QUESTIONS.does("wait")
def wait_for_exchange_question(user: User, row: DataDoubt, sent: Asked) -> None:
    """Say that the account was asked."""
    form = WaitForm({"version": row.version, **sent.dict()})
    doubting.wait(user, row.pk, **checked(form, ("version", "asks_again", "answer")))


@QUESTIONS.does("reopen")
def reopen_exchange_question(user: User, row: DataDoubt) -> None:
    """Open it again, as if it had not been answered."""
    doubting.reopen(user, row.pk)
