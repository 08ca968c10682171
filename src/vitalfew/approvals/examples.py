"""What the demo house has asked for at its largest accounts: waiting, approved, sent back; limits, and who stands in."""

from datetime import timedelta
from decimal import Decimal
from typing import Any, Final

from django.utils import timezone

from vitalfew.accounts.largest import largest
from vitalfew.accounts.models import Account
from vitalfew.approvals import actions
from vitalfew.approvals.models import Approval
from vitalfew.people.models import User
from vitalfew.people.roles import Role

Line = tuple[str, str, int | None, str]
WAITING: Final[tuple[Line, ...]] = (
    ("allowance", "样机运输破损，补偿一台展示柜机。", 6800, "对方门店已停展三天，补偿后继续陈列。"),
    ("exception", "本季度账期由 45 天延长到 60 天。", None, "旺季压货量比去年多三成，仅限本季度。"),
)
APPROVED: Final[Line] = ("allowance", "安装返工补贴，按实际十二台结算。", 3600, "返工原因是随机附件缺失，责任在我方。")
RETURNED: Final[Line] = ("write-off", "核销两年前的尾款差额。", 12400, "对账多次未果，金额小，催收成本高。")
AGREED: Final = "同意，附上返工清单。"
WHY: Final = "请先附上双方盖章的对账单，再报。"
LIMITS: Final = {"allowance": 5000, "write-off": 1000}
"""Up to how much a key account manager approves for a colleague."""
AHEAD: Final = timedelta(days=7)
LASTS: Final = timedelta(days=5)


def plant() -> None:
    """Once; other rooms may have asked for their own records by then."""
    accounts = [account for account in largest() if account.manager]
    if Approval.objects.filter(number=None).exists() or len(accounts) <= len(WAITING):
        return
    director, administrator = User.objects.get(username="director"), User.objects.get(username="admin")
    for kind, amount in LIMITS.items():
        actions.set_limit(administrator, kind, Role.MANAGER.value, Decimal(amount))
    for account, line in zip(accounts, WAITING, strict=False):
        _asked(account, line)
    done = _asked(accounts[0], APPROVED)
    actions.approve(director, done.pk, done.version, AGREED)
    back = _asked(accounts[len(WAITING)], RETURNED)
    actions.send_back(director, back.pk, back.version, WHY)
    begins = timezone.localdate() + AHEAD
    actions.delegate(director, User.objects.get(username="executive"), begins, begins + LASTS)


def _asked(account: Account, line: Line) -> Approval:
    kind, what, amount, why = line
    given = None if amount is None else Decimal(amount)
    fields: dict[str, Any] = {"what": what, "why": why, "amount": given, "needed_by": None}
    asker = account.manager or User.objects.get(username="director")
    return actions.ask_by_hand(asker, kind, account, fields)
