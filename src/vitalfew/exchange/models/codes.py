from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.urls import reverse

from vitalfew.accounts.models import Account
from vitalfew.exchange.models.agreed import AtAccounts
from vitalfew.people.models import User
from vitalfew.people.records import Record


class OwnCodeQuerySet(AtAccounts):
    def visible_to(self, user: User) -> "OwnCodeQuerySet":
        rows: OwnCodeQuerySet = self.within_reach_of(user).filter(put_away_at=None)  # type: ignore[assignment]  # of its own kind
        return rows


class OwnCode(Record):
    """A product as an account calls it, and as we do; who said so since when stands with it."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="own_codes", editable=False)
    code = models.CharField(max_length=100)
    """The account's."""
    product = models.CharField(max_length=100)
    """Ours."""
    rows_again = 0
    """How many rows were taken again when it was matched."""

    objects = OwnCodeQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["account__name", "code", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["account", "code"], condition=Q(put_away_at=None), name="own_code_means_one_product"
            )
        ]
        indexes: ClassVar = [models.Index(fields=["account", "code", "id"], name="own_code_account")]

    def __str__(self) -> str:
        return f"{self.code} → {self.product}"

    def get_absolute_url(self) -> str:
        return reverse("exchange-code", args=[self.pk])
