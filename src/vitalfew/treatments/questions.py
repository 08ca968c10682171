"""What pages, API and Today ask about treatments. Every answer starts from what the user may see."""

from datetime import date
from typing import Any, Final

from django.db.models import Q, QuerySet
from django.utils import timezone

from vitalfew.accounts.models import Account
from vitalfew.agreements.models import Agreement
from vitalfew.agreements.words import Standing
from vitalfew.people.models import User
from vitalfew.treatments.models import Treatment, TreatmentQuerySet
from vitalfew.treatments.words import TreatmentKind, TreatmentState
from vitalfew.warehouse import scorecards

SHOWN: Final = 20


def treatments(user: User) -> TreatmentQuerySet:
    rows: TreatmentQuerySet = Treatment.objects.visible_to(user)
    return rows.select_related("account", "account__manager", "owner", "approval", "person")


def found(rows: QuerySet[Any], text: str) -> QuerySet[Any]:
    return rows.filter(
        Q(account__name__icontains=text) | Q(account__code__iexact=text) | Q(owner__name__icontains=text)
        | Q(why__icontains=text) | Q(outcome__icontains=text)
    )  # fmt: skip


def of_account(user: User, account: Account) -> list[Treatment]:
    return list(treatments(user).filter(account=account)[:SHOWN])


def due(user: User) -> TreatmentQuerySet:
    """Those that one leads whose months are over, as far as the facts tell."""
    refresh = scorecards.current()
    day = refresh.as_of if refresh else date.min
    found: TreatmentQuerySet = treatments(user).filter(owner=user, state=TreatmentState.RUNNING, until__lte=day)
    return found


def unwritten(user: User) -> TreatmentQuerySet:
    """Partings that one leads, approved, of which nobody has been written to."""
    rows = treatments(user).filter(owner=user, state=TreatmentState.RUNNING, kind=TreatmentKind.PART, written_on=None)
    found: TreatmentQuerySet = rows.order_by("last_day", "pk")
    return found


def bound_by(account: Account) -> list[Agreement]:
    """Agreements in force with the account: their notice comes before the last day."""
    rows = Agreement.objects.filter(account=account, put_away_at=None)
    return list(rows.standing(Standing.IN_FORCE, timezone.localdate()))
