"""The kept picture: products by weeks, and the accounts that will miss something."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from vitalfew.accounts.models import Account
from vitalfew.supply.seen import CODE, SUM, AtAccounts, Pictured
from vitalfew.supply.words import Cover
from vitalfew.terms import Outlook


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
    reserved = models.DecimalField(**SUM)
    """What accounts were promised of it, and have not taken yet."""
    over = models.DecimalField(**SUM)
    """So much of that is more than there is, since less came than was counted on."""
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
    foretold = models.FloatField(null=True)
    """What the forecast said, before planners' own figures and what is booked."""
    high = models.FloatField(null=True)
    """The upper end of the need's interval."""
    coming = models.FloatField()
    left = models.FloatField()
    short = models.FloatField()
    weeks = models.FloatField(null=True)
    """For how many weeks what is there as it begins will do; None beyond the weeks shown."""
    cover = models.CharField(max_length=10, choices=[(each.value, each.label) for each in Cover])
    there = models.DecimalField(**SUM)
    """All goods that are there until its end, whoever takes them."""
    held = models.DecimalField(**SUM)
    """What of these is reserved until its end."""
    over = models.DecimalField(**SUM)
    """By how much more was reserved when more was counted on: nothing is reserved that makes it more."""

    class Meta:
        ordering: ClassVar = ["since"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["product", "since"], name="one_week_of_a_product"),
            models.CheckConstraint(condition=Q(held__lte=F("there") + F("over")), name="never_promised_twice"),
        ]

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
