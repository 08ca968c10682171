from datetime import date
from typing import Any, ClassVar, Final

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from vitalfew.accounts.models import Account
from vitalfew.people.models import User
from vitalfew.people.records import Record
from vitalfew.supply.rights import SupplyRight
from vitalfew.supply.words import Arrival, Cover
from vitalfew.terms import Outlook

CODE: Final = 100
QUANTITY: Final[dict[str, Any]] = {"max_digits": 14, "decimal_places": 2, "validators": [MinValueValidator(0)]}


class Visible(models.QuerySet[Any]):
    """What stands at no account is seen by all who see supply."""

    def visible_to(self, user: User) -> "Visible":
        return self.within_reach_of(user).filter(put_away_at=None)

    def within_reach_of(self, user: User) -> "Visible":
        return self if user.is_active and user.may(SupplyRight.SEE) else self.none()


class Pictured(models.QuerySet[Any]):
    def visible_to(self, user: User) -> "Pictured":
        return self if user.is_active and user.may(SupplyRight.SEE) else self.none()


class AtAccounts(models.QuerySet[Any]):
    def visible_to(self, user: User) -> "AtAccounts":
        if not user.is_active or not user.may(SupplyRight.SEE):
            return self.none()
        return self.filter(account__in=Account.objects.visible_to(user))


class Drawing(models.Model):
    """The latest picture: of which day's figures, and what is to be known of it. One row."""

    as_of = models.DateField()
    drawn_at = models.DateTimeField(auto_now=True)
    currency = models.CharField(max_length=3, blank=True)
    uncounted = models.PositiveIntegerField(default=0)
    """Products that are ordered, and whose stock nobody told."""
    left_out = models.PositiveIntegerField(default=0)
    """Products beyond the largest ones."""
    refused = models.JSONField(null=True)
    """Why nothing could be foretold, as a kept sentence."""

    def __str__(self) -> str:
        return f"{self.as_of}"


class Stocked(models.Model):
    """A product as the picture shows it; it stays when the picture is drawn anew, so that one can point to it."""

    code = models.CharField(max_length=CODE, unique=True)
    name = models.CharField(max_length=200, blank=True)
    category = models.CharField(max_length=100, blank=True)
    on_hand = models.FloatField(default=0)
    on_order = models.FloatField(default=0)
    counted_on = models.DateField(null=True)
    places = models.JSONField(default=list)
    """What is where: place, on hand, on order, counted on."""
    lead_days = models.FloatField(null=True)
    lead_deviation = models.FloatField(null=True)
    lead_lines = models.PositiveIntegerField(default=0)
    """Order lines that tell it; 0 where it was entered, or is that of all products."""
    lead_entered = models.BooleanField(default=False)
    safety = models.FloatField(null=True)
    price = models.FloatField(null=True)
    method = models.CharField(max_length=20, blank=True, choices=[(each.value, each.label) for each in Outlook])
    """How its need was foretold."""
    mase = models.FloatField(null=True)
    wape = models.FloatField(null=True)
    """How the same way missed the last six months."""
    cover = models.CharField(max_length=10, choices=[(each.value, each.label) for each in Cover], default=Cover.ENOUGH)
    """The worst of its weeks."""
    empty_on = models.DateField(null=True)
    """On which day the shelf will be empty, goods that come until then counted."""
    missing = models.FloatField(default=0)
    """What is missing within the weeks shown."""
    order_by = models.DateField(null=True)
    """Goods ordered later than this come after the shelf is empty."""
    short_since = models.DateField(null=True)
    """Since when the picture says so."""
    short_until = models.DateField(null=True)
    """When it said so no more."""
    snoozed_until = models.DateField(null=True)
    snoozed_why = models.CharField(max_length=300, blank=True)
    snoozed_by = models.CharField(max_length=150, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = Pictured.as_manager()

    class Meta:
        ordering: ClassVar = ["code"]
        indexes: ClassVar = [models.Index(fields=["empty_on", "code"], name="stocked_empty")]

    def __str__(self) -> str:
        return f"{self.code} {self.name}".strip()

    def get_absolute_url(self) -> str:
        return reverse("supply-product", args=[self.pk])

    @property
    def subject(self) -> str:
        """Its name in the audit trail."""
        return f"product:{self.code}"

    @property
    def snoozed(self) -> bool:
        return self.snoozed_until is not None and self.snoozed_until >= timezone.localdate()


class Week(models.Model):
    """A week of a product: what is needed, what comes, what is left."""

    product = models.ForeignKey(Stocked, on_delete=models.CASCADE, related_name="weeks")
    since = models.DateField()
    need = models.FloatField()
    high = models.FloatField(null=True)
    """The upper end of the need's interval."""
    coming = models.FloatField()
    left = models.FloatField()
    short = models.FloatField()
    weeks = models.FloatField(null=True)
    """For how many weeks what is there as it begins will do; None beyond the weeks shown."""
    cover = models.CharField(max_length=10, choices=[(each.value, each.label) for each in Cover])

    class Meta:
        ordering: ClassVar = ["since"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["product", "since"], name="one_week_of_a_product")]

    def __str__(self) -> str:
        return f"{self.since}"


