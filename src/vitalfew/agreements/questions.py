"""What pages and API ask about agreements. Every answer starts from what the user may see."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, Final

from django.db.models import BooleanField, Case, Exists, OuterRef, Q, QuerySet, Value, When
from django.utils import timezone

from vitalfew.accounts.models import Account
from vitalfew.accounts.pieces import Index
from vitalfew.agreements.models import Agreement, AgreementQuerySet, Breach, Obligation, PriceRule
from vitalfew.agreements.rights import AgreementRight
from vitalfew.agreements.words import AgreementState, BreachState, Rhythm
from vitalfew.people.models import User
from vitalfew.people.permissions import HEADS

INDEX: Final = Index("agreements_search")
SHOWN: Final = 100
AHEAD: Final = timedelta(days=14)
"""So long before its day what is owed once stands on Today."""
PARTS: Final[Mapping[str, Any]] = {"obligation": Obligation, "rule": PriceRule}
"""What an agreement is made of, by the word in addresses."""
UNDECIDED: Final = (BreachState.OPEN, BreachState.PENALTY)


def agreements(user: User) -> AgreementQuerySet:
    return Agreement.objects.visible_to(user).select_related(
        "account", "account__manager", "owner", "ours", "theirs", "before", "approval"
    )


def listed(user: User) -> QuerySet[Any]:
    """Each with whether it is the user's to look after."""
    mine = When(_own(user), then=Value(True))
    return agreements(user).annotate(mine=Case(mine, default=Value(False), output_field=BooleanField()))


def found(rows: QuerySet[Any], text: str) -> QuerySet[Any]:
    """Those whose words or number hold the text, or whose account or owner is called so."""
    called = Q(account__name__icontains=text) | Q(account__code__iexact=text) | Q(owner__name__icontains=text)
    ids = INDEX.matching(text)
    return rows.filter(called if ids is None else called | Q(pk__in=ids))


def of_account(user: User, account: Account) -> list[Agreement]:
    return list(agreements(user).filter(account=account)[:SHOWN])


def running(user: User, account: Account) -> list[Agreement]:
    """Those in force that nothing has followed."""
    rows = agreements(user).filter(account=account, state=AgreementState.IN_FORCE)
    return [each for each in rows.order_by("until", "pk")[:SHOWN] if not (each.renewed_on and _past(each.until))]


def _past(day: date | None) -> bool:
    return day is not None and day < timezone.localdate()


def parts(user: User, row: Agreement, name: str) -> QuerySet[Any]:
    rows: QuerySet[Any] = PARTS[name].objects.visible_to(user).filter(agreement=row)
    return rows


def breaches(user: User) -> QuerySet[Breach]:
    rows: QuerySet[Breach] = Breach.objects.visible_to(user)
    return rows.select_related("agreement__account__manager", "agreement__owner", "obligation", "promise", "approval")


def open_breaches(user: User, account: Account) -> list[Breach]:
    rows = (
        breaches(user).filter(agreement__account=account).exclude(state__in=(BreachState.SETTLED, BreachState.WAIVED))
    )
    return [each for each in rows[:SHOWN] if not each.is_settled]


def asking(user: User) -> QuerySet[Agreement]:
    """In force, and to be decided about: the user's own ahead of the day, as it was agreed; every late one for heads.

    Once notice was given or the next one is drafted, nothing is asked before its last day has passed.
    """
    today = timezone.localdate()
    late = Q(notice_on__lt=today) | Q(until__lt=today)
    whose = _own(user) | late if user.role in HEADS else _own(user)
    following = Agreement.objects.filter(before=OuterRef("pk"), put_away_at=None)
    decided = Q(notice_given_on__isnull=False) | Q(Exists(following))
    rows = Agreement.objects.visible_to(user).select_related("account")
    rows = rows.filter(whose, state=AgreementState.IN_FORCE, renewed_on=None, ask_on__lte=today)
    return rows.exclude(decided, until__gte=today).order_by("ask_on", "pk")


def breaches_asking(user: User) -> QuerySet[Breach]:
    """Those of the user's agreements about which nothing is decided, and penalties whose day has come."""
    today = timezone.localdate()
    waits = Q(state=BreachState.OPEN) | Q(state=BreachState.PENALTY, due__lte=today + timedelta(days=7))
    rows: QuerySet[Breach] = Breach.objects.visible_to(user)
    return rows.filter(_own(user, "agreement__"), waits).order_by("broken_on", "pk")


def own_in_force(user: User) -> AgreementQuerySet:
    """The user's, in force and not gone on from."""
    rows = agreements(user).filter(_own(user), state=AgreementState.IN_FORCE, renewed_on=None)
    return rows.order_by("until", "pk")


def owed_once(user: User) -> QuerySet[Obligation]:
    """By either side of the user's agreements in force, and not done yet."""
    rows: QuerySet[Obligation] = Obligation.objects.visible_to(user)
    once = rows.filter(rhythm=Rhythm.ONCE, kept_on=None, agreement__state=AgreementState.IN_FORCE)
    return once.filter(_own(user, "agreement__")).order_by("due", "pk")


def obligations_asking(user: User) -> QuerySet[Obligation]:
    """Those that are due soon or overdue, about which no breach is recorded."""
    broken = Exists(Breach.objects.filter(obligation=OuterRef("pk"), put_away_at=None))
    return owed_once(user).filter(due__lte=timezone.localdate() + AHEAD).exclude(broken)


def _own(user: User, of: str = "") -> Q:
    """His; of somebody who works here no more, those of the own accounts."""
    nobody = Q(**{f"{of}owner": None}) | Q(**{f"{of}owner__is_active": False})
    return Q(**{f"{of}owner": user}) | Q(nobody, **{f"{of}account__manager": user})


def may_change(user: User, row: Agreement) -> bool:
    """Who wrote or owns it, who manages the account, and heads of the department."""
    if not user.may(AgreementRight.WRITE):
        return False
    near = user.pk in {row.owner_id, row.account.manager_id} or user.username == row.made_by
    return near or user.role in HEADS
