"""What the API takes and gives of accounts. Fields a caller may not see are absent, not null."""

from datetime import date
from typing import Any

from ninja import Field, Schema


class Figures(Schema):
    """Figures of the scorecard; money in the book's currency."""

    revenue_12m: float | None = Field(None, description="Net sales of the last twelve months")
    growth: float | None = Field(None, description="Against the twelve months before, as a share")
    direction: str | None = Field(None, description="rising, falling, steady, too_short")
    abc: str | None = Field(None, description="A, B or C by cumulated share")
    tier: str | None = Field(None, description="mvc, mgc, other, unknown, migrate, bz")
    contribution: float | None = Field(None, description="Twelve months, after cost to serve")
    margin_rate: float | None = None
    recency: int | None = Field(None, description="Days since the last purchase")
    cell: str | None = Field(None, description="RFM cell")
    cooperation: str | None = None
    value: float | None = Field(None, description="Discounted margin of the next three years")
    value_low: float | None = None
    value_high: float | None = None
    p_alive: float | None = Field(None, description="The chance that it is still a customer")
    churn: float | None = Field(None, description="The chance that it buys nothing within the horizon")
    churn_low: float | None = None
    churn_high: float | None = None
    at_stake: float | None = Field(None, description="That chance times the net sales of a year")
    risk: str | None = Field(None, description="high, medium, low")
    cause: str | None = Field(None, description="Why it may leave, where there is evidence")
    satisfaction: float | None = Field(None, description="Relationship quality, 0 to 100")
    anomaly: str | None = None


class AccountLine(Schema):
    """One line of the list."""

    code: str
    name: str
    region: str | None = None
    manager: str | None = None
    tier: str | None = None
    revenue_12m: float | None = None
    growth: float | None = None
    value: float | None = None
    contribution: float | None = None
    churn: float | None = None
    at_stake: float | None = None
    cause: str | None = None
    satisfaction: float | None = None
    recency: int | None = None
    cooperation: str | None = None
    direction: str | None = None
    version: int


class AccountPage(Schema):
    """Some lines; ``next`` is the cursor of the next page, null on the last one."""

    items: list[AccountLine]
    next: str | None
    currency: str | None = None
    as_of: date | None = None


class AccountOut(Schema):
    """An account's record."""

    code: str
    name: str
    parent: str | None = Field(None, description="Code of the parent account")
    kind: str
    region: str
    country: str
    industry: str
    uscc: str = Field(description="Unified social credit code")
    opened_on: date | None
    founded_on: date | None
    payment_terms_days: int | None
    credit_limit: str | None = Field(description="An exact amount, as a decimal number in a text")
    manager: str | None = Field(description="User name of the key account manager")
    manager_name: str = Field(description="Who the facts say manages it")
    stub: bool = Field(description="Known from orders only: to be completed")
    version: int


class AccountChange(Schema):
    """What is to change; fields not sent stay. ``manager`` is a user name, or null for nobody."""

    model_config = {"extra": "forbid"}

    name: str = Field("", min_length=1, max_length=300)
    kind: str = Field("", max_length=100)
    region: str = Field("", max_length=100)
    country: str = Field("", max_length=100)
    industry: str = Field("", max_length=100)
    uscc: str = Field("", max_length=18)
    manager: str | None = Field(None, max_length=150)


class ScorecardOut(Schema):
    """An account's figures as of a day; ``history`` lists the days there are figures of, latest first."""

    customer: str
    as_of: date
    currency: str
    refresh: int
    figures: Figures
    history: list[date]


class Event(Schema):
    """Something that happened: order, complaint, left (a contact), change (of the record), tier and what rooms add."""

    day: date
    kind: str
    text: str
    about: dict[str, Any]


class Timeline(Schema):
    items: list[Event]
