"""Who may decide about an approval, and in whose place.

With the right of its kind, up to the limit of the role, seeing the account; never who asked for it or had a hand in it.
Whoever stands in for somebody decides as far as that one might.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Q
from django.utils import timezone

from vitalfew.accounts.models import Absence, Account
from vitalfew.accounts.responsible import seen_by
from vitalfew.approvals.kinds import kinds
from vitalfew.approvals.models import Approval, Delegation, Limit, stood_in_for, up_to
from vitalfew.people.models import User
from vitalfew.rooms import Approvable


@dataclass(frozen=True)
class Authority:
    """By which the user decides: in whose place, or alone because nobody else could."""

    instead_of: User | None = None
    alone: bool = False


def limits() -> Mapping[tuple[str, str], Limit]:
    """Those that are set, by kind and role."""
    return {(each.kind, each.role): each for each in Limit.objects.filter(put_away_at=None)}


def reaches(kind: Approvable, role: str, row: Approval, known: Mapping[tuple[str, str], Limit]) -> bool:
    """Whether the role may decide about so much."""
    if role not in kind.decide.roles:
        return False
    if not kind.money:
        return True
    within = up_to(known.get((kind.value, role)), row.amount, row.currency)
    return role in kind.any_amount if within is None else within


def within_own_limit(user: User, kind: str, amount: Decimal, currency: str) -> bool:
    """Whether a limit is set for the user's role, and so much lies within it: he may do it without asking."""
    return up_to(limits().get((kind, user.role)), amount, currency) is True


def authorities(user: User, rows: Iterable[Approval]) -> dict[int, Authority]:
    """By number, those of the waiting ones about which the user may decide, and how. Rows are those that he sees."""
    waiting = [row for row in rows if row.is_waiting]
    if not waiting:
        return {}
    people, known = [user, *stood_in_for(user, timezone.localdate())], limits()
    seen = {person.pk: _seen(person, waiting) for person in people}
    found = {}
    for row in waiting:
        kind = kinds()[row.kind]
        able = [each for each in people if row.pk in seen[each.pk] and reaches(kind, each.role, row, known)]
        if authority := _authority(user, row, kind, able):
            found[row.pk] = authority
    return found


def _authority(user: User, row: Approval, kind: Approvable, able: list[User]) -> Authority | None:
    if user.username not in row.shut_out:
        person = next((each for each in able if each.username not in row.shut_out), None)
        return Authority(None if person == user else person) if person else None
    return Authority(alone=True) if kind.alone and user in able and not _others(kind, row) else None


def _others(kind: Approvable, row: Approval) -> bool:
    """Whether anybody else might decide."""
    people = User.objects.filter(is_active=True, role__in=kind.decide.roles)
    return people.exclude(username__in=row.shut_out).exists()


def _seen(person: User, rows: list[Approval]) -> set[int]:
    """Those whose account the person sees."""
    if not person.is_active:
        return set()
    if person.sees_all_accounts:
        return {row.pk for row in rows}
    accounts = {row.account_id for row in rows if row.account_id}
    visible = set(Account.objects.visible_to(person).filter(pk__in=accounts).values_list("pk", flat=True))
    return {row.pk for row in rows if row.account_id is None or row.account_id in visible}


def deciders(row: Approval) -> list[User]:
    """Everybody who may decide about it now, by name; those who stand in for others too."""
    kind, known = kinds()[row.kind], limits()
    roles = [role for role in kind.decide.roles if reaches(kind, role, row, known)]
    seeing = seen_by(row.account) if row.account else User.objects.filter(is_active=True)
    able = seeing.filter(role__in=roles).exclude(username__in=row.shut_out)
    day = timezone.localdate()
    told = Delegation.objects.on(day).filter(user__in=able).values("deputy_id")
    away = Absence.objects.on(day).filter(user__in=able).values("deputy_id")
    standing_in = seeing.filter(Q(pk__in=told) | Q(pk__in=away)).exclude(username__in=row.shut_out)
    return sorted({*able, *standing_in}, key=lambda each: (each.name, each.pk))
