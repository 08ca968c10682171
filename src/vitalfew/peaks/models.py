from datetime import date, timedelta
from typing import Any, ClassVar, Final

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from vitalfew.accounts.models import Account
from vitalfew.language import Day, Message
from vitalfew.peaks.rights import PeakRight
from vitalfew.peaks.words import Answer, Heard, PeakState, Side, Standing
from vitalfew.people.models import User
from vitalfew.people.records import Record
from vitalfew.terms import Follows
from vitalfew.warehouse.run import day_number

CODE: Final = 100
QUANTITY: Final[dict[str, Any]] = {"max_digits": 14, "decimal_places": 2}
PLAIN: Final = {PeakState.DRAFT: Standing.DRAFT, PeakState.ASKED: Standing.ASKED, PeakState.CLOSED: Standing.CLOSED}


class PeakQuerySet(models.QuerySet["Peak"]):
    def visible_to(self, user: User) -> "PeakQuerySet":
        return self.within_reach_of(user).filter(put_away_at=None)

    def within_reach_of(self, user: User) -> "PeakQuerySet":
        """What was put away, too."""
        if not user.is_active or not user.may(PeakRight.SEE):
            return self.none()
        return self if user.sees_all_accounts else self.filter(account__in=Account.objects.visible_to(user))

    def standing(self, word: str, today: date) -> "PeakQuerySet":
        """Those that stand so today."""
        days: dict[str, Q] = {
            Standing.AGREED: Q(begins__gt=today), Standing.RUNNING: Q(begins__lte=today, ends__gte=today),
            Standing.OVER: Q(ends__lt=today),
        }  # fmt: skip
        return self.filter(days[word], state=PeakState.AGREED) if word in days else self.filter(state=word)


class Peak(Record):
    """What is agreed on with an account for a peak season of a category."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="peaks", editable=False)
    category = models.CharField(max_length=CODE, blank=True)
    """Empty: all goods."""
    begins = models.DateField()
    ends = models.DateField()
    follows = models.CharField(
        max_length=10, default=Follows.COMMON, choices=[(each.value, each.label) for each in Follows]
    )
    """By which calendar it comes round: tells when it was the last time."""
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="peaks")
    view = models.TextField(max_length=1000, blank=True)
    """How the account sees its trend."""
    heard = models.CharField(max_length=10, blank=True, choices=[(each.value, each.label) for each in Heard])
    growth = models.SmallIntegerField(
        null=True, blank=True, validators=[MinValueValidator(-100), MaxValueValidator(1_000)]
    )
    """So many of a hundred more than the last time, as the account expects."""
    stock = models.DecimalField(null=True, blank=True, validators=[MinValueValidator(0)], **QUANTITY)
    """What it should have in stock as the peak begins."""
    commitment = models.TextField(max_length=1000, blank=True)
    """To what we commit ourselves; the account reads it."""
    state = models.CharField(
        max_length=10, default=PeakState.DRAFT, editable=False, choices=[(each.value, each.label) for each in PeakState]
    )
    asked_on = models.DateField(null=True, editable=False)
    agreed_on = models.DateField(null=True, editable=False)
    agreed_with = models.CharField(max_length=100, blank=True, editable=False)
    """Who of the customer's agreed."""
    closed_on = models.DateField(null=True, editable=False)
    lesson = models.TextField(max_length=1000, blank=True, editable=False)

    objects = PeakQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["begins", "pk"]
        indexes: ClassVar = [
            models.Index(fields=["account", "begins"], name="peak_account"),
            models.Index(fields=["state", "begins", "id"], name="peak_state"),
        ]

    def __str__(self) -> str:
        return self.category or str(self.begins.year)

    def get_absolute_url(self) -> str:
        return reverse("peak", args=[self.pk])

    @property
    def span(self) -> Message:
        return Message("{from} – {to}", {"from": Day(day_number(self.begins)), "to": Day(day_number(self.ends))})

    @property
    def standing(self) -> Standing:
        today = timezone.localdate()
        if self.state != PeakState.AGREED:
            return PLAIN[self.state]  # type: ignore[index]  # a word is its text
        if self.begins > today:
            return Standing.AGREED
        return Standing.RUNNING if self.ends >= today else Standing.OVER

    @property
    def is_open(self) -> bool:
        return self.state in {PeakState.DRAFT, PeakState.ASKED}

    @property
    def is_agreed(self) -> bool:
        return self.state == PeakState.AGREED


class Booking(models.Model):
    """What the account books of a product for a week of the peak."""

    peak = models.ForeignKey(Peak, on_delete=models.CASCADE, related_name="bookings")
    product = models.CharField(max_length=CODE)
    week = models.DateField()
    """Its Monday."""
    quantity = models.DecimalField(validators=[MinValueValidator(0)], **QUANTITY)
    said = models.DecimalField(null=True, validators=[MinValueValidator(0)], **QUANTITY)
    """What the account said in the portal it would take instead."""
    taken = models.DecimalField(null=True, **QUANTITY)
    """What it ordered of it in that week: kept as the agreement is closed."""
    sold = models.DecimalField(null=True, **QUANTITY)
    """What it sold on in that week, where it tells us."""

    class Meta:
        ordering: ClassVar = ["product", "week"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["peak", "product", "week"], name="booked_once"),
        ]
        indexes: ClassVar = [models.Index(fields=["week", "product"], name="booked_week")]

    def __str__(self) -> str:
        return f"{self.product} {self.week}"


class ArrangementQuerySet(models.QuerySet["Arrangement"]):
    def visible_to(self, user: User) -> "ArrangementQuerySet":
        return self.within_reach_of(user).filter(put_away_at=None)

    def within_reach_of(self, user: User) -> "ArrangementQuerySet":
        return self.filter(peak__in=Peak.objects.visible_to(user))


class Arrangement(Record):
    """What production or transport is asked to do for a peak, until when, and what it answered."""

    peak = models.ForeignKey(Peak, on_delete=models.CASCADE, related_name="arrangements", editable=False)
    side = models.CharField(max_length=10, choices=[(each.value, each.label) for each in Side])
    text = models.CharField(max_length=300)
    due = models.DateField()
    """When it must be done."""
    answer = models.CharField(
        max_length=5, default=Answer.OPEN, editable=False, choices=[(each.value, each.label) for each in Answer]
    )
    reason = models.CharField(max_length=500, blank=True, editable=False)
    other_day = models.DateField(null=True, editable=False)
    """When it can be done instead."""
    answered_by = models.CharField(max_length=150, blank=True, editable=False)
    answered_at = models.DateTimeField(null=True, editable=False)

    objects = ArrangementQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["due", "pk"]
        indexes: ClassVar = [models.Index(fields=["answer", "due", "id"], name="arrangement_answer")]

    def __str__(self) -> str:
        return self.text

    def get_absolute_url(self) -> str:
        return reverse("arrangement", args=[self.pk])

    @property
    def account(self) -> Account:
        return self.peak.account

    @property
    def is_open(self) -> bool:
        return self.answer == Answer.OPEN


def monday(day: date) -> date:
    """The Monday of its week."""
    return day - timedelta(days=day.weekday())
