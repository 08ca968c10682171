"""Campaigns of the demo house: one over and evaluated, as its facts tell who was held out; one that runs; one that waits."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any, Final

from django.conf import settings
from django.utils import timezone

from vitalfew.accounts.models import Account
from vitalfew.approvals import actions as approvals
from vitalfew.campaigns import actions, choosing, evaluating, starting
from vitalfew.campaigns.models import Campaign, Target
from vitalfew.campaigns.words import CampaignState, Place
from vitalfew.people import records
from vitalfew.people.models import User
from vitalfew.terms import Arm
from vitalfew.warehouse import scorecards
from vitalfew.warehouse.engines.duck import DuckEngine, connect
from vitalfew.warehouse.known import facts
from vitalfew.warehouse.models import Scorecard
from vitalfew.warehouse.run import day_of

MOST: Final = 60
FEWEST: Final = 60
LETTER: Final = {
    "zh-hans": {
        "title": "秋季新品样机先到先得",
        "text": "{name}，您好！\n\n本季新品样机已到仓，首批订货免安装费。\n需要的话，请回复您的客户经理。",
    },
    "en": {
        "title": "First come: samples of our autumn range",
        "text": "Dear {name},\n\nSamples have arrived. First orders are installed free of charge.",
    },
}
OFFER: Final = {
    "zh-hans": {"title": "秋季新品：首批订货免安装费", "text": "活动期内首批订货免安装费，样机随车送到。"},
    "zh-hant": {"title": "秋季新品：首批訂貨免安裝費", "text": "活動期間首批訂貨免安裝費，樣機隨車送達。"},
    "en": {
        "title": "Autumn range: first orders installed free",
        "text": "First orders are installed free; samples come along.",
    },
}
LEARNT: Final = "备货提前两周最有效；赠品用处不大，下次省下这笔钱多做几家门店陈列。"


def plant() -> None:
    """Once, whatever is computed by then."""
    if Campaign.objects.exists():
        return
    marketing, director = (User.objects.get(username=name) for name in ("marketing", "director"))
    _over(marketing)
    chosen = _alone()
    if len(chosen) >= FEWEST:
        half = len(chosen) // 2
        _running(marketing, director, chosen[:half])
        _waiting(marketing, chosen[half:])


def _alone() -> list[Account]:
    """Those that bought and belong to no group, every other one of them for either campaign."""
    parents = Account.objects.exclude(parent_code="").values("parent_code")
    buying = Scorecard.objects.filter(refresh=scorecards.current(), revenue_12m__gt=0).values("customer")
    rows = Account.objects.filter(parent_code="", code__in=buying).exclude(code__in=parents).exclude(manager=None)
    known = list(rows.order_by("code")[: 2 * MOST])
    return [*known[::2], *known[1::2]]


def _over(user: User) -> None:
    """Who took part and who was held out is a fact of the firm."""
    rows = _in_the_facts()
    if not rows:
        return
    first = rows[0]
    fields: dict[str, Any] = {
        "name": first["campaign"], "aim": "春节后提前备货，少缺货、多卖空调和冰箱。", "kind": "season",
        "since": day_of(first["starts_on"]), "until": day_of(first["ends_on"]), "outcome": "sales", "owner": user,
        "by_letter": False,
    }  # fmt: skip
    row = actions.draft(user, fields)
    row.budget.create(what="备货补贴", planned=Decimal(100000), spent=_spent(rows))
    known = Account.objects.in_bulk([each["customer"] for each in rows], field_name="code")
    Target.objects.bulk_create(
        Target(of=row, account=known[each["customer"]], place=each["arm"]) for each in rows if each["customer"] in known
    )
    row = records.change(user, Campaign.objects.all(), row.pk, row.version, {"state": CampaignState.ENDED.value})
    row = evaluating.evaluate(user, row.pk)
    actions.write_lessons(user, row.pk, row.version, LEARNT)


def _spent(rows: list[dict[str, Any]]) -> Decimal:
    return sum((Decimal(str(each["cost"] or 0)) for each in rows), Decimal(0))


def _in_the_facts() -> list[dict[str, Any]]:
    """The campaign that was known before this room was."""
    source = facts(settings.HOME, DuckEngine(connect("256MB")))
    if "campaign" not in source.names:
        return []
    rows: list[dict[str, Any]] = source.frame("campaign", None).collect("pyarrow").to_native().to_pylist()
    arms = (Arm.TREATED.value, Arm.HOLDOUT.value)
    return sorted((each for each in rows if each["arm"] in arms), key=lambda each: each["customer"])


def _running(user: User, director: User, accounts: list[Account]) -> None:
    today = timezone.localdate()
    row = _drafted(user, accounts, today, 41, name="秋季新品样机", kind="launch")
    row = records.change(user, Campaign.objects.all(), row.pk, row.version, {"letters": LETTER, "offers": OFFER})
    row = actions.add_line(user, row.pk, row.version, "样机运费与安装", Decimal(48000))
    row = actions.hand_in(user, row.pk, row.version, "样机到店才有人买。")
    if row.approval and row.state == CampaignState.ASKED:
        approvals.approve(director, row.approval.pk, row.approval.version)
    row = Campaign.objects.get(pk=row.pk)
    row = starting.start(user, row.pk, row.version, seed=2026)
    first = row.targets.filter(place=Place.TREATED, account__manager__isnull=False).select_related("account__manager")[
        :3
    ]
    for target in first:
        actions.talked(target.account.manager or user, target.pk)


def _waiting(user: User, accounts: list[Account]) -> None:
    today = timezone.localdate()
    row = _drafted(user, accounts, today + timedelta(days=21), 34, name="年底联合促销", kind="joint")
    row = actions.add_line(user, row.pk, row.version, "联合广告", Decimal(120000))
    row = actions.add_line(user, row.pk, row.version, "促销员", Decimal(36000))
    actions.hand_in(user, row.pk, row.version, "与去年同期持平的预算。")


def _drafted(user: User, accounts: list[Account], since: date, days: int, **said: str) -> Campaign:
    times = {"since": since, "until": since + timedelta(days=days)}
    row = actions.draft(user, {"aim": "让参加的客户多订一成。", "owner": user, **times, **said})
    return choosing.add_accounts(user, row.pk, accounts)
