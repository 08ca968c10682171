"""Two schemes of the demo house: a yearly rebate that runs, and a quarterly reward for payment on time, booked and reversed."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any, Final

from django.utils import timezone

from vitalfew.accounts.largest import largest
from vitalfew.approvals import actions as approvals
from vitalfew.incentives import accruing, actions, booking, questions
from vitalfew.incentives.models import Booking, Scheme, SchemeVersion
from vitalfew.incentives.simulating import simulate
from vitalfew.people.models import User
from vitalfew.warehouse import scorecards

YEARLY: Final[Sequence[tuple[str, Mapping[str, Any]]]] = (
    ("volume", {"steps": [["500000", "0.5"], ["1000000", "1"], ["3000000", "1.5"], ["8000000", "2"]], "base": "all"}),
    ("growth", {"steps": [["10", "0.3"], ["25", "0.6"]], "base": "all", "floor": "300000"}),
    ("training", {"each": "800", "most": 4}),
    ("price", {"each": "5000", "rate": "0"}),
)
PAYMENT: Final[Sequence[tuple[str, Mapping[str, Any]]]] = (
    ("payment", {"least": "90", "grace": 3, "rate": "0.5"}),
    ("reports", {"least": "60", "rate": "0.1"}),
)
WHY: Final = "付款日期导入有误，更正后重新结算。"
AGREED: Final = "同意，方案与测算一致。"
TRAINED: Final = "门店导购产品培训，签到表已存档。"
BREACH: Final = "线上店铺标价低于最低零售价，截图已存档。"


def plant() -> None:
    """Once."""
    if Scheme.objects.exists() or scorecards.told() is None:
        return
    marketing, director = (User.objects.get(username=name) for name in ("marketing", "director"))
    executive, today = User.objects.get(username="executive"), timezone.localdate()
    _cases(marketing, today)
    about = "按全年净销售额与增长返利，奖励培训，处罚乱价。"
    _approved(marketing, director, (f"{today.year}年度返利", about), (date(today.year, 1, 1), "year", YEARLY))
    about = "按时回款、按月报送进销存数据的客户按季奖励。"
    _approved(marketing, director, ("及时回款奖", about), (date(today.year, 1, 1), "quarter", PAYMENT))
    accruing.accrue_all(today)
    _booked(director, executive, today)


def _cases(user: User, today: date) -> None:
    for place, account in enumerate(largest()[:4]):
        kind, evidence = ("price", BREACH) if place == 1 else ("training", TRAINED)
        day = max(today - timedelta(days=40 + place), date(today.year, 1, 1))
        actions.record(user, account, {"kind": kind, "day": day, "evidence": evidence, "amount": None})


def _approved(maker: User, second: User, named: tuple[str, str], held: tuple[date, str, Any]) -> SchemeVersion:
    since, every, rules = held
    lists: dict[str, Any] = {name: [] for name in ("tiers", "regions", "cooperations", "accounts")}
    fields = {"since": since, "until": date(since.year, 12, 31), "every": every, **lists}
    row = actions.draft(maker, {"name": named[0], "about": named[1]}, fields)
    row = actions.put_rules(maker, row.pk, row.version, rules)
    asked = actions.ask_simulation(maker, row.pk)
    simulate(asked.pk, asked.run)
    asked.refresh_from_db()
    done = actions.hand_in(maker, asked.pk, asked.version)
    approval = done.approval
    if approval is not None:
        approvals.approve(second, approval.pk, approval.version, AGREED)
    return done


def _booked(user: User, second: User, today: date) -> None:
    """Quarters that are over: all but the last booked, the first of them reversed."""
    scheme = Scheme.objects.get(name="及时回款奖")
    over = [period for _version, period in questions.governing(scheme) if period.until < today]
    for number, period in enumerate(over[:-1]):
        owed = sum(questions.open_amounts(scheme, period).values())
        if owed:
            made = booking.book(user, scheme.pk, period, owed, f"examples-{period}")
            if number == 0:
                _reversed(user, second, made)


def _reversed(user: User, second: User, row: Booking) -> None:
    asked = booking.ask_reversal(user, row.pk, row.version, WHY).approval
    if asked is not None:
        approvals.approve(second, asked.pk, asked.version)
