"""Changes to reviews: permission asked, audit written, in one transaction."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from vitalfew.approvals import actions as approvals
from vitalfew.approvals.actions import Subject
from vitalfew.approvals.words import ApprovalState
from vitalfew.batches import batched
from vitalfew.catalogue import Refusal
from vitalfew.channel.actions import renew
from vitalfew.home import Home
from vitalfew.language import Count, Day, Message
from vitalfew.people import audit
from vitalfew.people.models import User
from vitalfew.people.permissions import Forbidden
from vitalfew.reviews import questions
from vitalfew.reviews.models import Decision, Review, TierInForce
from vitalfew.reviews.proposing import COLUMNS, proposals
from vitalfew.reviews.rights import ReviewRight
from vitalfew.reviews.words import Cadence, ReviewState
from vitalfew.terms import Tier
from vitalfew.terms import gettext_noop as _
from vitalfew.warehouse import scorecards
from vitalfew.warehouse.inserts import insert
from vitalfew.warehouse.models import Refresh, Scorecard
from vitalfew.warehouse.run import day_number

BATCH: Final = 2000
KIND: Final = "tier-review"
"""As what it is approved."""

IN_SHORT: Final[Mapping[str, str]] = {
    Cadence.YEAR: _(
        "Tier review {year}: {n} of {all} {all:account|accounts} {n:changes|change} tier, in force from {day}"
    ),
    Cadence.QUARTER: _(
        "Tier review {year}, quarter {quarter}: {n} of {all} {all:account|accounts} {n:changes|change} tier, in force "
        "from {day}"
    ),
}


class NotNow(RuntimeError):
    """The review is closed or waits for approval, another waits, or there is nothing to propose."""


class ByOneself(RuntimeError):
    """Who proposed a review does not approve it while somebody else may."""


class Changed(RuntimeError):
    """Somebody else decided about the account meanwhile."""


@dataclass(frozen=True)
class Said:
    """The tier that is decided, and why it is another than proposed."""

    tier: str
    reason: str = ""


@transaction.atomic
def open_review(user: User, home: Home, cadence: str = Cadence.YEAR.value, refresh: Refresh | None = None) -> Review:
    """Take a refresh's tiers as proposals, the latest one's unless told; accounts and figures are fixed from now on."""
    user.must(ReviewRight.PROPOSE)
    refresh = refresh or scorecards.current()
    if refresh is None or questions.waiting():
        raise NotNow
    try:
        proposed = list(proposals(home, refresh))
    except Refusal:
        raise NotNow from None
    review = Review.objects.create(
        as_of=refresh.as_of, cadence=cadence, currency=refresh.currency, opened_by=user.username
    )
    known = questions.in_force(timezone.localdate())
    place = COLUMNS.index("proposed")
    rows = [(review.pk, *row, row[place], known.get(row[0], ""), "", "", 1) for row in proposed]
    columns = ["review", *COLUMNS, "decided", "before", "reason", "decided_by", "version"]
    insert(Decision, columns, rows, as_stored={"parts"})
    audit.record(user, "review-open", f"review:{review.pk}", {"as_of": refresh.as_of, "accounts": len(rows)})
    return review


@transaction.atomic
def decide(user: User, decision: Decision, tier: str, reason: str, version: int | None = None) -> None:
    """Decide otherwise than proposed, with a reason; or as proposed after all."""
    user.must(ReviewRight.PROPOSE)
    row = Decision.objects.select_for_update(of=("self",)).select_related("review__approval").get(pk=decision.pk)
    if version is not None and row.version != version:
        raise Changed
    _decided(user, row, Said(tier, reason))


@transaction.atomic
def decide_many(user: User, review: Review, numbers: Iterable[int], said: Said) -> int:
    """The same for several accounts that the user sees; gives how many."""
    user.must(ReviewRight.PROPOSE)
    seen = questions.decisions(user, review).filter(pk__in=list(numbers)[:BATCH]).values("pk")
    rows = Decision.objects.select_for_update(of=("self",)).select_related("review__approval").filter(pk__in=seen)
    found = list(rows)
    for row in found:
        _decided(user, row, said)
    return len(found)


def _decided(user: User, row: Decision, said: Said) -> None:
    if not row.review.is_open or row.review.is_submitted or said.tier not in set(Tier):
        raise NotNow
    changed = audit.changed(
        {"decided": row.decided, "reason": row.reason}, {"decided": said.tier, "reason": said.reason}
    )
    if changed:
        row.decided, row.reason, row.decided_by = said.tier, said.reason, user.username
        row.version += 1
        row.save()
        audit.record(user, "review-decide", f"account:{row.customer}", _noted(changed))


def _noted(changed: Mapping[str, Any]) -> dict[str, Any]:
    """A reason may name a person and stays out of the trail, save that it was given."""
    told = {name: values for name, values in changed.items() if name != "reason"}
    return {**told, "fields": ["reason"]} if "reason" in changed else told


@transaction.atomic
def submit(user: User, review: Review, since: date, why: str = "") -> Review:
    """Hand the round to whoever approves it, to be in force from that day. From now on nobody changes it."""
    user.must(ReviewRight.PROPOSE)
    row = _open(review)
    if row.is_submitted:
        raise NotNow
    if row.approval and row.approval.state == ApprovalState.RETURNED:
        approvals.taken_back(user, row.approval)
    subject = Subject(row.pk, reverse("tier-review"), _in_short(row, since), hands=[row.opened_by])
    row.approval = approvals.ask(user, KIND, subject, why=why)
    row.in_force_from = since
    _saved(row)
    audit.record(user, "review-submit", f"review:{row.pk}", {"since": since})
    return row


def _in_short(row: Review, since: date) -> Message:
    moved, everyone = questions.moving(row)
    figures: Mapping[str, Any] = {
        "year": str(row.as_of.year), "quarter": str(row.quarter), "n": Count(moved), "all": Count(everyone),
        "day": Day(day_number(since)),
    }  # fmt: skip
    return Message(IN_SHORT[row.cadence], figures)


@transaction.atomic
def approve(user: User, review: Review, since: date) -> int:
    """The decisions take effect from that day; gives how many accounts change their tier.

    A second person approves; who proposed it does so alone only where nobody else may, and the audit trail says so.
    """
    user.must(ReviewRight.APPROVE)
    row = _open(review)
    if row.approval is None or not row.is_submitted:
        raise NotNow
    row.in_force_from = since
    _saved(row)
    try:
        approvals.approve(user, row.approval.pk, row.approval.version)
    except Forbidden:
        raise ByOneself from None
    return row.in_force.count()


def became(user: User, number: int, state: str) -> None:
    """What follows once its approval is decided: approved, it is in force; sent back or withdrawn, it can be changed again."""
    if state == ApprovalState.APPROVED:
        _put_in_force(user, Review.objects.select_for_update().get(pk=number))


def _put_in_force(user: User, review: Review) -> None:
    since = review.in_force_from or timezone.localdate()
    row = _closed(user, review, ReviewState.APPROVED)
    decided = row.decisions.order_by("customer").values_list("customer", "before", "decided")
    moved = [(code, tier) for code, before, tier in decided.iterator() if before != tier]
    insert(TierInForce, ["customer", "tier", "since", "review"], [(code, tier, since, row.pk) for code, tier in moved])
    if since <= timezone.localdate():
        show(dict(moved))
        renew()
    alone = {"alone": True} if row.approval and user.username in row.approval.shut_out else {}
    audit.record(user, "review-approve", f"review:{row.pk}", {"since": since, "accounts": len(moved), **alone})


@transaction.atomic
def withdraw(user: User, review: Review) -> None:
    """The proposals come to nothing."""
    user.must(ReviewRight.PROPOSE)
    row = _closed(user, review, ReviewState.WITHDRAWN)
    if row.approval and row.approval.state in {ApprovalState.WAITING, ApprovalState.RETURNED}:
        approvals.taken_back(user, row.approval)
    audit.record(user, "review-withdraw", f"review:{row.pk}")


def _open(review: Review) -> Review:
    row = Review.objects.select_for_update(of=("self",)).select_related("approval").get(pk=review.pk)
    if not row.is_open:
        raise NotNow
    return row


def _closed(user: User, review: Review, state: ReviewState) -> Review:
    row = _open(review)
    row.state, row.closed_by, row.closed_at = state, user.username, timezone.now()
    if state is ReviewState.WITHDRAWN:
        row.in_force_from = None
    return _saved(row)


def _saved(row: Review) -> Review:
    row.version += 1
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
