"""Visits of the demo house at its largest accounts: held, to come, one cancelled, and a round table."""

from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Final

from django.utils import timezone

from vitalfew.accounts.largest import largest
from vitalfew.accounts.models import Account
from vitalfew.contacts.models import Person, Post
from vitalfew.department.workdays import calendar
from vitalfew.people.models import User
from vitalfew.visits import actions, holding
from vitalfew.visits.actions import Going
from vitalfew.visits.holding import Next, Promised, Result
from vitalfew.visits.models import Visit
from vitalfew.visits.words import Mood, Purpose

DAY: Final = timedelta(days=1)


@dataclass(frozen=True)
class Line:
    """In how many days, when, why, about what; whether the customer has agreed, and what was said."""

    ahead: int
    at: time | None
    purpose: Purpose
    topic: str
    agreed: bool = False
    said: str = ""
    mood: Mood = Mood.GOOD


HELD: Final = (
    Line(-20, time(10), Purpose.REVIEW, "半年业务回顾。", said="认可供货改善，希望新品提前一个月看样。"),
    Line(-12, time(14), Purpose.COMPLAINT, "安装质量投诉。", said="同意联合整改，但要求月底前见效。", mood=Mood.MIXED),
    Line(-5, time(9, 30), Purpose.SEASON, "旺季备货。", said="首批按去年的 1.2 倍，分三次到货。"),
)
TO_COME: Final = (
    Line(1, time(10), Purpose.SEASON, "旺季备货数量与到货时间，首批样机陈列。", agreed=True),
    Line(3, time(14, 30), Purpose.REVIEW, "三季度业务回顾，返利结算办法。"),
    Line(6, time(9, 30), Purpose.COMPLAINT, "安装质量投诉的处理进展。", agreed=True),
    Line(9, None, Purpose.CONTRACT, "明年框架协议的价格与账期。"),
)
CANCELLED: Final = Line(2, time(15), Purpose.COURTESY, "新任采购总监到任拜访。")
WHY: Final = "对方采购总监出差，改由电话沟通。"
ROUND: Final = Line(11, time(14), Purpose.ROUND_TABLE, "听取大客户对新品与服务的意见，请各家谈三件最想改进的事。")
AT_THE_TABLE: Final = 3
PROMISE: Final = "两周内给出新品样机与培训安排。"
NEXT: Final = "整理会议纪要，发对方确认。"


def plant() -> None:
    """Once. What was held lies after the last order of the book, so that no analysis counts it before newer orders come."""
    if Visit.objects.exists():
        return
    director, accounts = User.objects.get(username="director"), largest()
    for account, line in zip(reversed(accounts), HELD, strict=False):
        _held(account.manager or director, account, line)
    for account, line in zip(accounts, TO_COME, strict=False):
        row = _planned(account.manager or director, [account], line, [director] if line.agreed else [])
        if line.agreed:
            actions.confirm(director, row.pk)
    if len(accounts) >= AT_THE_TABLE:
        last = accounts[-1]
        row = _planned(last.manager or director, [last], CANCELLED)
        actions.cancel(director, row.pk, row.version, WHY)
        _planned(director, accounts[:AT_THE_TABLE], ROUND)


def _held(user: User, account: Account, line: Line) -> None:
    row, today = _planned(user, [account], line), timezone.localdate()
    holding.hold(user, row.pk, row.version, Result(
        row.day, line.said, _there(account), {account.pk: (line.mood.value, "")},
        [Promised(PROMISE, today + 9 * DAY, account)] if line is HELD[-1] else [],
        [Next(NEXT, today + DAY, user)] if line is HELD[-1] else [],
    ))  # fmt: skip


def _planned(user: User, accounts: list[Account], line: Line, along: list[User] | None = None) -> Visit:
    fields = {
        "day": _worked(line.ahead), "at": line.at, "minutes": 90, "place": "客户总部",
        "purpose": line.purpose.value, "topic": line.topic,
    }  # fmt: skip
    return actions.plan(user, fields, Going(accounts, along or [], [each for at in accounts for each in _there(at)]))


def _worked(ahead: int) -> date:
    """The day itself or the next one that is worked; of the past, the one before."""
    day, firm = timezone.localdate() + ahead * DAY, calendar()
    while not firm.works(day):
        day += DAY if ahead > 0 else -DAY
    return day


def _there(account: Account) -> list[Person]:
    return [post.person for post in Post.objects.held().filter(account=account).order_by("pk")[:2]]
