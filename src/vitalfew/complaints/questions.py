"""What pages, API and analyses ask about complaints. Every answer starts from what the user may see."""

from datetime import timedelta
from typing import Any, Final

from django.db.models import Q, QuerySet
from django.utils import timezone

from vitalfew.accounts import search
from vitalfew.accounts.models import Account
from vitalfew.accounts.pieces import Index
from vitalfew.complaints.models import Complaint, ComplaintQuerySet, Resembling
from vitalfew.complaints.rights import ComplaintRight
from vitalfew.complaints.words import GroupState
from vitalfew.people.models import User
from vitalfew.people.permissions import HEADS
from vitalfew.people.roles import Role

INDEX: Final = Index("complaints_search")
SHOWN: Final = 100
ALL: Final = HEADS | {Role.COMPLAINTS}
"""Who settles anybody's."""


WITH: Final = ("account", "person", "owner", "merged_into", "cause", "cause__branch")


def complaints(user: User) -> ComplaintQuerySet:
    return Complaint.objects.visible_to(user).select_related(*WITH)


def ours(user: User, account: Account) -> list[Complaint]:
    """An account's complaints that are settled here: the running ones first."""
    rows = complaints(user).filter(account=account).exclude(imported=True, taken_up=False)
    found = list(rows[:SHOWN])
    return [*(row for row in found if row.is_open), *(row for row in found if not row.is_open)]


def tray(user: User) -> ComplaintQuerySet:
    """Those whose account nobody knows yet."""
    return complaints(user).filter(account=None, merged_into=None)


def asking(user: User) -> QuerySet[Complaint]:
    """Running ones that ask something of the user, the first due first: his own, and nobody's where he settles anybody's.

    Of his accounts also those that are overdue in somebody else's hands.
    """
    now, nobody = timezone.now(), Q(owner=None) | Q(owner__is_active=False)
    asks = Q(owner=user) | Q(nobody, account__manager=user) | Q(account__manager=user, due_at__lt=now)
    if user.role == Role.COMPLAINTS:
        asks |= nobody
    rows: QuerySet[Complaint] = complaints(user).running()
    return rows.filter(asks, waiting_since=None).order_by("due_at", "pk")


def words_waiting(user: User) -> QuerySet[Complaint]:
    """Those of which the customer said something that nobody has seen or answered: his own, and nobody's like in `asking`."""
    nobody = Q(owner=None) | Q(owner__is_active=False)
    asks = Q(owner=user) | Q(nobody, account__manager=user)
    if user.role == Role.COMPLAINTS:
        asks |= nobody
    rows: QuerySet[Complaint] = complaints(user).filter(word_since__isnull=False, merged_into=None)
    return rows.filter(asks).order_by("word_since", "pk")


def may_handle(user: User, row: Complaint) -> bool:
    """Handlers and heads any; who manages the account, whose it is, and who took it in where nobody knows the account."""
    if not user.may(ComplaintRight.HANDLE):
        return False
    if user.role in ALL:
        return True
    near = {row.owner_id, row.account.manager_id if row.account else None}
    return user.pk in near or (row.account is None and user.username == row.made_by)


def may_correct(user: User, row: Complaint) -> bool:
    """Who handles it, and who wrote it down."""
    return may_handle(user, row) or (user.may(ComplaintRight.TAKE) and user.username == row.made_by)


def resembled(row: Complaint) -> Resembling | None:
    """The confirmed group whose words it has, while it has no cause itself and the group's is offered and was not refused."""
    if row.cause_id is not None:
        return None
    known = Resembling.objects.filter(complaint=row, group__state=GroupState.CONFIRMED, group__cause__put_away_at=None)
    found = known.exclude(group__cause=None).select_related("group__cause__branch").first()
    return None if found is None or row.pk in found.group.left_out else found


NEAR: Final = timedelta(days=90)
"""So far back something can be the same matter."""
LOOKED_AT: Final = 200
ALIKE: Final = 0.35


def twins(user: User, row: Complaint) -> list[tuple[Complaint, str]]:
    """What may be the same matter, and why: the same order or batch, or nearly the same words of the same account."""
    same = Q(account=row.account) if row.account else Q(pk=None)
    for name in ("batch", "order_number"):
        if getattr(row, name):
            same |= Q(**{name: getattr(row, name)})
    rows = complaints(user).filter(
        same, received_on__gte=row.received_on - NEAR, received_on__lte=row.received_on + NEAR
    )
    rows = rows.filter(merged_into=None).exclude(pk=row.pk)
    linked = set(row.related.values_list("pk", flat=True))
    found = [(each, _why(row, each)) for each in rows[:LOOKED_AT] if each.pk not in linked]
    return [(each, why) for each, why in found if why]


def _why(row: Complaint, other: Complaint) -> str:
    for name in ("batch", "order_number"):
        if getattr(row, name) and getattr(row, name) == getattr(other, name):
            return name
    return "text" if row.account_id and row.account_id == other.account_id and _alike(row.text, other.text) else ""


def _alike(one: str, other: str) -> bool:
    """By the share of pairs of characters that both have."""
    a, b = (_pairs(each) for each in (one, other))
    return bool(a and b) and len(a & b) / len(a | b) >= ALIKE


def _pairs(text: str) -> set[str]:
    plain = "".join(text.casefold().split())
    return {plain[n : n + 2] for n in range(len(plain) - 1)}


def found(rows: QuerySet[Any], text: str) -> QuerySet[Any]:
    """Those whose words or number hold the text, or what sounds like it in pinyin; of accounts and by people called so, too."""
    ids, accounts = INDEX.matching(text), search.matching(text)
    if ids is None or accounts is None:
        return rows.none()
    who = (
        Q(named__icontains=text)
        | Q(person__name__icontains=text)
        | Q(phone__contains=text)
        | Q(company__icontains=text)
    )
    return rows.filter(Q(pk__in=ids) | Q(account__in=accounts) | who)
