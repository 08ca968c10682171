"""Complaints of the demo house in every state: a serious one with its whole history, claims, compensation, one without a name."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any, Final, NamedTuple

from django.utils import timezone

from vitalfew.accounts.largest import largest
from vitalfew.accounts.models import Account
from vitalfew.analyses.anomalies import QUESTIONS
from vitalfew.complaints import (
    actions,
    causing,
    claiming,
    closing_months,
    compensating,
    eight_d_acting,
    group_acting,
    grouping,
    monthly,
    proceeding,
    telling,
)
from vitalfew.complaints.checks import AFTER
from vitalfew.complaints.deadlines import hours
from vitalfew.complaints.keeping import CUSTOMER, changed, done
from vitalfew.complaints.models import Cause, Complaint, EightD, Inquiry, TextGroup
from vitalfew.complaints.procedure import STEPS
from vitalfew.complaints.words import GroupState, Procedure, State, UsualCause, Way
from vitalfew.contacts.models import Post
from vitalfew.people.models import User
from vitalfew.terms import AnomalyKind


class Line(NamedTuple):
    """What, its effect, what it is about, by which channel, how many days ago, how many steps were done."""

    text: str
    effect: str
    category: str
    channel: str
    days: int
    steps: int


TOLD: Final = (
    Line("卖场三台挂机同时漏电跳闸，已停止销售，要求马上来人。", "safety", "quality", "phone", 40, 10),
    Line("旺季断货五天，两家门店空架。", "stop", "delivery", "phone", 1, 5),
    Line("整车到货外箱进水，四十台受损。", "loss", "damage", "mail", 2, 4),
    Line("新装柜机一周内返修两次，顾客要求退货。", "loss", "service", "visit", 1, 2),
    Line("送货比约定晚了两天，门店白等。", "cost", "delivery", "phone", 30, 6),
    Line("少送两箱安装配件，工人停工半天。", "cost", "quantity", "phone", 25, 6),
    Line("发票抬头开错，重开拖了三周。", "cost", "money", "mail", 21, 6),
    Line("安装师傅迟到两小时，态度生硬。", "cost", "conduct", "card", 6, 5),
    Line("展示样机外壳划伤，要求更换。", "minor", "quality", "phone", 14, 6),
    Line("促销物料尺寸与货架不符。", "minor", "other", "survey", 11, 5),
    Line("对账单与实际到货差一单。", "cost", "money", "mail", 3, 4),
    Line("遥控器批量失灵，已收到六位顾客反映。", "cost", "quality", "phone", 2, 3),
    Line("热线打了三次没人接。", "minor", "service", "web", 2, 3),
    Line("夜间送货扰民，物业不让卸。", "cost", "delivery", "phone", 8, 3),
    Line("错发型号，客户急用。", "cost", "quantity", "phone", 1, 2),
    Line("返利结算比协议少了一个点。", "cost", "money", "visit", 2, 1),
    Line("冰箱噪声大，夜里吵醒住户。", "cost", "quality", "phone", 1, 1),
    Line("新到冷柜三天内两台停机，生鲜报损，要求查明原因。", "loss", "quality", "phone", 18, 9),
    Line("安装预约电话没人回。", "minor", "service", "phone", 1, 1),
    Line("纸箱破损，机身无伤。", "minor", "damage", "phone", 0, 1),
)  # fmt: skip
GIVEN: Final[Mapping[str, str]] = {
    "who": "我方质量工程师与客户门店店长", "found": "电源线压线处绝缘层破损", "cause": "压线板毛刺划破绝缘层",
    "proof": "拆解三台，毛刺位置一致", "measure": "先行更换整机，并对同批库存逐台排查", "where": "二号装配线与华东两家门店",
    "result": "连续两周无同类问题", "standard": "压线板去毛刺列入来料检验标准", "with": "客户采购经理",
    "answer": "原因已查明并整改，换货已完成，给您添麻烦了。", "outcome": "已换货并整改，客户确认。",
}  # fmt: skip
"""What is said for each step."""
UNKNOWN: Final = (
    {"text": "在贵方门店买的洗衣机脱水时移位，希望有人看看。", "company": "", "named": "", "phone": ""},
    {
        "text": "我们店上月订的货少了一件，请核对。",
        "company": "恒达家电西门店",
        "named": "周先生",
        "phone": "13900000000",
    },
)


def plant() -> None:
    """Once."""
    if Complaint.objects.filter(imported=False).exists():
        return
    handler = User.objects.get(username="complaints")
    accounts = largest()
    made = [_told(handler, accounts[n % len(accounts)], line) for n, line in enumerate(TOLD)] if accounts else []
    _caused(made)
    for fields in UNKNOWN:
        actions.take_in(CUSTOMER, {**fields, "channel": "web", "received_at": _ago(0)})
    if made:
        _money(handler, made)
        twice = next(row for row in made if _now(row).is_open)
        again = actions.take_in(handler, {
            "account": twice.account, "text": twice.text, "channel": "mail", "effect": twice.effect, "received_at": _ago(0),
        })  # fmt: skip
        actions.merge(handler, again.pk, twice.pk)
        row = made[-2]
        proceeding.wait(handler, row.pk, _now(row).version, "等客户提供安装日期。")
        eight_d_acting.begin(handler, made[3].pk)
        _asked(accounts, made)
        _offered(handler, next(each for each in made if each.text.startswith("新到冷柜")), COLD)
        for month in monthly.open_months(timezone.localdate(), ())[-1:]:
            closing_months.close(User.objects.get(username="director"), month)
        _grouped(handler)


REPORT: Final[Mapping[str, str]] = {
    "team": "组长：质量部工程师；成员：装配车间主任、来料检验员、客户门店店长", "place": "电源线压线处，三台均在同一侧",
    "since": "上月起同批到货，三台同时出现", "extent": "同批120台，已排查，另有4台压线板有毛刺",
    "is_not": "上一批同型号没有，其他供应商的压线板没有",
    "occurred": "绝缘层被划破\n压线板边缘有毛刺\n供应商冲压模具磨损\n模具没有按次数保养",
    "undetected": "来料检验不查毛刺\n检验标准里没有这一项", "evidence": "新检验记录与供应商模具保养单",
    "prevention": "检验员已培训；FMEA补充压线板毛刺一项；供应商按次数保养模具", "rolled_out": "一、二号装配线，全部挂机型号",
    "note": "已向供应商索赔，见索赔记录。",
}  # fmt: skip


ASKED: Final = (
    (AnomalyKind.DROP, 95, "explained", "门店装修，下月恢复订货。"),
    (AnomalyKind.SILENCE, 80, "problem", "上批货安装预约没人回，暂停下单。"),
    (AnomalyKind.DROP, 64, "explained", "春节备货提前，本月正常回落。"),
    (AnomalyKind.DROP, 64, "problem", "返利结算有出入，先不订。"),
    (AnomalyKind.SILENCE, 50, "explained", "改为季度集中采购。"),
    (AnomalyKind.DROP, 33, "explained", "渠道库存偏高，消化中。"),
)
"""What, how many days ago, what came of it, what the customer said."""


def _asked(accounts: list[Account], made: list[Complaint]) -> None:
    """Questions that were answered; those of today come from the refresh."""
    for n, (kind, days, answer, why) in enumerate(ASKED):
        account, at = accounts[n % len(accounts)], _ago(days)
        seen, usual = (40.0, 12.0) if kind is AnomalyKind.SILENCE else (0.3, 1.0)
        row, _new = Inquiry.objects.get_or_create(
            account=account, kind=kind, since=at.date() - timedelta(days=40), defaults={
                "seen": seen, "usual": usual, "asked_at": at,
                "question": QUESTIONS[kind], "due": at.date(), "answer": answer, "why": why,
                "answered_at": _working(at + timedelta(days=1)), "answered_by": account.manager,
            },
        )  # fmt: skip
        if answer == "problem":
            Inquiry.objects.filter(pk=row.pk).update(complaint=made[-1 - n])


COLD: Final[Mapping[str, str]] = {
    **REPORT, "team": "组长：质量部工程师；成员：制冷工程师、售后主管、客户生鲜部经理",
    "place": "压缩机启动继电器，两台均在同一位置",
    "since": "到货第三天起，三天内两台", "extent": "同批36台，已全部排查，另有1台继电器触点发黑", "is_not": "上一批同型号没有",
    "occurred": "压缩机不启动\n启动继电器触点烧蚀\n触点镀层厚度不足\n供应商换了电镀线，没有通知我们",
    "undetected": "出厂试机只开机一次\n试机规程没有规定连续启停", "root": "启动继电器触点镀层厚度不足",
    "remedy": "更换同批继电器，并恢复原电镀线供货", "implemented": "继电器镀层厚度列入来料检验标准",
    "evidence": "镀层测厚记录与连续启停试验报告",
    "prevention": "供应商变更须事先书面通知；FMEA补充镀层一项", "rolled_out": "全部冷柜型号",
    "note": "供应商已书面承认变更未通知。",
}  # fmt: skip


def _grouped(handler: User) -> None:
    """Texts that say the same: one group was made a cause, one has none in common, the others are still to be read."""
    grouping.group()
    for row in TextGroup.objects.filter(state=GroupState.PROPOSED):
        free = list(row.complaints.filter(cause=None).values_list("pk", flat=True))
        if "卸货" in row.words and free:
            cause = Cause.objects.get(usual=UsualCause.LOADING)
            group_acting.confirm(handler, row.pk, row.version, {"cause": cause.pk}, free)
        elif "外机" in row.words:
            group_acting.dismiss(handler, row.pk, row.version)


def _offered(handler: User, row: Complaint, said: Mapping[str, str]) -> EightD:
    report = eight_d_acting.begin(handler, row.pk)
    report = eight_d_acting.write(handler, report.pk, report.version, said)
    return eight_d_acting.offer(handler, report.pk, report.version)


def _reported(handler: User, row: Complaint) -> None:
    """The 8D record, signed and given to the customer."""
    report = _offered(handler, row, REPORT)
    report = eight_d_acting.sign(User.objects.get(username="director"), report.pk, report.version)
    eight_d_acting.share(handler, report.pk, report.version)


CAUSES: Final = {
    "quality": "product.making", "delivery": "transport.carriage", "damage": "transport.packing", "quantity": "supply.picking",
    "service": "service.installing", "money": "information.invoice", "conduct": "service.manner",
}  # fmt: skip
"""Where those whose cause is known stand on the tree, by what they are about."""


def _caused(made: list[Complaint]) -> None:
    causing.add_usual(User.objects.get(username="director"))
    known = {row.usual: row for row in Cause.objects.exclude(usual="")}
    for row in made:
        if row.category in CAUSES and State.CAUSE.value in done(row):
            Complaint.objects.filter(pk=row.pk).update(cause=known[CAUSES[row.category]])


def _told(handler: User, account: Account, line: Line) -> Complaint:
    post = Post.objects.held().filter(account=account).order_by("pk").first()
    row = actions.take_in(handler, {
        "account": account, "person": post.person if post else None, "text": line.text, "effect": line.effect,
        "category": line.category, "channel": line.channel, "received_at": _ago(line.days), "owner": handler,
    })  # fmt: skip
    if line.days:
        telling.tell(handler, row.pk, row.version, text=telling.proposed(row), way=Way.PHONE)
    if line.steps > 1:
        _go_on(handler, _now(row), line)
    _dated(_now(row), line)
    return _now(row)


def _go_on(handler: User, row: Complaint, line: Line) -> None:
    """Assessed, and so many steps on."""
    row = proceeding.assess(handler, row.pk, row.version, effect=line.effect, grows=False)
    telling.tell(handler, row.pk, row.version, text=telling.proposed(row), way=Way.PHONE)
    row = _now(row)
    for to in STEPS[row.procedure][2 : line.steps]:
        if to == State.CLOSED and row.procedure == Procedure.SERIOUS:
            _reported(handler, row)
        for said in row.said.filter(at=None):
            telling.tick(handler, row.pk, said.pk)
        day = timezone.localdate(row.received_at) if row.received_at else timezone.localdate()
        dates = dict.fromkeys(("on", "since", "until"), day.isoformat())
        proceeding.advance(handler, row.pk, _now(row).version, to, {**GIVEN, **dates, AFTER: 30})
        row = _now(row)


def _dated(row: Complaint, line: Line) -> None:
    """As it would have been on its days: spread evenly since it came in, the end where it is settled."""
    steps = list(row.steps.all())
    span = timedelta(days=min(line.days, 12))
    first = row.received_at or timezone.now()
    for n, step in enumerate(steps):
        step.at = _working(first + span * (n / max(len(steps), 1)))
        step.save(update_fields=["at"])
    row.said.update(at=_working(first + timedelta(hours=1)), made_at=_working(first + timedelta(hours=1)))
    last = steps[-1].at
    fields: dict[str, Any] = {"step_since": last}
    if row.acknowledged_at:
        fields["acknowledged_at"] = _working(first + timedelta(hours=1))
    if row.answered_at:
        fields["answered_at"] = _working(first + timedelta(hours=3))
    if row.state == State.CLOSED:
        fields |= {"closed_at": last, "closed_on": timezone.localdate(last)}
    Complaint.objects.filter(pk=row.pk).update(**fields)
    changed(CUSTOMER, _now(row))
    if row.state == State.CLOSED and line.days % 2 == 0:
        proceeding.judged(
            _now(row), satisfied=True, note="处理及时。", fair={"fair_result": 4, "fair_way": 5, "fair_manner": 5}
        )


def _money(handler: User, made: list[Complaint]) -> None:
    """What was given, and what a carrier and a supplier are to pay."""
    today, wet, first = timezone.localdate(), made[2], made[0]
    compensating.compensate(handler, first.pk, _now(first).version, amount=Decimal(3000), why="停售期间的损失。")
    days = {"claimed_on": today - timedelta(days=8), "due": today + timedelta(days=6)}
    carrier = {
        "party": "carrier",
        "name": "顺达物流有限公司",
        "what": "整车进水，四十台外箱受损。",
        "amount": Decimal(26000),
    }
    claiming.claim(handler, wet.pk, {**carrier, **days})
    supplier = {
        "party": "supplier",
        "name": "精工压铸件厂",
        "what": "压线板毛刺造成批量返工。",
        "amount": Decimal(18000),
    }
    claim = claiming.claim(handler, first.pk, {**supplier, **days})
    claiming.settle(handler, claim.pk, claim.version, state="settled", recovered=Decimal(15000), note="从货款中抵扣。")


def _now(row: Complaint) -> Complaint:
    return Complaint.objects.get(pk=row.pk)


def _ago(days: int) -> datetime:
    """So many days ago in the morning of a working day; today an hour ago at most."""
    now = timezone.localtime()
    morning = now.replace(hour=9, minute=20, second=0, microsecond=0) - timedelta(days=days)
    return min(_working(morning), now)


def _working(at: datetime) -> datetime:
    return min(hours().opening(timezone.localtime(at)), timezone.localtime())
