from typing import ClassVar

from django.db import models

from vitalfew.accounts.models import Account
from vitalfew.exchange.models.agreed import AtAccounts, said
from vitalfew.exchange.words import Offer, Way


class DataGiven(models.Model):
    """A file that left the house: what of an account's was told to whom, when, and its hash."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="data_given")
    offer = models.CharField(max_length=20, choices=said(Offer))
    way = models.CharField(max_length=10, choices=said(Way))
    who = models.CharField(max_length=150)
    by_them = models.BooleanField(default=False)
    at = models.DateTimeField(auto_now_add=True)
    rows = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)

    objects = AtAccounts.as_manager()

    class Meta:
        ordering: ClassVar = ["-pk"]
        indexes: ClassVar = [models.Index(fields=["account", "-id"], name="data_given_account")]

    def __str__(self) -> str:
        return f"{self.offer} {self.at:%Y-%m-%d}"
