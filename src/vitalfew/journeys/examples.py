"""The demo house's service journeys: a template, and purchases at every stage, some of whose late checks were missed."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, Final

from django.conf import settings
from django.utils import timezone

from vitalfew.accounts import facts_of
from vitalfew.accounts.models import Account
from vitalfew.journeys import actions, checking, composing
from vitalfew.journeys.dating import kept
from vitalfew.journeys.following import follow
from vitalfew.journeys.models import Check, Journey, JourneyTemplate
from vitalfew.journeys.words import LATE, After, End, Result, Stage
from vitalfew.people.models import User
from vitalfew.warehouse import scorecards
from vitalfew.warehouse.models import Scorecard
from vitalfew.warehouse.run import day_of

Line = tuple[Stage, str, str, str, After, int, int | None, bool]
CHECKS: Final[tuple[Line, ...]] = (
    (Stage.BEFORE, "需求确认", "与采购、使用部门分别核对机型、数量、安装条件", "sales", After.OPENING, 3, None, True),
    (Stage.BEFORE, "方案与报价", "给出两套方案，写明能耗、保修和总成本", "sales", After.CHECK, 5, None, True),
    (Stage.BEFORE, "样机试用", "送样机到店试用一周，记录意见", "service", After.CHECK, 10, None, False),
    (Stage.DURING, "合同与订单核对", "型号、数量、价格、交期逐项核对，双方签字", "sales", After.ORDER, 2, None, True),
    (Stage.DURING, "排产确认", "确认排产日期，异常当天告知客户", "production", After.ORDER, 5, None, True),
    (Stage.DURING, "发货预告", "发货前告知到货时间、车牌与联系人", "transport", After.ORDER, 8, None, True),
    (Stage.DURING, "对账开票", "按订单对账，开票后三天内确认收到", "finance", After.PROMISED, 5, None, False),
    (Stage.AFTER, "到货验收回访", "到货后致电：数量、外观、附件是否齐全", "service", After.DELIVERY, 3, None, True),
    (Stage.AFTER, "安装调试确认", "安装记录由客户签字，留照片", "service", After.DELIVERY, 10, None, True),
    (Stage.AFTER, "操作培训", "培训店员与仓管员，每人会做日常保养", "service", After.CHECK, 10, None, True),
    (Stage.USE, "使用情况巡检", "到店看运行状态、噪声、能耗，听取使用人意见", "service", After.DELIVERY, 0, 3, True),
    (Stage.USE, "满意度与复购需求回访", "问三件事：好用吗、缺什么、下一批何时要", "sales", After.DELIVERY, 0, 6, True),
)  # fmt: skip
JOURNEYS: Final = 26
MOST: Final = 50
EARLY: Final = 5
"""Every fifth has not been ordered yet, or just now."""
ROUNDS: Final = 4
TITLES: Final = ("新店首批空调备货", "门店样机更新", "冷链展柜招标")
MISSED: Final = 3
"""Of the checks after delivery every third was forgotten, of those before it every eleventh was late."""
SLOW: Final = 11
TROUBLED: Final = 13
"""Of what was done, every thirteenth found trouble."""
NOTES: Final = ("已电话确认，一切正常。", "", "现场查看，客户签字。", "", "客户满意，无意见。")
TROUBLES: Final = (
    "外箱有两台破损，已拍照，等待换货。",
    "噪声偏大，安装支架松动，约定上门加固。",
    "操作手册缺页，店员不会设定时。",
)
REASONS: Final = ("客户要求年底后再做", "安装队排不开，已过时机", "客户自有维修团队，暂不需要")


def plant() -> None:
    """Once, whatever is computed by then."""
    if JourneyTemplate.objects.exists() or scorecards.current() is None:
        return
    director = User.objects.get(username="director")
    row = _template(director)
    for place, (account, order) in enumerate(_orders()):
        _accompanied(account.manager or director, row, account, order, place)
    follow()


def _template(user: User) -> JourneyTemplate:
    made = composing.define(user, {"name": "家电大单全程服务", "about": "首批进货、大额订单、新品类导入"})
    for place, (stage, title, how, function, after, days, months, must) in enumerate(CHECKS, 1):
        fields = {
            "stage": stage.value, "place": place * 10, "title": title, "how": how, "function": function,
            "after": after.value, "days": days, "months": months, "must": must, "evidence": title == "安装调试确认",
        }  # fmt: skip
        composing.PARTS.put_in(user, made.pk, "check", fields)
    return made


def _orders() -> Iterator[tuple[Account, dict[str, Any]]]:
    """Orders of the largest accounts that somebody manages, from the newest to those of a year ago; some still to come."""
    cards = Scorecard.objects.filter(refresh=scorecards.current()).order_by("-revenue_12m", "customer")
    codes = list(cards.values_list("customer", flat=True)[: JOURNEYS * 2])
    accounts = {row.code: row for row in Account.objects.filter(code__in=codes).exclude(manager=None)}
    for place, code in enumerate([code for code in codes if code in accounts][:JOURNEYS]):
        found = facts_of.orders(settings.HOME, accounts[code].codes, most=MOST)
        bought = [row for row in found if (row["amount"] or 0) > 0]
        if place % EARLY == 1:
            yield accounts[code], {}
        elif bought:
            yield accounts[code], bought[min(place % 6 * 9, len(bought) - 1)]


def _accompanied(user: User, template: JourneyTemplate, account: Account, order: dict[str, Any], place: int) -> None:
    fields = _ordered(order) if order else _to_come(place)
    row = actions.begin(user, account, template, {**fields, "owner": account.manager})
    for _round in range(ROUNDS):
        for number in range(len(CHECKS)):
            _checked(user, row, number, place)
    if place == JOURNEYS - 1:
        _closed(user, row)


def _ordered(order: dict[str, Any]) -> dict[str, Any]:
    """As the facts have it."""
    today = timezone.localdate()
    ordered, promised, delivered = (_day(order[name]) for name in ("ordered_on", "promised_on", "delivered_on"))
    opened = min((ordered or today) - timedelta(days=21), today - timedelta(days=1))
    return {
        "title": f"{opened.year}年{opened.month}月进货", "family": "", "order": order["order_id"],
        "worth": Decimal(str(round(order["amount"], 2))), "currency": order["currency"], "opened_on": opened,
        "ordered_on": ordered, "promised_on": promised, "delivered_on": delivered if delivered and delivered <= today else None,
    }  # fmt: skip


def _to_come(place: int) -> dict[str, Any]:
    """Before the purchase, or just ordered; no order of the facts yet."""
    today = timezone.localdate()
    fields = {"title": TITLES[place % len(TITLES)], "opened_on": today - timedelta(days=3 + place * 2)}
    if place % 2:
        fields |= {"ordered_on": today - timedelta(days=place % 9 + 1), "promised_on": today + timedelta(days=10)}
    return fields


def _checked(user: User, row: Journey, number: int, place: int) -> None:
    """What lies behind was done, late, left out or forgotten; what lies ahead waits."""
    check = next((each for each in kept(row) if each.is_open and each.title == CHECKS[number][1]), None)
    today, turn = timezone.localdate(), place * 5 + number * 3 + (check.round if check else 0)
    if check is None or check.due is None or check.due >= today:
        return
    if check.stage in LATE and turn % MISSED == 0:
        if turn // MISSED % 2:
            checking.leave_out(user, check.pk, check.version, why=REASONS[turn // MISSED % len(REASONS)])
        return
    _done(user, check, turn, today)


def _done(user: User, check: Check, turn: int, today: date) -> None:
    due = check.due or today
    on = min(due + timedelta(days=4 if turn % SLOW == 0 else -(turn % 2)), today)
    trouble = turn % TROUBLED == 0
    said: dict[str, Any] = {"result": Result.FINE.value, "note": NOTES[turn % len(NOTES)]}
    if trouble:
        said = {"result": Result.TROUBLE.value, "note": TROUBLES[turn // TROUBLED % len(TROUBLES)]}
    if check.evidence:
        said["file"] = ("安装确认单.txt", f"{check.title} {on}：客户签字确认。".encode())
    checking.do(user, check.pk, check.version, on=max(on, check.journey.opened_on), **said)


def _closed(user: User, row: Journey) -> None:
    now = Journey.objects.get(pk=row.pk)
    if now.is_open:
        today = timezone.localdate()
        actions.close(
            user, now.pk, now.version, on=today, end=End.REPLACED.value, why="旧机以旧换新，随新订单重新服务。"
        )


def _day(number: Any) -> date | None:
    return day_of(number) if isinstance(number, int) else number
