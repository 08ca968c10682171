"""What the API takes and tells of checks of countermeasures, and of questions to customers."""

from datetime import date, datetime

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
