"""What a planner takes to be needed of a product in a week, in place of the forecast: why, and what the forecast said then."""

from typing import Any, ClassVar, Final

from django.db import models
from django.db.models import Q
from django.urls import reverse

from vitalfew.accounts.models import Account
from vitalfew.people.models import User
from vitalfew.people.records import Record
from vitalfew.supply.rights import SupplyRight
from vitalfew.supply.seen import CODE, QUANTITY
from vitalfew.terms import Term
from vitalfew.terms import gettext_noop as _

WEEK: Final = 7


class Why(Term):
    """Why a planner knows better."""

    PROMOTION = "promotion", _("Promotion of the account")
    TENDER = "tender", _("Tender or project")
    STOCK_THERE = "stock-there", _("Stock at the account")
    ENTRY = "entry", _("Product comes or goes")
    RIVAL = "rival", _("Rival's offer")
    OTHER = "other", _("Other reason")


class Overriding(models.QuerySet[Any]):
    """Of an account, who sees it; of all together, who sees supply."""

    def visible_to(self, user: User) -> "Overriding":
        return self.within_reach_of(user).filter(put_away_at=None)

    def within_reach_of(self, user: User) -> "Overriding":
        if not user.is_active or not user.may(SupplyRight.SEE):
            return self.none()
        return self if user.sees_all_accounts else self.filter(
            Q(account=None) | Q(account__in=Account.objects.visible_to(user))
        )  # fmt: skip


class Override(Record):
    """Of all accounts together, or of one."""

    product = models.CharField(max_length=CODE)
    account = models.ForeignKey(
        Account, null=True, blank=True, on_delete=models.CASCADE, related_name="supply_overrides"
    )
    week = models.DateField()
    """Its Monday."""
    quantity = models.DecimalField(**QUANTITY)
    why = models.CharField(max_length=15, choices=[(each.value, each.label) for each in Why])
    note = models.CharField(max_length=300, blank=True)
    foretold = models.FloatField(editable=False)
    """What the forecast said when it was entered."""

    objects = Overriding.as_manager()

    class Meta:
        ordering: ClassVar = ["-week", "product", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["product", "week"], condition=Q(put_away_at=None, account=None), name="one_override_of_a_week"
            ),
            models.UniqueConstraint(
                fields=["product", "week", "account"], condition=Q(put_away_at=None), name="one_override_of_an_account"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.product} {self.week}"

    def get_absolute_url(self) -> str:
        return reverse("supply-override", args=[self.pk])
