"""The demo house's peak seasons: of its largest accounts, before Spring Festival and in the summer past, each at another step."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any, Final

from django.utils import timezone

from vitalfew.accounts.largest import largest
from vitalfew.accounts.models import Account
from vitalfew.peaks import actions, arranging, outturn
from vitalfew.peaks.days import year_before
from vitalfew.peaks.models import Peak
from vitalfew.peaks.words import Answer, Heard
from vitalfew.people.models import User
from vitalfew.people.records import NotPossible
from vitalfew.people.roles import Role
from vitalfew.terms import Follows

FESTIVAL: Final = date(2027, 2, 6)
LENGTH: Final = timedelta(days=34)
VIEWS: Final = (
    ("门店动销比去年好，春节前要备足两周。", Heard.VISIT, 12, "腊月每周五前到仓，缺货提前十天告知。"),
    ("今年新开三家店，希望首批提前一周。", Heard.PHONE, 20, "首批提前一周发，其余按周均衡到货。"),
    ("渠道库存偏高，先按去年量走。", Heard.EXCHANGE, 0, "按周报数，允许一周前调整一次。"),
    ("还没想好，等总部的促销计划。", Heard.VISIT, 5, ""),
)  # fmt: skip
LESSON: Final = "第二周到货晚了三天，明年首批改在峰前三周到仓；小规格少订一成。"


def plant() -> None:
    """Once; each account a step further than the next."""
    if Peak.objects.exists():
        return
    director, supply = User.objects.get(username="director"), User.objects.filter(role=Role.SUPPLY).first()
    for place, (account, view) in enumerate(zip(_ordering(), VIEWS, strict=False)):
        user = account.manager or director
        row = _proposed(user, actions.draft(user, account, _fields(user, view)))
        if row and place < len(VIEWS) - 1:
            _further(user, supply or director, row, place)
        if row and place == 0:
            _past(user, row)


def _ordering() -> Iterator[Account]:
    """Those of the largest that ordered before the last festival, too."""
    ends = FESTIVAL - timedelta(days=1)
    for account in largest():
        if outturn.last_time(Peak(account=account, begins=ends - LENGTH, ends=ends, follows=Follows.CHINESE.value)):
            yield account


def _fields(user: User, view: tuple[str, Heard, int, str]) -> dict[str, Any]:
    ends = FESTIVAL - timedelta(days=1)
    text, heard, growth, commitment = view
    return {
        "category": "", "begins": ends - LENGTH, "ends": ends, "follows": Follows.CHINESE.value, "owner": user, "view": text,
        "heard": heard.value, "growth": growth, "stock": None, "commitment": commitment,
    }  # fmt: skip


def _proposed(user: User, row: Peak) -> Peak | None:
    try:
        return actions.propose(user, row.pk, row.version)
    except NotPossible:
        return None


def _further(user: User, supply: User, row: Peak, place: int) -> None:
    made = actions.ask(user, row.pk, row.version)
    if place > 1:
        return
    today = timezone.localdate()
    made = actions.agree(user, made.pk, made.version, on=today, whom="采购总监", theirs=False)
    first, second = made.arrangements.order_by("due", "pk")[:2]
    arranging.answer(
        supply, first.pk, first.version, answer=Answer.YES.value, reason="二线加班，月底完成", other_day=None
    )
    if place == 1:
        arranging.answer(
            supply, second.pk, second.version, answer=Answer.OTHER.value, reason="节前车辆紧张，须提前装车",
            other_day=second.due - timedelta(days=5),
        )  # fmt: skip


def _past(user: User, now: Peak) -> None:
    """The one of a year before, closed with what was learned; where it ordered then."""
    fields: dict[str, Any] = {name: getattr(now, name) for name in actions.FIELDS}
    fields |= {name: year_before(getattr(now, name), now.follows) for name in ("begins", "ends")}
    if not outturn.last_time(Peak(account=now.account, **fields)):
        return
    row = _proposed(user, actions.draft(user, now.account, {**fields, "view": "", "growth": 8}))
    if row and row.ends < timezone.localdate():
        made = actions.agree(
            user, row.pk, row.version, on=row.begins - timedelta(days=40), whom="采购总监", theirs=False
        )
        actions.close(user, made.pk, made.version, lesson=LESSON)
