"""What the API takes of agreements. Amounts and prices are exact decimals."""

from datetime import date
from decimal import Decimal

from ninja import Schema


class AgreementChange(Schema):
    """What can be corrected of a draft, and of one in force who looks after it and who signed; what is not sent stays.

    Owner and ours are user names, theirs the number of a contact.
    """

    number: str | None = None
    title: str | None = None
    kind: str | None = None
    since: date | None = None
    until: date | None = None
    renewal: str | None = None
    notice_days: int | None = None
    lead_days: int | None = None
    value: Decimal | None = None
    currency: str | None = None
    ours: str | None = None
    theirs: int | None = None
    signed_on: date | None = None
    owner: str | None = None
    note: str | None = None

    model_config = {"extra": "forbid"}


class AgreementNew(AgreementChange):
    """A new draft with an account."""

    account: str
    title: str
    kind: str
    since: date
    renewal: str


class ObligationChange(Schema):
    """What one side owes; side is ours or theirs, shares and growth in per cent."""

    side: str | None = None
    text: str | None = None
    rhythm: str | None = None
    due: date | None = None
    measure: str | None = None
    category: str | None = None
    target: Decimal | None = None
    days: int | None = None
    product: str | None = None
    unit: str | None = None
    pieces: Decimal | None = None

    model_config = {"extra": "forbid"}


class ObligationIn(ObligationChange):
    side: str
    text: str
    rhythm: str
    measure: str


class PriceRuleChange(Schema):
    """A discount in per cent or a fixed price a unit, for a product, a category or everything."""

    product: str | None = None
    category: str | None = None
    from_quantity: Decimal | None = None
    kind: str | None = None
    value: Decimal | None = None
    since: date | None = None
    until: date | None = None

    model_config = {"extra": "forbid"}


class PriceRuleIn(PriceRuleChange):
    kind: str
    value: Decimal
    since: date


class Noticed(Schema):
    """When notice was given, by which side, and why."""

    on: date
    by: str
    why: str

    model_config = {"extra": "forbid"}


class Over(Schema):
    """The day on which it ended, and why."""

    on: date
    why: str

    model_config = {"extra": "forbid"}


class TakenOver(Schema):
    """The account, and the number of its contract in the facts."""

    account: str
    contract: str

    model_config = {"extra": "forbid"}


class BreachChange(Schema):
    """Who broke what, when, and by what one sees it; obligation is its number."""

    side: str | None = None
    obligation: int | None = None
    broken_on: date | None = None
    text: str | None = None
    evidence: str | None = None

    model_config = {"extra": "forbid"}


class BreachIn(BreachChange):
    side: str
    broken_on: date
    text: str
    evidence: str


class Promised(Schema):
    """What is promised to make it good, by when, and who sees to it."""

    text: str
    due: date
    owner: str | None = None

    model_config = {"extra": "forbid"}


class Penalty(Schema):
    """What is claimed or owed, and by when it is to be paid."""

    amount: Decimal
    due: date

    model_config = {"extra": "forbid"}


class Waived(Schema):
    """What is not claimed, the whole penalty where one is open, and why."""

    amount: Decimal | None = None
    why: str

    model_config = {"extra": "forbid"}


class Paid(Schema):
    """When it was settled, and how."""

    on: date
    settlement: str

    model_config = {"extra": "forbid"}
