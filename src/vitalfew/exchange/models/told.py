from typing import ClassVar

from django.db import models
from django.db.models import Q

from vitalfew.accounts.models import Account
from vitalfew.exchange.models.agreed import AtAccounts, said
from vitalfew.exchange.models.files import DataFile
from vitalfew.exchange.words import Measure


class DataRow(models.Model):
    """What an account told of a product on a day; what a later file corrected stays, and is current no more."""

    version: ClassVar = 1
    """It is never edited."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="data_rows")
    measure = models.CharField(max_length=10, choices=said(Measure))
    day = models.DateField()
    """Its last day, where it tells of several."""
    product = models.CharField(max_length=100)
    place = models.CharField(max_length=100, blank=True)
    quantity = models.DecimalField(max_digits=18, decimal_places=4)
    file = models.ForeignKey(DataFile, on_delete=models.CASCADE, related_name="rows")
    line = models.PositiveIntegerField()
    current = models.BooleanField(default=True)
    known = models.BooleanField(default=False)
    """Whether the facts have it."""

    objects = AtAccounts.as_manager()

    class Meta:
        ordering: ClassVar = ["-day", "product", "place", "measure", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["account", "measure", "day", "product", "place"],
                condition=Q(current=True),
                name="data_told_once",
            )
        ]
        indexes: ClassVar = [
            models.Index(fields=["account", "day"], name="told_account_day"),
            models.Index(fields=["known"], condition=Q(current=True, known=False), name="told_unknown"),
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.product} {self.measure}"

    def get_absolute_url(self) -> str:
        """The file in which it stands."""
        return self.file.get_absolute_url()
