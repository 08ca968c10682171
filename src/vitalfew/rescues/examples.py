"""The demo house's rescue plans under way: begun some weeks ago, some steps done, some late."""

from datetime import date, timedelta
from typing import Final

from django.utils import timezone

from vitalfew.accounts.models import Account
from vitalfew.people.models import User
from vitalfew.rescues import actions, questions, stepping
from vitalfew.rescues.models import Rescue, RescueStep
from vitalfew.rescues.words import StepState
from vitalfew.terms import ChurnCause, Risk
from vitalfew.warehouse import scorecards
from vitalfew.warehouse.models import Scorecard

RUNNING: Final = 5
NOTES: Final = ("已当面谈过，对方愿意继续。", "已电话确认。", "材料已发客户，等回复。")
WHY: Final = "近两个月没有下单，采购在电话里语气冷淡。"


def plant() -> None:
    """Once: for accounts with an alarm, the most at stake first; two steps done, one late."""
    refresh = scorecards.current()
    if refresh is None or Rescue.objects.exists():
        return
    cards = Scorecard.objects.filter(refresh=refresh, risk=Risk.HIGH, at_stake__isnull=False).order_by("-at_stake")
    managed = Account.objects.exclude(manager=None).select_related("manager")
    known = {each.code: each for each in managed.filter(code__in=cards.values("customer"))}
    chosen = [(card, known[card.customer]) for card in cards if card.customer in known][: RUNNING * 2 : 2]
    for place, (card, account) in enumerate(chosen):
        _planned(account, card.cause or ChurnCause.UNKNOWN.value, place)


def _planned(account: Account, cause: str, place: int) -> None:
    """Begun some weeks ago, so far gone."""
    leader = account.manager or User.objects.get(username="director")
    row = actions.begin(leader, account, cause, leader, WHY if place % 2 else "")
    ago = timedelta(days=9 * (place + 1))
    _moved(row, ago)
    steps = [step for step in questions.steps_of(row) if step.due <= timezone.localdate()]
    for number, step in enumerate(steps[: place + 1]):
        stepping.do(leader, step.pk, step.version, on=_by(step.due), note=NOTES[(place + number) % len(NOTES)])


def _by(day: date) -> date:
    return min(day, timezone.localdate())


def _moved(row: Rescue, ago: timedelta) -> None:
    """As if it had begun so long ago."""
    Rescue.objects.filter(pk=row.pk).update(begun_on=row.begun_on - ago, until=row.until - ago)
    for step in RescueStep.objects.filter(rescue=row, state=StepState.OPEN):
        step.due -= ago
        step.save(update_fields=["due"])
