"""A month of complaints as it was told, complaint by complaint: what is corrected later changes nothing of it."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.urls import reverse

from vitalfew.complaints.rights import ComplaintRight
from vitalfew.people.models import User
from vitalfew.people.records import Record


class MonthQuerySet(models.QuerySet["ClosedMonth"]):
    def visible_to(self, user: User) -> "MonthQuerySet":
        return self.within_reach_of(user).filter(put_away_at=None)

    def within_reach_of(self, user: User) -> "MonthQuerySet":
        """It is told of all accounts, so to those alone who see all of them."""
        sees = user.is_active and user.may(ComplaintRight.MONTHS) and user.sees_all_accounts
        return self if sees else self.none()


class ClosedMonth(Record):
    """A month that was closed, and by whom."""

    month = models.DateField(editable=False)
    """Its first day."""
    currency = models.CharField(max_length=3, blank=True, editable=False)

    objects = MonthQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-month", "-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["month"], condition=Q(put_away_at=None), name="month_closed_once")
        ]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m}"

    def get_absolute_url(self) -> str:
        return reverse("complaint-month", args=[self.pk])


class MonthLine(models.Model):
    """A complaint as it stood when its month was closed. What is in time is open (None) until it is heard or late."""

    month = models.ForeignKey(ClosedMonth, on_delete=models.CASCADE, related_name="lines")
    number = models.CharField(max_length=100)
    account = models.CharField(max_length=200, blank=True)
    category = models.CharField(max_length=100, blank=True)
    cause = models.CharField(max_length=250, blank=True)
    severity = models.PositiveSmallIntegerField(null=True)
    received_on = models.DateField()
    acknowledged = models.BooleanField(null=True)
    answered = models.BooleanField(null=True)
    settled = models.BooleanField(null=True)
    days = models.FloatField(null=True)
    """Until it was settled, or so long it has lasted."""
    closed_on = models.DateField(null=True)
    reopened = models.BooleanField(default=False)
    again = models.BooleanField(null=True)
    """Whether it is the same again; None where nobody can tell."""
    satisfied = models.BooleanField(null=True)
    given = models.DecimalField(max_digits=18, decimal_places=4, default=0)
    claimed = models.DecimalField(max_digits=18, decimal_places=4, default=0)
    recovered = models.DecimalField(max_digits=18, decimal_places=4, default=0)

    class Meta:
        ordering: ClassVar = ["received_on", "number"]

    def __str__(self) -> str:
        return self.number
