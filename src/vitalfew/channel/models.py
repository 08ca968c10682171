from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import Q

from vitalfew.accounts.models import Account
from vitalfew.channel.turns import LONGEST_WAIT
from vitalfew.people.records import Record


class Channel(Record):
    """What the house says of its green channel; there is one at most."""

    longest = models.PositiveSmallIntegerField(default=LONGEST_WAIT)
    """Working days that anybody waits at most before it goes ahead of those who go first."""
    cutoff = models.DateField(null=True, editable=False)
    told_on = models.DateField(null=True, editable=False)
    """On which day the cutoff is the one above: what came before has waited that long."""

    def __str__(self) -> str:
        return str(self.longest)

    def cutoff_on(self, day: date) -> date | None:
        """Where it was worked out for that day."""
        return self.cutoff if self.told_on == day else None


class Mark(models.Model):
    """An account went first from a day on, until another."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="marks")
    rank = models.PositiveSmallIntegerField()
    named = models.JSONField()
    """By what, in each language."""
    since = models.DateField()
    until = models.DateField(null=True)
    """The first day on which it was so no more."""

    class Meta:
        ordering: ClassVar = ["-since", "-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["account"], condition=Q(until=None), name="one_mark_at_a_time")
        ]
        indexes: ClassVar = [models.Index(fields=["account", "-since", "-id"], name="mark_account")]

    def __str__(self) -> str:
        return f"{self.account_id} {self.rank}"
