"""What pages and API ask about feedback rounds. Every answer starts from what the user may see."""

from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce

from vitalfew.accounts.models import Account
from vitalfew.feedback.models import Answer, Asked, Question, Round
from vitalfew.feedback.rights import FeedbackRight
from vitalfew.feedback.words import AskedState
from vitalfew.people.models import User
from vitalfew.people.permissions import HEADS

OPEN = (AskedState.PLANNED, AskedState.ASKED)


def rounds(user: User) -> QuerySet[Round]:
    """Rounds with how many accounts that the user may see were asked, have answered, are open."""
    seen = Q(asked__put_away_at=None)
    if not user.sees_all_accounts:
        seen &= Q(asked__account__in=Account.objects.visible_to(user))
    answered = seen & Q(asked__answered_on__isnull=False)
    waits = seen & Q(asked__state__in=OPEN)
    rows = Round.objects.filter(put_away_at=None)
    counted = {"all": Count("asked", filter=seen), "answered": Count("asked", filter=answered)}
    return rows.annotate(**counted, open=Count("asked", filter=waits))


def found_rounds(rows: QuerySet[Any], text: str) -> QuerySet[Any]:
    return rows.filter(name__icontains=text)


def asked(user: User) -> QuerySet[Any]:
    """Asked accounts, each with who asks it."""
    rows: QuerySet[Any] = (
        Asked.objects.visible_to(user)
        .select_related("round", "account__manager", "who", "person")
        .prefetch_related("answers__question")
    )
    named: QuerySet[Any] = rows.annotate(asks_name=Coalesce("who__name", "account__manager__name"))
    return named


def found(rows: QuerySet[Any], text: str) -> QuerySet[Any]:
    """Those of accounts or rounds whose name or code holds the text."""
    named = Q(account__name__icontains=text) | Q(round__name__icontains=text)
    return rows.filter(named | Q(account__code__iexact=text))


def mine(user: User) -> QuerySet[Any]:
    """Those that the user asks; of somebody who works here no more, those of the user's own accounts."""
    nobody = Q(who=None) | Q(who__is_active=False)
    return asked(user).filter(Q(who=user) | Q(nobody, account__manager=user))


def of_account(user: User, account: Account) -> QuerySet[Any]:
    return asked(user).filter(account=account)


def questions_of(one: Round) -> list[Question]:
    return list(one.questions.all())


def answers_of(one: Asked) -> dict[int, Answer]:
    """What it answered, by question."""
    return {answer.question_id: answer for answer in one.answers.all()}


def may_plan(user: User, one: Round) -> bool:
    """Whoever planned it, and heads of the department."""
    return user.may(FeedbackRight.PLAN) and (user.username == one.made_by or user.role in HEADS)


def late(user: User, today: Any) -> QuerySet[Round]:
    """Rounds that are over while accounts have not answered."""
    waits = Asked.objects.visible_to(user).filter(round=OuterRef("pk"), state__in=OPEN)
    return rounds(user).filter(Exists(waits), until__lt=today).order_by("until")


def answers_in(user: User, one: Round) -> QuerySet[Any, Any]:
    """Every answer of a round as plain rows, for counting."""
    rows = Answer.objects.filter(asked__in=Asked.objects.visible_to(user).filter(round=one))
    return rows.order_by().values_list("question_id", "score", "text")


def accounts_in(user: User, one: Round) -> QuerySet[Any, Any]:
    """Every account of a round as plain rows: its code, who asks, and whether it has answered."""
    rows = asked(user).filter(round=one).annotate(code=F("account__code"))
    plain: QuerySet[Any, Any] = rows.values_list("code", "asks_name", "state", "answered_on")
    return plain
