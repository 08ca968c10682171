"""What the API takes and tells of training."""

from datetime import date, datetime, time
from decimal import Decimal

from ninja import Schema


class ProgrammeNew(Schema):
    """What is taught, to whom by level and part in buying, about which categories, and for how long its certificate is good."""

    title: str
    aim: str = ""
    levels: list[str] = []
    parts: list[str] = []
    categories: list[str] = []
    hours: Decimal = Decimal(2)
    valid_months: int | None = None

    model_config = {"extra": "forbid"}


class ProgrammeChange(Schema):
    """What can be changed of a programme; what is not sent stays."""

    title: str | None = None
    aim: str | None = None
    levels: list[str] | None = None
    parts: list[str] | None = None
    categories: list[str] | None = None
    hours: Decimal | None = None
    valid_months: int | None = None

    model_config = {"extra": "forbid"}


class ProgrammeOut(Schema):
    """A programme; questions is how many its test has, 0 without one."""

    id: int
    title: str
    aim: str
    levels: list[str]
    parts: list[str]
    categories: list[str]
    hours: float
    valid_months: int | None
    questions: int
    pass_mark: int | None
    tries: int | None
    version: int


class SessionNew(Schema):
    """When and where a programme is taught."""

    programme: int
    day: date
    begins: time | None = None
    ends: time | None = None
    place: str = ""
    online: bool = False
    seats: int | None = None
    budget: Decimal | None = None

    model_config = {"extra": "forbid"}


class SessionChange(Schema):
    """What can be changed of a session; what is not sent stays."""

    day: date | None = None
    begins: time | None = None
    ends: time | None = None
    place: str | None = None
    online: bool | None = None
    seats: int | None = None
    budget: Decimal | None = None
    cost: Decimal | None = None
    outcome: str | None = None

    model_config = {"extra": "forbid"}


class SessionOut(Schema):
    """A session; amounts for who sees costs."""

    id: int
    programme: int
    day: date
    begins: time | None
    ends: time | None
    place: str
    online: bool
    trainer: str | None
    seats: int | None
    budget: float | None
    cost: float | None
    outcome: str
    state: str
    reason: str
    version: int


class Expected(Schema):
    """Who is expected: an account, and of it the name of somebody, or the number of a contact."""

    account: str
    name: str = ""
    contact: int | None = None

    model_config = {"extra": "forbid"}


class Closed(Schema):
    """What it cost and what came of it."""

    outcome: str = ""
    cost: Decimal | None = None

    model_config = {"extra": "forbid"}


class Reason(Schema):
    """Why."""

    reason: str

    model_config = {"extra": "forbid"}


class AttendeeOut(Schema):
    """Somebody expected at a session, or who came."""

    id: int
    session: int
    account: str | None
    contact: int | None
    name: str
    company: str
    presence: str
    came_at: datetime | None
    how: str
    version: int


class CertificateOut(Schema):
    """A certificate; whoever has its code can check it."""

    id: int
    number: str
    name: str
    account: str | None
    contact: int | None
    programme: int
    issued_on: date
    expires_on: date | None
    revoked_on: date | None
    validity: str
    version: int
