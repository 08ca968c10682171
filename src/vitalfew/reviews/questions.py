"""What pages and the refresh ask about reviews. Decisions are shown for accounts the user may see."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db.models import Count, Exists, OuterRef, QuerySet

from vitalfew.accounts.models import Account
from vitalfew.people.models import User
from vitalfew.reviews.models import Decision, Review, ReviewState, TierInForce
from vitalfew.reviews.rights import ReviewRight

PAGE: Final = 50


def names(reviews: Sequence[Review]) -> Mapping[str, str]:
    """Who proposed and closed reviews, as people call them; an account's name stays where somebody is gone."""
    who = {each.opened_by for each in reviews} | {each.closed_by for each in reviews}
    return {name: name for name in who} | {user.username: str(user) for user in User.objects.filter(username__in=who)}


def waiting() -> Review | None:
    """The review that is proposed and not closed yet."""
    return Review.objects.filter(state=ReviewState.PROPOSED).first()


def may_approve(user: User, review: Review) -> bool:
    """Whether he may approve this review: not his own, unless nobody else could."""
    return user.may(ReviewRight.APPROVE) and (user.username != review.opened_by or not others_approve(user))


def others_approve(user: User) -> bool:
    """Whether somebody else may approve reviews."""
    others = User.objects.filter(is_active=True, role__in=ReviewRight.APPROVE.roles)
    return others.exclude(pk=user.pk).exists()


def in_force(day: date) -> dict[str, str]:
    """The tier in force on that day, by account."""
    rows = TierInForce.objects.filter(since__lte=day).order_by("since", "id").values_list("customer", "tier")
    return dict(rows.iterator())


def any_in_force(day: date) -> bool:
    """Whether people have decided on any tier up to that day."""
    return TierInForce.objects.filter(since__lte=day).exists()


def history_of(code: str) -> QuerySet[TierInForce]:
    """An account's tiers, latest first."""
    return TierInForce.objects.filter(customer=code).select_related("review")


@dataclass(frozen=True)
class Line:
    """A decision with its account."""

    decision: Decision
    account: Account


@dataclass(frozen=True)
class Page:
    """Some decisions, and the code after which the next page starts (empty: there is none)."""

    lines: list[Line]
    after: str


def decisions(user: User, review: Review) -> QuerySet[Decision]:
    """The decisions of a review on accounts that the user may see."""
    visible = Account.objects.visible_to(user).filter(code=OuterRef("customer"))
    return Decision.objects.filter(Exists(visible), review=review)


def page(user: User, review: Review, asked: Mapping[str, str]) -> Page:
    """One page of a review, by account code; ``from`` and ``to`` narrow it to a change of tier."""
    found = decisions(user, review)
    if "from" in asked:
        found = found.filter(before=asked["from"])
    if asked.get("to"):
        found = found.filter(decided=asked["to"])
    rows = list(found.filter(customer__gt=asked.get("after", "")).order_by("customer")[: PAGE + 1])
    accounts = {a.code: a for a in Account.objects.filter(code__in=[row.customer for row in rows])}
    lines = [Line(row, accounts[row.customer]) for row in rows[:PAGE]]
    return Page(lines, rows[PAGE - 1].customer if len(rows) > PAGE else "")


def changes(user: User, review: Review) -> list[dict[str, Any]]:
    """How many of the user's accounts go from which tier to which."""
    counted = decisions(user, review).order_by().values("before", "decided").annotate(n=Count("id"))
    rows: list[dict[str, Any]] = [dict(row) for row in counted]
    return sorted(rows, key=lambda row: (-row["n"], row["before"], row["decided"]))
