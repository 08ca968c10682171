from typing import ClassVar, Final

from django.db import models
from django.db.models import F
from django.urls import reverse

from vitalfew.accounts.models import Account, AccountFile
from vitalfew.incentives.ledger import (
    Booking,
    BookingQuerySet,
    Entry,
    EntryQuerySet,
    OfAccounts,
    Standing,
    Unchangeable,
)
from vitalfew.incentives.rights import IncentiveRight
from vitalfew.incentives.schemes import Scheme, SchemeRule, SchemeVersion, choices
from vitalfew.incentives.words import CaseKind
from vitalfew.people.models import User
from vitalfew.people.records import Record

__all__ = [
    "Booking", "BookingQuerySet", "Case", "Entry", "EntryQuerySet", "Outcome", "Scheme", "SchemeRule", "SchemeVersion",
    "Standing", "Unchangeable",
]  # fmt: skip
CUT: Final = 60


class OutcomeQuerySet(OfAccounts):
    def by_gain(self, sign: str) -> "OutcomeQuerySet":
        """Who gains most, or loses most, against the scheme as it is."""
        gain = F("units") - F("before")
        kept = self.annotate(gained=gain).filter(**{"gained__gt" if sign else "gained__lt": 0})
        found: OutcomeQuerySet = kept.order_by(f"{sign}gained", "pk")
        return found


class Outcome(models.Model):
    """What an account would have earned in a simulation, and by the scheme as it is."""

    of = models.ForeignKey(SchemeVersion, on_delete=models.CASCADE, related_name="outcomes")
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="+")
    sales = models.BigIntegerField()
    units = models.BigIntegerField()
    before = models.BigIntegerField()
    missing = models.BigIntegerField(null=True)
    near = models.BooleanField(default=False)

    objects = OutcomeQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-units", "pk"]
        indexes: ClassVar = [models.Index(fields=["of", "-units"], name="outcome_units")]

    def __str__(self) -> str:
        return f"{self.account_id} {self.units}"

    @property
    def gain(self) -> int:
        """Against the scheme as it is."""
        return self.units - self.before


class CaseQuerySet(models.QuerySet["Case"]):
    def visible_to(self, user: User) -> "CaseQuerySet":
        return self.within_reach_of(user).filter(put_away_at=None)

    def within_reach_of(self, user: User) -> "CaseQuerySet":
        if not user.is_active or not user.may(IncentiveRight.SEE):
            return self.none()
        return self if user.sees_all_accounts else self.filter(account__in=Account.objects.visible_to(user))


class Case(Record):
    """Training that was done, or a breach, with its evidence."""

    OF_A_PERSON = True

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="incentive_cases", editable=False)
    kind = models.CharField(max_length=12, choices=choices(CaseKind))
    day = models.DateField()
    evidence = models.TextField(max_length=1000)
    amount = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    """Of a breach, instead of what the rule says."""
    files = models.ManyToManyField(AccountFile, blank=True, editable=False, related_name="incentive_cases")

    objects = CaseQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-day", "-pk"]
        indexes: ClassVar = [models.Index(fields=["kind", "day"], name="case_kind")]

    def __str__(self) -> str:
        line = " ".join(self.evidence.split())
        return line if len(line) <= CUT else f"{line[:CUT]}…"

    def get_absolute_url(self) -> str:
        return reverse("incentive-case", args=[self.pk])
