from datetime import date
from typing import Any, ClassVar, Final

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from vitalfew.accounts.models import Account
from vitalfew.approvals.models import Approval
from vitalfew.people.records import Record
from vitalfew.supply.overrides import Override
from vitalfew.supply.pictured import AtRisk, Drawing, Stocked, Week
from vitalfew.supply.seen import CODE, QUANTITY, SUM, AtAccounts, Drafts, Visible
from vitalfew.supply.words import Arrival, Hold, Rule, Standing

__all__ = [
    "Allotment",
    "AtRisk",
    "Basis",
    "Drawing",
    "Incoming",
    "LeadTime",
    "Override",
    "Reservation",
    "Stocked",
    "Week",
    "monday",
]  # fmt: skip
GRACE: Final = 14
"""So many days after its week what is reserved is kept, unless said otherwise."""


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


class Allotment(Record):
    """How what is short would be shared out: a draft; what comes of it is worked out from the kept picture when it is read."""

    name = models.CharField(max_length=120)
    products = models.CharField(max_length=1_000)
    """Their codes, parted by commas."""
    weeks = models.PositiveSmallIntegerField(default=8)
    floor = models.PositiveSmallIntegerField(default=30)
    """So many of a hundred that every account needs are served before any priority."""
    reserve = models.PositiveSmallIntegerField(default=0)
    """So many of a hundred are shared out to nobody."""
    rule = models.CharField(max_length=10, choices=[(each.value, each.label) for each in Rule], default=Rule.TIERS)
    minimums = models.TextField(max_length=20_000, blank=True)
    """What contracts promise: one a line, account, product, quantity a week."""
    packs = models.TextField(max_length=2_000, blank=True)
    """How goods are packed: one a line, product, quantity; else piece by piece."""
    grace = models.PositiveSmallIntegerField(default=GRACE)
    """So many days after its week what is reserved is kept."""
    note = models.CharField(max_length=300, blank=True)
    state = models.CharField(
        max_length=10, default=Standing.DRAFT, editable=False, choices=[(each.value, each.label) for each in Standing]
    )
    approval = models.ForeignKey(
        Approval, null=True, editable=False, on_delete=models.SET_NULL, related_name="allotments"
    )
    reserved_on = models.DateField(null=True, editable=False)

    objects = Drafts.as_manager()

    class Meta:
        ordering: ClassVar = ["-made_at", "-pk"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("supply-allotment", args=[self.pk])

    @property
    def is_draft(self) -> bool:
        return self.state == Standing.DRAFT

    @property
    def is_asked(self) -> bool:
        return self.state == Standing.ASKED

    @property
    def is_reserved(self) -> bool:
        return self.state == Standing.RESERVED


class Basis(models.Model):
    """What was known when it was asked for: what comes of it is worked out from this from then on, and stays what it was."""

    allotment = models.OneToOneField(Allotment, primary_key=True, on_delete=models.CASCADE, related_name="basis")
    as_of = models.DateField()
    goods = models.JSONField()

    def __str__(self) -> str:
        return f"{self.as_of}"


class Reservation(models.Model):
    """Goods of a week that are kept for an account."""

    allotment = models.ForeignKey(Allotment, on_delete=models.CASCADE, related_name="reservations")
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="supply_reservations")
    product = models.CharField(max_length=CODE)
    week = models.DateField()
    quantity = models.DecimalField(**QUANTITY)
    taken = models.DecimalField(**SUM)
    """What order lines delivered since have taken of it."""
    since = models.DateField()
    """Deliveries from this day on count."""
    expires_on = models.DateField()
    """The last day on which it is kept."""
    ended_on = models.DateField(null=True)
    state = models.CharField(max_length=10, default=Hold.KEPT, choices=[(each.value, each.label) for each in Hold])
    version = models.PositiveIntegerField(default=1)

    objects = AtAccounts.as_manager()

    class Meta:
        ordering: ClassVar = ["week", "product", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["allotment", "account", "product", "week"], name="reserved_once"),
            models.CheckConstraint(condition=Q(taken__lte=F("quantity")), name="no_more_taken_than_reserved"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["ended_on", "product", "week"], name="reserved_open"),
            models.Index(fields=["account", "ended_on", "week"], name="reserved_account"),
        ]

    def __str__(self) -> str:
        return f"{self.product} {self.week}"

    def get_absolute_url(self) -> str:
        return f"{self.account.get_absolute_url()}?tab=supply"

    @property
    def subject(self) -> str:
        """Its name in the audit trail."""
        return f"reservation:{self.pk}"

    @property
    def left(self) -> Any:
        """What is still kept."""
        return self.quantity - self.taken if self.ended_on is None else self.quantity - self.quantity


def monday(day: date) -> date:
    """The Monday of its week."""
    return date.fromordinal(day.toordinal() - day.weekday())
