"""What pages, API and rooms ask about incentives. Every answer starts from what the user may see."""

from datetime import date, timedelta
from typing import Any, Final

from django.db.models import Count, F, Min, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce
from django.utils import timezone

from vitalfew.accounts.models import Account
from vitalfew.incentives.models import Booking, Case, Entry, Outcome, Scheme, SchemeVersion, Standing
from vitalfew.incentives.periods import Period, periods
from vitalfew.incentives.rights import IncentiveRight
from vitalfew.incentives.words import EntryKind, VersionState
from vitalfew.people.models import User
from vitalfew.people.permissions import HEADS

SHOWN: Final = 100
BEFORE_END: Final = timedelta(days=92)
"""So long before its period ends an account just below a threshold stands on Today."""
EARNED: Final = (EntryKind.ACCRUED, EntryKind.CORRECTED)


def schemes(user: User) -> QuerySet[Any]:
    """Each with its latest version, and the latest that was approved."""
    rows = SchemeVersion.objects.filter(scheme=OuterRef("pk"), put_away_at=None).order_by("-number")
    newest = {name: Subquery(rows.values(name)[:1]) for name in ("number", "state", "since", "until")}
    held = Subquery(rows.filter(state=VersionState.APPROVED).values("number")[:1])
    named = {f"newest_{name}": value for name, value in newest.items()}
    return Scheme.objects.visible_to(user).annotate(**named, approved=held)


def found_schemes(rows: QuerySet[Any], text: str) -> QuerySet[Any]:
    return rows.filter(Q(name__icontains=text) | Q(about__icontains=text))


def versions(user: User) -> QuerySet[SchemeVersion]:
    return SchemeVersion.objects.visible_to(user).select_related("scheme", "approval")


def outcomes(user: User, version: SchemeVersion) -> Any:
    return Outcome.objects.filter(of=version).visible_to(user).select_related("account", "of")


def cases(user: User) -> QuerySet[Case]:
    return Case.objects.visible_to(user).select_related("account")


def found_of_account(rows: QuerySet[Any], text: str) -> QuerySet[Any]:
    """Those whose account is called so."""
    return rows.filter(Q(account__name__icontains=text) | Q(account__code__icontains=text))


def found_cases(rows: QuerySet[Any], text: str) -> QuerySet[Any]:
    named = Q(account__name__icontains=text) | Q(account__code__icontains=text)
    return rows.filter(named | Q(evidence__icontains=text))


def may_change_case(user: User, case: Case) -> bool:
    """Who recorded it, who manages the account, and heads."""
    if not user.may(IncentiveRight.RECORD):
        return False
    return user.username == case.made_by or user.pk == case.account.manager_id or user.role in HEADS


def standings(user: User) -> QuerySet[Any]:
    shown = Standing.objects.filter(of__scheme__put_away_at=None).visible_to(user)
    return shown.select_related("account", "of", "of__scheme")


def found_standings(rows: QuerySet[Any], text: str) -> QuerySet[Any]:
    named = Q(account__name__icontains=text) | Q(account__code__icontains=text)
    return rows.filter(named | Q(of__scheme__name__icontains=text))


def of_account(user: User, account: Account) -> list[Standing]:
    """Its periods, the latest first."""
    return list(standings(user).filter(account=account).order_by("-until", "pk")[:SHOWN])


def entries(user: User, standing: Standing) -> list[Entry]:
    """The ledger of an account's period, in the order in which it was written."""
    rows = Entry.objects.of_period(standing.of.scheme_id, standing.period).filter(account=standing.account_id)
    return list(rows.visible_to(user).select_related("rule", "booking")[: SHOWN * 10])


def bookings(user: User) -> QuerySet[Any]:
    """With the names of who booked and who reversed them."""
    rows = Booking.objects.visible_to(user).select_related("scheme", "approval")
    return rows.annotate(by=_called("made_by"), undone_by=_called("reversed_by"))


