"""The ledger: entries that are only ever added, bookings of them, and how each account stands by them."""

from datetime import date
from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from vitalfew.accounts.models import Account
from vitalfew.approvals.models import Approval
from vitalfew.coins import amount, written
from vitalfew.incentives.periods import Period
from vitalfew.incentives.rights import IncentiveRight
from vitalfew.incentives.schemes import Scheme, SchemeRule, SchemeVersion, choices
from vitalfew.incentives.words import EntryKind, Stands
from vitalfew.people.models import User
from vitalfew.people.records import Record


class OfAccounts(models.QuerySet[Any]):
    """Records of accounts: seen by who sees the account and may see incentives."""

    def visible_to(self, user: User) -> "OfAccounts":
        if not user.is_active or not user.may(IncentiveRight.SEE):
            return self.none()
        return self if user.sees_all_accounts else self.filter(account__in=Account.objects.visible_to(user))


class BookingQuerySet(models.QuerySet["Booking"]):
    def visible_to(self, user: User) -> "BookingQuerySet":
        """Their totals are of all accounts: for who sees all."""
        seen = user.is_active and user.may(IncentiveRight.TOTALS) and user.sees_all_accounts
        return self.filter(put_away_at=None) if seen else self.none()


class Booking(Record):
    """What was owed for a closed period, booked at once; reversed as a whole."""

    scheme = models.ForeignKey(Scheme, on_delete=models.PROTECT, related_name="bookings", editable=False)
    since = models.DateField(editable=False)
    until = models.DateField(editable=False)
    key = models.CharField(max_length=64, unique=True, editable=False)
    """Who posts twice under one key has booked once."""
    currency = models.CharField(max_length=3, editable=False)
    units = models.BigIntegerField(editable=False)
    accounts = models.PositiveIntegerField(editable=False)
    approval = models.ForeignKey(Approval, null=True, editable=False, on_delete=models.SET_NULL, related_name="+")
    """Of its reversal."""
    why = models.CharField(max_length=500, blank=True, editable=False)
    reversed_at = models.DateTimeField(null=True, editable=False)
    reversed_by = models.CharField(max_length=150, blank=True, editable=False)

    objects = BookingQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-made_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.scheme} {self.since} – {self.until}"

    def get_absolute_url(self) -> str:
        return reverse("incentive-booking", args=[self.pk])

    @property
    def exactly(self) -> str:
        return written(amount(self.units, self.currency), self.currency)

    @property
    def is_reversed(self) -> bool:
        return self.reversed_at is not None


class Unchangeable(TypeError):
    """An entry of the ledger is added, never changed or deleted."""


class EntryQuerySet(OfAccounts):
    def update(self, **_given: Any) -> int:
        raise Unchangeable

    def delete(self) -> tuple[int, dict[str, int]]:
        raise Unchangeable

    def bulk_update(self, *_given: Any, **_more: Any) -> int:
        raise Unchangeable

    def of_period(self, scheme: Scheme | int, period: Period) -> "EntryQuerySet":
        found: EntryQuerySet = self.filter(scheme=scheme, since=period.since, until=period.until)
        return found


class Entry(models.Model):
    """A line of the ledger: so much, for which period, by which rule or booking. What it corrects stays as it was."""

    scheme = models.ForeignKey(Scheme, on_delete=models.PROTECT, related_name="entries")
    rule = models.ForeignKey(SchemeRule, null=True, on_delete=models.PROTECT, related_name="entries")
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="incentive_entries")
    since = models.DateField()
    until = models.DateField()
    kind = models.CharField(max_length=10, choices=choices(EntryKind))
    units = models.BigIntegerField()
    """In the smallest coin of the currency."""
    currency = models.CharField(max_length=3)
    day = models.DateField()
    at = models.DateTimeField(default=timezone.now)
    who = models.CharField(max_length=150)
    told = models.TextField(blank=True)
    """How it came about: sentences kept to be said in any language."""
    booking = models.ForeignKey(Booking, null=True, on_delete=models.PROTECT, related_name="entries")
    reverses = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="reversed_by")

    objects = EntryQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["pk"]
        indexes: ClassVar = [
            models.Index(fields=["scheme", "since", "until", "account"], name="entry_period"),
            models.Index(fields=["account", "since"], name="entry_account"),
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.kind} {self.exactly}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk is not None:
            raise Unchangeable
        super().save(*args, **kwargs)

    def delete(self, *_args: Any, **_kwargs: Any) -> tuple[int, dict[str, int]]:
        raise Unchangeable

    @property
    def exactly(self) -> str:
        return written(amount(self.units, self.currency), self.currency)


class StandingQuerySet(OfAccounts):
    def standing(self, word: str, today: date) -> "StandingQuerySet":
        over, met = Q(until__lt=today), Q(units=F("booked"))
        asked = {
            Stands.RUNNING.value: Q(until__gte=today), Stands.BOOKED.value: over & met & ~Q(units=0),
            Stands.CLOSED.value: over & ~met, Stands.NOTHING.value: over & met & Q(units=0),
        }  # fmt: skip
        found: StandingQuerySet = self.filter(asked[word])
        return found


class Standing(models.Model):
    """How an account stands in a period: what the ledger's entries add up to, by which figures, and what is missing to more."""

    of = models.ForeignKey(SchemeVersion, on_delete=models.PROTECT, related_name="standings")
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="incentive_standings")
    since = models.DateField()
    until = models.DateField()
    currency = models.CharField(max_length=3)
    units = models.BigIntegerField(default=0)
    booked = models.BigIntegerField(default=0)
    missing = models.BigIntegerField(null=True)
    """In sales, to the nearest next threshold."""
    near = models.BooleanField(default=False)
    lines = models.JSONField(default=list)
    as_of = models.DateField()

    objects = StandingQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-since", "account", "pk"]
        indexes: ClassVar = [
            models.Index(fields=["of", "since", "until"], name="standing_period"),
            models.Index(fields=["near", "until"], name="standing_near"),
        ]

    def __str__(self) -> str:
        return f"{self.of.scheme} {self.since} – {self.until}"

    def get_absolute_url(self) -> str:
        return reverse("incentive-statement", args=[self.pk])

    @property
    def version(self) -> str:
        """It changes with what is earned and booked."""
        return f"{self.units}-{self.booked}-{self.as_of}"

    @property
    def period(self) -> Period:
        return Period(self.since, self.until)

    @property
    def state(self) -> Stands:
        if self.until >= timezone.localdate():
            return Stands.RUNNING
        if self.units != self.booked:
            return Stands.CLOSED
        return Stands.BOOKED if self.units else Stands.NOTHING

    @property
    def earned(self) -> str:
        return written(amount(self.units, self.currency), self.currency)

    @property
    def booked_exactly(self) -> str:
        return written(amount(self.booked, self.currency), self.currency)

    @property
    def missing_exactly(self) -> str:
        return "" if self.missing is None else written(amount(self.missing, self.currency), self.currency)
