"""/supply/overrides: planners' own figures in place of the forecast."""

from copy import copy
from datetime import date
from decimal import Decimal
from typing import Any, Final

from ninja import Router, Schema

from vitalfew.lists.operations import Operations, checked
from vitalfew.people.models import User
from vitalfew.supply import overriding, questions
from vitalfew.supply.models import Override
from vitalfew.supply.override_forms import OverrideForm
from vitalfew.supply.override_listing import OVERRIDES
from vitalfew.supply.rights import SupplyRight

router = Router(tags=["supply"])
NEW: Final = ("product", "week", "quantity", "why", "note", "account")


class OverrideNew(Schema):
    """What is needed in the week of a day; without an account of all together. Why is a word such as promotion or tender."""

    product: str
    week: date
    quantity: Decimal
    why: str
    account: str = ""
    note: str = ""

    model_config = {"extra": "forbid"}


class OverrideChange(Schema):
    """What is not sent stays."""

    quantity: Decimal | None = None
    why: str | None = None
    note: str | None = None

    model_config = {"extra": "forbid"}


class OverrideOut(Schema):
    """What is taken to be needed, and what the forecast said then."""

    id: int
    product: str
    account: str | None
    week: date
    quantity: float
    foretold: float
    why: str
    note: str
    made_by: str
    version: int


def _told(_user: User, row: Override) -> dict[str, Any]:
    plain = ("product", "week", "foretold", "why", "note", "made_by")
    return {
        "account": row.account.code if row.account else None, "quantity": float(row.quantity),
        **{name: getattr(row, name) for name in plain},
    }  # fmt: skip


OPERATIONS: Final = Operations(
    router, "override", OVERRIDES, questions.overrides, OverrideOut, _told, see=SupplyRight.SEE, write=SupplyRight.WORK
)
OPERATIONS.reads("Overrides of the forecast, the latest week first, a page at a time.", "One override.")


@OPERATIONS.adds
def add_override(user: User, sent: OverrideNew) -> Override:
    """Override the forecast of a week; what it said is kept beside."""
    return overriding.override(user, checked(OverrideForm(user, sent.dict()), NEW))


@OPERATIONS.changes
def change_override(user: User, row: Override, sent: OverrideChange) -> None:
    """Correct the figure or its reason."""
    known = {name: getattr(row, name) for name in overriding.FIELDS}
    form = OverrideForm(user, {**known, **sent.dict(exclude_unset=True)}, instance=copy(row))
    overriding.change(user, row.pk, row.version, checked(form, overriding.FIELDS))


@OPERATIONS.puts_away
def put_away_override(user: User, row: Override) -> None:
    """The forecast counts again."""
    overriding.put_away(user, row.pk)
