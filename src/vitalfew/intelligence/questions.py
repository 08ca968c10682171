"""What pages, API and analyses ask about intelligence. Every answer starts from what the user may see."""

from collections.abc import Iterable
from typing import Any, Final, NamedTuple

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from vitalfew.accounts.grams import folded
from vitalfew.accounts.models import Account
from vitalfew.accounts.pieces import Index
from vitalfew.intelligence.models import (
    SOON,
    Competitor,
    Confirmation,
    Intelligence,
    IntelligenceFile,
    IntelligenceQuerySet,
)
from vitalfew.people.models import User
from vitalfew.people.permissions import HEADS

INDEX: Final = Index("intelligence_search")
LONGEST_NAME: Final = 100
SHOWN: Final = 100


class Side(NamedTuple):
    """Facts that contradict each other: of what, and each of them, the best graded first."""

    about: Intelligence
    facts: list[Intelligence]


def pieces(user: User) -> IntelligenceQuerySet:
    """Graded, with all a list shows."""
    seen = Intelligence.objects.visible_to(user).graded(timezone.localdate())
    return seen.select_related("account", "account__manager", "competitor", "person", "who")


def found(rows: QuerySet[Any], text: str) -> QuerySet[Any]:
    """Those whose statement, subject or source holds the words, or what sounds like them in pinyin."""
    ids = INDEX.matching(text)
    return rows.none() if ids is None else rows.filter(pk__in=ids)


def of_account(user: User, account: Account) -> list[Intelligence]:
    return list(pieces(user).filter(account=account)[:SHOWN])


def of_competitor(user: User, competitor: Competitor) -> list[Intelligence]:
    """Over all accounts that the user may see."""
    return list(pieces(user).filter(competitor=competitor)[:SHOWN])


def confirmations(piece: Intelligence) -> list[Confirmation]:
    return list(piece.confirmations.filter(put_away_at=None).select_related("user"))


def own_confirmation(user: User, piece: Intelligence) -> Confirmation | None:
    return piece.confirmations.filter(put_away_at=None, user=user).first()


def others(user: User, piece: Intelligence) -> list[Intelligence]:
    """The facts that say otherwise, the best graded first."""
    if not piece.fact_key:
        return []
    same = pieces(user).holding(timezone.localdate()).filter(fact_key=piece.fact_key)
    subject = {"account": piece.account, "competitor": piece.competitor}
    rows = same.filter(**subject).exclude(value_key=piece.value_key)
    return sorted(rows, key=_best_first)


def contradicted(user: User) -> QuerySet[Intelligence]:
    """All facts that others contradict, those of one dispute beside each other."""
    return pieces(user).filter(Q(contradicted=True)).order_by("account", "competitor", "fact_key", "pk")


def _best_first(row: Any) -> tuple[Any, ...]:
    return (-row.weight, -row.known_on.toordinal(), row.pk)


def sides(rows: Iterable[Intelligence]) -> list[Side]:
    """The contradicted ones among graded records, each dispute with all its facts side by side."""
    disputes: dict[tuple[Any, ...], list[Intelligence]] = {}
    for row in rows:
        if getattr(row, "contradicted", False):
            disputes.setdefault((row.account_id, row.competitor_id, row.fact_key), []).append(row)
    told = (sorted(facts, key=_best_first) for facts in disputes.values())
    return [Side(facts[0], facts) for facts in told if len(facts) > 1]


def may_change(user: User, piece: Intelligence) -> bool:
    """Who wrote it, who manages its account, and heads of the department."""
    manages = piece.account is not None and piece.account.manager_id == user.pk
    return piece.who_id == user.pk or manages or user.role in HEADS


def to_be_renewed(user: User) -> IntelligenceQuerySet:
    """What expired or soon will, of those he wrote and of the accounts he manages, and is asked of nobody else."""
    until = timezone.localdate() + SOON
    seen = Intelligence.objects.visible_to(user).filter(superseded_by=None, valid_until__lte=until)
    unasked = Q(who=None) | Q(who__is_active=False)
    asked = seen.filter(Q(who=user) | Q(unasked, account__manager=user))
    return asked.select_related("account", "competitor").order_by("valid_until", "pk")


def competitors(user: User) -> QuerySet[Competitor]:
    return counted(user, Competitor.objects.visible_to(user))


def counted(user: User, rows: QuerySet[Competitor]) -> QuerySet[Competitor]:
    """With how much is known of each, and at how many accounts, as far as the user may see."""
    seen = Q(intelligence__in=Intelligence.objects.visible_to(user))
    return rows.annotate(
        known=Count("intelligence", filter=seen, distinct=True),
        at_accounts=Count("intelligence__account", filter=seen, distinct=True),
    )


def other_competitors(user: User, competitor: Competitor) -> list[Competitor]:
    """Whom it may be the same as."""
    return list(Competitor.objects.visible_to(user).exclude(pk=competitor.pk))


def competitor_named(name: str) -> Competitor | None:
    return Competitor.objects.filter(folded=key_of(name)).first()


def key_of(name: str) -> str:
    """The same for one competitor, however its name is written."""
    return " ".join(folded(name).split())[:LONGEST_NAME]


def found_competitors(rows: QuerySet[Any], text: str) -> QuerySet[Any]:
    plain = folded(text).strip()
    also = Competitor.objects.filter(folded__contains=plain).exclude(merged_into=None)
    standing = {row.standing.pk for row in also.select_related("merged_into")}
    return rows.filter(Q(folded__contains=plain) | Q(name__icontains=text) | Q(pk__in=standing))


def file_of(user: User, pk: int) -> IntelligenceFile | None:
    seen = Intelligence.objects.visible_to(user)
    return IntelligenceFile.objects.filter(pk=pk, of__in=seen).select_related("of").first()
