"""Changes to reviews: permission asked, audit written, in one transaction."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from django.db import transaction
from django.utils import timezone

from vitalfew.batches import batched
from vitalfew.catalogue import Refusal
from vitalfew.home import Home
from vitalfew.people import audit
from vitalfew.people.models import User
from vitalfew.reviews import questions
from vitalfew.reviews.models import Decision, Review, ReviewState, TierInForce
from vitalfew.reviews.rights import ReviewRight
from vitalfew.terms import Tier
from vitalfew.warehouse import scorecards
from vitalfew.warehouse.inserts import insert
from vitalfew.warehouse.models import Scorecard

BATCH: Final = 2000


class NotNow(RuntimeError):
    """The review is closed, another waits, or there is nothing to propose."""


class ByOneself(RuntimeError):
    """Who proposed a review does not approve it while somebody else may."""


@transaction.atomic
def open_review(user: User, home: Home) -> Review:
    """Take the latest refresh's tiers as proposals: all that differ from what is in force."""
    user.must(ReviewRight.PROPOSE)
    refresh = scorecards.current()
    if refresh is None or questions.waiting():
        raise NotNow
    try:
        rows = scorecards.result(home, refresh, "tiers").table
    except Refusal:
        raise NotNow from None
    review = Review.objects.create(as_of=refresh.as_of, opened_by=user.username)
    known = questions.in_force(timezone.localdate())
    names = ("customer", "tier", "actual", "strategic")
    proposals = zip(*(rows[name].to_pylist() for name in names), strict=True)
    changed = [
        (review.pk, code, known.get(code, ""), tier, tier, actual, strategic, "", "")
        for code, tier, actual, strategic in proposals
        if known.get(code) != tier
    ]
    columns = ["review", "customer", "before", "proposed", "decided", "actual", "strategic", "reason", "decided_by"]
    insert(Decision, columns, changed)
    audit.record(user, "review-open", f"review:{review.pk}", {"as_of": refresh.as_of, "accounts": len(changed)})
    return review


@transaction.atomic
def decide(user: User, decision: Decision, tier: str, reason: str) -> None:
    """Decide otherwise than proposed, with a reason; or as proposed after all."""
    user.must(ReviewRight.PROPOSE)
    row = Decision.objects.select_for_update().select_related("review").get(pk=decision.pk)
    if row.review.state != ReviewState.PROPOSED or tier not in set(Tier):
        raise NotNow
    changed = audit.changed({"decided": row.decided, "reason": row.reason}, {"decided": tier, "reason": reason})
    if changed:
        row.decided, row.reason, row.decided_by = tier, reason, user.username
        row.save()
        audit.record(user, "review-decide", f"account:{row.customer}", changed)


@transaction.atomic
def approve(user: User, review: Review, since: date) -> int:
    """The decisions take effect from that day; gives how many accounts change their tier.

    A second person approves; who proposed it does so alone only where nobody else may, and the audit trail says so.
    """
    user.must(ReviewRight.APPROVE)
    if not questions.may_approve(user, review):
        raise ByOneself
    row = _closed(user, review, ReviewState.APPROVED, since)
    decided = row.decisions.order_by("customer").values_list("customer", "before", "decided")
    moved = [(code, tier) for code, before, tier in decided.iterator() if before != tier]
    insert(TierInForce, ["customer", "tier", "since", "review"], [(code, tier, since, row.pk) for code, tier in moved])
    if since <= timezone.localdate():
        show(dict(moved))
    alone = {"alone": True} if user.username == row.opened_by else {}
    audit.record(user, "review-approve", f"review:{row.pk}", {"since": since, "accounts": len(moved), **alone})
    return len(moved)


@transaction.atomic
def withdraw(user: User, review: Review) -> None:
    """The proposals come to nothing."""
    user.must(ReviewRight.PROPOSE)
    row = _closed(user, review, ReviewState.WITHDRAWN, None)
    audit.record(user, "review-withdraw", f"review:{row.pk}")


def _closed(user: User, review: Review, state: ReviewState, since: date | None) -> Review:
    row = Review.objects.select_for_update().get(pk=review.pk)
    if row.state != ReviewState.PROPOSED:
        raise NotNow
    row.state, row.closed_by, row.closed_at, row.in_force_from = state, user.username, timezone.now(), since
    row.save()
    return row


def show(tiers: Mapping[str, str]) -> None:
    """Lists show the tiers in force from now on."""
    refresh = scorecards.current()
    by_tier: dict[str, list[str]] = {}
    for code, tier in tiers.items():
        by_tier.setdefault(tier, []).append(code)
    cards: Any = Scorecard.objects.filter(refresh=refresh)
    for tier, codes in by_tier.items():
        for some in batched(codes, BATCH):
            cards.filter(customer__in=some).update(tier=tier)