def _called(login: str) -> Any:
    """The name of the person of ours who signs in so; else that."""
    people = User.objects.filter(username=OuterRef(login)).exclude(name="")
    return Coalesce(Subquery(people.values("name")[:1]), F(login))


def entries_of(user: User, booking: Booking) -> QuerySet[Entry]:
    """What was booked and reversed with it, of accounts that the user sees, the largest first."""
    rows: QuerySet[Entry] = Entry.objects.visible_to(user).filter(booking=booking).select_related("account")
    return rows.order_by("-units", "pk")


def found_bookings(rows: QuerySet[Any], text: str) -> QuerySet[Any]:
    return rows.filter(scheme__name__icontains=text)


def governing(scheme: Scheme | int) -> list[tuple[SchemeVersion, Period]]:
    """Which version each settlement period belongs to: the latest approved that begins no later."""
    rows = list(SchemeVersion.objects.approved().filter(scheme=scheme).order_by("number").prefetch_related("rules"))
    replaced = [min((later.since for later in rows[place:]), default=date.max) for place in range(1, len(rows) + 1)]
    pairs = zip(rows, replaced, strict=True)
    return [(row, each) for row, end in pairs for each in periods(row.since, row.until, row.every) if each.since < end]


def begins_a_period(scheme: Scheme, day: date) -> bool:
    """Whether a next version may begin on that day: no period of the ones before is cut in two."""
    return not any(period.since < day <= period.until for _version, period in governing(scheme))


def by_period(scheme: Scheme) -> list[dict[str, Any]]:
    """What was earned and booked in each period, over all accounts."""
    rows = Standing.objects.filter(of__scheme=scheme).order_by().values("since", "until", "currency")
    told = rows.annotate(accounts=Count("pk", filter=~Q(units=0)), earned=Sum("units"), out=Sum("booked"))
    today = timezone.localdate()
    return [
        {**row, "open": row["earned"] - row["out"], "over": row["until"] < today}
        for row in told.order_by("-since", "-until")[:SHOWN]
    ]


def open_amounts(scheme: Scheme, period: Period) -> dict[int, int]:
    """By account, what the ledger says was earned in the period and is not booked."""
    rows = Entry.objects.of_period(scheme, period).order_by().values("account")
    earned, booked = Sum("units", filter=Q(kind__in=EARNED)), Sum("units", filter=~Q(kind__in=EARNED))
    sums = rows.annotate(earned=earned, out=booked).values_list("account", "earned", "out")
    left = {account: (plus or 0) - (out or 0) for account, plus, out in sums}
    return {account: units for account, units in left.items() if units}


def currency_of(scheme: Scheme, period: Period) -> str:
    """In which a period's amounts are."""
    return Entry.objects.of_period(scheme, period).values_list("currency", flat=True).first() or ""


def just_below(user: User) -> QuerySet[Any]:
    """Own accounts just below a threshold whose period ends soon, the nearest end first."""
    today = timezone.localdate()
    rows = standings(user).filter(near=True, until__range=(today, today + BEFORE_END), account__manager=user)
    return rows.order_by("until", "missing", "pk")


def to_be_booked() -> QuerySet[Any, Any]:
    """Periods that are over with something earned and not booked, by scheme."""
    over = Standing.objects.filter(until__lt=timezone.localdate(), of__scheme__put_away_at=None).exclude(
        units=F("booked")
    )
    sums = over.order_by().values("of__scheme", "of__scheme__name", "since", "until", "currency")
    found: QuerySet[Any, Any] = sums.annotate(n=Count("pk"), open=Sum("units") - Sum("booked"), first=Min("pk"))
    return found.order_by("until", "of__scheme")


def chosen(user: User, version: SchemeVersion) -> tuple[list[str], int]:
    """Of the accounts that a version names those that the user sees, and how many others."""
    if user.sees_all_accounts or not version.accounts:
        return list(version.accounts), 0
    seen = set(Account.objects.visible_to(user).filter(code__in=version.accounts).values_list("code", flat=True))
    return [code for code in version.accounts if code in seen], len(version.accounts) - len(seen)
