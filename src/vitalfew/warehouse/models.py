from typing import Any, ClassVar, Final

from django.db import models

from vitalfew.terms import Term
from vitalfew.terms import gettext_noop as _


class RefreshState(Term):
    """How far a refresh has come."""

    RUNNING = "running", _("Running")
    DONE = "done", _("Done")
    FAILED = "failed", _("Failed")


class Refresh(models.Model):
    """One run of every analysis for every account. Lists show the latest that is done, whole."""

    as_of = models.DateField()
    currency = models.CharField(max_length=3, blank=True)
    state = models.CharField(
        max_length=20, choices=[(s.value, s.label) for s in RefreshState], default=RefreshState.RUNNING
    )
    versions = models.JSONField(default=dict)
    done_steps = models.JSONField(default=list)
    steps = models.PositiveIntegerField(default=0)
    summaries = models.JSONField(default=dict)
    looks_back = models.BooleanField(default=False)
    """Computed for histories alone: an earlier day, seen from the facts as they are known now."""
    message = models.TextField(blank=True)
    started_at = models.DateTimeField(auto_now_add=True)
    touched_at = models.DateTimeField(auto_now=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["-id"]

    def __str__(self) -> str:
        return f"{self.pk} {self.as_of}"

    @property
    def progress(self) -> float:
        return len(self.done_steps) / self.steps if self.steps else 0.0


SORTED: Final = (
    "revenue_12m", "growth", "moved", "contribution", "value", "at_stake", "recency", "churn", "satisfaction",
)  # fmt: skip
"""Figures by which lists of any length are sorted at once."""


class Scorecard(models.Model):
    """An account's figures as of one refresh: what lists show, sort and filter by."""

    refresh = models.ForeignKey(Refresh, on_delete=models.CASCADE, related_name="scorecards")
    customer = models.CharField(max_length=100)
    revenue_12m = models.FloatField(null=True)
    growth = models.FloatField(null=True)
    moved = models.FloatField(null=True)
    """By how much net sales of the last twelve months differ from those before, up or down, where growth is known."""
    direction = models.CharField(max_length=12, blank=True)
    abc = models.CharField(max_length=1, blank=True)
    tier = models.CharField(max_length=12, blank=True)
    contribution = models.FloatField(null=True)
    margin_rate = models.FloatField(null=True)
    recency = models.IntegerField(null=True)
    cell = models.CharField(max_length=3, blank=True)
    cooperation = models.CharField(max_length=16, blank=True)
    value = models.FloatField(null=True)
    value_low = models.FloatField(null=True)
    value_high = models.FloatField(null=True)
    p_alive = models.FloatField(null=True)
    churn = models.FloatField(null=True)
    churn_low = models.FloatField(null=True)
    churn_high = models.FloatField(null=True)
    at_stake = models.FloatField(null=True)
    risk = models.CharField(max_length=8, blank=True)
    cause = models.CharField(max_length=24, blank=True)
    satisfaction = models.FloatField(null=True)
    anomaly = models.CharField(max_length=12, blank=True)
    months = models.JSONField(default=list)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["refresh", "customer"], name="one_scorecard_each")]
        indexes: ClassVar = [
            models.Index(fields=["refresh", f"-{name}", "customer"], name=f"scorecard_{name}") for name in SORTED
        ]

    def __str__(self) -> str:
        return self.customer

    def as_figures(self) -> dict[str, Any]:
        """The figures by name, for the API."""
        hidden = {"id", "refresh", "customer", "moved"}
        return {f.name: getattr(self, f.name) for f in self._meta.concrete_fields if f.name not in hidden}


class Proposal(models.Model):
    """What a refresh proposes to do next about an account: a row of `next-actions`, for lists of work."""

    refresh = models.ForeignKey(Refresh, on_delete=models.CASCADE, related_name="proposals")
    customer = models.CharField(max_length=100)
    rank = models.IntegerField(null=True)
    """Its place for those who may see all; none where it stands in for what they see."""
    open_rank = models.IntegerField(null=True)
    """Its place for those who may not see what is confidential."""
    action = models.CharField(max_length=24)
    why = models.TextField()
    """Sentences, kept to be said in any language."""
    due = models.DateField()
    effect = models.FloatField(null=True)
    priority = models.FloatField()
    """0 where no amount is known."""
    guarded = models.BooleanField()
    """Whether it tells of margins, worth or causes."""

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["refresh", "customer", "rank"], name="one_of_each_rank")
        ]
        indexes: ClassVar = [models.Index(fields=["refresh", "-priority", "customer"], name="proposal_priority")]

    def __str__(self) -> str:
        return f"{self.customer} {self.rank}"
