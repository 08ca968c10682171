"""What the API takes and tells of checks of countermeasures, and of questions to customers."""

from datetime import date, datetime
from decimal import Decimal

from ninja import Schema


class CheckMove(Schema):
    """So many days after it became the standard, and who looks: a user's name. What is not sent stays."""

    days: int | None = None
    owner: str | None = None

    model_config = {"extra": "forbid"}


class CheckFound(Schema):
    """What was found: effective, not, unknown; by what one knows; after how many days one looks again."""

    found: str
    evidence: str
    again: int | None = None

    model_config = {"extra": "forbid"}


class CheckOut(Schema):
    """A check of a countermeasure; ratio is that of the complaints by order line, where there are enough of them."""

    id: int
    version: int
    complaint: int
    measure: str
    since: date
    days: int
    due: date
    owner: str | None
    stands: str
    found: str
    evidence: str
    found_on: date | None
    before: int
    after: int
    order_lines_before: int
    order_lines_after: int
    ratio: float | None
    ratio_low: float | None
    ratio_high: float | None


class InquiryProblem(Schema):
    """What is wrong, and what it does: safety, stop, loss, cost, minor."""

    text: str
    effect: str

    model_config = {"extra": "forbid"}


class InquiryLater(Schema):
    """On which day one looks again."""

    until: date

    model_config = {"extra": "forbid"}


class InquiryOut(Schema):
    """A question to a customer; stands is open, later, explained, problem or gone."""

    id: int
    version: int
    account: str
    kind: str
    since: date
    question: str
    due: date
    stands: str
    why: str
    answered_at: datetime | None
    complaint: int | None


class GroupConfirm(Schema):
    """Which of its complaints belong to it, and the cause: one of the tree, or a new one under a branch."""

    complaints: list[int]
    cause: int | None = None
    named: str = ""
    under: int | None = None

    model_config = {"extra": "forbid"}


class GroupOut(Schema):
    """Complaints that say nearly the same; state is proposed, confirmed or dismissed."""

    id: int
    version: int
    state: str
    words: list[str]
    likeness: float
    complaints: list[int]
    cause: int | None


class MonthNew(Schema):
    """The month to be closed, as 2026-03."""

    month: str

    model_config = {"extra": "forbid"}


class MonthShare(Schema):
    """So many of so many."""

    n: int
    of: int


class MonthLineOut(Schema):
    """A complaint as it stood; what is in time is null as long as it is neither heard nor late."""

    number: str
    account: str
    category: str
    cause: str
    severity: int | None
    received_on: date
    acknowledged: bool | None
    answered: bool | None
    settled: bool | None
    days: float | None
    closed_on: date | None
    reopened: bool
    again: bool | None
    satisfied: bool | None
    given: Decimal
    claimed: Decimal
    recovered: Decimal


class MonthOut(Schema):
    """A closed month: figures, and the lines from which they follow."""

    id: int
    version: int
    month: str
    closed_at: datetime
    complaints: int
    open: int
    shares: dict[str, MonthShare]
    median_days: float | None
    most_days: float | None
    currency: str
    money: dict[str, Decimal]
    lines: list[MonthLineOut]
