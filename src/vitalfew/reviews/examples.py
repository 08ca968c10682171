"""The demo house's round: on the latest figures, decided otherwise here and there, discussed, not handed in yet."""

from typing import Final

from django.conf import settings

from vitalfew.accounts.models import Account
from vitalfew.comments import actions as comments
from vitalfew.people.models import User
from vitalfew.people.roles import Role
from vitalfew.reviews import actions
from vitalfew.reviews.commented import KIND
from vitalfew.reviews.models import Decision, Review
from vitalfew.reviews.words import Cadence
from vitalfew.terms import Tier
from vitalfew.warehouse import scorecards

OVERRULED: Final = (
    (Tier.OTHER, Tier.MGC, "新厂四季度投产，采购量预计翻倍，已签意向书。"),
    (Tier.MIGRATE, Tier.OTHER, "亏损来自一次性安装返工，责任在我方，不应计入。"),
)
"""Of the largest account of a tier: which one instead, and why."""
SAID: Final = "投产时间要再核实，下周拜访时确认。"


def plant() -> None:
    """Once. It is not in force: lists go on showing what the figures propose."""
    director = User.objects.filter(role=Role.DIRECTOR).order_by("pk").first()
    if director is None or Review.objects.exists() or scorecards.current() is None:
        return
    _discussed(director, actions.open_review(director, settings.HOME, Cadence.YEAR.value))


def _discussed(director: User, review: Review) -> None:
    for proposed, decided, reason in OVERRULED:
        row = review.decisions.filter(proposed=proposed).order_by("-revenue").first()
        if row is not None:
            actions.decide(director, row, decided.value, reason)
            _said(row)


def _said(row: Decision) -> None:
    account = Account.objects.filter(code=row.customer).exclude(manager=None).first()
    if account and account.manager and row.proposed == Tier.OTHER:
        comments.write(account.manager, KIND, row.pk, SAID)
