"""What is decided of a user's lines, and what others handed to the user."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Final

from django.db.models import Q, QuerySet

from vitalfew.accounts.colleagues import colleagues as everybody
from vitalfew.accounts.models import Account
from vitalfew.people.models import User
from vitalfew.tasks.models import Decision
from vitalfew.tasks.words import Decided

SHOWN: Final = 100


def held(user: User, today: date) -> list[Decision]:
    """What the user decided and holds today, the next to come back first."""
    return list(Decision.objects.filter(user=user, until__gt=today).select_related("to"))


def set_aside(user: User, rows: Sequence[Decision]) -> list[tuple[Decision, Account | None]]:
    """The first of the user's decisions, each with its account where the user still sees it."""
    shown = rows[:SHOWN]
    codes = {row.customer for row in shown if row.customer}
    seen = {each.code: each for each in Account.objects.visible_to(user).filter(code__in=codes)} if codes else {}
    return [(row, seen.get(row.customer)) for row in shown if not row.customer or row.customer in seen]


def handed_to(user: User, today: date) -> QuerySet[Decision]:
    """What colleagues handed to the user, of accounts that the user sees or of none."""
    rows = Decision.objects.filter(to=user, kind=Decided.HANDED, until__gt=today, user__is_active=True)
    seen = Q(customer="") | Q(customer__in=Account.objects.visible_to(user).values("code"))
    return rows.filter(seen).select_related("user").order_by("due", "pk")


def colleagues(user: User) -> QuerySet[User]:
    """To whom a line can be handed."""
    return everybody().exclude(pk=user.pk)


def sees(user: User, codes: Collection[str]) -> bool:
    """Whether the user sees the accounts of these codes."""
    wanted = {code for code in codes if code}
    found: int = Account.objects.visible_to(user).filter(code__in=wanted).count()
    return found == len(wanted)