class AtRisk(models.Model):
    """An account that needs what will be short: how much of it, and what that is worth."""

    product = models.ForeignKey(Stocked, on_delete=models.CASCADE, related_name="risks")
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="supply_risks")
    since = models.DateField()
    """The first week in which it is short."""
    need = models.FloatField()
    short = models.FloatField()
    amount = models.FloatField(null=True)

    objects = AtAccounts.as_manager()

    class Meta:
        ordering: ClassVar = ["-amount", "pk"]
        indexes: ClassVar = [
            models.Index(fields=["account", "since"], name="risk_account"),
            models.Index(fields=["-amount", "id"], name="risk_amount"),
        ]

    def __str__(self) -> str:
        return f"{self.account_id} {self.product_id}"

    def get_absolute_url(self) -> str:
        return f"{self.account.get_absolute_url()}?tab=supply"


class Incoming(Record):
    """What can be made of a product in a week, or will arrive in it."""

    kind = models.CharField(max_length=10, choices=[(each.value, each.label) for each in Arrival])
    product = models.CharField(max_length=CODE)
    week = models.DateField()
    """Its Monday."""
    quantity = models.DecimalField(**QUANTITY)
    note = models.CharField(max_length=300, blank=True)

    objects = Visible.as_manager()

    class Meta:
        ordering: ClassVar = ["week", "product", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["kind", "product", "week"], condition=Q(put_away_at=None), name="one_entry_of_a_week"
            )
        ]

    def __str__(self) -> str:
        return f"{self.product} {self.week}"

    def get_absolute_url(self) -> str:
        return reverse("supply-incoming-one", args=[self.pk])


class LeadTime(Record):
    """How long goods take from the order to our shelf, where no order line tells."""

    product = models.CharField(max_length=CODE)
    days = models.DecimalField(
        max_digits=6, decimal_places=1, validators=[MinValueValidator(0), MaxValueValidator(730)]
    )
    deviation = models.DecimalField(
        max_digits=6, decimal_places=1, default=0, validators=[MinValueValidator(0), MaxValueValidator(365)]
    )
    note = models.CharField(max_length=300, blank=True)

    objects = Visible.as_manager()

    class Meta:
        ordering: ClassVar = ["product", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["product"], condition=Q(put_away_at=None), name="one_lead_time_of_a_product"
            )
        ]

    def __str__(self) -> str:
        return self.product

    def get_absolute_url(self) -> str:
        return reverse("supply-lead-time", args=[self.pk])


def monday(day: date) -> date:
    """The Monday of its week."""
    return date.fromordinal(day.toordinal() - day.weekday())
