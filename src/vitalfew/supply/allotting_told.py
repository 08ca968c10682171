"""/supply/allotments: drafts of who gets how much, and what would come of them."""

from copy import copy
from typing import Any, Final

from ninja import Router

from vitalfew.catalogue import Refusal
from vitalfew.lists.operations import Operations, checked
from vitalfew.people.language import language
from vitalfew.people.models import User
from vitalfew.supply import actions, allotting, granting, questions, telling
from vitalfew.supply.allotting_shapes import AllotmentChange, AllotmentNew, AllotmentOut, ReservationOut
from vitalfew.supply.forms import AllotmentForm
from vitalfew.supply.listing import ALLOTMENTS, RESERVATIONS
from vitalfew.supply.models import Allotment, Reservation
from vitalfew.supply.rights import SupplyRight

router = Router(tags=["supply"])
KEYS: Final = ("as_set", "without_floors", "without_priority")
OF_SHARES: Final = ("need", "given", "without_floor", "without_priority", "moved")


def _told(_user: User, row: Allotment) -> dict[str, Any]:
    plain = {name: getattr(row, name) for name in (*actions.OF_ALLOTMENT, "state", "reserved_on")}
    try:
        goods = granting.goods(row)
        found = allotting.outcome(row, goods)
    except Refusal as refused:
        said = refused.message.say(language())
        return {**plain, "refused": said, "ways": [], "shares": [], "losses": [], "collisions": [], "promised": []}
    return {
        **plain, "refused": None, "ways": [_way(key, way) for key, way in zip(KEYS, found.ways, strict=True)],
        "shares": [
            {"account": each.account.code, **{name: getattr(each, name) for name in OF_SHARES}} for each in found.shares
        ],
        "losses": [
            {"loser": each.loser.code, "gainer": each.gainer.code, "amount": each.amount} for each in found.losses
        ],
        "collisions": [said.say(language()) for said in found.collisions],
        "promised": [
            {"account": each.account, "product": each.product, "a_week": each.most, "weeks": list(each.weeks),
             "agreement": each.agreement}
            for each in goods.minimums
        ],
    }  # fmt: skip


def _way(key: str, way: allotting.Way) -> dict[str, Any]:
    plain = {name: getattr(way, name) for name in ("least", "empty_handed", "fairness")}
    return {"way": key, "served": way.figures["served"], "short_money": way.figures["short_money"], **plain}


OPERATIONS: Final = Operations(
    router, "allotment", ALLOTMENTS, questions.allotments, AllotmentOut, _told, see=SupplyRight.WORK,
    write=SupplyRight.WORK, many="supply/allotments",
)  # fmt: skip
OPERATIONS.reads("Drafts of who gets how much of what is short.", "One draft, with what would come of it.")


@OPERATIONS.adds
def draft_allotment(user: User, sent: AllotmentNew) -> Allotment:
    """Draft who gets how much."""
    return actions.enter(user, Allotment(**checked(AllotmentForm(sent.dict()), actions.OF_ALLOTMENT)))


@OPERATIONS.changes
def change_allotment(user: User, row: Allotment, sent: AllotmentChange) -> None:
    """Change a draft. Fields not sent stay."""
    known = {name: getattr(row, name) for name in actions.OF_ALLOTMENT}
    form = AllotmentForm({**known, **sent.dict(exclude_unset=True)}, instance=copy(row))
    granting.change(user, row.pk, row.version, checked(form, actions.OF_ALLOTMENT))


@OPERATIONS.puts_away
def put_away_allotment(user: User, row: Allotment) -> None:
    """Put a draft away."""
    granting.put_away(user, row.pk)


@OPERATIONS.does("reserve")
def reserve_allotment(user: User, row: Allotment) -> None:
    """Keep for the accounts what comes of it; above the own limit a second person is asked first."""
    granting.ask(user, row.pk, row.version)


@OPERATIONS.does("take-back")
def take_allotment_back(user: User, row: Allotment) -> None:
    """A draft again, before anybody decided."""
    granting.take_back(user, row.pk)


@OPERATIONS.does("give-back")
def give_allotment_back(user: User, row: Allotment) -> None:
    """What is still kept by it is anybody's again."""
    granting.give_back(user, row.pk)


@OPERATIONS.does("hold-again")
def hold_allotment_again(user: User, row: Allotment) -> None:
    """What was given back is kept again, if it is still there."""
    granting.hold_again(user, row.pk)


@OPERATIONS.does("tell")
def tell_allotment(user: User, row: Allotment) -> None:
    """Write to every account that was not told yet what is kept for it."""
    telling.tell(user, row.pk)


held = Router(tags=["supply"])
OF_RESERVATIONS: Final = ("product", "week", "quantity", "taken", "left", "since", "expires_on", "state", "ended_on")


def _reservation(_user: User, row: Reservation) -> dict[str, Any]:
    plain = {name: getattr(row, name) for name in OF_RESERVATIONS}
    return {"account": row.account.code, "allotment": row.allotment_id, **plain}


RESERVED: Final = Operations(
    held, "reservation", RESERVATIONS, questions.reservations, ReservationOut, _reservation, see=SupplyRight.SEE,
    write=SupplyRight.WORK, many="supply/reservations",
)  # fmt: skip
RESERVED.reads("Goods that are kept for accounts, week by week.", "Goods of one week kept for one account.")


@RESERVED.does("give-back")
def give_reservation_back(user: User, row: Reservation) -> None:
    """It is anybody's again."""
    granting.give_one_back(user, row.pk)


@RESERVED.does("hold-again")
def hold_reservation_again(user: User, row: Reservation) -> None:
    """It is kept again, if it is still there."""
    granting.hold_one_again(user, row.pk)
