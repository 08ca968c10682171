"""/exchange/effects: what each exchange of data changed."""

from datetime import date
from typing import Any, Final

from ninja import Router, Schema

from vitalfew.exchange import questions
from vitalfew.exchange.listing import EFFECTS
from vitalfew.exchange.models import DataEffect
from vitalfew.exchange.rights import ExchangeRight
from vitalfew.language import Message
from vitalfew.lists.operations import Operations
from vitalfew.people.language import language
from vitalfew.people.models import User

effects = Router(tags=["exchange"])
PLAIN: Final = (
    "gain", "verdict", "agreed_on", "as_of", "before", "since", "change", "low", "high", "weeks_before", "weeks_since",
    "same_season",
)  # fmt: skip


class EffectOut(Schema):
    """A figure before and since data is exchanged: stock in days, out and error as shares; low and high of its change."""

    id: int
    account: str
    gain: str
    verdict: str
    why: str
    agreed_on: date
    as_of: date
    before: float | None
    since: float | None
    change: float | None
    low: float | None
    high: float | None
    weeks_before: int
    weeks_since: int
    same_season: bool


def _told(_user: User, row: DataEffect) -> dict[str, Any]:
    plain = {name: getattr(row, name) for name in PLAIN}
    return {**plain, "account": row.account.code, "why": Message.restored(row.why).say(language())}


Operations(
    effects, "exchange_effect", EFFECTS, questions.effects, EffectOut, _told, see=ExchangeRight.SEE,
    write=ExchangeRight.AGREE, version=lambda row: row.pk, many="exchange/effects",
).reads("What each exchange of data changed, a page at a time.", "One figure of one account.")  # fmt: skip
