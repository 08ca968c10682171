"""/supply: the stock picture, accounts at risk, capacity and arrivals, lead times; how it is shared out stands beside."""

from copy import copy
from datetime import date
from decimal import Decimal
from typing import Any, Final

from ninja import Router, Schema

from vitalfew.lists.operations import Operations, checked
from vitalfew.people.models import User
from vitalfew.supply import actions, allotting_told, override_api, questions
from vitalfew.supply.forms import IncomingForm, LeadTimeForm, SnoozeForm
from vitalfew.supply.listing import INCOMING, LEADS, RISKS, STOCK
from vitalfew.supply.models import AtRisk, Incoming, LeadTime, Stocked
from vitalfew.supply.rights import SupplyRight

stock, risks, incoming, leads = (Router(tags=["supply"]) for _each in range(4))
PLAIN: Final = (
    "code", "name", "category", "on_hand", "on_order", "reserved", "over",
    "counted_on", "places", "lead_days", "lead_deviation", "safety",
    "method", "mase", "wape", "cover", "empty_on", "order_by", "missing", "snoozed_until", "snoozed_why",
)  # fmt: skip
OF_WEEKS: Final = ("since", "need", "high", "coming", "left", "short", "weeks", "cover")


class WeekOut(Schema):
    """A week: what is needed at most likely and at most, what comes, is left, is short; for how many weeks it will do."""

    since: date
    need: float
    high: float | None
    coming: float
    left: float
    short: float
    weeks: float | None
    cover: str


class ProductOut(Schema):
    """A product as the picture shows it."""

    id: int
    code: str
    name: str
    category: str
    on_hand: float
    on_order: float
    reserved: float
    over: float
    counted_on: date | None
    places: list[dict[str, Any]]
    lead_days: float | None
    lead_deviation: float | None
    safety: float | None
    method: str
    mase: float | None
    wape: float | None
    cover: str
    empty_on: date | None
    order_by: date | None
    missing: float
    snoozed_until: date | None
    snoozed_why: str
    weeks: list[WeekOut]
    version: int


class Snoozed(Schema):
    """Until when it asks for nothing, and what is done about it."""

    until: date
    why: str

    model_config = {"extra": "forbid"}


class RiskOut(Schema):
    """An account that will miss something."""

    id: int
    account: str
    product: str
    since: date
    need: float
    short: float
    amount: float | None


class IncomingNew(Schema):
    """What can be made (capacity) or will arrive (arrival) in the week of a day."""

    kind: str
    product: str
    week: date
    quantity: Decimal
    note: str = ""

    model_config = {"extra": "forbid"}


class IncomingChange(Schema):
    """What is not sent stays."""

    kind: str | None = None
    product: str | None = None
    week: date | None = None
    quantity: Decimal | None = None
    note: str | None = None

    model_config = {"extra": "forbid"}


class IncomingOut(Schema):
    """An entry of a week; week is its Monday."""

    id: int
    kind: str
    product: str
    week: date
    quantity: Decimal
    note: str
    version: int


class LeadTimeNew(Schema):
    """How long goods take, in days, and how far that differs."""

    product: str
    days: Decimal
    deviation: Decimal = Decimal(0)
    note: str = ""

    model_config = {"extra": "forbid"}


class LeadTimeChange(Schema):
    """What is not sent stays."""

    product: str | None = None
    days: Decimal | None = None
    deviation: Decimal | None = None
    note: str | None = None

    model_config = {"extra": "forbid"}


class LeadTimeOut(Schema):
    """A lead time that was entered."""

    id: int
    product: str
    days: Decimal
    deviation: Decimal
    note: str
    version: int


def _product(_user: User, row: Stocked) -> dict[str, Any]:
    weeks = [{name: getattr(week, name) for name in OF_WEEKS} for week in row.weeks.all()]
    return {**{name: getattr(row, name) for name in PLAIN}, "weeks": weeks}


def _risk(_user: User, row: AtRisk) -> dict[str, Any]:
    plain = {name: getattr(row, name) for name in ("since", "need", "short", "amount")}
    return {"account": row.account.code, "product": row.product.code, **plain}


