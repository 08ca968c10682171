"""What the API takes and tells of incentives."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from ninja import Schema


class Strict(Schema):
    """Nothing that is not named is taken."""

    model_config = {"extra": "forbid"}


class SchemeNew(Strict):
    """A scheme with its first version; whom it is for: what is left out leaves everybody."""

    name: str
    about: str = ""
    since: date
    until: date
    every: str
    tiers: list[str] = []
    regions: list[str] = []
    cooperations: list[str] = []
    accounts: list[str] = []


class SchemeChange(Strict):
    """Its name, and what it is to bring about."""

    name: str | None = None
    about: str | None = None


class PeriodBooked(Strict):
    """The period, what is owed as the caller knows it, and the key under which it is booked once."""

    since: date
    until: date
    expected: Decimal
    key: str


class RuleIn(Strict):
    """A rule's kind and its terms, as the form of that kind has them; thresholds as lines of text."""

    kind: str
    terms: dict[str, str | int]


class VersionChange(Strict):
    """What is corrected of a draft; rules that are sent stand in place of all it had."""

    since: date | None = None
    until: date | None = None
    every: str | None = None
    tiers: list[str] | None = None
    regions: list[str] | None = None
    cooperations: list[str] | None = None
    accounts: list[str] | None = None
    rules: list[RuleIn] | None = None


class Reason(Strict):
    """Why."""

    why: str = ""


class PeriodOut(Schema):
    """What was earned and booked in a period, over all accounts."""

    since: date
    until: date
    accounts: int
    earned: Decimal
    booked: Decimal
    currency: str


class SchemeOut(Schema):
    """A scheme, the numbers of its versions' records, and its periods for who sees totals."""

    id: int
    name: str
    about: str
    versions: list[int]
    periods: list[PeriodOut]
    version: int


class RuleOut(Schema):
    """A rule of a version."""

    id: int
    kind: str
    terms: dict[str, Any]


class VersionOut(Schema):
    """A version in full; the simulation for who sees totals, its amounts in the smallest coin of the currency."""

    id: int
    scheme: int
    number: int
    state: str
    since: date
    until: date
    every: str
    currency: str
    tiers: list[str]
    regions: list[str]
    cooperations: list[str]
    accounts: list[str]
    rules: list[RuleOut]
    simulated: str
    progress: float
    simulation: dict[str, Any] | None
    version: int


class LineOut(Schema):
    """What one rule gives or takes, in words of the caller's language."""

    kind: str
    told: str
    amount: Decimal


class EntryOut(Schema):
    """A line of the ledger."""

    id: int
    kind: str
    day: date
    amount: Decimal
    who: str


class StandingOut(Schema):
    """How an account stands in a period: rule by rule, and the ledger behind it."""

    id: int
    account: str
    scheme: int
    since: date
    until: date
    state: str
    currency: str
    earned: Decimal
    booked: Decimal
    missing: Decimal | None
    as_of: date
    lines: list[LineOut]
    entries: list[EntryOut]
    version: str


class BookingOut(Schema):
    """A booking, and whether it was reversed."""

    id: int
    scheme: int
    since: date
    until: date
    amount: Decimal
    currency: str
    accounts: int
    made_by: str
    made_at: datetime
    why: str
    reversed_at: datetime | None
    reversed_by: str
    version: int


class CaseNew(Strict):
    """A training or a breach; amount only of a breach that costs something else than the rule says."""

    account: str
    kind: str
    day: date
    evidence: str
    amount: Decimal | None = None


class CaseChange(Strict):
    """What is corrected; what is not sent stays."""

    kind: str | None = None
    day: date | None = None
    evidence: str | None = None
    amount: Decimal | None = None


class CaseOut(Schema):
    """A training or a breach with its evidence."""

    id: int
    account: str
    kind: str
    day: date
    evidence: str
    amount: Decimal | None
    made_by: str
    version: int
