"""/exchange/agreements: what data accounts give and get."""

from copy import copy
from dataclasses import asdict
from datetime import date, datetime
from typing import Any, Final

from ninja import Router, Schema

from vitalfew.accounts.api import visible
from vitalfew.api.answering import responses
from vitalfew.api.gate import Asked, needs
from vitalfew.api.problems import not_found
from vitalfew.exchange import actions, again, giving, offering, questions
from vitalfew.exchange.forms import ExchangeForm
from vitalfew.exchange.listing import EXCHANGES
from vitalfew.exchange.models import DataExchange
from vitalfew.exchange.rights import ExchangeRight
from vitalfew.exchange.words import Way
from vitalfew.language import Message
from vitalfew.lists.operations import Operations, checked
from vitalfew.people.models import User
from vitalfew.people.permissions import Right
from vitalfew.people.records import NotPossible
from vitalfew.terms import gettext_noop as _

agreed = Router(tags=["exchange"])
NOT_YOURS: Final = Message(_("Only who agreed on it or sees to it, who manages the account and heads can do this"))
PLAIN: Final = (
    "sell_out", "stock", "due_days", "way", "offers", "since", "until", "tolerance", "note", "owes", "owes_since", "told_until",
)  # fmt: skip


class ExchangeChange(Schema):
    """What can be corrected; what is not sent stays."""

    sell_out: str | None = None
    stock: str | None = None
    due_days: int | None = None
    way: str | None = None
    offers: list[str] | None = None
    person: int | None = None
    owner: str | None = None
    since: date | None = None
    until: date | None = None
    tolerance: int | None = None
    note: str | None = None

    model_config = {"extra": "forbid"}


class ExchangeNew(Schema):
    """What is agreed on with an account.

    sell_out and stock: daily, weekly, monthly, or empty where it is not told.
    offers: availability, shipments, proposal, prices, costs.
    """

    account: str
    since: date
    sell_out: str = ""
    stock: str = ""
    due_days: int = 1
    way: str = "upload"
    offers: list[str] = []
    person: int | None = None
    owner: str | None = None
    until: date | None = None
    tolerance: int = 5
    note: str = ""

    model_config = {"extra": "forbid"}


class ExchangeOut(Schema):
    """An exchange of data; owes: reports that are late, the first of owes_since; told_until: the last day told of."""

    id: int
    account: str
    sell_out: str
    stock: str
    due_days: int
    way: str
    offers: list[str]
    person: int | None
    owner: str | None
    since: date
    until: date | None
    tolerance: int
    note: str
    standing: str
    owes: int
    owes_since: date | None
    told_until: date | None
    version: int


def told(_user: User, row: DataExchange) -> dict[str, Any]:
    """What the API tells of one."""
    return {
        **{name: getattr(row, name) for name in PLAIN}, "account": row.account.code, "person": row.person_id,
        "owner": row.owner.username if row.owner else None, "standing": row.standing.value,
    }  # fmt: skip


AGREED: Final = Operations(
    agreed, "exchange", EXCHANGES, questions.exchanges, ExchangeOut, told, see=ExchangeRight.SEE,
    write=ExchangeRight.AGREE, denied=NOT_YOURS, many="exchange/agreements",
)  # fmt: skip
AGREED.reads("What data accounts give and get, a page at a time, as the list shows it.", "One exchange of data.")


@AGREED.adds
def agree_exchange(user: User, sent: ExchangeNew) -> DataExchange:
    """Agree on an exchange of data with an account."""
    account = visible(user, sent.account)
    begun = {"owner": user.username, **sent.dict(exclude={"account"}, exclude_none=True)}
    return actions.agree(user, account, checked(ExchangeForm(user, account, begun), actions.FIELDS))


@AGREED.changes
def change_exchange(user: User, row: DataExchange, sent: ExchangeChange) -> None:
    """Correct what is agreed on. Fields not sent stay."""
    known = {name: getattr(row, name) for name in actions.FIELDS}
    known |= {"owner": row.owner.username if row.owner else "", "person": row.person_id}
    form = ExchangeForm(user, row.account, {**known, **sent.dict(exclude_unset=True)}, instance=copy(row))
    actions.change(user, row.pk, row.version, checked(form, actions.FIELDS))


@AGREED.puts_away
def put_away_exchange(user: User, row: DataExchange) -> None:
    """Put it away; it can be fetched back on its page."""
    actions.put_away(user, row.pk)


class UnmatchedOut(Schema):
    """A code of the account's that nobody knows; like: our code that differs in its writing alone, else empty."""

    code: str
    rows: int
    last: datetime
    like: str


@agreed.get(
    "/{int:pk}/unmatched", auth=needs(ExchangeRight.SEE), response=responses(list[UnmatchedOut], 404),
    operation_id="list_exchange_unmatched",
)  # fmt: skip
def list_exchange_unmatched(request: Asked, pk: int) -> list[dict[str, Any]]:
    """Codes that refused rows of the account's data name and nobody knows, the most frequent first."""
    return [asdict(each) for each in again.unmatched(AGREED.found(request.auth, pk).account)]


@AGREED.does("again", ExchangeRight.TAKE)
def take_exchange_again(user: User, row: DataExchange) -> None:
    """Take rows again that were refused for a code that is known by now; they come as a new file."""
    again.take(user, row)


class OfferOut(Schema):
    """What an account is told under a word, as rows whose fields are those of its CSV file."""

    offer: str
    columns: list[str]
    rows: list[list[Any]]


@agreed.get(
    "/{int:pk}/offers/{slug:name}", auth=needs(Right.EXPORT), response=responses(OfferOut, 404),
    operation_id="get_exchange_offer",
)  # fmt: skip
def get_exchange_offer(request: Asked, pk: int, name: str) -> dict[str, Any]:
    """What the account is told: availability, shipments, proposal, prices or costs, where that is agreed on with it."""
    row = AGREED.found(request.auth, pk)
    try:
        table = offering.offered(row, name)
    except NotPossible:
        raise not_found() from None
    giving.noted(request.auth, row, table, giving.written(table), Way.API)
    return {"offer": table.offer.value, "columns": [each.name for each in table.columns], "rows": table.cells}
