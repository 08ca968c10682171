from datetime import date, timedelta
from typing import ClassVar

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.urls import reverse

from vitalfew.accounts.models import Account
from vitalfew.language import Kept, Message
from vitalfew.people.models import User
from vitalfew.people.permissions import HEADS
from vitalfew.people.records import Record
from vitalfew.people.roles import Role
from vitalfew.visit_plans.rights import PlanRight
from vitalfew.visit_plans.words import PlanState, ProposalState
from vitalfew.visits.models import Visit

LONGEST = 12
"""Weeks of a plan at most."""
WEEK = timedelta(days=7)


class PlanQuerySet(models.QuerySet["VisitPlan"]):
    def visible_to(self, user: User) -> "PlanQuerySet":
        return self.within_reach_of(user).filter(put_away_at=None)

    def within_reach_of(self, user: User) -> "PlanQuerySet":
        """Heads and executives see every plan, managers those they asked for."""
        if not user.may(PlanRight.PLAN):
            return self.none()
        return self if user.role in {*HEADS, Role.EXECUTIVE} else self.filter(made_by=user.username)


class VisitPlan(Record):
    """Some weeks for some of us, and how far their visits are worked out."""

    since = models.DateField()
    """A Monday."""
    weeks = models.PositiveSmallIntegerField(validators=[MinValueValidator(1), MaxValueValidator(LONGEST)])
    most_a_day = models.PositiveSmallIntegerField(validators=[MinValueValidator(1), MaxValueValidator(8)])
    most_a_week = models.PositiveSmallIntegerField(validators=[MinValueValidator(1), MaxValueValidator(40)])
    mine_only = models.BooleanField(default=False)
    """Only accounts that one of those who take part manages."""
    people = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="+")
    state = models.CharField(
        max_length=10, default=PlanState.WAITING, editable=False,
        choices=[(each.value, each.label) for each in PlanState],
    )  # fmt: skip
    run = models.PositiveIntegerField(default=1, editable=False)
    """How often it was asked for: an older one that is still worked out keeps nothing."""
    progress = models.FloatField(default=0.0, editable=False)
    found = models.JSONField(default=dict, editable=False)
    """What was found: sentences, what found no place, how long it took."""

    objects = PlanQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-pk"]

    def __str__(self) -> str:
        return f"{self.since} +{self.weeks}"

    def get_absolute_url(self) -> str:
        return reverse("visit-plan", args=[self.pk])

    @property
    def until(self) -> date:
        """Its last day."""
        return self.since + self.weeks * WEEK - timedelta(days=1)

    @property
    def mondays(self) -> list[date]:
        return [self.since + n * WEEK for n in range(self.weeks)]

    @property
    def is_running(self) -> bool:
        return self.state in {PlanState.WAITING, PlanState.WORKING}

    @property
    def headline(self) -> Message | None:
        return Message.restored(self.found["headline"]) if "headline" in self.found else None


class Proposal(models.Model):
    """A visit that a plan proposes."""

    plan = models.ForeignKey(VisitPlan, on_delete=models.CASCADE, related_name="proposals")
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    day = models.DateField()
    state = models.CharField(
        max_length=10, default=ProposalState.OPEN, choices=[(each.value, each.label) for each in ProposalState]
    )
    reason = models.TextField(blank=True)
    """Sentences kept as JSON, said later in any language."""
    by_hand = models.BooleanField(default=False)
    """Whether somebody moved it: the next run leaves it where it is."""
    batch = models.PositiveIntegerField(null=True)
    """Which were accepted at once, to be given back at once."""
    visit = models.OneToOneField(Visit, null=True, on_delete=models.SET_NULL, related_name="proposal")

    class Meta:
        ordering: ClassVar = ["day", "person", "pk"]
        indexes: ClassVar = [models.Index(fields=["plan", "state"], name="proposal_state")]

    def __str__(self) -> str:
        return f"{self.day} {self.account}"

    @property
    def why(self) -> Kept | None:
        return Kept(self.reason) if self.reason else None

    @property
    def monday(self) -> date:
        return self.day - timedelta(days=self.day.weekday())
