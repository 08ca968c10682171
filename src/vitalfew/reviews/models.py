from typing import ClassVar

from django.db import models
from django.urls import reverse

from vitalfew.approvals.models import Approval
from vitalfew.language import Message
from vitalfew.reviews.words import Cadence, Privilege, ReviewState, carried
from vitalfew.terms import Tier
from vitalfew.terms import gettext_noop as _

TIERS = [(tier.value, tier.label) for tier in Tier]
QUARTER_MONTHS = 3


class Review(models.Model):
    """One round: the proposals of a refresh, fixed as it began, and what became of them."""

    as_of = models.DateField()
    cadence = models.CharField(
        max_length=8, choices=[(each.value, each.label) for each in Cadence], default=Cadence.YEAR
    )
    currency = models.CharField(max_length=3, blank=True)
    state = models.CharField(
        max_length=12, choices=[(s.value, s.label) for s in ReviewState], default=ReviewState.PROPOSED
    )
    opened_by = models.CharField(max_length=150)
    opened_at = models.DateTimeField(auto_now_add=True)
    closed_by = models.CharField(max_length=150, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    in_force_from = models.DateField(null=True, blank=True)
    """Asked for with the approval; approved, it holds."""
    approval = models.ForeignKey(Approval, null=True, on_delete=models.PROTECT, related_name="+")
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["state"], condition=models.Q(state="proposed"), name="one_review_waits_at_a_time"
            )
        ]

    def __str__(self) -> str:
        return f"{self.pk} {self.as_of}"

    def get_absolute_url(self) -> str:
        return reverse("tier-round", args=[self.pk])

    @property
    def label(self) -> Message:
        """What it is a round of."""
        year = str(self.as_of.year)
        if self.cadence == Cadence.YEAR:
            return Message(_("Tier review {year}"), {"year": year})
        return Message(_("Tier review {year}, quarter {quarter}"), {"year": year, "quarter": str(self.quarter)})

    @property
    def quarter(self) -> int:
        return (self.as_of.month - 1) // QUARTER_MONTHS + 1

    @property
    def is_open(self) -> bool:
        return self.state == ReviewState.PROPOSED

    @property
    def is_submitted(self) -> bool:
        """Whether it waits for who approves it; until then, or sent back, it can be changed."""
        return self.is_open and self.approval is not None and self.approval.is_waiting


class Decision(models.Model):
    """One account in a review: its tier in force before, the one proposed with the figures behind it, the one decided."""

    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="decisions")
    customer = models.CharField(max_length=100)
    before = models.CharField(max_length=12, blank=True)
    proposed = models.CharField(max_length=12, choices=TIERS)
    decided = models.CharField(max_length=12, choices=TIERS)
    actual = models.FloatField(null=True)
    strategic = models.FloatField(null=True)
    wallet_share = models.FloatField(null=True)
    ahead = models.FloatField(null=True)
    """Which share of all positive value the accounts before it earn."""
    revenue = models.FloatField(null=True)
    gross_margin = models.FloatField(null=True)
    cost_to_serve = models.FloatField(null=True)
    rank = models.IntegerField(null=True)
    """By the criteria; with the parts of its closeness to the ideal."""
    closeness = models.FloatField(null=True)
    parts = models.JSONField(default=dict)
    reason = models.CharField(max_length=300, blank=True)
    decided_by = models.CharField(max_length=150, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["review", "customer"], name="one_decision_each")]
        indexes: ClassVar = [models.Index(fields=["customer", "-review"], name="decision_customer")]

    def __str__(self) -> str:
        return f"{self.customer} {self.decided}"

    def get_absolute_url(self) -> str:
        return reverse("tier-decision", args=[self.pk])

    @property
    def unrealised(self) -> float | None:
        """What it would earn beyond what it earns."""
        return None if self.actual is None or self.strategic is None else self.strategic - self.actual


class TierInForce(models.Model):
    """From which day an account is dealt with as of which tier; the latest day that has come counts."""

    customer = models.CharField(max_length=100)
    tier = models.CharField(max_length=12, choices=TIERS)
    since = models.DateField()
    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="in_force")

    class Meta:
        ordering: ClassVar = ["customer", "-since", "-id"]
        indexes: ClassVar = [models.Index(fields=["customer", "-since", "-id"], name="tier_in_force")]

    def __str__(self) -> str:
        return f"{self.customer} {self.tier} {self.since}"

    @property
    def privileges(self) -> tuple[Privilege, ...]:
        """What the account is entitled to by it."""
        return carried(self.tier)
