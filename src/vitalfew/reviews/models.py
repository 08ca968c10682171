from typing import ClassVar

from django.db import models

from vitalfew.terms import Term, Tier
from vitalfew.terms import gettext_noop as _

TIERS = [(tier.value, tier.label) for tier in Tier]


class ReviewState(Term):
    """How far a review has come."""

    PROPOSED = "proposed", _("Proposed")
    APPROVED = "approved", _("Approved")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class Review(models.Model):
    """One round: the proposals of a refresh, and what became of them."""

    as_of = models.DateField()
    state = models.CharField(
        max_length=12, choices=[(s.value, s.label) for s in ReviewState], default=ReviewState.PROPOSED
    )
    opened_by = models.CharField(max_length=150)
    opened_at = models.DateTimeField(auto_now_add=True)
    closed_by = models.CharField(max_length=150, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    in_force_from = models.DateField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["state"], condition=models.Q(state="proposed"), name="one_review_waits_at_a_time"
            )
        ]

    def __str__(self) -> str:
        return f"{self.pk} {self.as_of}"


class Decision(models.Model):
    """One account in a review: its tier in force before, the one proposed with its figures, the one decided."""

    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="decisions")
    customer = models.CharField(max_length=100)
    before = models.CharField(max_length=12, blank=True)
    proposed = models.CharField(max_length=12, choices=TIERS)
    decided = models.CharField(max_length=12, choices=TIERS)
    actual = models.FloatField(null=True)
    strategic = models.FloatField(null=True)
    reason = models.CharField(max_length=300, blank=True)
    decided_by = models.CharField(max_length=150, blank=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["review", "customer"], name="one_decision_each")]

    def __str__(self) -> str:
        return f"{self.customer} {self.decided}"


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
