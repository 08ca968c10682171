"""What is agreed on: permission asked, version checked, audit written, in one transaction."""

from collections.abc import Mapping
from typing import Any, Final

from django.db import transaction

from vitalfew.accounts.models import Account
from vitalfew.exchange import doubting, questions
from vitalfew.exchange.models import DataExchange
from vitalfew.exchange.rights import ExchangeRight
from vitalfew.people import audit, records
from vitalfew.people.models import User
from vitalfew.people.owning import Owned
from vitalfew.people.records import NotPossible
from vitalfew.terms import gettext_noop as _

FIELDS: Final = (
    "sell_out", "stock", "due_days", "way", "offers", "person", "owner", "since", "until", "tolerance", "note",
)  # fmt: skip
ONE: Final = _("An exchange of data is agreed on with this account already: correct that one")
OWN: Final = Owned(DataExchange, ExchangeRight.AGREE, questions.may_change)
put_away = OWN.put_away


@transaction.atomic
def agree(user: User, account: Account, fields: Mapping[str, Any]) -> DataExchange:
    """One with each account."""
    user.must(ExchangeRight.AGREE)
    _alone(account)
    row = records.make(user, DataExchange(account=account, **fields))
    doubting.look([row])
    return row


@transaction.atomic
def change(user: User, pk: int, version: int, fields: Mapping[str, Any]) -> DataExchange:
    """Correct it, unless somebody saved since ``version``."""
    before = list(OWN.held(user, pk).offers)
    row: DataExchange = records.change(user, DataExchange.objects.visible_to(user), pk, version, fields)
    if row.offers != before:
        audit.record(user, "dataexchange-offers", row.subject, {"offers": [before, row.offers]})
    doubting.look([row])
    return row


@transaction.atomic
def fetch_back(user: User, pk: int) -> DataExchange:
    row = DataExchange.objects.within_reach_of(user).get(pk=pk)
    _alone(row.account, pk)
    back: DataExchange = OWN.fetch_back(user, pk)
    return back


def _alone(account: Account, but: int = 0) -> None:
    if DataExchange.objects.filter(account=account, put_away_at=None).exclude(pk=but).exists():
        raise NotPossible(ONE)
