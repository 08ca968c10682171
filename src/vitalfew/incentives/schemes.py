"""Schemes, their versions and rules."""

from decimal import Decimal
from typing import Any, ClassVar

from django.db import models
from django.urls import reverse

from vitalfew.approvals.models import Approval
from vitalfew.coins import amount, written
from vitalfew.incentives.rights import IncentiveRight
from vitalfew.incentives.rules import RuleKind
from vitalfew.incentives.words import Every, VersionState, Working
from vitalfew.people.models import User
from vitalfew.people.records import Record


def choices(words: Any) -> list[tuple[str, str]]:
    return [(each.value, each.label) for each in words]


class SchemeQuerySet(models.QuerySet["Scheme"]):
    def visible_to(self, user: User) -> "SchemeQuerySet":
        return self.within_reach_of(user).filter(put_away_at=None)

    def within_reach_of(self, user: User) -> "SchemeQuerySet":
        """What was put away, too."""
        return self if user.is_active and user.may(IncentiveRight.SEE) else self.none()


class Scheme(Record):
    """What is rewarded under one name, version after version."""

    name = models.CharField(max_length=100)
    about = models.TextField(max_length=1000, blank=True)

    objects = SchemeQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["name", "pk"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("incentive", args=[self.pk])


class VersionQuerySet(models.QuerySet["SchemeVersion"]):
    def visible_to(self, user: User) -> "VersionQuerySet":
        return self.within_reach_of(user).filter(put_away_at=None, scheme__put_away_at=None)

    def within_reach_of(self, user: User) -> "VersionQuerySet":
        return self if user.is_active and user.may(IncentiveRight.SEE) else self.none()

    def approved(self) -> "VersionQuerySet":
        return self.filter(state=VersionState.APPROVED, put_away_at=None, scheme__put_away_at=None)


class SchemeVersion(Record):
    """From which day to which a scheme holds, for whom, settled how often; once approved nothing of it changes."""

    scheme = models.ForeignKey(Scheme, on_delete=models.PROTECT, related_name="versions", editable=False)
    number = models.PositiveIntegerField(editable=False)
    state = models.CharField(max_length=10, default=VersionState.DRAFT, editable=False, choices=choices(VersionState))
    since = models.DateField()
    until = models.DateField()
    every = models.CharField(max_length=10, choices=choices(Every))
    currency = models.CharField(max_length=3, editable=False)
    tiers = models.JSONField(default=list, blank=True)
    regions = models.JSONField(default=list, blank=True)
    cooperations = models.JSONField(default=list, blank=True)
    accounts = models.JSONField(default=list, blank=True)
    """Codes; with none of the four, everybody takes part."""
    approval = models.ForeignKey(Approval, null=True, editable=False, on_delete=models.SET_NULL, related_name="+")
    simulated = models.CharField(max_length=10, default=Working.NONE, editable=False, choices=choices(Working))
    run = models.PositiveIntegerField(default=0, editable=False)
    """How often it was simulated: an older run that still works keeps nothing."""
    progress = models.FloatField(default=0.0, editable=False)
    found = models.JSONField(default=dict, editable=False)
    """What the simulation found."""

    objects = VersionQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["scheme", "-number"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["scheme", "number"], name="one_version_a_number")]

    def __str__(self) -> str:
        return f"{self.scheme} · {self.number}"

    def get_absolute_url(self) -> str:
        return reverse("incentive-version", args=[self.pk])

    @property
    def is_draft(self) -> bool:
        return self.state == VersionState.DRAFT

    @property
    def is_running(self) -> bool:
        """Whether it is being simulated."""
        return self.simulated in {Working.WAITING, Working.WORKING}

    @property
    def is_simulated(self) -> bool:
        return self.simulated == Working.DONE

    @property
    def cost(self) -> Decimal | None:
        """What it would have cost, as simulated."""
        return amount(self.found["cost"], self.currency) if self.is_simulated else None

    @property
    def cost_exactly(self) -> str:
        return "" if self.cost is None else written(self.cost, self.currency)


class SchemeRule(models.Model):
    """A rule of a version: its kind, and its terms as that kind has them."""

    of = models.ForeignKey(SchemeVersion, on_delete=models.PROTECT, related_name="rules")
    kind = models.CharField(max_length=12, choices=choices(RuleKind))
    terms = models.JSONField(default=dict)
    taken_out = models.BooleanField(default=False)
    """Out of the draft again; it can be brought back."""

    class Meta:
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return str(self.kind)
