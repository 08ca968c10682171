"""Who goes first, taken anew from the rooms; how long anybody waits at most."""

from collections.abc import Iterable, Mapping
from datetime import date

from django.db import transaction
from django.utils import timezone

from vitalfew.accounts.aliases import aliases
from vitalfew.accounts.models import Account
from vitalfew.batches import batched
from vitalfew.channel import questions, turns
from vitalfew.channel.models import Channel, Mark
from vitalfew.channel.rights import ChannelRight
from vitalfew.people import records
from vitalfew.people.models import User
from vitalfew.people.records import Stale
from vitalfew.rooms import Favour, declared
from vitalfew.warehouse.merged import CUSTOMER

FEW = 500


@transaction.atomic
def renew(day: date | None = None) -> int:
    """Every room's word as of the day; gives how many accounts go first from now on, or no more, or by something else."""
    today = day or timezone.localdate()
    wanted = _wanted(today)
    held = {mark.account.code: mark for mark in Mark.objects.filter(until=None).select_related("account")}
    ended = [mark for code, mark in held.items() if not _stands(mark, wanted.get(code))]
    Mark.objects.filter(pk__in=[mark.pk for mark in ended]).update(until=today)
    begun = {code: each for code, each in wanted.items() if code not in held or held[code] in ended}
    _unmarked(mark.account_id for mark in ended)
    _marked(begun, today)
    tell_cutoff(today)
    return len({*begun, *(mark.account.code for mark in ended)})


def _wanted(day: date) -> dict[str, Favour]:
    """The best word on each account, by the code that stands for it."""
    names, found = aliases()[CUSTOMER], dict[str, Favour]()
    for room in declared("favours"):
        said: Mapping[str, Favour] = room.favours(day)
        for code, favour in said.items():
            own = names.get(code, code)
            if own not in found or favour.rank < found[own].rank:
                found[own] = favour
    return found


def _stands(mark: Mark, wanted: Favour | None) -> bool:
    return wanted is not None and (mark.rank, mark.named) == (wanted.rank, dict(wanted.named))


def _unmarked(numbers: Iterable[int]) -> None:
    for some in batched(list(numbers), FEW):
        Account.everyone.filter(pk__in=some).update(turn=None, turn_by=None)


def _marked(begun: Mapping[str, Favour], day: date) -> None:
    for some in batched(sorted(begun), FEW):
        rows = list(Account.objects.filter(code__in=some))
        for row in rows:
            row.turn, row.turn_by = begun[row.code].rank, dict(begun[row.code].named)
        Account.objects.bulk_update(rows, ["turn", "turn_by"])
        Mark.objects.bulk_create(Mark(account=row, rank=row.turn, named=row.turn_by, since=day) for row in rows)


def tell_cutoff(today: date) -> None:
    """Keep the day before which anybody has waited long enough: queues ask for it often."""
    row = questions.channel()
    row.cutoff, row.told_on = turns.cutoff(questions.calendar(), today, row.longest), today
    if row.pk:
        row.save(update_fields=["cutoff", "told_on"])
    else:
        row.save()


@transaction.atomic
def wait_at_most(user: User, longest: int, version: int) -> Channel:
    """From now on nobody waits for longer."""
    user.must(ChannelRight.RULE)
    row = Channel.objects.select_for_update().first()
    if row is None:
        row = records.make(user, Channel(longest=longest))
    else:
        if row.version != version:
            raise Stale(row)
        row = records.change(user, Channel.objects.all(), row.pk, version, {"longest": longest})
    tell_cutoff(timezone.localdate())
    row.refresh_from_db()
    return row
