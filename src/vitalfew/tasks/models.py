from typing import ClassVar

from django.conf import settings
from django.db import models

from vitalfew.tasks.words import Decided


class Decision(models.Model):
    """What a user decided about one line of Today; the line itself is told again by its key."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="decisions")
    key = models.CharField(max_length=32)
    kind = models.CharField(max_length=10, choices=[(each.value, each.label) for each in Decided])
    until = models.DateField()
    """The day on which the line comes back, where it is still asked for."""
    to = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.CASCADE, related_name="handed_decisions"
    )
    note = models.CharField(max_length=300, blank=True)
    what = models.CharField(max_length=200)
    customer = models.CharField(max_length=64, blank=True)
    url = models.CharField(max_length=500)
    due = models.DateField(null=True)
    made_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering: ClassVar = ["until", "pk"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["user", "key"], name="one_decision_a_line")]

    def __str__(self) -> str:
        return f"{self.user} {self.kind} {self.what}"
