"""/exchange/codes: what accounts call our products."""

from datetime import datetime
from typing import Any, Final

from ninja import Router, Schema

from vitalfew.accounts.api import visible
from vitalfew.exchange import matching, questions
from vitalfew.exchange.code_forms import MatchForm
from vitalfew.exchange.code_listing import CODES
from vitalfew.exchange.models import OwnCode
from vitalfew.exchange.rights import ExchangeRight
from vitalfew.lists.operations import Operations, checked
from vitalfew.people.models import User

codes = Router(tags=["exchange"])


class CodeNew(Schema):
    """The account's own code, and our product."""

    account: str
    code: str
    product: str

    model_config = {"extra": "forbid"}


class CodeChange(Schema):
    """Another product of ours."""

    product: str

    model_config = {"extra": "forbid"}


class CodeOut(Schema):
    """What an account calls a product of ours, who said so (by) and since when (at)."""

    id: int
    account: str
    code: str
    product: str
    by: str
    at: datetime
    version: int


def _told(_user: User, row: OwnCode) -> dict[str, Any]:
    return {"account": row.account.code, "code": row.code, "product": row.product, "by": row.made_by, "at": row.made_at}


OWN: Final = Operations(
    codes, "exchange_code", CODES, questions.own_codes, CodeOut, _told, see=ExchangeRight.SEE, write=ExchangeRight.TAKE,
    many="exchange/codes",
)  # fmt: skip
OWN.reads("What accounts call our products, a page at a time.", "One code.")


@OWN.adds
def match_exchange_code(user: User, sent: CodeNew) -> OwnCode:
    """Match a code of an account to a product of ours; rows refused for it alone are taken at once."""
    account = visible(user, sent.account)
    return matching.match(user, account, **checked(MatchForm(sent.dict()), ("code", "product")))


@OWN.changes
def change_exchange_code(user: User, row: OwnCode, sent: CodeChange) -> None:
    """Match it to another product; what was told before stays."""
    said = checked(MatchForm({"code": row.code, "product": sent.product}), ("product",))
    matching.change(user, row.pk, row.version, **said)


@OWN.puts_away
def put_away_exchange_code(user: User, row: OwnCode) -> None:
    """Put it away; it can be fetched back on its page."""
    matching.put_away(user, row.pk)
