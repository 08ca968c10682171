from datetime import date
from typing import Any, ClassVar

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from vitalfew.accounts.models import Account
from vitalfew.contacts.models import Person
from vitalfew.exchange.rights import ExchangeRight
from vitalfew.exchange.words import Offer, Rhythm, Standing, Way
from vitalfew.people.models import User
from vitalfew.people.records import Record
from vitalfew.terms import Term


def said(words: type[Term]) -> list[tuple[str, str]]:
    return [(each.value, each.label) for each in words]


def no_offers() -> list[str]:
    return []


class AtAccounts(models.QuerySet[Any]):
    """What stands at an account is seen by who sees that."""

    def within_reach_of(self, user: User) -> "AtAccounts":
        if not user.is_active or not user.may(ExchangeRight.SEE):
            return self.none()
        rows = self.filter(account__merged_into=None)
        return rows if user.sees_all_accounts else rows.filter(account__in=Account.objects.visible_to(user))

    def visible_to(self, user: User) -> "AtAccounts":
        return self.within_reach_of(user)


class ExchangeQuerySet(AtAccounts):
    def visible_to(self, user: User) -> "ExchangeQuerySet":
        rows: ExchangeQuerySet = self.within_reach_of(user).filter(put_away_at=None)  # type: ignore[assignment]  # of its own kind
        return rows

    def running(self, today: date) -> "ExchangeQuerySet":
        return self.filter(Q(until=None) | Q(until__gte=today), since__lte=today, put_away_at=None)

    def standing(self, word: str, today: date) -> "ExchangeQuerySet":
        """Those that stand so today."""
        if word == Standing.PLANNED:
            return self.filter(since__gt=today)
        if word == Standing.ENDED:
            return self.filter(until__lt=today)
        return self.running(today).filter(owes__gt=0) if word == Standing.OWING else self.running(today).filter(owes=0)


class DataExchange(Record):
    """What is agreed on with an account: which data each side gives, how often, by when, which way, from when until when."""

    OF_A_PERSON = True

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="exchanges", editable=False)
    sell_out = models.CharField(max_length=10, blank=True, choices=said(Rhythm))
    """How often it tells what it sold on; empty where it does not."""
    stock = models.CharField(max_length=10, blank=True, choices=said(Rhythm))
    """How often it tells what it has left."""
    due_days = models.PositiveSmallIntegerField(default=1, validators=[MinValueValidator(1), MaxValueValidator(31)])
    """So many days after the last day told of, the data must be there."""
    way = models.CharField(max_length=10, choices=said(Way), default=Way.UPLOAD)
    offers = models.JSONField(default=no_offers, blank=True)
    """What it gets from us."""
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="exchanges")
    """Who at the account answers for its data."""
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="exchanges")
    """Who of ours sees to it."""
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    tolerance = models.PositiveSmallIntegerField(default=5, validators=[MaxValueValidator(50)])
    """By how many per cent of what moved its stock may differ from what follows from its sales and our deliveries."""
    note = models.TextField(max_length=1000, blank=True)
    owes = models.PositiveIntegerField(default=0, editable=False)
    """How many reports are late."""
    owes_since = models.DateField(null=True, editable=False)
    """The first day that is not told of."""
    told_until = models.DateField(null=True, editable=False)
    """The last day that is told of."""

    objects = ExchangeQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["account__name", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["account"], condition=Q(put_away_at=None), name="one_exchange_of_an_account"
            )
        ]
        indexes: ClassVar = [models.Index(fields=["owes_since", "id"], name="exchange_owes")]

    def __str__(self) -> str:
        return str(self.account)

    def get_absolute_url(self) -> str:
        return reverse("exchange", args=[self.pk])

    def runs_on(self, day: date) -> bool:
        return self.since <= day and (self.until is None or day <= self.until)

    @property
    def standing(self) -> Standing:
        today = timezone.localdate()
        if self.since > today:
            return Standing.PLANNED
        if not self.runs_on(today):
            return Standing.ENDED
        return Standing.OWING if self.owes else Standing.RUNNING

    @property
    def offered(self) -> list[Offer]:
        """In the order of the words, whatever was ticked first."""
        return [each for each in Offer if each.value in self.offers]
