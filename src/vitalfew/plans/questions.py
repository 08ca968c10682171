"""What pages, API and other rooms ask about account plans. Every answer starts from what the user may see."""

from collections.abc import Mapping
from datetime import timedelta
from decimal import Decimal
from typing import Any, Final

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from vitalfew.accounts.models import Account
from vitalfew.accounts.pieces import Index
from vitalfew.approvals.deciding import authorities
from vitalfew.people.models import User
from vitalfew.people.permissions import HEADS
from vitalfew.plans.models import SOON, STEP_SOON, UNDER_WAY, AccountPlanQuerySet, Goal, Plan, Promotion, Step, Target
from vitalfew.plans.rights import AccountPlanRight
from vitalfew.plans.words import PlanState

INDEX: Final = Index("plans_search")
SHOWN: Final = 100
CENT: Final = Decimal("0.01")
PARTS: Final[Mapping[str, Any]] = {"goal": Goal, "step": Step, "target": Target, "promotion": Promotion}
"""What a plan is made of, by the word in addresses."""


def plans(user: User) -> AccountPlanQuerySet:
    return Plan.objects.visible_to(user).select_related(
        "account", "account__manager", "owner", "approval__asked_by", "before"
    )


def listed(user: User) -> QuerySet[Plan]:
    """With how many of its steps are open, and how many are late."""
    kept = Q(steps__put_away_at=None, steps__done_on=None)
    late = kept & Q(state__in=UNDER_WAY, steps__due__lt=timezone.localdate())
    return plans(user).annotate(open_steps=Count("steps", filter=kept), late_steps=Count("steps", filter=late))


def found(rows: QuerySet[Any], text: str) -> QuerySet[Any]:
    """Those whose words hold the text, or what sounds like it in pinyin."""
    ids = INDEX.matching(text)
    return rows.none() if ids is None else rows.filter(pk__in=ids)


def of_account(user: User, account: Account) -> list[Plan]:
    return list(plans(user).filter(account=account)[:SHOWN])


def present(user: User, account: Account) -> Plan | None:
    """The plan by which the account is worked with now."""
    return plans(user).filter(_going(), account=account).order_by("-since", "-pk").first()


def parts(user: User, plan: Plan, name: str) -> QuerySet[Any]:
    rows: QuerySet[Any] = PARTS[name].objects.visible_to(user).filter(plan=plan)
    return rows.select_related("owner", "goal") if name == "step" else rows


def steps_to_do(user: User) -> QuerySet[Step]:
    """The user's own that are due within a week; of somebody who works here no more, those of the own plans."""
    nobody = Q(owner=None) | Q(owner__is_active=False)
    own = Q(owner=user) | Q(nobody, plan__owner=user) | Q(nobody, plan__owner=None, plan__account__manager=user)
    rows: QuerySet[Step] = Step.objects.visible_to(user).filter(own, _going("plan__"))
    until = timezone.localdate() + STEP_SOON
    return rows.filter(done_on=None, due__lte=until).order_by("due", "pk")


def _going(of: str = "") -> Q:
    """Agreed to or begun, and not closed; one that runs goes on while it is revised."""
    agreed = Q(**{f"{of}state__in": UNDER_WAY})
    revised = Q(**{f"{of}begun_on__isnull": False, f"{of}state__in": (PlanState.DRAFT, PlanState.ASKED)})
    return agreed | revised


def to_review(user: User) -> QuerySet[Plan]:
    """The user's own that are to be reviewed."""
    nobody = Q(owner=None) | Q(owner__is_active=False)
    soon = timezone.localdate() + SOON
    review = Q(Q(owner=user) | Q(nobody, account__manager=user), state__in=UNDER_WAY, review_on__lte=soon)
    return Plan.objects.visible_to(user).filter(review).select_related("account").order_by("review_on", "pk")


def may_change(user: User, plan: Plan) -> bool:
    """Who wrote or owns it, who manages the account, and heads of the department."""
    if not user.may(AccountPlanRight.WRITE):
        return False
    near = user.pk in {plan.owner_id, plan.account.manager_id} or user.username == plan.made_by
    return near or user.role in HEADS


def may_agree(user: User, plan: Plan) -> bool:
    """A second person: not the one who asks, nor who began it."""
    if plan.state != PlanState.ASKED or plan.approval is None:
        return False
    return bool(authorities(user, [plan.approval]))


def our_money(plan: Plan) -> Decimal | None:
    """What we are to spend by it: our shares of its joint promotions; None without one."""
    shares = [each.budget * each.our_share / 100 for each in plan.promotions.filter(put_away_at=None)]
    return sum(shares, Decimal(0)).quantize(CENT) if shares else None


def may_settle(user: User, step: Step) -> bool:
    """Who does it, and who may change the plan."""
    return step.owner_id == user.pk or may_change(user, step.plan)


def elapsed(plan: Plan, until: Any) -> float:
    """Which share of the plan's time has gone by a day."""
    whole = (plan.until - plan.since + timedelta(days=1)).days
    gone = (until - plan.since + timedelta(days=1)).days
    share: float = gone / whole
    return min(max(share, 0.0), 1.0)
