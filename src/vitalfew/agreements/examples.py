"""Agreements of the demo house with its largest accounts: running, ending soon, overdue, renewed, broken and drafted."""

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, Final

from django.conf import settings
from django.utils import timezone

from vitalfew.accounts import facts_of
from vitalfew.accounts.between import categories
from vitalfew.accounts.largest import largest
from vitalfew.accounts.models import Account
from vitalfew.agreements import actions, breaching, composing
from vitalfew.agreements.measures import Measure
from vitalfew.agreements.models import Agreement
from vitalfew.agreements.words import AgreementKind, PriceKind, Renewal, Rhythm, Side
from vitalfew.approvals import actions as approvals
from vitalfew.contacts.models import Post
from vitalfew.people.models import User
from vitalfew.warehouse import scorecards
from vitalfew.warehouse.models import Scorecard

THEIRS: Final = (
    ("全年采购额达到约定目标", Rhythm.YEAR, Measure.SALES, None),
    ("货款自开票之日起六十日内付清", Rhythm.ALWAYS, Measure.PAYMENT, 60),
    ("每月五日前提供上月门店销售数据", Rhythm.MONTH, Measure.SELL_OUT, None),
    ("不经销约定的竞争品牌同类新品", Rhythm.ALWAYS, Measure.NONE, None),
)  # fmt: skip
OURS: Final = (
    ("按承诺日期准时交货", Rhythm.ALWAYS, Measure.DELIVERY, None),
    ("旺季前派培训师到店培训导购员", Rhythm.QUARTER, Measure.NONE, None),
    ("每季度结算一次返利", Rhythm.QUARTER, Measure.NONE, None),
)  # fmt: skip
ONCE_IN: Final = 9
"""In so many days something is owed once."""
MONTHS: Final = 48
"""Somewhat longer than the book is."""
TARGETS: Final[Mapping[Measure, Decimal]] = {
    Measure.PAYMENT: Decimal(90), Measure.SELL_OUT: Decimal(12), Measure.DELIVERY: Decimal(95),
}  # fmt: skip


def plant() -> None:
    """Once."""
    if Agreement.objects.exists():
        return
    director, executive = (User.objects.get(username=name) for name in ("director", "executive"))
    today = timezone.localdate()
    whole = {"since": date(today.year, 1, 1), "until": date(today.year, 12, 31)}
    for place, account in enumerate(largest()):
        author = account.manager or director
        row = _drafted(author, account, {**whole, "title": f"{today.year}年度合作协议"}, place)
        if place < 5:  # noqa: PLR2004  (the last one waits for approval)
            _approved(author, executive, row)
            _after(author, row, place)
        else:
            actions.ask(author, row.pk, "客户月底前要签字版。")
    _others(director, executive, today)


def _others(director: User, executive: User, today: date) -> None:
    """Beside the yearly ones: a service agreement, an overdue framework, a partnership that has just been drafted."""
    first, second, third = largest()[:3]
    overdue = {"title": "配件框架供货协议", "since": today - timedelta(days=395), "until": today - timedelta(days=31)}
    service = {"title": "安装与售后服务协议", "since": today - timedelta(days=300), "until": today + timedelta(days=64)}
    partner = {"title": "战略合作框架协议", "since": date(today.year + 1, 1, 1), "until": date(today.year + 3, 12, 31)}
    kinds = (
        (first, overdue, AgreementKind.FRAMEWORK),
        (second, service, AgreementKind.SERVICE),
        (third, partner, AgreementKind.STRATEGIC),
    )
    for number, (account, span, kind) in enumerate(kinds, 1):
        author = account.manager or director
        fields = {**span, "kind": kind.value, "notice_days": 30, "renewal": Renewal.AUTOMATIC.value}
        row = _begun(author, account, f"XY-{span['since']:%Y}-{20 + number:03d}", Decimal(360_000), fields)
        _owed(author, row, Side.OURS, "按约定的时限响应门店报修")
        if kind is not AgreementKind.STRATEGIC:
            _approved(author, executive, row)


def _drafted(author: User, account: Account, span: Mapping[str, Any], place: int) -> Agreement:
    card = Scorecard.objects.filter(refresh=scorecards.current(), customer=account.code).first()
    value = Decimal(round(((card.revenue_12m if card else None) or 1e6) * 1.05, -4)).quantize(Decimal(1))
    number = f"HZ-{span['since'].year}-{place + 1:03d}"
    row = _begun(author, account, number, value, {**span, "kind": AgreementKind.ANNUAL.value, "notice_days": 30})
    for text, rhythm, measure, days in THEIRS:
        target = value if measure is Measure.SALES else TARGETS.get(measure)
        _owed(author, row, Side.THEIRS, text, rhythm=rhythm.value, measure=measure.value, target=target, days=days)
    for text, rhythm, measure, _days in OURS:
        fields = {"rhythm": rhythm.value, "measure": measure.value, "target": TARGETS.get(measure)}
        _owed(author, row, Side.OURS, text, **fields)
    _supplied(author, row)
    soon = timezone.localdate() + timedelta(days=ONCE_IN)
    if row.until is None or soon <= row.until:
        _owed(author, row, Side.OURS, "把新品样机送到三家旗舰店", rhythm=Rhythm.ONCE.value, due=max(soon, row.since))
    _priced(author, row)
    return row


