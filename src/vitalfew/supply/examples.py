"""The demo house's picture: what the factory can make of what runs short, lead times, planners' own figures, sharing out."""

from datetime import timedelta
from decimal import Decimal
from typing import Final

from vitalfew.approvals import actions as approvals
from vitalfew.people.models import User
from vitalfew.people.records import NotPossible
from vitalfew.people.roles import Role
from vitalfew.supply import actions, granting, overriding
from vitalfew.supply.drawing import draw
from vitalfew.supply.models import Allotment, Drawing, Incoming, LeadTime, Stocked
from vitalfew.supply.overrides import Why
from vitalfew.supply.weeks import first_week
from vitalfew.supply.words import Arrival

FEW: Final = 4
LEADS: Final = (("控制板外购，齐套后排产", 21, 4), ("外协注塑件，供应商每周五发货", 14, 3))

OWN: Final = (
    (5, 1.3, Why.PROMOTION.value, "三家大客户年货节首周同时上促销"),
    (6, 0.8, Why.STOCK_THERE.value, "渠道库存还有四周，首周会少提"),
    (4, 1.5, Why.TENDER.value, "工程标已中，节前一次提货"),
)  # fmt: skip


def plant() -> None:
    """Once, whatever is computed by then."""
    user = (
        User.objects.filter(role=Role.SUPPLY).order_by("pk").first()
        or User.objects.filter(role=Role.DIRECTOR).order_by("pk").first()
    )
    if user is None or Incoming.objects.exists() or not draw():
        return
    first = first_week(Drawing.objects.get().as_of)
    for place, row in enumerate(Stocked.objects.exclude(empty_on=None).order_by("order_by", "code")[:FEW]):
        quantity = Decimal(max(10, round(row.missing / 20) * 10))
        for week in (3 + place, 5 + place):
            actions.enter(user, Incoming(kind=Arrival.CAPACITY.value, product=row.code, quantity=quantity,
                                         week=first + timedelta(weeks=week), note="二号生产线加班一个班次"))  # fmt: skip
    for row, (note, days, deviation) in zip(Stocked.objects.order_by("-safety", "code"), LEADS, strict=False):
        actions.enter(user, LeadTime(product=row.code, days=days, deviation=deviation, note=note))
    _override(user)
    draw()
    _share_out(user)


def _override(user: User) -> None:
    """Of what runs short, what planners know of a week and the forecast does not."""
    short = Stocked.objects.exclude(empty_on=None).order_by("order_by", "code")
    for row, (week, part, why, note) in zip(short, OWN, strict=False):
        here = row.weeks.order_by("since")[week]
        quantity = Decimal(max(1, round(here.need * part)))
        fields = {"product": row.code, "account": None, "week": here.since, "why": why, "note": note}
        overriding.override(user, {**fields, "quantity": quantity})


def _share_out(user: User) -> None:
    """Of what runs short first, as the planned shortage before Spring Festival."""
    codes = Stocked.objects.exclude(empty_on=None).order_by("order_by", "code").values_list("code", flat=True)[:FEW]
    if codes:
        _reserve(user, codes[0])
        actions.enter(user, Allotment(name="春节前紧缺型号分配", products=", ".join(codes), weeks=8, floor=40, reserve=5,
                                      note="先保合同约定的最低量，再保每家四成底线；留百分之五应急"))  # fmt: skip


def _reserve(user: User, code: str) -> None:
    """Of what runs short first, approved by the head."""
    made = actions.enter(user, Allotment(name="国庆后首批到货分配", products=code, weeks=4, floor=50, grace=21,
                                         note="按各家九月份提报的需求，先保底线再按等级"))  # fmt: skip
    head = User.objects.filter(role=Role.DIRECTOR).exclude(pk=user.pk).order_by("pk").first()
    try:
        asked = granting.ask(user, made.pk, made.version).approval
    except NotPossible:
        return
    if head and asked:
        approvals.approve(head, asked.pk, asked.version, "同意，按此预留")
