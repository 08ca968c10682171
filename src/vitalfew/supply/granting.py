"""From a draft to reservations: asked for as it is known by then, approved by a second person above the own limit, given back.

Once it is asked for, what comes of it is worked out from what was known then, and so is the same for who approves it.
Goods are reserved in whole packs: of what comes to an account until a week as many packs as are full by then.
"""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any, Final

import numpy as np
from django.db import transaction

from vitalfew.accounts.models import Account
from vitalfew.approvals import actions as approvals
from vitalfew.approvals.actions import Subject
from vitalfew.approvals.deciding import within_own_limit
from vitalfew.approvals.hands import hands
from vitalfew.approvals.words import ApprovalState
from vitalfew.catalogue import Refusal
from vitalfew.coins import rounded, written
from vitalfew.language import Count, Message
from vitalfew.people import audit, records
from vitalfew.people.models import User
from vitalfew.people.records import NotPossible, Stale
from vitalfew.supply import actions, allotting, basis, reserving
from vitalfew.supply.allotting import Goods
from vitalfew.supply.models import Allotment, Basis, Drawing, Reservation
from vitalfew.supply.rights import SupplyRight
from vitalfew.supply.weeks import DAY, LENGTH
from vitalfew.supply.words import Standing
from vitalfew.terms import gettext_noop as _
from vitalfew.warehouse.run import day_of

KIND: Final = "supply-allotment"
HUNDREDTHS: Final = Decimal("0.01")
FULL: Final = 1e-6
"""What is missing of a pack by rounding alone."""
CLOSED: Final = _("What was asked for or reserved stays as it is: draft it anew")


def goods(row: Allotment) -> Goods:
    """What is shared out: of a draft as it is known now, later as it was known when it was asked for."""
    return allotting.goods_of(row) if row.is_draft else basis.restored(row.basis.goods)


@transaction.atomic
def change(user: User, pk: int, version: int, fields: Mapping[str, Any]) -> Allotment:
    if not own(user, pk).is_draft:
        raise NotPossible(CLOSED)
    return actions.change(user, Allotment, pk, version, fields)


@transaction.atomic
def put_away(user: User, pk: int) -> Allotment:
    if own(user, pk).state in {Standing.ASKED, Standing.RESERVED}:
        raise NotPossible(_("Take the question back, or give back what is reserved, before it is put away"))
    return actions.put_away(user, Allotment, pk)


@transaction.atomic
def ask(user: User, pk: int, version: int | None) -> Allotment:
    """Reserve what comes of it; above the own limit a second person approves it first."""
    row = own(user, pk)
    if row.version != version:
        raise Stale(row)
    if not row.is_draft:
        raise NotPossible(CLOSED)
    known = _known(row)
    worth, currency = _worth(row, known), Drawing.objects.get().currency
    if row.approval and row.approval.state == ApprovalState.RETURNED:
        approvals.taken_back(user, row.approval)
    if within_own_limit(user, KIND, worth, currency):
        return _reserved(user, row, known)
    said = Message(_("Reserve {name} for {n} {n:account|accounts}, worth {amount}"), {
        "name": row.name, "n": Count(len({line[0] for line in lines(row, known)})), "amount": written(worth, currency),
    })  # fmt: skip
    had = hands(KIND, row, actions.OF_ALLOTMENT)
    asked = approvals.ask(
        user, KIND, Subject(row.pk, row.get_absolute_url(), said, hands=had, currency=currency), worth, row.note
    )
    return _became(user, row, state=Standing.ASKED.value, approval=asked)


def _known(row: Allotment) -> Goods:
    """Frozen: what is asked for must be what is approved."""
    try:
        known = allotting.goods_of(row)
    except Refusal as refused:
        raise NotPossible(refused.message.text) from None
    if not lines(row, known):
        raise NotPossible(_("Nobody would get a whole pack: there is nothing to reserve"))
    as_of = Drawing.objects.get().as_of
    Basis.objects.update_or_create(allotment=row, defaults={"as_of": as_of, "goods": basis.kept(known)})
    return basis.restored(basis.kept(known))


def lines(row: Allotment, known: Goods) -> list[tuple[str, str, int, float]]:
    """Account, product, day of the week and quantity, in whole packs."""
    needs, packs = known.needs, packs_of(row)
    given = np.cumsum(known.plan(row.rule, row.floor, row.reserve).allocated, axis=1)
    size = np.array([packs.get(code, 1.0) for code in needs.products])[:, None, None]
    whole = np.diff(np.floor(given / size + FULL) * size, axis=1, prepend=0.0)
    return [
        (needs.accounts[account], needs.products[product], needs.days[week], float(whole[product, week, account]))
        for product, week, account in np.argwhere(whole > 0)
    ]


def packs_of(row: Allotment) -> dict[str, float]:
    """The size of each product's pack."""
    parted = (line.split(",") for line in row.packs.splitlines() if line.strip())
    return {product.strip(): float(size) for product, size in parted}


