"""/tier-reviews: rounds from their proposals to approval; /tier-reviews/decisions: every account of the latest one."""

from datetime import date
from typing import Any, Final

from django.conf import settings
from ninja import Router, Schema

from vitalfew.api.problems import CONFLICT, Problem
from vitalfew.language import Message
from vitalfew.lists.operations import Operations, checked
from vitalfew.people.language import language
from vitalfew.people.models import User
from vitalfew.reviews import actions, questions
from vitalfew.reviews.forms import DecisionForm, RoundForm, SubmitForm
from vitalfew.reviews.listing import DECISIONS, ROUNDS
from vitalfew.reviews.models import Decision, Review
from vitalfew.reviews.rights import ReviewRight
from vitalfew.reviews.why import why
from vitalfew.reviews.words import carried
from vitalfew.terms import gettext_noop as _

router = Router(tags=["tier reviews"])
accounts = Router(tags=["tier reviews"])
NOT_NOW: Final = Message(
    _("Not now: the review waits for approval or is closed, another one is open, or no tiers are computed yet")
)
FIGURES: Final = (
    "actual", "strategic", "wallet_share", "revenue", "gross_margin", "cost_to_serve", "rank", "closeness", "parts",
)  # fmt: skip


class ReviewNew(Schema):
    """A round of a year or a quarter, on the latest figures."""

    cadence: str

    model_config = {"extra": "forbid"}


class ReviewSubmitted(Schema):
    """From which day it is to be in force, and a word to whoever approves it."""

    since: date
    why: str = ""

    model_config = {"extra": "forbid"}


class ReviewOut(Schema):
    """A round; approval is the number under which it is approved at /approvals."""

    id: int
    as_of: date
    cadence: str
    state: str
    submitted: bool
    approval: int | None
    in_force_from: date | None
    opened_by: str
    closed_by: str
    accounts: int
    changes: int
    version: int


def _told(_user: User, row: Review) -> dict[str, Any]:
    moved, everyone = questions.moving(row)
    plain = ("as_of", "cadence", "state", "in_force_from", "opened_by", "closed_by")
    return {
        "submitted": row.is_submitted, "approval": row.approval_id, "accounts": everyone, "changes": moved,
        **{name: getattr(row, name) for name in plain},
    }  # fmt: skip


REVIEWS: Final = Operations(
    router, "tier_review", ROUNDS, questions.reviews, ReviewOut, _told,
    see=ReviewRight.SEE, write=ReviewRight.PROPOSE, many="tier-reviews",
)  # fmt: skip
REVIEWS.reads("Rounds, the latest figures first, a page at a time.", "One round.")


def _now(act: Any) -> Any:
    try:
        return act()
    except actions.NotNow:
        raise Problem(CONFLICT, NOT_NOW) from None


@REVIEWS.adds
def open_tier_review(user: User, sent: ReviewNew) -> Review:
    """Begin a round: accounts and figures are fixed from now on."""
    said = checked(RoundForm(sent.dict()), ("cadence",))
    made: Review = _now(lambda: actions.open_review(user, settings.HOME, said["cadence"]))
    return made


@REVIEWS.does("submit")
def submit_tier_review(user: User, row: Review, sent: ReviewSubmitted) -> None:
    """Hand it in for approval; it is approved at /approvals by somebody else."""
    said = checked(SubmitForm(sent.dict()), ("since", "why"))
    _now(lambda: actions.submit(user, row, said["since"], said["why"]))


@REVIEWS.does("withdraw")
def withdraw_tier_review(user: User, row: Review) -> None:
    """The round comes to nothing."""
    _now(lambda: actions.withdraw(user, row))


class DecisionChange(Schema):
    """Another tier than proposed needs its reason."""

    tier: str
    reason: str = ""

    model_config = {"extra": "forbid"}


class DecisionOut(Schema):
    """One account of a round: the tier before, proposed and decided, the figures, why it is proposed, what the tier carries."""

    id: int
    review: int
    account: str
    before: str
    proposed: str
    decided: str
    reason: str
    decided_by: str
    actual: float | None
    strategic: float | None
    wallet_share: float | None
    revenue: float | None
    gross_margin: float | None
    cost_to_serve: float | None
    rank: int | None
    closeness: float | None
    parts: dict[str, float]
    why: list[str]
    privileges: list[str]
    version: int


def _told_decision(_user: User, row: Decision) -> dict[str, Any]:
    plain = ("before", "proposed", "decided", "reason", "decided_by", *FIGURES)
    return {
        "review": row.review_id, "account": row.customer, "why": [each.say(language()) for each in why(row, row.review.currency)],
        "privileges": [each.value for each in carried(row.decided)], **{name: getattr(row, name) for name in plain},
    }  # fmt: skip


OF_ACCOUNTS: Final = Operations(
    accounts, "tier_decision", DECISIONS, questions.listed, DecisionOut, _told_decision,
    see=ReviewRight.SEE, write=ReviewRight.PROPOSE, many="tier-reviews/decisions",
)  # fmt: skip
OF_ACCOUNTS.reads("Accounts of the open round, or of the latest one, a page at a time.", "One account of it.")


@OF_ACCOUNTS.changes
def decide_tier(user: User, row: Decision, sent: DecisionChange) -> None:
    """Decide an account's tier in the open round."""
    said = checked(DecisionForm(row.proposed, sent.dict()), ("tier", "reason"))
    _now(lambda: actions.decide(user, row, said["tier"], said["reason"].strip(), row.version))


ROUTERS: Final = (("/tier-reviews", router), ("/tier-reviews/decisions", accounts))
