"""What the API takes and tells of complaints."""

from datetime import date, datetime
from typing import Annotated, Any

from ninja import Field, Schema

Whys = Annotated[list[str], Field(max_length=5)]


class ComplaintChange(Schema):
    """What can be corrected of a complaint; what is not sent stays, and what an import says stays as it came."""

    text: str | None = None
    person: int | None = None
    named: str | None = None
    company: str | None = None
    phone: str | None = None
    email: str | None = None
    language: str | None = None
    channel: str | None = None
    category: str | None = None
    product: str | None = None
    batch: str | None = None
    order_number: str | None = None
    carrier: str | None = None
    demand: str | None = None

    model_config = {"extra": "forbid"}


class ComplaintNew(Schema):
    """A new complaint. effect is what it does: safety, stop, loss, cost, minor; account is left out where unknown."""

    text: str
    effect: str
    grows: bool = False
    account: str = ""
    person: int | None = None
    named: str = ""
    company: str = ""
    phone: str = ""
    email: str = ""
    language: str = "zh-hans"
    category: str = ""
    product: str = ""
    batch: str = ""
    order_number: str = ""
    carrier: str = ""
    demand: str = ""

    model_config = {"extra": "forbid"}


class ComplaintAssessed(Schema):
    """What it does; another severity than the rule gives needs why."""

    effect: str
    grows: bool = False
    severity: int | None = None
    why: str = ""

    model_config = {"extra": "forbid"}


class ComplaintStep(Schema):
    """The next step of its procedure, and what that step needs."""

    to: str
    given: dict[str, str]

    model_config = {"extra": "forbid"}


class ComplaintWhy(Schema):
    """Why."""

    why: str

    model_config = {"extra": "forbid"}


class ComplaintTold(Schema):
    """What the customer is told; way: letter, phone, wechat, meeting."""

    text: str
    way: str

    model_config = {"extra": "forbid"}


class ComplaintClass(Schema):
    """A cause of the tree, by its number."""

    branch: int | None = None

    model_config = {"extra": "forbid"}


class CauseChange(Schema):
    """Another name, or another branch; what is not sent stays."""

    named: str | None = None
    branch: int | None = None

    model_config = {"extra": "forbid"}


class CauseNew(Schema):
    """A cause on a branch; a branch itself has none."""

    named: str
    branch: int | None = None

    model_config = {"extra": "forbid"}


class CauseOut(Schema):
    """A cause of the tree."""

    id: int
    version: int
    word: str
    branch: int | None
    complaints: int


class EightDNew(Schema):
    """Of which complaint."""

    complaint: int

    model_config = {"extra": "forbid"}


class EightDChange(Schema):
    """Pieces of an 8D record; what is not sent stays. occurred and undetected are chains of at most five whys."""

    team: str = ""
    problem: str = ""
    place: str = ""
    since: str = ""
    extent: str = ""
    is_not: str = ""
    containment: str = ""
    contained_on: date | None = None
    occurred: Whys | None = None
    undetected: Whys | None = None
    root: str = ""
    proof: str = ""
    remedy: str = ""
    verified: str = ""
    implemented: str = ""
    implemented_on: date | None = None
    evidence: str = ""
    prevention: str = ""
    rolled_out: str = ""
    closing: str = ""
    note: str = ""

    model_config = {"extra": "forbid"}


class EightDOut(Schema):
    """An 8D record in full; missing are the pieces that must be said before it is handed in."""

    id: int
    version: int
    complaint: int
    state: str
    missing: list[str]
    offered_by: str | None
    signed_by: str | None
    team: str
    problem: str
    place: str
    since: str
    extent: str
    is_not: str
    containment: str
    contained_on: date | None
    occurred: list[str]
    undetected: list[str]
    root: str
    proof: str
    remedy: str
    verified: str
    implemented: str
    implemented_on: date | None
    evidence: str
    prevention: str
    rolled_out: str
    closing: str
    note: str


class ComplaintOther(Schema):
    """Another complaint."""

    other: int

    model_config = {"extra": "forbid"}


class StepOut(Schema):
    """What was done."""

    what: str
    at: datetime
    who: str
    why: str
    given: dict[str, Any]
    undone: bool


class ComplaintOut(Schema):
    """A complaint in full; standing is how its clock stands, next the step that comes next."""

    id: int
    number: str
    imported: bool
    account: str | None
    person: int | None
    named: str
    company: str
    phone: str
    email: str
    language: str
    channel: str
    category: str
    product: str
    batch: str
    order_number: str
    carrier: str
    text: str
    demand: str
    received_on: date
    effect: str
    grows: bool
    severity: int | None
    priority: int
    procedure: str
    state: str
    next: str | None
    standing: str
    owner: str | None
    due_what: str
    due_at: datetime | None
    acknowledged_at: datetime | None
    answered_at: datetime | None
    closed_at: datetime | None
    outcome: str
    satisfied: bool | None
    merged_into: int | None
    cause: int | None
    steps: list[StepOut]
    version: int
