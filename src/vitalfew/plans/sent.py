"""What the API takes of account plans."""

from datetime import date

from ninja import Schema


class PlanChange(Schema):
    """What can be corrected of a draft; what is not sent stays. Owner is a user name."""

    title: str | None = None
    since: date | None = None
    until: date | None = None
    review_on: date | None = None
    owner: str | None = None
    strengths: str | None = None
    weaknesses: str | None = None
    opportunities: str | None = None
    threats: str | None = None
    service: str | None = None
    sales_model: str | None = None
    sales_model_why: str | None = None

    model_config = {"extra": "forbid"}


class PlanNew(PlanChange):
    """A new plan of an account."""

    account: str
    title: str
    since: date
    until: date


class GoalChange(Schema):
    """A goal; measure is sales, category, share, margin, visits, complaints or hand; shares in per cent."""

    text: str | None = None
    measure: str | None = None
    target: float | None = None
    start: float | None = None
    category: str | None = None
    unit: str | None = None

    model_config = {"extra": "forbid"}


class GoalIn(GoalChange):
    text: str
    measure: str
    target: float


class StepChange(Schema):
    """An action; owner is a user name, goal the number of the goal it serves."""

    text: str | None = None
    owner: str | None = None
    due: date | None = None
    goal: int | None = None

    model_config = {"extra": "forbid"}


class StepIn(StepChange):
    text: str
    owner: str
    due: date


class TargetChange(Schema):
    """White space: so much of a category in the plan's time."""

    category: str | None = None
    amount: float | None = None
    note: str | None = None

    model_config = {"extra": "forbid"}


class TargetIn(TargetChange):
    category: str
    amount: float


class PromotionChange(Schema):
    """A joint promotion; our_share in per cent."""

    name: str | None = None
    categories: list[str] | None = None
    since: date | None = None
    until: date | None = None
    budget: float | None = None
    our_share: int | None = None
    note: str | None = None

    model_config = {"extra": "forbid"}


class PromotionIn(PromotionChange):
    name: str
    categories: list[str]
    since: date
    until: date
    budget: float
    our_share: int


class Done(Schema):
    """What came of it; done today unless told otherwise."""

    result: str = ""
    on: date | None = None

    model_config = {"extra": "forbid"}


class Noted(Schema):
    """A figure, of which day, and from where."""

    figure: float
    figure_on: date
    source: str

    model_config = {"extra": "forbid"}


class SentBack(Schema):
    """Why."""

    why: str

    model_config = {"extra": "forbid"}


class Reviewed(Schema):
    """When it is reviewed next."""

    review_on: date

    model_config = {"extra": "forbid"}


class Closed(Schema):
    """Rating is beyond, reached, partly or missed."""

    rating: str
    lessons: str

    model_config = {"extra": "forbid"}
