"""What the demo house has promised its largest accounts: kept, moved, late, overdue and still to come."""

from datetime import timedelta
from typing import Any, Final

from django.utils import timezone

from vitalfew.accounts.largest import largest
from vitalfew.accounts.models import Account, TeamRole
from vitalfew.contacts.models import Post
from vitalfew.people.models import User
from vitalfew.promises import actions, answering
from vitalfew.promises.models import Promise
from vitalfew.promises.words import Origin

Line = tuple[str, Origin, TeamRole | None, int, int, int | None]
PROMISED: Final[tuple[Line, ...]] = (
    ("旺季前把两周安全库存备齐，逐仓报数。", Origin.VISIT, TeamRole.PRODUCTION, 150, 120, 122),
    ("更换三台展示样机。", Origin.COMPLAINT, TeamRole.SERVICE, 110, 96, 98),
    ("补发缺少的安装配件。", Origin.TALK, TeamRole.TRANSPORT, 290, 250, 244),
    ("月度对账单改为每月三日前发出。", Origin.FEEDBACK, TeamRole.FINANCE, 60, 40, 41),
    ("派培训师到店培训两天。", Origin.VISIT, TeamRole.SALES, 30, 12, 13),
    ("给出新款挂机的供货价与首批数量。", Origin.VISIT, TeamRole.SALES, 14, 2, None),
    ("确认本年度返利结算办法。", Origin.AGREEMENT, TeamRole.FINANCE, 10, -4, None),
    ("安排总经理回访。", Origin.PLAN, None, 5, -25, None),
)  # fmt: skip
"""What, on which occasion, whose work; how many days ago promised, due and done."""
EVERY: Final = 2
"""At every second account what is open below was kept in time, so that not all of it is overdue."""
FAR, MORE = 20, 10
"""What lies further ahead is asked to be so many days later."""
LEFT_OUT: Final = 3
"""Of each account, every third promise is left out, so that they differ."""


def plant() -> None:
    """Once, whatever other rooms have promised by then; those of the largest accounts, most of them kept."""
    if Promise.objects.filter(text=PROMISED[0][0]).exists():
        return
    director = User.objects.get(username="director")
    for place, account in enumerate(largest()):
        post = Post.objects.held().filter(account=account).order_by("pk").first()
        for number, line in enumerate(PROMISED):
            if (place + number) % LEFT_OUT or line[5] is None:
                _promised(account.manager or director, account, post, line, in_time=place % EVERY == 0)


def _promised(user: User, account: Account, post: Post | None, line: Line, *, in_time: bool) -> None:
    text, origin, department, made, due, done = line
    today = timezone.localdate()
    fields: dict[str, Any] = {
        "text": text, "person": post.person if post else None, "origin": origin.value, "reference": "",
        "department": department.value if department else "", "owner": user, "made_on": today - timedelta(days=made),
        "due": today - timedelta(days=due),
    }  # fmt: skip
    row = actions.promise(user, account, fields)
    if done is None and due > 0 and in_time:
        done = due + 1
    if done is None and due < -FAR:
        answering.ask(user, row.pk, row.version, due=row.due + timedelta(days=MORE), why="总经理行程调整，恳请改期。")
    if done is not None:
        actions.keep(user, row.pk, row.version, on=today - timedelta(days=done), evidence="客户已签收确认。")
