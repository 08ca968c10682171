"""What pages, API and Today ask about service journeys. Every answer starts from what the user may see."""

from typing import Any, Final

from django.db.models import BooleanField, Case, Count, Exists, F, OuterRef, Q, QuerySet, Subquery, When
from django.utils import timezone

from vitalfew.accounts.models import Absence, Account, AccountFile
from vitalfew.activities.models import Activity
from vitalfew.journeys.models import (
    SOON,
    Check,
    Checkpoint,
    CheckQuerySet,
    Journey,
    JourneyQuerySet,
    JourneyTemplate,
    Suggestion,
    SuggestionQuerySet,
)
from vitalfew.journeys.words import CheckState, SuggestionState
from vitalfew.people.models import User
from vitalfew.people.permissions import Right
from vitalfew.warehouse import scorecards
from vitalfew.warehouse.models import Scorecard

SHOWN: Final = 50
CHOSEN_FROM: Final = 50
"""So many of an account's documents and touches are offered as evidence."""


def templates(user: User) -> QuerySet[Any]:
    """Each with how many checks it has, and how many journeys go by it."""
    rows: QuerySet[Any] = JourneyTemplate.objects.visible_to(user)
    counted: QuerySet[Any] = rows.annotate(
        n=Count("checkpoints", filter=Q(checkpoints__put_away_at=None), distinct=True),
        running=Count("journeys", filter=Q(journeys__put_away_at=None, journeys__closed_on=None), distinct=True),
    )
    return counted


def usable(user: User) -> QuerySet[Any]:
    """Templates that have checks."""
    there = Checkpoint.objects.filter(template=OuterRef("pk"), put_away_at=None)
    rows: QuerySet[Any] = JourneyTemplate.objects.visible_to(user).filter(Exists(there))
    return rows


def found_templates(rows: QuerySet[Any], text: str) -> QuerySet[Any]:
    return rows.filter(Q(name__icontains=text) | Q(about__icontains=text))


def journeys(user: User) -> JourneyQuerySet:
    rows: JourneyQuerySet = Journey.objects.visible_to(user)
    return rows.select_related("account", "account__manager", "owner", "template")


def listed(user: User) -> QuerySet[Any]:
    """Each with the tier of its account, as computed last, and how many of its checks are settled."""
    own = Q(checks__put_away_at=None)
    rows: QuerySet[Any] = with_figures(journeys(user), "account__code").annotate(
        is_mine=_mine(Q(owner=user)),
        checks_n=Count("checks", filter=own),
        settled_n=Count("checks", filter=own & ~Q(checks__state=CheckState.OPEN)),
    )
    return rows


def with_figures(rows: QuerySet[Any], code: str) -> QuerySet[Any]:
    """With what the latest refresh says of the account."""
    cards = Scorecard.objects.filter(refresh=scorecards.current(), customer=OuterRef(code))
    annotated: QuerySet[Any] = rows.annotate(
        tier=Subquery(cards.values("tier")[:1]), at_stake=Subquery(cards.values("at_stake")[:1])
    )
    return annotated


def found(rows: QuerySet[Any], text: str) -> QuerySet[Any]:
    return rows.filter(
        Q(title__icontains=text) | Q(order__iexact=text) | Q(family__icontains=text) | Q(account__name__icontains=text)
        | Q(account__code__iexact=text) | Q(owner__name__icontains=text)
    )  # fmt: skip


def of_account(user: User, account: Account) -> list[Journey]:
    """Open ones first, the latest first."""
    rows = journeys(user).filter(account=account)
    return list(rows.order_by(F("closed_on").desc(nulls_first=True), "-opened_on", "-pk")[:SHOWN])


def checks(user: User) -> CheckQuerySet:
    rows: CheckQuerySet = Check.objects.visible_to(user)
    return rows.select_related("journey", "journey__account", "journey__owner", "owner", "settled_by")


def listed_checks(user: User) -> QuerySet[Any]:
    return with_figures(checks(user).annotate(is_mine=_mine(Q(owner=user))), "journey__account__code")


def gaps(user: User) -> QuerySet[Any]:
    """Those by which more money is at stake first; those of which that is not known last, on every database."""
    rows = checks(user).gaps(timezone.localdate()).annotate(is_mine=_mine(Q(owner=user)))
    found = with_figures(rows, "journey__account__code")
    return found.order_by(F("at_stake").desc(nulls_last=True), "due", "pk")


def _mine(own: Q) -> Case:
    return Case(When(own, then=True), default=False, output_field=BooleanField())


def found_checks(rows: QuerySet[Any], text: str) -> QuerySet[Any]:
    return rows.filter(
        Q(title__icontains=text) | Q(journey__title__icontains=text) | Q(journey__order__iexact=text)
        | Q(journey__family__icontains=text) | Q(journey__account__name__icontains=text)
        | Q(journey__account__code__iexact=text) | Q(owner__name__icontains=text)
    )  # fmt: skip


def suggestions(user: User) -> SuggestionQuerySet:
    return Suggestion.objects.visible_to(user).select_related("account", "account__manager")


def waiting_suggestions(user: User) -> SuggestionQuerySet:
    return suggestions(user).filter(state=SuggestionState.WAITING)


def found_suggestions(rows: QuerySet[Any], text: str) -> QuerySet[Any]:
    named = Q(account__name__icontains=text) | Q(account__code__iexact=text)
    return rows.filter(named | Q(order__iexact=text) | Q(family__icontains=text))


def asking(user: User) -> CheckQuerySet:
    """Open checks that ask something of the user: due within a week, or overdue.

    Those of whoever is away are for who stands in; of somebody who works here no more, for the account's manager; heads are
    told, too, of obligatory ones that their people are late with.
    """
    today = timezone.localdate()
    away = Absence.objects.on(today).filter(deputy=user).values("user_id")
    nobody = Q(owner=None) | Q(owner__is_active=False)
    own = Q(owner=user) | Q(owner__in=away) | Q(nobody, journey__account__manager=user)
    wanted = own
    if user.may(Right.OVERSEE):
        wanted |= Q(due__lt=today, must=True)
    rows = checks(user).filter(wanted, due__lte=today + SOON, state=CheckState.OPEN, journey__closed_on=None)
    found: CheckQuerySet = rows.annotate(is_mine=_mine(own))
    return found.order_by("-is_mine", "due", "pk")


def documents(account: Account) -> QuerySet[AccountFile]:
    kept = AccountFile.objects.filter(account=account).order_by("-added_at")[:CHOSEN_FROM].values("pk")
    return AccountFile.objects.filter(pk__in=list(kept.values_list("pk", flat=True)))


def touches(user: User, account: Account) -> QuerySet[Activity]:
    latest = Activity.objects.visible_to(user).filter(account=account).order_by("-day", "-pk")[:CHOSEN_FROM]
    return Activity.objects.filter(pk__in=list(latest.values_list("pk", flat=True))).select_related("account")
