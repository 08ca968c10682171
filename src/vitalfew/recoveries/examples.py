"""The demo house's rounds of winning back: one begun long enough ago to be judged, one under way."""

from datetime import timedelta
from decimal import Decimal
from typing import Final

from django.utils import timezone

from vitalfew.people.models import User
from vitalfew.recoveries import actions, lost, questions, stepping
from vitalfew.recoveries.models import Recovery, RecoveryStep, WinBackRound
from vitalfew.recoveries.words import RecoveryState

COST: Final = Decimal(1000)
FIRST: Final = 24
SECOND: Final = 6
AGO: Final = timedelta(days=250)
LATELY: Final = timedelta(days=20)
OUTCOMES: Final = (
    (RecoveryState.RETURNED, "旧投诉当面了结，先下了一张小单。"), (RecoveryState.REFUSED, "与对手签了两年合同，到期前再联系。"),
    (RecoveryState.NO_ANSWER, "三次电话、一次上门都没有见到采购。"), (RecoveryState.REFUSED, "总部统一采购，门店无权决定。"),
    (RecoveryState.NO_ANSWER, "邮件与电话均无回复。"),
)  # fmt: skip


def plant() -> None:
    """Once: with the lost accounts of most worth that somebody manages."""
    director = User.objects.filter(username="director").first()
    if director is None or WinBackRound.objects.exists():
        return
    rows = [row.account for row in lost.lost(director, float(COST)) if row.account.manager]
    if len(rows) < SECOND:
        return
    early, late = rows[SECOND : SECOND + FIRST], rows[:SECOND]
    if early:
        first = actions.begin(director, early, name="春季挽回", cost=COST, share=40, months=6, seed=20)
        _moved(first, AGO)
        _ended(director, first)
    second = actions.begin(director, late, name="秋季挽回", cost=COST, share=20, months=6, seed=7)
    _moved(second, LATELY)
    for row in questions.of_round(director, second)[:2]:
        step = questions.steps_of(row)[0]
        stepping.do(director, step.pk, step.version, on=min(step.due, timezone.localdate()), note="已完成。")


def _moved(row: WinBackRound, ago: timedelta) -> None:
    """As if it had begun so long ago."""
    WinBackRound.objects.filter(pk=row.pk).update(begun_on=row.begun_on - ago, until=row.until - ago)
    for step in RecoveryStep.objects.filter(recovery__winback_round=row):
        step.due -= ago
        step.save(update_fields=["due"])


def _ended(director: User, made: WinBackRound) -> None:
    """Every attempt came to something, the first ones well."""
    day = timezone.localdate() - AGO + timedelta(days=60)
    tried = Recovery.objects.filter(winback_round=made, state=RecoveryState.RUNNING).order_by("pk")
    for place, row in enumerate(tried):
        state, text = OUTCOMES[place % len(OUTCOMES)]
        actions.settle(
            director, row.pk, row.version, state=state.value, on=day, outcome=text, spent=COST - 50 * (place % 5)
        )
