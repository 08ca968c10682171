"""Planners' own figures in place of the forecast: entered, corrected, put away."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from django.db import IntegrityError, transaction

from vitalfew.accounts.models import Account
from vitalfew.department.workdays import calendar
from vitalfew.people import records
from vitalfew.people.models import User
from vitalfew.people.records import NotPossible
from vitalfew.supply import reading
from vitalfew.supply.background import ask_to_draw
from vitalfew.supply.models import Stocked
from vitalfew.supply.overrides import Override
from vitalfew.supply.rights import SupplyRight
from vitalfew.supply.weeks import DAY, LENGTH, Daily
from vitalfew.terms import gettext_noop as _
from vitalfew.warehouse import scorecards

FIELDS: Final = ("quantity", "why", "note")


@transaction.atomic
def override(user: User, fields: Mapping[str, Any]) -> Override:
    """In place of what the forecast says, which is kept beside it; refused where it says nothing."""
    user.must(SupplyRight.WORK)
    said = foretold(fields["product"], fields["week"], fields.get("account"))
    if said is None:
        raise NotPossible(_("No forecast of this product and week: the twelve weeks ahead can be overridden"))
    try:
        with transaction.atomic():
            row = records.make(user, Override(foretold=said, **fields))
    except IntegrityError:
        raise NotPossible(_("This week is overridden already: change that entry")) from None
    transaction.on_commit(ask_to_draw)
    return row


@transaction.atomic
def change(user: User, pk: int, version: int, fields: Mapping[str, Any]) -> Override:
    user.must(SupplyRight.WORK)
    transaction.on_commit(ask_to_draw)
    row: Override = records.change(user, Override.objects.visible_to(user), pk, version, fields)
    return row


@transaction.atomic
def put_away(user: User, pk: int) -> Override:
    user.must(SupplyRight.WORK)
    transaction.on_commit(ask_to_draw)
    row: Override = records.put_away(user, Override.objects.visible_to(user), pk)
    return row


@transaction.atomic
def fetch_back(user: User, pk: int) -> Override:
    user.must(SupplyRight.WORK)
    transaction.on_commit(ask_to_draw)
    try:
        with transaction.atomic():
            row: Override = records.fetch_back(user, Override.objects.within_reach_of(user), pk)
    except IntegrityError:
        raise NotPossible(_("This week is overridden already: change that entry")) from None
    return row


def foretold(product: str, week: date, account: Account | None) -> float | None:
    """Of the kept picture, or of the account's kept forecast."""
    row = Stocked.objects.filter(code=product).first()
    here = row.weeks.filter(since=week).first() if row else None
    if here is None or account is None:
        return None if here is None else here.need if here.foretold is None else here.foretold
    refresh = scorecards.current()
    months = reading.of_accounts(refresh, [product]).get(product, {}).get(account.code, {}) if refresh else {}
    if not months:
        return None
    daily = Daily({month: (mean, mean) for month, mean in months.items()}, calendar())
    return daily.between(week, week + DAY * LENGTH)
