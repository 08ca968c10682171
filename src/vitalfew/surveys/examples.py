"""The demo house's surveys: one closed with about forty people of fifteen accounts, one running, one of colleagues."""

from datetime import timedelta
from typing import Any, Final

from django.utils import timezone

from vitalfew.accounts.models import Account
from vitalfew.contacts.models import Post
from vitalfew.people.models import User
from vitalfew.people.roles import Role
from vitalfew.surveys import actions, answering, writing
from vitalfew.surveys.models import Respondent, Unnamed, Wave
from vitalfew.surveys.standard import Question
from vitalfew.surveys.wording import WALLET_OTHER, WALLET_RIVAL, WALLET_TOTAL
from vitalfew.surveys.words import Block, Kind, Reached, Whom
from vitalfew.warehouse import scorecards
from vitalfew.warehouse.models import Scorecard

ACCOUNTS, PEOPLE, ANSWERED = 15, 3, 4
SURNAMES, GIVEN = "陈林黄何郭马罗梁宋郑谢韩唐冯于", ("立新", "晓梅", "国强", "雅琴", "志远")
RIVALS: Final = ["海川电器", "北辰家电"]
BLOCKS: Final = (
    Block.TRUST, Block.COMMITMENT, Block.SATISFACTION, Block.DRIVERS, Block.NPS, Block.PREFERENCE, Block.WALLET, Block.WORDS,
)  # fmt: skip
WORDS: Final = (
    "旺季到货时间要更准，能提前两周确认发货计划就好。", "售后响应比去年快，希望继续保持。", "返利结算太慢，对账要来回好几次。",
    "新品培训很实用，门店导购反映不错。", "价格调整最好提前一个月通知。", "",
)  # fmt: skip
HARD: Final = (
    "客户要的库存数据要跨三个系统查。",
    "旺季产能分配会上，客户经理没有发言权。",
    "",
    "投诉转到工厂后很久没有回音。",
)
COLLEAGUES: Final = ((Role.MANAGER, 7), (Role.COMPLAINTS, 5), (Role.SUPPLY, 6), (Role.MARKETING, 3))
"""Who has answered the pulse, by role."""


def plant() -> None:
    """Once; their marks stay out of the facts, whose figures the demo book calibrates."""
    director = User.objects.filter(role=Role.DIRECTOR).order_by("pk").first()
    if director is None or Wave.objects.exists() or scorecards.current() is None:
        return
    accounts = _accounts()
    form = writing.make(director, "年度客户关系调查", [each.value for each in BLOCKS])
    closed = _wave(director, form, "上半年客户关系调查", -75, -40)
    _people(director, closed, accounts)
    actions.begin(director, _during(closed).pk)
    _answers(closed, ANSWERED)
    closed.refresh_from_db()
    actions.close(director, _over(closed).pk)
    running = _wave(director, form, "下半年客户关系调查", -6, 18)
    _people(director, running, accounts[:8])
    actions.begin(director, running.pk)
    _answers(running, 2)
    _pulse(director)
    Respondent.objects.update(told=True, wallet_told=True)


def _accounts() -> list[Account]:
    cards = Scorecard.objects.filter(refresh=scorecards.current()).order_by("-revenue_12m", "customer")
    codes = list(cards.values_list("customer", flat=True)[: ACCOUNTS * 3])
    rows = {row.code: row for row in Account.objects.filter(code__in=codes).exclude(manager=None)}
    return [rows[code] for code in codes if code in rows][:ACCOUNTS]


def _wave(user: User, form: Any, name: str, since: int, until: int, **more: Any) -> Wave:
    today = timezone.localdate()
    fields = {
        "rivals": RIVALS,
        "period": str(today.year - 1),
        "sender": "大客户部",
        "purpose": "把下一季的合作做得更好",
        **more,
    }
    return actions.make(user, Wave(
        name=name, questionnaire=form, opens=today + timedelta(days=since), closes=today + timedelta(days=until),
        keep_until=today + timedelta(days=700), **fields,
    ))  # fmt: skip


def _during(wave: Wave) -> Wave:
    """As long as it runs."""
    Wave.objects.filter(pk=wave.pk).update(closes=timezone.localdate())
    return wave