def _worth(row: Allotment, known: Goods) -> Decimal:
    """At the usual prices; what has none counts for nothing."""
    price = dict(zip(known.needs.products, np.nan_to_num(known.prices), strict=True))
    sum_ = sum(quantity * price[product] for _account, product, _day, quantity in lines(row, known))
    return rounded(Decimal(str(sum_)), Drawing.objects.get().currency)


def became(user: User, number: int, state: str) -> None:
    """What follows once its approval is decided: reserved as it was asked for, or a draft again."""
    row = Allotment.objects.select_for_update(of=("self",)).select_related("basis").get(pk=number)
    if state == ApprovalState.WAITING:
        raise NotPossible(_("Ask for it where the draft stands, not here"))
    if not row.is_asked:
        raise NotPossible(CLOSED)
    if state == ApprovalState.APPROVED:
        _reserved(user, row, goods(row))
    else:
        _became(user, row, state=Standing.DRAFT.value)


def _reserved(user: User, row: Allotment, known: Goods) -> Allotment:
    accounts = dict(Account.objects.filter(code__in=known.needs.accounts).values_list("code", "pk"))
    rows = [
        _line(row, accounts[account], product, day, quantity)
        for account, product, day, quantity in lines(row, known)
        if account in accounts
    ]
    reserving.reserve(rows)
    done = _became(user, row, state=Standing.RESERVED.value, reserved_on=_day())
    done.noted(user, "reserve", {"lines": len(rows), "accounts": len({each.account_id for each in rows})})
    return done


def _line(row: Allotment, account: int, product: str, day: int, quantity: float) -> Reservation:
    """Deliveries count from the day after the figures on which it rests: the stock counted then had none of them off."""
    week = day_of(day)
    return Reservation(
        allotment=row, account_id=account, product=product, week=week,
        quantity=Decimal(str(quantity)).quantize(HUNDREDTHS), since=row.basis.as_of + DAY,
        expires_on=week + DAY * (LENGTH - 1 + row.grace),
    )  # fmt: skip


@transaction.atomic
def take_back(user: User, pk: int) -> Allotment:
    """A draft again, before anybody decided."""
    row = own(user, pk)
    if not row.is_asked or row.approval is None:
        raise NotPossible(_("It does not wait for approval"))
    approvals.taken_back(user, row.approval)
    return _became(user, row, state=Standing.DRAFT.value)


@transaction.atomic
def give_back(user: User, pk: int) -> Allotment:
    """What is still kept by it is anybody's again."""
    row = own(user, pk)
    if not row.is_reserved:
        raise NotPossible(_("Nothing is reserved by it"))
    n = reserving.give_back(row.reservations.all(), _day())
    done = _became(user, row, state=Standing.GIVEN_BACK.value)
    done.noted(user, "give-back", {"lines": n})
    return done


@transaction.atomic
def hold_again(user: User, pk: int) -> Allotment:
    """As much of it as was given back and is still there."""
    row = own(user, pk)
    if row.state != Standing.GIVEN_BACK:
        raise NotPossible(_("It was not given back"))
    n = reserving.hold_again(row.reservations.all(), _day())
    done = _became(user, row, state=Standing.RESERVED.value)
    done.noted(user, "reserve", {"lines": n})
    return done


@transaction.atomic
def give_one_back(user: User, pk: int) -> Reservation:
    """Of one account, product and week."""
    return _one(user, pk, "give-back", reserving.give_back, _("It is not kept any more"))


@transaction.atomic
def hold_one_again(user: User, pk: int) -> Reservation:
    return _one(user, pk, "hold", reserving.hold_again, _("It was not given back, or would be over by now"))


def _one(user: User, pk: int, step: str, act: Any, refused: str) -> Reservation:
    user.must(SupplyRight.WORK)
    rows = Reservation.objects.visible_to(user).filter(pk=pk)
    row: Reservation = rows.get()
    if not act(rows, _day()):
        raise NotPossible(refused)
    audit.record(user, f"reservation-{step}", row.subject, {"account": row.account.code, "product": row.product})
    row.refresh_from_db()
    return row


def _day() -> date:
    """That of the figures: what was delivered or ran out later is not known yet."""
    return Drawing.objects.get().as_of


def own(user: User, pk: int) -> Allotment:
    """Held until what is done is stored."""
    user.must(SupplyRight.WORK)
    rows = Allotment.objects.visible_to(user).select_for_update(of=("self",)).select_related("approval")
    row: Allotment = rows.get(pk=pk)
    return row


def _became(user: User, row: Allotment, **fields: Any) -> Allotment:
    """Whoever decides about the approval need not be one who drafted it."""
    done: Allotment = records.change(user, Allotment.objects.all(), row.pk, row.version, fields)
    return done
