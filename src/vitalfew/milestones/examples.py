"""What the demo house knows of its largest accounts' days: round ones, an honour, a move, one answered and one missed."""

from datetime import date, timedelta
from typing import Any, Final

from django.utils import timezone

from vitalfew.accounts.largest import largest
from vitalfew.accounts.models import Account
from vitalfew.milestones import actions
from vitalfew.milestones.following import follow
from vitalfew.milestones.models import Milestone
from vitalfew.milestones.words import USUAL, Occasion, Sign
from vitalfew.people.models import User

Line = tuple[Occasion, str, int, int]
DAYS: Final[tuple[Line, ...]] = (
    (Occasion.OPENING, "旗舰展厅开业", 5, 12), (Occasion.HONOUR, "获评省级守合同重信用企业", 0, -6),
    (Occasion.MOVE, "新物流中心奠基", 0, 20), (Occasion.JUBILEE, "首份框架协议签订", 10, 25),
    (Occasion.FOUNDING, "公司成立", 20, 40), (Occasion.OPENING, "西区分公司开业", 3, -4),
)  # fmt: skip
"""Kind, what it is, how many years ago, and in how many days from today."""


def plant() -> None:
    """Once; one or two at each of the largest accounts, the first of them congratulated."""
    if Milestone.objects.exclude(made_by="facts").exists():
        return
    director = User.objects.get(username="director")
    for place, account in enumerate(largest()):
        user = account.manager or director
        for number in (place, place + 2):
            _noted(user, account, DAYS[number % len(DAYS)])
    follow()


def _noted(user: User, account: Account, line: Line) -> None:
    kind, title, ago, ahead = line
    today = timezone.localdate()
    on = today + timedelta(days=ahead)
    fields: dict[str, Any] = {
        "kind": kind.value, "title": title, "day": date(on.year - ago, on.month, min(on.day, 28)), "lunar": False,
        "yearly": USUAL[kind].yearly, "round_only": False, "lead": USUAL[kind].lead, "owner": None, "person": None, "consent": "",
    }  # fmt: skip
    row = actions.note(user, account, fields)
    if kind is Occasion.HONOUR and row.next_on:
        what, sent = "总经理署名贺信，附花篮。", today - timedelta(days=4)
        answered = actions.congratulate(user, row.pk, row.version, sign=Sign.LETTER.value, what=what, done_on=sent)
        actions.reply(user, row.pk, answered.version, text="对方总经理来电致谢。", on=today - timedelta(days=2))
