"""What the API takes and tells of sharing out."""

from datetime import date
from decimal import Decimal

from ninja import Schema


class AllotmentNew(Schema):
    """What is shared out and by which rules.

    Products: their codes parted by commas. Minimums: one a line, account code, product code, quantity a week.
    Packs: one a line, product code, pieces in a pack. Grace: days kept after the week.
    """

    name: str
    products: str
    weeks: int = 8
    rule: str = "tiers"
    floor: int = 30
    reserve: int = 0
    minimums: str = ""
    packs: str = ""
    grace: int = 14
    note: str = ""

    model_config = {"extra": "forbid"}


class AllotmentChange(Schema):
    """What is not sent stays."""

    name: str | None = None
    products: str | None = None
    weeks: int | None = None
    rule: str | None = None
    floor: int | None = None
    reserve: int | None = None
    minimums: str | None = None
    packs: str | None = None
    grace: int | None = None
    note: str | None = None

    model_config = {"extra": "forbid"}


class WayOut(Schema):
    """One way of sharing out: as it is set, without floors, without priority."""

    way: str
    served: float | None
    least: float
    empty_handed: int
    fairness: float | None
    short_money: float | None


class ShareOut(Schema):
    """What an account gets; moved is the worth of what priority gives or takes."""

    account: str
    need: float
    given: float
    without_floor: float
    without_priority: float
    moved: float


class LossOut(Schema):
    """What priority takes from one and gives to another, in money."""

    loser: str
    gainer: str
    amount: float


class MinimumOut(Schema):
    """What must come to an account before anything else: the most in a week, and each week; no agreement where entered here."""

    account: str
    product: str
    a_week: float
    weeks: list[float]
    agreement: int | None


class AllotmentOut(Schema):
    """A draft with what would come of it; refused says why nothing can be shared out."""

    id: int
    name: str
    products: str
    weeks: int
    rule: str
    floor: int
    reserve: int
    minimums: str
    packs: str
    grace: int
    note: str
    state: str
    reserved_on: date | None
    refused: str | None
    ways: list[WayOut]
    shares: list[ShareOut]
    losses: list[LossOut]
    collisions: list[str]
    promised: list[MinimumOut]
    version: int


class ReservationOut(Schema):
    """Goods of a week kept for an account: how much, what was delivered of it, what is still kept and until when."""

    id: int
    allotment: int
    account: str
    product: str
    week: date
    quantity: Decimal
    taken: Decimal
    left: Decimal
    since: date
    expires_on: date
    state: str
    ended_on: date | None
    version: int
