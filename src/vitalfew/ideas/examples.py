"""Ideas of the demo house in every state: merged, shared, tried with customers, told of and not yet."""

from datetime import timedelta
from decimal import Decimal
from typing import Any, Final, NamedTuple

from django.utils import timezone

from vitalfew.accounts.largest import largest
from vitalfew.accounts.models import Account
from vitalfew.contacts.models import Post
from vitalfew.ideas import actions, telling
from vitalfew.ideas.models import Idea, Vote
from vitalfew.ideas.words import IdeaState, Sort, Way, Where
from vitalfew.people.models import User


class Line(NamedTuple):
    """What, of which kind, from where, of what, how many days ago, and how far it is."""

    text: str
    sort: Sort
    origin: Where
    product: str
    days: int
    state: IdeaState
    outcome: str = ""


IDEA, NEED = Sort.IDEA, Sort.NEED
SAID: Final = (
    Line("挂机外箱加一个提手孔，店员一个人就能搬上货架。", IDEA, Where.VISIT, "空调", 210, IdeaState.DONE,
         "自本季起挂机外箱两侧都有提手孔，谢谢您的建议。"),
    Line("希望外箱好搬一点，现在两个人才抬得动挂机。", NEED, Where.SURVEY, "空调", 180, IdeaState.NEW),
    Line("柜机包装能不能改成可回收的周转箱，旺季废纸箱堆满仓库。", IDEA, Where.PORTAL, "空调", 120, IdeaState.PILOT),
    Line("出样机换型时给一份竞品对照单页，导购讲起来更清楚。", IDEA, Where.VISIT, "", 95, IdeaState.PLANNED),
    Line("乡镇门店缺一款窄机身的双门冰箱，老房子厨房放不下现在的。", NEED, Where.VISIT, "冰箱", 90, IdeaState.LOOKED),
    Line("遥控器字太小，老人看不清，退货里常提到。", NEED, Where.COMPLAINT, "空调", 75, IdeaState.PLANNED),
    Line("送货前一小时给门店发短信，好安排人卸车。", IDEA, Where.PORTAL, "", 70, IdeaState.DONE,
         "现在发车和到店前一小时都会自动发短信，收件人可在门户里改。"),
    Line("把安装视频的二维码印在说明书第一页。", IDEA, Where.SURVEY, "热水器", 60, IdeaState.LOOKED),
    Line("洗衣机能不能出一款奶白色，和整体橱柜配。", IDEA, Where.PORTAL, "洗衣机", 45, IdeaState.NOT_DONE,
         "我们认真算过：单独开一种颜色的起订量太大，今年不做；明年换代时会再看。"),
    Line("对账单想要电子版，直接导进我们的财务系统。", NEED, Where.COMPLAINT, "", 40, IdeaState.PILOT),
    Line("促销员培训能不能放到线上，乡镇店来一趟要半天。", NEED, Where.VISIT, "", 30, IdeaState.LOOKED),
    Line("旺季前一个月让我们先看到排产，好提前备库。", NEED, Where.PORTAL, "空调", 20, IdeaState.NEW),
    Line("展台灯箱改成磁吸的，换画面不用叫人。", IDEA, Where.VISIT, "", 9, IdeaState.NEW),
    Line("滤网提醒灯改成手机通知，用户常看不见。", IDEA, Where.PORTAL, "空调", 3, IdeaState.NEW),
)  # fmt: skip
OURS: Final = "给核心客户开一条研发直通热线，每月收一次改进建议。"
SHARED: Final = {
    2: ("可回收周转箱", "用可折叠的周转箱代替柜机纸箱，随车回收。"),
    5: ("大字遥控器", "按键和字都放大的遥控器，可单独订购。"),
}
WORK: Final = {3: "PLM-2231", 5: "PLM-2187"}


def plant() -> None:
    """Once."""
    accounts, director = largest(), User.objects.get(username="director")
    if Idea.objects.exists() or not accounts:
        return
    made = [_said(accounts[n % len(accounts)], director, line) for n, line in enumerate(SAID)]
    begun = {"sort": IDEA.value, "origin": Where.COLLEAGUE.value, "said_on": timezone.localdate() - timedelta(days=15)}
    actions.write_down(director, None, {**begun, "text": OURS, "owner": director})
    for place, (title, text) in SHARED.items():
        actions.share(director, made[place].pk, _now(made[place]).version, outside_title=title, outside_text=text)
        for account in accounts[:3]:
            if account.pk != made[place].account_id:
                Vote.objects.create(idea=made[place], account=account)
    actions.merge(director, made[1].pk, _now(made[1]).version, into=made[0].number)
    for n, (line, row) in enumerate(zip(SAID, made, strict=True)):
        _went_on(director, _now(row), line, n)


def _said(account: Account, director: User, line: Line) -> Idea:
    post = Post.objects.held().filter(account=account).order_by("pk").first()
    fields: dict[str, Any] = {
        "text": line.text, "sort": line.sort.value, "origin": line.origin.value, "product": line.product,
        "person": post.person if post else None, "named": "", "owner": account.manager or director,
        "said_on": timezone.localdate() - timedelta(days=line.days),
    }  # fmt: skip
    return actions.write_down(director, account, fields)


def _went_on(director: User, row: Idea, line: Line, place: int) -> None:
    if row.state == IdeaState.MERGED or line.state == IdeaState.NEW:
        return
    today = timezone.localdate()
    if line.state == IdeaState.PILOT and row.account:
        days = {"since": today - timedelta(days=20), "until": today + timedelta(days=40)}
        actions.begin_pilot(director, row.pk, row.account, **days, measure="每百台破损数与门店卸车用时")
        return
    said = {
        "state": line.state.value, "why": "", "outcome": line.outcome, "work": WORK.get(place, ""),
        "target": today + timedelta(days=75) if line.state == IdeaState.PLANNED else None,
    }  # fmt: skip
    row = actions.decide(director, row.pk, row.version, said)
    if line.state == IdeaState.DONE:
        worth = {"probability": 0.6, "gain": Decimal(180000), "cost": Decimal(20000), "expected_on": today}
        row = actions.judge(director, row.pk, row.version, worth)
    if line.state == IdeaState.NOT_DONE:
        telling.tell(director, row.pk, row.version, text=line.outcome, way=Way.MEETING.value)


def _now(row: Idea) -> Idea:
    return Idea.objects.get(pk=row.pk)
