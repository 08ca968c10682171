from datetime import timedelta
from typing import Any, ClassVar, Final

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from vitalfew.accounts.models import Account
from vitalfew.approvals.models import Approval
from vitalfew.approvals.words import ApprovalState
from vitalfew.contacts.models import Person
from vitalfew.people.models import User
from vitalfew.people.permissions import Right
from vitalfew.people.records import Record
from vitalfew.plans.measures import GUARDED, Measure
from vitalfew.plans.rights import AccountPlanRight
from vitalfew.plans.words import PlanState, Rating, SalesModel, Section

SOON: Final = timedelta(days=14)
LONG: Final = 2000
STEP_SOON: Final = timedelta(days=7)
UNDER_WAY: Final = (PlanState.AGREED, PlanState.RUNNING)


class AccountPlanQuerySet(models.QuerySet["Plan"]):
    def visible_to(self, user: User) -> "AccountPlanQuerySet":
        return self.within_reach_of(user).filter(put_away_at=None)

    def within_reach_of(self, user: User) -> "AccountPlanQuerySet":
        """What was put away, too."""
        if not user.is_active or not user.may(AccountPlanRight.SEE):
            return self.none()
        return self if user.sees_all_accounts else self.filter(account__in=Account.objects.visible_to(user))


class Plan(Record):
    """What we want with an account in a span of time, and how."""

    OF_A_PERSON = True

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="plans", editable=False)
    title = models.CharField(max_length=120)
    since = models.DateField()
    until = models.DateField()
    review_on = models.DateField()
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="account_plans"
    )
    currency = models.CharField(max_length=3, blank=True, editable=False)
    """In which its amounts are written."""
    strengths = models.TextField(max_length=LONG, blank=True)
    weaknesses = models.TextField(max_length=LONG, blank=True)
    opportunities = models.TextField(max_length=LONG, blank=True)
    threats = models.TextField(max_length=LONG, blank=True)
    service = models.TextField(max_length=LONG, blank=True)
    """What we do for this account alone."""
    sales_model = models.CharField(max_length=12, blank=True, choices=[(each.value, each.label) for each in SalesModel])
    sales_model_why = models.CharField(max_length=500, blank=True)
    state = models.CharField(
        max_length=8, default=PlanState.DRAFT, editable=False, choices=[(each.value, each.label) for each in PlanState]
    )
    approval = models.ForeignKey(Approval, null=True, editable=False, on_delete=models.PROTECT, related_name="+")
    """By which it is asked for, sent back or agreed to."""
    begun_on = models.DateField(null=True, editable=False)
    closed_on = models.DateField(null=True, editable=False)
    rating = models.CharField(
        max_length=8, blank=True, editable=False, choices=[(each.value, each.label) for each in Rating]
    )
    lessons = models.TextField(max_length=LONG, blank=True, editable=False)
    readings = models.JSONField(null=True, editable=False)
    """Of each goal, by its number, what was reached when the plan was closed."""
    before = models.ForeignKey("self", null=True, editable=False, on_delete=models.SET_NULL, related_name="following")

    objects = AccountPlanQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-since", "-id"]
        indexes: ClassVar = [
            models.Index(fields=["account", "-since", "-id"], name="plan_account"),
            models.Index(fields=["state", "review_on"], name="plan_review"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("account-plan", args=[self.pk])

    @property
    def is_draft(self) -> bool:
        return self.state == PlanState.DRAFT

    @property
    def sent_back(self) -> str:
        """Why, until it is asked for again."""
        if not self.is_draft or self.approval is None or self.approval.state != ApprovalState.RETURNED:
            return ""
        last = self.approval.steps.last()
        return last.note if last else ""

    @property
    def is_under_way(self) -> bool:
        return self.state in UNDER_WAY

    @property
    def is_over(self) -> bool:
        return self.until < timezone.localdate()

    @property
    def review_due(self) -> bool:
        return self.is_under_way and self.review_on <= timezone.localdate()


class PartQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: User) -> "PartQuerySet":
        """Of plans that the user sees; what is of money, for who may see that."""
        return self.within_reach_of(user).filter(put_away_at=None)

    def within_reach_of(self, user: User) -> "PartQuerySet":
        return self.filter(plan__in=Plan.objects.visible_to(user)).select_related("plan", "plan__account")


class GoalQuerySet(PartQuerySet):
    def within_reach_of(self, user: User) -> PartQuerySet:
        rows = super().within_reach_of(user)
        return rows if user.may(Right.MONEY) else rows.exclude(measure__in=GUARDED)


class Part(Record):
    """Something that a plan is made of."""

    OF_A_PERSON = True

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="%(class)ss", editable=False)

    class Meta:
        abstract = True

    def get_absolute_url(self) -> str:
        return reverse("account-plan", args=[self.plan_id])