def _begun(author: User, account: Account, number: str, value: Decimal, other: Mapping[str, Any]) -> Agreement:
    post = Post.objects.held().filter(account=account).select_related("person").order_by("pk").first()
    refresh = scorecards.current()
    return actions.write(author, account, {
        "number": number, "renewal": Renewal.BY_AGREEMENT.value, "lead_days": 60, "value": value,
        "currency": refresh.currency if refresh else "CNY", "ours": author, "theirs": post.person if post else None,
        "owner": author, "note": "附件与补充条款以签字盖章的文本为准。", **other,
    })  # fmt: skip


def _owed(author: User, row: Agreement, side: Side, text: str, **other: Any) -> None:
    fields = {"side": side.value, "text": text, "rhythm": Rhythm.ALWAYS.value, "measure": Measure.NONE.value, **other}
    composing.put_in(author, row.pk, "obligation", fields)


def _supplied(author: User, row: Agreement) -> None:
    """Of the product ordered most often, a month's part of what it took in all the years of the book."""
    for bought in facts_of.products(settings.HOME, row.account.codes, 1):
        a_month = Decimal(round(bought["quantity"] / MONTHS))
        if a_month > 0:
            fields = {"measure": Measure.QUANTITY.value, "target": a_month, "product": bought["product"], "unit": "台"}
            _owed(author, row, Side.OURS, "缺货时仍按月保供", rhythm=Rhythm.MONTH.value, **fields)


def _priced(author: User, row: Agreement) -> None:
    """Everything at a discount, one category at more, the product bought most at a fixed price."""
    span = {"since": row.since, "until": row.until, "kind": PriceKind.DISCOUNT.value}
    composing.put_in(author, row.pk, "rule", {**span, "value": Decimal(18)})
    for category in categories()[:1]:
        composing.put_in(author, row.pk, "rule", {**span, "category": category, "value": Decimal(22)})
    for bought in facts_of.products(settings.HOME, row.account.codes, 1):
        if bought["quantity"] > 0 and bought["amount"] > 0:
            price = Decimal(str(round(bought["amount"] / bought["quantity"], 2)))
            fixed = {**span, "kind": PriceKind.FIXED.value, "product": bought["product"], "value": price}
            composing.put_in(author, row.pk, "rule", fixed)


def _approved(author: User, second: User, row: Agreement) -> None:
    asked = actions.ask(author, row.pk)
    if asked.approval:
        approvals.approve(second, asked.approval.pk, asked.approval.version, "同意")


def _after(author: User, row: Agreement, place: int) -> None:
    """The first is being renewed; others were broken, by either side."""
    row.refresh_from_db()
    today = timezone.localdate()
    if place == 0:
        actions.renew(author, row.pk)
    if place == 1:
        said = _broken(row, Side.THEIRS, "销售数据", "三月至五月的门店销售数据没有提供。", "已两次邮件催报。")
        breach = breaching.record(author, row.pk, {**said, "broken_on": max(row.since, today - timedelta(days=120))})
        breaching.penalise(author, breach.pk, breach.version, amount=Decimal(20_000), due=today + timedelta(days=5))
    if place == 2:  # noqa: PLR2004  (the third)
        said = _broken(row, Side.OURS, "返利", "二季度返利晚结了三周。", "返利确认单日期与到账日期。")
        breach = breaching.record(author, row.pk, {**said, "broken_on": max(row.since, today - timedelta(days=60))})
        text = "本季度返利提前到次月十日前结清。"
        breaching.promise(author, breach.pk, breach.version, text=text, due=today + timedelta(days=20), owner=author)
    if place == 3:  # noqa: PLR2004  (the fourth)
        said = _broken(row, Side.THEIRS, "货款", "两张发票超过约定账期未付。", "对账单与催款记录。")
        breaching.record(author, row.pk, {**said, "broken_on": max(row.since, today - timedelta(days=12))})


def _broken(row: Agreement, side: Side, about: str, text: str, evidence: str) -> dict[str, Any]:
    owed = row.obligations.filter(side=side, text__contains=about, put_away_at=None).first()
    return {"obligation": owed, "side": side.value, "text": text, "evidence": evidence}