def _plain(names: tuple[str, ...]) -> Any:
    return lambda _user, row: {name: getattr(row, name) for name in names}


SEE, WORK = SupplyRight.SEE, SupplyRight.WORK
PRODUCTS: Final = Operations(
    stock, "supply_product", STOCK, questions.products, ProductOut, _product, see=SEE, write=WORK, many="supply/stock"
)
PRODUCTS.reads("Products with their stock and when it runs short, a page at a time.", "One product, week by week.")
AT_RISK: Final = Operations(
    risks, "supply_risk", RISKS, questions.risks, RiskOut, _risk, see=SEE, write=WORK, version=lambda row: row.pk,
    many="supply/risks",
)  # fmt: skip
AT_RISK.reads("Accounts that will miss something, those with the most at stake first.", "One account's risk.")
ENTRIES: Final = Operations(
    incoming, "incoming", INCOMING, questions.incoming, IncomingOut, _plain(actions.OF_INCOMING), see=SEE, write=WORK,
    many="supply/incoming",
)  # fmt: skip
ENTRIES.reads("Capacity and arrivals by week.", "One entry of a week.")
LEAD_TIMES: Final = Operations(
    leads, "lead_time", LEADS, questions.lead_times, LeadTimeOut, _plain(actions.OF_LEAD), see=SEE, write=WORK,
    many="supply/lead-times",
)  # fmt: skip
LEAD_TIMES.reads("Lead times that were entered.", "One lead time.")


@PRODUCTS.does("snooze")
def snooze_product(user: User, row: Stocked, sent: Snoozed) -> None:
    """Say until when somebody sees to a product that runs short."""
    said = checked(SnoozeForm({"version": row.version, **sent.dict()}), ("version", "until", "why"))
    actions.snooze(user, row.pk, **said)


@PRODUCTS.does("wake")
def wake_product(user: User, row: Stocked) -> None:
    """Let it ask again."""
    actions.wake(user, row.pk)


@ENTRIES.adds
def enter_incoming(user: User, sent: IncomingNew) -> Incoming:
    """Enter what can be made or arrives in a week."""
    return actions.enter(user, Incoming(**checked(IncomingForm(sent.dict()), actions.OF_INCOMING)))


@ENTRIES.changes
def change_incoming(user: User, row: Incoming, sent: IncomingChange) -> None:
    """Correct an entry. Fields not sent stay."""
    known = {name: getattr(row, name) for name in actions.OF_INCOMING}
    form = IncomingForm({**known, **sent.dict(exclude_unset=True)}, instance=copy(row))
    actions.change(user, Incoming, row.pk, row.version, checked(form, actions.OF_INCOMING))


@ENTRIES.puts_away
def put_away_incoming(user: User, row: Incoming) -> None:
    """Put an entry away."""
    actions.put_away(user, Incoming, row.pk)


@LEAD_TIMES.adds
def enter_lead_time(user: User, sent: LeadTimeNew) -> LeadTime:
    """Enter how long a product's goods take."""
    return actions.enter(user, LeadTime(**checked(LeadTimeForm(sent.dict()), actions.OF_LEAD)))


@LEAD_TIMES.changes
def change_lead_time(user: User, row: LeadTime, sent: LeadTimeChange) -> None:
    """Correct a lead time. Fields not sent stay."""
    known = {name: getattr(row, name) for name in actions.OF_LEAD}
    form = LeadTimeForm({**known, **sent.dict(exclude_unset=True)}, instance=copy(row))
    actions.change(user, LeadTime, row.pk, row.version, checked(form, actions.OF_LEAD))


@LEAD_TIMES.puts_away
def put_away_lead_time(user: User, row: LeadTime) -> None:
    """Put a lead time away."""
    actions.put_away(user, LeadTime, row.pk)


ROUTERS: Final = (
    ("/supply/stock", stock), ("/supply/risks", risks), ("/supply/incoming", incoming), ("/supply/lead-times", leads),
    ("/supply/allotments", allotting_told.router), ("/supply/reservations", allotting_told.held),
    ("/supply/overrides", override_api.router),
)  # fmt: skip
