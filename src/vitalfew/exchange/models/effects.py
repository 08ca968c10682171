from typing import ClassVar

from django.db import models
from django.urls import reverse

from vitalfew.accounts.models import Account
from vitalfew.exchange.models.agreed import AtAccounts, said
from vitalfew.exchange.words import Gain, Verdict


class DataEffect(models.Model):
    """A figure of an account before and since data is exchanged with it, as worked out in the morning."""

    version: ClassVar = 1
    """It is never edited."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="data_effects")
    gain = models.CharField(max_length=10, choices=said(Gain))
    verdict = models.CharField(max_length=10, choices=said(Verdict))
    agreed_on = models.DateField()
    as_of = models.DateField()
    """Until when the facts told it."""
    before = models.FloatField(null=True)
    since = models.FloatField(null=True)
    change = models.FloatField(null=True)
    low = models.FloatField(null=True)
    high = models.FloatField(null=True)
    weeks_before = models.PositiveIntegerField(default=0)
    weeks_since = models.PositiveIntegerField(default=0)
    same_season = models.BooleanField(default=False)
    why = models.JSONField(default=dict)
    """A kept sentence: what can be told, or why nothing can."""
    at = models.DateTimeField(auto_now=True)

    objects = AtAccounts.as_manager()

    class Meta:
        ordering: ClassVar = ["account__name", "gain", "pk"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["account", "gain"], name="data_effect_once")]

    def __str__(self) -> str:
        return f"{self.account} {self.gain}"

    def get_absolute_url(self) -> str:
        return f"{reverse('exchange-effects')}?q={self.account.code}"
