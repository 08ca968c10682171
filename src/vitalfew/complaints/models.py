from typing import ClassVar

from django.db import models

from vitalfew.accounts.models import Account


class Complaint(models.Model):
    """A complaint of the facts, as far as it is searched for; the facts have the whole of it."""

    number = models.CharField(max_length=100, unique=True)
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="complaints")
    received_on = models.DateField()
    text = models.TextField(blank=True)

    COMES_AGAIN: ClassVar = models.Q(pk__isnull=False)

    class Meta:
        ordering = ("-received_on", "-pk")

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        return f"{self.account.get_absolute_url()}?tab=complaints"
