"""Doubts are raised, settled by later data, and answered; the same figures are never asked about twice."""

from collections.abc import Iterable
from datetime import date
from typing import Any, Final

from django.db import transaction
from django.utils import timezone

from vitalfew.exchange import owed
from vitalfew.exchange.finding import Finding, findings
from vitalfew.exchange.models import DataDoubt, DataExchange
from vitalfew.exchange.models.doubts import UNSETTLED
from vitalfew.exchange.rights import ExchangeRight
from vitalfew.exchange.words import Doubt, Settled
from vitalfew.people import records
from vitalfew.people.models import User
from vitalfew.people.records import NotPossible
from vitalfew.terms import gettext_noop as _

BY: Final = "exchange"
OPEN_AGAIN: Final = {"state": Settled.OPEN.value, "answer": "", "answered_at": None, "asks_again": None}


def look(rows: Iterable[DataExchange]) -> None:
    """What is odd now: new doubts are raised, those that no longer stand are settled; then what each owes is counted."""
    for row in rows:
        _look(row)
        owed.renew([row])


@transaction.atomic
def _look(row: DataExchange) -> None:
    found = {each.key: each for each in findings(row)}
    known = {each.key: each for each in DataDoubt.objects.filter(account=row.account_id)}
    for key, finding in found.items():
        if key not in known:
            _raise(row, finding)
        elif known[key].state in {*UNSETTLED, Settled.CORRECTED}:
            _again(known[key], finding)
    gone = [each.pk for key, each in known.items() if each.state in UNSETTLED and key not in found]
    settled = {"state": Settled.CORRECTED.value, "answered_at": timezone.now()}
    DataDoubt.objects.filter(pk__in=gone).update(**settled)


def _raise(row: DataExchange, finding: Finding) -> None:
    DataDoubt.objects.create(
        account=row.account, kind=finding.kind.value, measure=finding.measure, day=finding.day, product=finding.product,
        until=finding.until or finding.day, place=finding.place, key=finding.key, why=finding.why.stored(),
        made_by=BY, changed_by=BY,
    )  # fmt: skip


def _again(row: DataDoubt, finding: Finding) -> None:
    """As it is now; one that was settled, and stands again, is open again."""
    said: dict[str, Any] = {"why": finding.why.stored(), "until": finding.until or finding.day}
    if row.state == Settled.CORRECTED:
        said |= OPEN_AGAIN
    DataDoubt.objects.filter(pk=row.pk).update(**said)


@transaction.atomic
def explain(user: User, pk: int, version: int, answer: str) -> DataDoubt:
    """It is as it should be, or will stay so: the reason stands with it, and nobody is asked again."""
    _held(user, pk)
    fields = {"state": Settled.EXPLAINED.value, "answer": answer, "answered_at": timezone.now(), "asks_again": None}
    return _changed(user, pk, version, fields)


@transaction.atomic
def wait(user: User, pk: int, version: int, asks_again: date, answer: str) -> DataDoubt:
    """The account was asked: until a day nobody of ours is to do anything."""
    _held(user, pk)
    fields = {"state": Settled.WAITING.value, "asks_again": asks_again, "answer": answer}
    return _changed(user, pk, version, fields)


@transaction.atomic
def reopen(user: User, pk: int) -> DataDoubt:
    """As if it had not been answered."""
    user.must(ExchangeRight.TAKE)
    row = DataDoubt.objects.visible_to(user).get(pk=pk)
    if row.state == Settled.CORRECTED:
        raise NotPossible(_("Later data has settled it"))
    return _changed(user, pk, row.version, OPEN_AGAIN)


def _held(user: User, pk: int) -> DataDoubt:
    user.must(ExchangeRight.TAKE)
    row: DataDoubt = DataDoubt.objects.visible_to(user).select_for_update(of=("self",)).get(pk=pk)
    if not row.is_open:
        raise NotPossible(_("It is answered already: open it again first"))
    return row


def _changed(user: User, pk: int, version: int, fields: dict[str, Any]) -> DataDoubt:
    row: DataDoubt = records.change(user, DataDoubt.objects.visible_to(user), pk, version, fields)
    if row.kind == Doubt.LATE:
        owed.renew(DataExchange.objects.filter(account=row.account_id, put_away_at=None))
    return row
