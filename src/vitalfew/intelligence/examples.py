"""What the demo house has heard: of its largest accounts, of two competitors and of the market, some of it at odds."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any, Final

from django.utils import timezone

from vitalfew.accounts.largest import largest
from vitalfew.accounts.models import Account
from vitalfew.demobook.surveys import RIVALS
from vitalfew.intelligence import actions
from vitalfew.intelligence.models import Intelligence
from vitalfew.intelligence.words import LASTS, Attribute, Kind, SourceKind
from vitalfew.people.models import User

Line = tuple[int | None, str, int | None, Mapping[str, str], int, str, str]
DAYS: Final = {"kind": Kind.OFFER, "attribute": Attribute.PAYMENT_DAYS}
PRICE: Final = {
    "kind": Kind.OFFER, "attribute": Attribute.PRICE, "detail": "一级能效 1.5 匹挂机", "region": "华东",
}  # fmt: skip
HEARD: Final[tuple[Line, ...]] = (
    (0, "明年计划在昆山、太仓各开两家旗舰店，家电面积翻一番。", None,
     {"kind": Kind.STRATEGY, "source": "总经理访谈"}, 20, "customer", "B2"),
    (0, "柜机报价比我们低三个点，账期放到九十天。", 0, {**DAYS, "value": "90", "source": "采购经理"}, 12, "customer", "B3"),
    (0, "听说账期只放到六十天，要看年度返利。", 0, {**DAYS, "value": "60", "source": "物流公司调度"}, 5, "partner", "C3"),
    (1, "采购权今年收回集团，单笔超过五十万元要招标。", None,
     {"kind": Kind.PURCHASING, "source": "售后经理"}, 45, "customer", "B2"),
    (1, "派驻两名促销员，每月另给陈列费。", 1, {"kind": Kind.OFFER, "source": "店长"}, 200, "colleague", "A2"),
    (2, "新任财务总监来自同行，正在压缩库存。", None,
     {"kind": Kind.ORGANISATION, "source": "行业公众号"}, 60, "press", "C3"),
    (3, "上半年净利下降一成，银行授信已续签。", None, {"kind": Kind.FINANCE, "source": "半年度报告"}, 90, "register", "A2"),
    (None, "明年春季推出自清洁挂机，主打下沉市场。", 0,
     {"kind": Kind.TECHNOLOGY, "source": "春季家电展展台"}, 70, "fair", "A2"),
    (None, "华东一级能效挂机出厂价。", 0, {**PRICE, "value": "2150", "source": "经销商报价单"}, 30, "partner", "B2"),
    (None, "同款挂机在展会上报的出厂价。", 0, {**PRICE, "value": "2080", "source": "秋季订货会"}, 10, "fair", "B3"),
    (None, "以旧换新补贴延长到明年年底，县域门店受益最大。", None,
     {"kind": Kind.REGULATION, "region": "江苏", "source": "省商务厅公告"}, 25, "register", "A1"),
    (None, "行业协会预计明年家用空调内销增长百分之三。", None,
     {"kind": Kind.MARKET, "category": "空调", "source": "协会年会"}, 380, "association", "B2"),
)  # fmt: skip
"""At which of the largest, what, of which competitor, as which fact, how many days ago, from where, and the grade."""
EMPTY: Final = {"region": "", "category": "", "attribute": "", "detail": "", "value": "", "person": None}


def plant() -> None:
    """Once; two of them confirmed by somebody else."""
    if Intelligence.objects.exists():
        return
    director, marketing = (User.objects.get(username=name) for name in ("director", "marketing"))
    accounts = largest()
    made = [_written(director, accounts, *each) for each in HEARD]
    today = timezone.localdate()
    seen = {"source_kind": SourceKind.FAIR.value, "source": "春季家电展产品册", "day": today - timedelta(days=40)}
    heard = {"source_kind": SourceKind.COLLEAGUE.value, "source": "走访两家门店", "day": today - timedelta(days=8)}
    for row, said in ((made[7], seen), (made[0], heard)):
        actions.confirm(marketing, row.pk, said)


def _written(  # noqa: PLR0917  (the parts of a line above)
    director: User, accounts: list[Account], place: int | None, text: str, rival: int | None, more: Mapping[str, str],
    ago: int, source_kind: str, grade: str,
) -> Intelligence:  # fmt: skip
    account = accounts[place % len(accounts)] if place is not None and accounts else None
    day = timezone.localdate() - timedelta(days=ago)
    said = {name: str(value) for name, value in more.items()}
    fields: dict[str, Any] = {
        **EMPTY, **said, "text": text, "competitor": RIVALS[rival] if rival is not None else "", "day": day,
        "source_kind": source_kind, "reliability": grade[0], "credibility": int(grade[1]),
        "valid_until": day + timedelta(days=LASTS[more["kind"]]),
    }  # fmt: skip
    return actions.write_down((account.manager if account else None) or director, account, fields)
