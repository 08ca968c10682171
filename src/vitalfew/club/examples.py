"""The demo house's club: three levels, their members and rights, what was used, a day that was held and a round table ahead."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any, Final

from django.utils import timezone

from vitalfew.accounts.models import Account
from vitalfew.club import actions, joining
from vitalfew.club.models import Benefit, Event, Invited, Level, Member, Use
from vitalfew.club.words import Answered, BenefitKind
from vitalfew.contacts.models import Post
from vitalfew.people.models import User
from vitalfew.people.roles import Role
from vitalfew.warehouse import scorecards
from vitalfew.warehouse.models import Scorecard

LEVELS: Final = (
    ("钻石会员", "鑽石會員", "Diamond", "钻", 4, 3), ("金卡会员", "金卡會員", "Gold", "金", 14, 2),
    ("银卡会员", "銀卡會員", "Silver", "银", 35, 1),
)  # fmt: skip
"""Names, mark, how many of the largest meet its floor, years with us."""
RIGHTS: Final[tuple[tuple[tuple[BenefitKind, str, int | None, int | None], ...], ...]] = (
    (
        (BenefitKind.CONTACT, "总部专属客户经理，节假日电话可达", None, 180_000),
        (BenefitKind.ANSWER, "投诉与报价优先答复", 2, None),
        (BenefitKind.SUPPLY, "旺季紧缺机型预留份额", None, 260_000),
    ),
    (
        (BenefitKind.ANSWER, "投诉与报价优先答复", 4, None),
        (BenefitKind.DELIVERY, "省内免费配送，每季度三次", None, 96_000),
        (BenefitKind.TRAINING, "每年两次安装与导购培训", None, 60_000),
    ),
    ((BenefitKind.ANSWER, "投诉与报价优先答复", 8, None), (BenefitKind.EVENTS, "受邀参加会员日", None, 45_000)),
)


def plant() -> None:
    """Once, whatever is computed by then."""
    director = User.objects.filter(role=Role.DIRECTOR).order_by("pk").first()
    if director is None or Level.objects.exists() or scorecards.current() is None:
        return
    levels = [_level(director, rank, *line) for rank, line in enumerate(LEVELS, 1)]
    joining.settle()
    _aged()
    _nominated(levels[-1])
    for row in Member.objects.current().order_by("level__rank", "account__code")[:6]:
        _used(director, row)
    _events(director, levels)


def _level(user: User, rank: int, name: str, hant: str, en: str, mark: str, many: int, years: int) -> Level:  # noqa: PLR0917  (a line above, in order)
    row = Level(
        name=name, name_hant=hant, name_en=en, mark=mark, rank=rank, net_sales=_floor(many), years=years,
        green=rank < len(LEVELS),
    )  # fmt: skip
    made = actions.make(user, row)
    for kind, text, hours, cost in RIGHTS[rank - 1]:
        actions.make(user, Benefit(level=made, kind=kind.value, text=text, hours=hours, yearly_cost=cost))
    return made


def _floor(many: int) -> int:
    """A round amount that about so many accounts reach."""
    cards = Scorecard.objects.filter(refresh=scorecards.current(), revenue_12m__gt=0).order_by("-revenue_12m")
    least = [each or 0.0 for each in cards.values_list("revenue_12m", flat=True)[:many]]
    step = 10 ** max(len(str(int(least[-1]))) - 2, 0) if least else 1
    return int(least[-1] // step * step) if least else 0


def _aged() -> None:
    """Most have been in for some time."""
    today = timezone.localdate()
    for place, row in enumerate(Member.objects.current().order_by("account__code")):
        if place % 6:
            Member.objects.filter(pk=row.pk).update(since=today - timedelta(days=40 + 31 * (place % 11)))


def _nominated(level: Level) -> None:
    """One that its manager wants to see in it beyond the rule; it waits for approval."""
    inside = Member.objects.current().values("account")
    account = Account.objects.exclude(pk__in=inside).exclude(manager=None).order_by("code").first()
    if account and account.manager:
        until = timezone.localdate() + timedelta(days=365)
        actions.nominate(account.manager, account, level, until, "新开三家门店，明年采购量预计翻倍，先行给予银卡待遇。")


def _used(user: User, row: Member) -> None:
    right = row.level.benefits.exclude(kind=BenefitKind.SUPPLY).order_by("pk").last()
    if right:
        day = timezone.localdate() - timedelta(days=9 + row.pk % 20)
        use = Use(account=row.account, benefit=right, day=day, cost=Decimal(1800), note="客户反馈满意。")
        actions.make(user, use)


def _events(user: User, levels: list[Level]) -> None:
    today = timezone.localdate()
    held = _event(
        user, "会员日：旺季备货与新品发布", today - timedelta(days=52), "杭州西溪会议中心", levels[1],
        Decimal(120_000), "上午发布新品，下午分区域商谈旺季备货。",
    )  # fmt: skip
    for place, row in enumerate(Invited.objects.filter(event=held).order_by("pk")):
        came = (Answered.ATTENDED, Answered.ATTENDED, Answered.ATTENDED, Answered.DECLINED, Answered.ABSENT)[place % 5]
        actions.answered(user, row.pk, row.version, {"answer": came.value})
    outcome = {"cost": Decimal(113_600), "outcome": "八家签下旺季备货意向，两家提出共同设计促销方案。"}
    actions.change(user, Event, held.pk, held.version, outcome)
    _event(
        user, "总经理座谈会：听取大客户意见", today + timedelta(days=24), "公司总部三楼会议室", levels[0], Decimal(30_000),
        "请各位对产品、服务与供货直言不讳，我方总经理当场答复。",
    )  # fmt: skip


def _event(user: User, title: str, day: date, place: str, level: Level, budget: Decimal, about: str) -> Event:  # noqa: PLR0917  (as above)
    row = actions.make(user, Event(title=title, day=day, place=place, level=level, budget=budget, about=about))
    there = Member.objects.current().filter(level__rank__lte=level.rank).order_by("account__code")
    actions.invite(user, row, [member.account for member in there.select_related("account")])
    for invited in Invited.objects.filter(event=row).select_related("account")[:3]:
        _who_comes(user, invited, invited.account)
    return row


def _who_comes(user: User, row: Invited, account: Account) -> None:
    post = Post.objects.held().filter(account=account).order_by("pk").first()
    if post:
        said: dict[str, Any] = {"answer": Answered.ACCEPTED.value, "person": post.person}
        actions.answered(user, row.pk, row.version, said)
