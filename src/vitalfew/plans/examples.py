"""Account plans of the demo house at its largest accounts: closed, running, waiting for agreement, a draft."""

from datetime import date, timedelta
from typing import Any, Final

from django.utils import timezone

from vitalfew.accounts.between import categories
from vitalfew.accounts.largest import largest
from vitalfew.accounts.models import Account
from vitalfew.people.models import User
from vitalfew.plans import actions, composing, reading, sharing, whitespace
from vitalfew.plans.measures import Measure
from vitalfew.plans.models import Plan
from vitalfew.plans.words import Rating, Section
from vitalfew.warehouse import scorecards
from vitalfew.warehouse.models import Scorecard

SWOT: Final = {
    "strengths": "交货准时，技术员到店快；\n采购与我方对账口径一致。",
    "weaknesses": "只与采购往来，门店层面没有人认识我们；\n新品样机到店晚。",
    "opportunities": "客户明年新开门店，配件和小家电尚未向我方采购。",
    "threats": "竞争对手给出更长账期；\n线上渠道价格冲击门店。",
    "service": "旺季前预留两周安全库存；\n专人对接安装与售后。",
}  # fmt: skip
STEPS: Final = (
    ("约见总经理，定下全年合作框架。", -40, "已会谈，框架同意。"),
    ("门店店长座谈会，听取陈列意见。", -6, ""),
    ("送新品样机到前三家门店。", 5, ""),
    ("配件与小家电组合报价。", 30, ""),
)
"""What, in how many days, what came of it."""


def plant() -> None:
    """Once."""
    if Plan.objects.exists():
        return
    director, executive = (User.objects.get(username=name) for name in ("director", "executive"))
    for place, account in enumerate(largest()[:4]):
        author = account.manager or director
        row = _drafted(author, account)
        if place == 0:
            _closed(author, director, _drafted(author, account, back=1))
        if place < 3:  # noqa: PLR2004  (the last stays a draft)
            actions.ask(author, row.pk)
        if place < 2:  # noqa: PLR2004  (the third waits for agreement)
            _agreed(executive, row)
            actions.begin(author, row.pk)
            _shown(author, row)


def _shown(author: User, row: Plan) -> None:
    """What both sides do is shown to the customer, who has not answered yet."""
    for section in (Section.STEPS, Section.PROMOTIONS):
        if sharing.DRAWN[section](row):
            sharing.share(author, row.pk, section, shared=True)


def _drafted(author: User, account: Account, back: int = 0) -> Plan:
    today = timezone.localdate()
    year = today.year - back
    span = {"since": date(year, 1, 1), "until": date(year, 12, 31), "review_on": date(year, 12, 31)}
    model = whitespace.proposal(author, account).model
    fields: dict[str, Any] = {"title": f"{year}年度客户计划", "owner": author, **span, **SWOT}
    row = actions.write(author, account, {**fields, "sales_model": model.value if model else "", "sales_model_why": ""})
    _filled(author, row, today.replace(year=year, day=min(today.day, 28)))
    return row


def _filled(author: User, row: Plan, around: date) -> None:
    card = Scorecard.objects.filter(refresh=scorecards.current(), customer=row.account.code).first()
    more = 1.05 if row.until >= timezone.localdate() else 0.5
    sales = round(((card.revenue_12m if card else None) or 1e6) * more, -4)
    goals = [
        _goal("全年销售额再上一个台阶", Measure.SALES, sales), _goal("高层与店长都要走到", Measure.VISITS, 8),
        _goal("投诉减半", Measure.COMPLAINTS, 4), _goal("满意度调查得分", Measure.HAND, 85, start=78, unit="分"),
    ]  # fmt: skip
    for fields in goals:
        goal = composing.put_in(author, row.pk, "goal", fields)
        if fields["measure"] == Measure.HAND:
            said = {"figure": 82, "figure_on": max(row.since, around - timedelta(days=30)), "source": "年中满意度问卷"}
            composing.note(author, goal.pk, goal.version, said)
    for text, ahead, result in STEPS:
        due = min(max(around + timedelta(days=ahead), row.since), row.until)
        step = composing.put_in(author, row.pk, "step", {"text": text, "owner": author, "due": due, "goal": None})
        if result:
            composing.settle(author, step.pk, result, due)
    for gap in whitespace.gaps(author, row.account)[:2]:
        target = {"category": gap.category, "amount": round(gap.amount, -3) or gap.amount, "note": ""}
        composing.put_in(author, row.pk, "target", target)
    _promoted(author, row)


def _promoted(author: User, row: Plan) -> None:
    known = categories()
    if not known:
        return
    fields = {
        "name": "夏季联合促销", "categories": known[0], "since": date(row.since.year, 6, 1),
        "until": date(row.since.year, 6, 30), "budget": 120_000, "our_share": 60, "note": "我方出促销员，客户出场地与海报。",
    }  # fmt: skip
    composing.put_in(author, row.pk, "promotion", fields)


def _goal(text: str, measure: Measure, target: float, start: float | None = None, unit: str = "") -> dict[str, Any]:
    return {
        "text": text, "measure": measure.value, "category": "", "start": start, "target": target, "unit": unit,
    }  # fmt: skip


def _agreed(second: User, row: Plan) -> None:
    row.refresh_from_db()
    actions.agree(second, row.pk)


def _closed(author: User, second: User, row: Plan) -> None:
    actions.ask(author, row.pk)
    _agreed(second, row)
    actions.begin(author, row.pk)
    row.refresh_from_db()
    said = {"rating": Rating.PARTLY.value, "lessons": "目标定得太粗，没有落到门店；今年先定门店，再定数字。"}
    actions.close(author, row.pk, row.version, said, reading.kept(row))
