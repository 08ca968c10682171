"""Who comes in, rises, is warned and goes, by the rules as of a day.

    comes in      meets a level's rule; the highest of those it meets
    rises         meets a higher level's rule: at once
    is warned     meets its own rule no more, not with the leeway either: it stays for the time of grace
    is safe       meets it again before that time is over
    goes          when that time is over: to the highest level below that it meets, or out
    by hand       is not asked until the day up to which it was let in; then the rule says

Every step is a row of its own, so that the history stays whole.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum
from typing import Any, Final

from django.db import transaction
from django.utils import timezone

from vitalfew.accounts.models import Account
from vitalfew.channel.actions import renew
from vitalfew.club.models import Level, Member
from vitalfew.club.reading import read
from vitalfew.club.rule import Figures
from vitalfew.club.words import How
from vitalfew.language import Message
from vitalfew.people import audit

BY: Final = "club"
"""Who does it, in the trail: the rule, nobody of ours."""


class Move(Enum):
    """What becomes of an account."""

    IN = "in"
    RISES = "rises"
    WARNED = "warned"
    SAFE = "safe"
    GOES = "goes"


@dataclass(frozen=True)
class Moving:
    """An account, what becomes of it, to which level, and why."""

    code: str
    move: Move
    level: Level | None
    why: tuple[Message, ...]
    member: Member | None = None


def moves(levels: list[Level], day: date, only: int | None = None, most: int | None = None) -> Iterator[Moving]:
    """What the rules say of the day, of one level alone where it is named; nothing is changed.

    With ``most`` so many of the largest accounts are looked at, beside the members.
    """
    members = {row.account.code: row for row in Member.objects.current().select_related("account", "level")}
    ranked = sorted(levels, key=lambda level: level.rank)
    known = read(ranked, members, day, most)
    for code in sorted(known):
        found = _move(code, members.get(code), ranked, known[code], day)
        if found and only in {None, found.level.pk if found.level else 0, found.member.level_id if found.member else 0}:
            yield found


def _move(code: str, member: Member | None, ranked: list[Level], known: Figures, day: date) -> Moving | None:
    best = next((level for level in ranked if level.rule.met(known)), None)
    if member is None:
        return Moving(code, Move.IN, best, tuple(best.rule.told())) if best else None
    if member.held_until and day < member.held_until:
        return None
    own = next((level for level in ranked if level.pk == member.level_id), member.level)
    if best and best.rank < own.rank:
        return Moving(code, Move.RISES, best, tuple(best.rule.told()), member)
    return _held(member, own, best, known, day)


def _held(member: Member, own: Level, best: Level | None, known: Figures, day: date) -> Moving | None:
    code = member.account.code
    missed = tuple(own.rule.missing(known, own.leeway_share)) if own.rule.asks else ()
    if not missed and own.rule.asks:
        return Moving(code, Move.SAFE, own, (), member) if member.leaves_on else None
    if member.leaves_on is None:
        return Moving(code, Move.WARNED, own, missed, member)
    return Moving(code, Move.GOES, best, missed, member) if day >= member.leaves_on else None


@transaction.atomic
def settle(day: date | None = None) -> dict[Move, int]:
    """Do what the rules say; gives how many accounts came in, rose, were warned, are safe again, went."""
    today, done = day or timezone.localdate(), dict.fromkeys(Move, 0)
    for moving in list(moves(list(Level.objects.filter(put_away_at=None)), today)):
        DOES[moving.move](moving, today)
        done[moving.move] += 1
    if any(done.values()):
        renew(today)
    return done


def kept(why: Iterable[Message]) -> str:
    return json.dumps([each.stored() for each in why], ensure_ascii=False)


def enter(account: Account, level: Level, since: date, why: Iterable[Message], **more: Any) -> Member:
    """It belongs to the level from that day on; what it belonged to before ends."""
    Member.objects.current().filter(account=account).update(until=since, leaves_on=None, changed_at=timezone.now())
    row = Member(account=account, level=level, since=since, why=kept(why), made_by=BY, changed_by=BY, **more)
    row.save()
    audit.record(BY, "member-in", f"account:{account.code}", {"level": level.name, "how": row.how})
    return row


def _enter(moving: Moving, day: date) -> None:
    if moving.level:
        enter(Account.objects.get(code=moving.code), moving.level, day, moving.why, how=How.RULE.value)


def _warn(moving: Moving, day: date) -> None:
    own = moving.level or moving.member.level  # type: ignore[union-attr]  # who is warned is a member
    _change(moving, failing_since=day, leaves_on=day + timedelta(days=own.grace_days), why=kept(moving.why))


def _safe(moving: Moving, _day: date) -> None:
    _change(moving, failing_since=None, leaves_on=None, why=kept(moving.level.rule.told() if moving.level else ()))


def _go(moving: Moving, day: date) -> None:
    if moving.level:
        _enter(moving, day)
    else:
        _change(moving, until=day)
        audit.record(BY, "member-out", f"account:{moving.code}", {"level": moving.member.level.name})  # type: ignore[union-attr]  # as above


def _change(moving: Moving, **fields: Any) -> None:
    row = moving.member
    if row is not None:
        Member.objects.filter(pk=row.pk).update(**fields, version=row.version + 1, changed_at=timezone.now())


DOES: Final[Mapping[Move, Any]] = {
    Move.IN: _enter, Move.RISES: _enter, Move.WARNED: _warn, Move.SAFE: _safe, Move.GOES: _go,
}  # fmt: skip