def _over(wave: Wave) -> Wave:
    Wave.objects.filter(pk=wave.pk).update(closes=timezone.localdate() - timedelta(days=40))
    return wave


def _people(user: User, wave: Wave, accounts: list[Account]) -> None:
    """Contacts first, then names by themselves."""
    actions.add_accounts(user, wave, accounts)
    for place, account in enumerate(accounts):
        posts = list(
            Post.objects.held().filter(account=account).select_related("person", "account").order_by("pk")[:PEOPLE]
        )
        actions.ask_posts(user, wave, posts)
        for each in range(len(posts), PEOPLE):
            actions.ask_name(user, wave, account, SURNAMES[place % len(SURNAMES)] + GIVEN[each], language="zh-hans")
    day = wave.opens + timedelta(days=1)
    Respondent.objects.filter(wave=wave).update(reached=Reached.SENT.value, sent_on=day, reminded=1, reminded_on=day)


def _answers(wave: Wave, every: int) -> None:
    """Most answer; every so many-th says nothing, some accounts are content and some are not."""
    wave.refresh_from_db()
    for place, row in enumerate(wave.respondents.order_by("pk")):
        if place % every == every - 1 and place % 3:
            continue
        account = place // PEOPLE
        given = {key: value for each in wave.asked for key, value in _marks(each, account, place)}
        low = answering.is_low(wave, given)
        day = wave.opens + timedelta(days=2 + place % 12)
        Respondent.objects.filter(pk=row.pk).update(
            answers=given, reached=Reached.ANSWERED.value, answered_on=min(day, timezone.localdate()), low=low
        )


def _marks(question: Question, account: int, place: int) -> list[tuple[str, Any]]:
    """Close to how content the account is, a little apart from person to person."""
    item, content = question["item"], (5, 6, 4, 6, 3, 7, 5, 6, 2, 5, 6, 4, 5, 6, 5)[account % ACCOUNTS]
    if question["kind"] == Kind.TEXT:
        text = RIVALS[account % 2] if item == WALLET_RIVAL else WORDS[place % len(WORDS)]
        return [(item, text)] if text else []
    if question["kind"] == Kind.AMOUNT:
        total = 4_000_000 - account * 180_000
        amounts = {WALLET_TOTAL: total, WALLET_OTHER: total // 3}
        return [(item, f"{amounts[item]:.2f}")] if place % PEOPLE == 0 else []
    mark = content + (place * 7 + ord(item[-1]) * 5 + place // 4) % 3 - 1
    if question["highest"] > 7:  # noqa: PLR2004  (a scale of eleven points)
        return [(item, min(max(mark + 3, 0), 10))]
    mark = min(max(mark, 1), 7)
    beside = [(f"{item}@{at}", min(max(mark - at + account % 3, 1), 7)) for at in range(1, len(RIVALS) + 1)]
    return [(item, 8 - mark if question["reversed"] else mark), *(beside if question["beside"] else [])]


def _pulse(user: User) -> None:
    """Closed; as many are noted as having answered as there are sheets, as far as the demo house has names for them."""
    form = writing.make(user, "同事心声", [Block.PULSE.value])
    about = {"rivals": [], "period": "", "purpose": "了解大家服务客户时的感受", "sender": "大客户部"}
    wave = _wave(user, form, "同事心声（第一期）", -30, 0, whom=Whom.COLLEAGUES.value, anonymous=True, **about)
    actions.ask_colleagues(user, wave.pk)
    actions.begin(user, wave.pk)
    wave.refresh_from_db()
    for at, role in enumerate(role for role, n in COLLEAGUES for _each in range(n)):
        marks = {
            each["item"]: 3 + (at * 5 + len(each["item"])) % 4 for each in wave.asked if each["kind"] == Kind.SCORE
        }
        words = {"pulse_hard": HARD[at % len(HARD)]} if HARD[at % len(HARD)] else {}
        Unnamed.objects.create(wave=wave, group=role.value, answers={**marks, **words})
    asked = list(wave.respondents.order_by("pk").values_list("pk", flat=True)[: wave.unnamed.count()])
    Respondent.objects.filter(pk__in=asked).update(reached=Reached.ANSWERED.value)
    actions.close(user, wave.pk)
