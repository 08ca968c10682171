"""What pages and the refresh ask about reviews. Decisions are shown for accounts the user may see."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from vitalfew.accounts.models import Account
from vitalfew.approvals.deciding import authorities
from vitalfew.people.models import User
from vitalfew.reviews.models import Decision, Review, TierInForce
from vitalfew.reviews.rights import ReviewRight
from vitalfew.reviews.words import Privilege, ReviewState, Shown, tiers_with
from vitalfew.warehouse.models import Refresh, RefreshState

PAGE: Final = 50
AT_ONCE: Final = 500
NARROWED: Final[Mapping[str, Q]] = {
    Shown.CHANGED: ~Q(decided=F("before")), Shown.STAYS: Q(decided=F("before")), Shown.OVERRULED: ~Q(decided=F("proposed")),
}  # fmt: skip


def names(reviews: Sequence[Review]) -> Mapping[str, str]:
    """Who proposed and closed reviews, as people call them; an account's name stays where somebody is gone."""
    who = {each.opened_by for each in reviews} | {each.closed_by for each in reviews}
    return {name: name for name in who} | {user.username: str(user) for user in User.objects.filter(username__in=who)}


def reviews(user: User) -> QuerySet[Review]:
    """All rounds, for who may see reviews."""
    found = Review.objects.select_related("approval")
    return found if user.may(ReviewRight.SEE) else found.none()


def waiting() -> Review | None:
    """The review that is proposed and not closed yet."""
    return Review.objects.filter(state=ReviewState.PROPOSED).select_related("approval").first()


def approved() -> QuerySet[Review]:
    """Those in force or once in force, the latest first."""
    return Review.objects.filter(state=ReviewState.APPROVED).order_by("-in_force_from", "-pk")


def may_approve(user: User, review: Review) -> bool:
    """Whether he may approve this review now: not his own, unless nobody else could."""
    return review.approval is not None and bool(authorities(user, [review.approval]))


def may_change(user: User, review: Review) -> bool:
    """Whether he may decide about its accounts: while it is neither submitted nor closed."""
    return user.may(ReviewRight.PROPOSE) and review.is_open and not review.is_submitted


def figures_of() -> QuerySet[Refresh]:
    """The refreshes whose figures a round can be held on, the latest first."""
    return Refresh.objects.filter(state=RefreshState.DONE).defer("summaries", "done_steps").order_by("-as_of", "-id")


def in_force(day: date) -> dict[str, str]:
    """The tier in force on that day, by account."""
    rows = TierInForce.objects.filter(since__lte=day).order_by("since", "id").values_list("customer", "tier")
    return dict(rows.iterator())


def any_in_force(day: date) -> bool:
    """Whether people have decided on any tier up to that day."""
    return TierInForce.objects.filter(since__lte=day).exists()


def holding(privilege: Privilege, codes: Collection[str], day: date) -> dict[str, str]:
    """Those of these accounts whose tier in force carries the right, with the tier."""
    rows = TierInForce.objects.filter(since__lte=day, customer__in=codes).order_by("since", "id")
    held = dict(rows.values_list("customer", "tier"))
    carrying = set(tiers_with(privilege))
    return {code: tier for code, tier in held.items() if tier in carrying}


def history_of(code: str) -> QuerySet[TierInForce]:
    """An account's tiers, latest first."""
    return TierInForce.objects.filter(customer=code).select_related("review")


def rounds_of(code: str) -> QuerySet[Decision]:
    """What every approved round decided about an account, the latest first."""
    rows = Decision.objects.filter(customer=code, review__state=ReviewState.APPROVED)
    return rows.select_related("review").order_by("-review__in_force_from", "-review")


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


def decisions(user: User, review: Review | None = None) -> QuerySet[Decision]:
    """The decisions of a review, or of all, on accounts that the user may see."""
    visible = Account.objects.visible_to(user).filter(code=OuterRef("customer"))
    found = Decision.objects.filter(Exists(visible)) if user.may(ReviewRight.SEE) else Decision.objects.none()
    return found if review is None else found.filter(review=review)


def listed(user: User) -> QuerySet[Any]:
    """Those of the round that is open, or else of the latest, each with its account's name."""
    latest = waiting() or approved().first()
    name = Subquery(Account.objects.filter(code=OuterRef("customer")).values("name")[:1])
    found = decisions(user, latest) if latest else Decision.objects.none()
    return found.select_related("review").annotate(name=name)


def narrowed(found: QuerySet[Any], word: str) -> QuerySet[Any]:
    """Those that change their tier, keep it, or were decided otherwise than proposed."""
    return found.filter(NARROWED[word]) if word in NARROWED else found


def page(user: User, review: Review, asked: Mapping[str, str]) -> Page:
    """One page of a review, by account code; ``from`` and ``to`` narrow it to a change of tier.

    Without a word on it those are shown that change.
    """
    found = decisions(user, review)
    if "from" in asked:
        found = found.filter(before=asked["from"])
    elif asked.get("show") != "all":
        found = narrowed(found, asked.get("show") or Shown.CHANGED.value)
    if asked.get("to"):
        found = found.filter(decided=asked["to"])
    rows = list(found.filter(customer__gt=asked.get("after", "")).order_by("customer")[: PAGE + 1])
    accounts = {a.code: a for a in Account.objects.filter(code__in=[row.customer for row in rows])}
    lines = [Line(row, accounts[row.customer]) for row in rows[:PAGE]]
    return Page(lines, rows[PAGE - 1].customer if len(rows) > PAGE else "")


def changes(user: User, review: Review) -> list[dict[str, Any]]:
    """How many of the user's accounts go from which tier to which other."""
    moved = decisions(user, review).filter(NARROWED[Shown.CHANGED])
    counted = moved.order_by().values("before", "decided").annotate(n=Count("id"))
    rows: list[dict[str, Any]] = [dict(row) for row in counted]
    return sorted(rows, key=lambda row: (-row["n"], row["before"], row["decided"]))


def moving(review: Review) -> tuple[int, int]:
    """How many accounts change their tier, of how many."""
    return review.decisions.filter(NARROWED[Shown.CHANGED]).count(), review.decisions.count()


def by_tier(user: User, review: Review) -> dict[str, tuple[int, int]]:
    """Of the user's accounts, how many had each tier before, and how many have it as decided."""
    rows = decisions(user, review).order_by()
    before = dict(rows.values_list("before").annotate(n=Count("id")))
    decided = dict(rows.values_list("decided").annotate(n=Count("id")))
    return {tier: (before.get(tier, 0), decided.get(tier, 0)) for tier in {*before, *decided}}


def held_now(code: str) -> TierInForce | None:
    """The account's tier in force today."""
    return history_of(code).filter(since__lte=timezone.localdate()).first()
