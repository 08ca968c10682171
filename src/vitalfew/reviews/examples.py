"""The demo house's rounds: one approved on the figures of half a year ago, one on the latest that is being discussed."""

from datetime import timedelta
from typing import Final

from django.conf import settings

from vitalfew.accounts.models import Account
from vitalfew.comments import actions as comments
from vitalfew.people.models import User
from vitalfew.people.roles import Role
from vitalfew.reviews import actions, questions
from vitalfew.reviews.commented import KIND
from vitalfew.reviews.models import Decision, Review
from vitalfew.reviews.words import Cadence
from vitalfew.terms import Tier
from vitalfew.warehouse import scorecards

HALF_A_YEAR: Final = timedelta(days=170)
OVERRULED: Final = (
    (Tier.OTHER, Tier.MGC, "新厂四季度投产，采购量预计翻倍，已签意向书。"),
    (Tier.MIGRATE, Tier.OTHER, "亏损来自一次性安装返工，责任在我方，不应计入。"),
)
"""Of the largest account of a tier: which one instead, and why."""
SAID: Final = "投产时间要再核实，下周拜访时确认。"


def plant() -> None:
    """Once, where figures of half a year ago were looked back at."""
    latest = scorecards.current()
    if Review.objects.exists() or latest is None:
        return
    director = User.objects.filter(role=Role.DIRECTOR).order_by("pk").first()
    executive = User.objects.filter(role=Role.EXECUTIVE).order_by("pk").first()
    before = questions.figures_of().filter(as_of__lte=latest.as_of - HALF_A_YEAR).first()
    if director is None or executive is None or before is None:
        return
    first = actions.open_review(director, settings.HOME, Cadence.QUARTER.value, before)
    since = before.as_of + timedelta(days=1)
    actions.approve(executive, actions.submit(director, first, since, "本季度分级，请审批。"), since)
    _discussed(director, actions.open_review(director, settings.HOME, Cadence.QUARTER.value))


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
