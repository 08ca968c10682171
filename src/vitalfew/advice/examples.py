"""The demo house's answers: most advice of the first accounts accepted, some of it declined for different reasons."""

from datetime import timedelta
from typing import Final

from django.utils import timezone

from vitalfew.accounts.models import Account
from vitalfew.advice import actions
from vitalfew.advice.models import Advice
from vitalfew.advice.words import Reason
from vitalfew.people.models import User
from vitalfew.people.roles import Role
from vitalfew.warehouse import scorecards
from vitalfew.warehouse.models import Proposal

MOST: Final = 24
EVERY: Final = 4
"""Of so many one is declined."""
SAID: Final = {
    Reason.ALREADY: "上周电话里已经谈过。", Reason.TIMING: "客户正在换采购负责人，等新负责人到任。",
    Reason.UNWELCOME: "客户明确说今年不换品类。", Reason.WRONG: "停单是因为门店装修。",
}  # fmt: skip
DONE: Final = "已上门沟通，客户认可。"


def plant() -> None:
    """Once, whatever is computed by then."""
    refresh, director = scorecards.current(), User.objects.filter(role=Role.DIRECTOR).first()
    if refresh is None or director is None or Advice.objects.exists():
        return
    told = Proposal.objects.filter(refresh=refresh, rank=1).order_by("-priority", "customer")[40 : 40 + MOST]
    accounts = Account.objects.filter(code__in=[row.customer for row in told]).select_related("manager")
    known = {account.code: account for account in accounts}
    for place, row in enumerate(told):
        if account := known.get(row.customer):
            _answer(place, director, account, row.action)


def _answer(place: int, director: User, account: Account, action: str) -> None:
    today, owner = timezone.localdate(), account.manager or director
    if place % EVERY == 0:
        reason, note = list(SAID.items())[place // EVERY % len(SAID)]
        actions.decline(director, account, action, reason=reason.value, note=note, days=90)
        return
    row = actions.accept(director, account, action, owner=owner, due=today + timedelta(days=place), note="")
    if place % EVERY == 1:
        actions.done(director, row.pk, row.version, on=today, outcome=DONE)
