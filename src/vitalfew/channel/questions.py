"""What queues and pages ask of the green channel."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import NamedTuple

from django.conf import settings
from django.db.models import QuerySet, Subquery
from django.utils import timezone

from vitalfew.accounts.models import Account
from vitalfew.channel import turns
from vitalfew.channel.models import Channel, Mark
from vitalfew.rooms import declared
from vitalfew.workdays import Calendar


def channel() -> Channel:
    """As the house says, or as it is until it says something."""
    return Channel.objects.first() or Channel()


def calendar() -> Calendar:
    """The working days of the house, where a room knows them."""
    for room in declared("workdays"):
        found: Calendar = room.calendar()
        return found
    return Calendar(settings.COUNTRY)


def cutoff() -> date:
    """What came before this day has waited long enough."""
    today, row = timezone.localdate(), channel()
    return row.cutoff_on(today) or turns.cutoff(calendar(), today, row.longest)


class Ahead(NamedTuple):
    """The ranks of accounts that go first, by code, and the day before which anybody has waited long enough."""

    ranks: Mapping[str, int]
    cutoff: date | None


def ahead(codes: Collection[str]) -> Ahead:
    """Of these accounts, in one question."""
    today = timezone.localdate()
    said = Channel.objects.filter(told_on=today).values("cutoff")[:1]
    rows = Account.objects.filter(code__in=codes, turn__isnull=False).annotate(day=Subquery(said))
    found = list(rows.order_by().values_list("code", "turn", "day"))
    ranks = {code: rank for code, rank, _day in found}
    return Ahead(ranks, (found[0][2] or cutoff()) if found else None)


def history_of(account: Account) -> QuerySet[Mark]:
    """When it went first, the latest first."""
    return Mark.objects.filter(account=account)