class Goal(Part):
    """What is to be reached, by which measure, and how much of it."""

    text = models.CharField(max_length=200)
    measure = models.CharField(max_length=12, choices=[(each.value, each.label) for each in Measure])
    category = models.CharField(max_length=200, blank=True)
    start = models.DecimalField(max_digits=17, decimal_places=2, null=True, blank=True)
    target = models.DecimalField(max_digits=17, decimal_places=2)
    unit = models.CharField(max_length=20, blank=True)
    """Of a figure that is written down by hand."""
    figure = models.DecimalField(max_digits=17, decimal_places=2, null=True, editable=False)
    figure_on = models.DateField(null=True, editable=False)
    source = models.CharField(max_length=300, blank=True, editable=False)
    """From where the figure is."""

    objects = GoalQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return self.text


class Step(Part):
    """What somebody does by when."""

    goal = models.ForeignKey(Goal, null=True, blank=True, on_delete=models.SET_NULL, related_name="steps")
    """Which goal it serves."""
    text = models.CharField(max_length=300)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="plan_steps")
    due = models.DateField()
    done_on = models.DateField(null=True, editable=False)
    result = models.CharField(max_length=500, blank=True, editable=False)

    objects = PartQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["due", "pk"]
        indexes: ClassVar = [models.Index(fields=["owner", "done_on", "due"], name="step_owner")]

    def __str__(self) -> str:
        return self.text

    @property
    def is_overdue(self) -> bool:
        return self.done_on is None and self.due < timezone.localdate()


class Target(Part):
    """White space: a category of which it shall buy for so much."""

    category = models.CharField(max_length=200)
    amount = models.DecimalField(max_digits=17, decimal_places=2)
    note = models.CharField(max_length=500, blank=True)

    objects = PartQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-amount", "pk"]

    def __str__(self) -> str:
        return self.category

    @property
    def worth(self) -> float:
        return float(self.amount)


class Promotion(Part):
    """A promotion that both sides plan and pay."""

    name = models.CharField(max_length=120)
    categories = models.CharField(max_length=500)
    """What is promoted, one category a line."""
    since = models.DateField()
    until = models.DateField()
    budget = models.DecimalField(max_digits=17, decimal_places=2)
    our_share = models.PositiveSmallIntegerField()
    """In per cent."""
    note = models.CharField(max_length=500, blank=True)
    effect = models.JSONField(null=True, editable=False)
    """What was worked out of it, and when."""

    objects = PartQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["since", "pk"]
        constraints: ClassVar = [models.CheckConstraint(condition=Q(our_share__lte=100), name="share_of_a_whole")]

    def __str__(self) -> str:
        return self.name

    @property
    def promoted(self) -> list[str]:
        return [line.strip() for line in self.categories.splitlines() if line.strip()]

    @property
    def total(self) -> float:
        return float(self.budget)

    @property
    def ours(self) -> float:
        return self.total * self.our_share / 100

    @property
    def theirs(self) -> float:
        return self.total - self.ours


class Version(models.Model):
    """A plan as it was agreed to, with what was known then."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField()
    agreed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    agreed_on = models.DateField()
    content = models.JSONField()

    class Meta:
        ordering: ClassVar = ["-number"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["plan", "number"], name="version_once")]

    def __str__(self) -> str:
        return f"{self.plan} {self.number}"

    @property
    def said(self) -> str:
        return str(self.number)


class SharedSection(models.Model):
    """A section of a plan that the customer sees in the portal, as it stood when it was shared, and what it said to it."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="shared")
    section = models.CharField(max_length=10, choices=[(each.value, each.label) for each in Section])
    content = models.JSONField()
    shared_by = models.CharField(max_length=150)
    shared_at = models.DateTimeField(auto_now_add=True)
    agreed = models.BooleanField(null=True)
    words = models.CharField(max_length=1000, blank=True)
    answered_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    answered_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["section"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["plan", "section"], name="shared_once")]

    def __str__(self) -> str:
        return f"{self.plan} {self.section}"
