"""What accounts ask for: the actions that the figures propose, and records that only orders know."""

from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Final

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils import timezone

from vitalfew.accounts.models import Account
from vitalfew.accounts.parts import done_since, refused
from vitalfew.accounts.questions import STUB
from vitalfew.language import Count, Kept, Message
from vitalfew.people.models import User
from vitalfew.people.permissions import Right
from vitalfew.people.roles import Role
from vitalfew.proposals import basis_of
from vitalfew.rooms import Task
from vitalfew.terms import NextAction, label_of
from vitalfew.terms import gettext_noop as _
from vitalfew.warehouse import scorecards
from vitalfew.warehouse.models import Proposal, Refresh

READ: Final = 180
"""Proposals are read so far ahead that each account still has its first."""
SOON: Final = timedelta(days=7)
THEIRS: Final[Mapping[str, frozenset[NextAction]]] = {
    Role.COMPLAINTS: frozenset({NextAction.SETTLE_COMPLAINT, NextAction.TREAT_FAIRLY}),
    Role.SUPPLY: frozenset({NextAction.KEEP_PROMISES}),
    Role.MARKETING: frozenset(
        {NextAction.WIN_BACK, NextAction.OFFER, NextAction.MAKE_EASIER, NextAction.WIN_OVER, NextAction.ASK_FEEDBACK}
    ),
    Role.EXECUTIVE: frozenset({NextAction.VISIT, NextAction.MEET_DECIDER, NextAction.ANSWER_RIVAL, NextAction.DEVELOP}),
    Role.ANALYST: frozenset(),
}
"""What the figures ask of those who look after no accounts: what is their trade."""


def waiting(user: User) -> Iterator[Task]:
    """The records to complete; then of each account the first action by priority and all that are due soon."""
    refresh = scorecards.current()
    if refresh:
        yield from _stubs(user)
        yield from _proposed(user, refresh)


def _stubs(user: User) -> Iterator[Task]:
    """Accounts that only orders know."""
    if not user.may(Right.EDIT_ACCOUNTS):
        return
    number = Account.objects.visible_to(user).filter(stub=True).count()
    if number:
        why = Message(_("{n} {n:account is|accounts are} known from orders only"), {"n": Count(number)})
        yield Task(_("Complete accounts"), why, _("See accounts"), f"{reverse('accounts')}?stub={STUB}&order=name")


def _proposed(user: User, refresh: Refresh) -> Iterator[Task]:
    """What is proposed for accounts that the user may see, as far as he may know the reason."""
    place = "rank" if user.may(Right.MONEY) else "open_rank"
    seen = Account.objects.visible_to(user).filter(code=OuterRef("customer"))
    found = Proposal.objects.filter(Exists(seen), refresh=refresh, **{f"{place}__isnull": False})
    if user.role in THEIRS:
        found = found.filter(action__in=THEIRS[user.role])
    rows = list(found.order_by("-priority", "customer", place)[:READ])
    taken = done_since({row.customer for row in rows}, refresh.as_of)
    declined = refused({row.customer for row in rows}, timezone.localdate())
    left = [row for row in rows if (row.customer, row.action) not in taken.keys() | declined]
    firsts = {row.customer: row for row in reversed(left)}
    for row in left:
        soon = row.due <= refresh.as_of + SOON
        if soon or firsts[row.customer] is row:
            yield _task(row, soon=soon, sees=user.may(Right.MONEY))


def _task(row: Proposal, *, soon: bool, sees: bool) -> Task:
    url = f"{reverse('account', args=[row.customer])}?tab={'one-to-one' if sees else 'overview'}"
    return Task(
        label_of(NextAction, row.action), Kept(row.why), _("Open"), url, customer=row.customer,
        effect=row.effect if sees else None,
        basis=basis_of(row.action).label, due=row.due, priority=row.priority, soon=soon, advice=True,
    )  # fmt: skip
