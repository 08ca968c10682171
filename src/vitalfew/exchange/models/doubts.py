from typing import ClassVar, Final

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from vitalfew.accounts.models import Account
from vitalfew.exchange.models.agreed import AtAccounts, said
from vitalfew.exchange.words import Doubt, Measure, Settled
from vitalfew.people.records import Record

UNSETTLED: Final = (Settled.OPEN.value, Settled.WAITING.value)


class DataDoubt(Record):
    """Something odd about an account's data, asked once: it is explained, or settled by later data."""

    OF_A_PERSON = True

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="data_doubts", editable=False)
    kind = models.CharField(max_length=10, choices=said(Doubt), editable=False)
    measure = models.CharField(max_length=10, blank=True, choices=said(Measure), editable=False)
    day = models.DateField(editable=False)
    until = models.DateField(editable=False)
    """The last day that it is about."""
    product = models.CharField(max_length=100, blank=True, editable=False)
    place = models.CharField(max_length=100, blank=True, editable=False)
    key = models.CharField(max_length=300, editable=False)
    """By what it is known again: the same figures are never asked about twice."""
    why = models.JSONField(default=dict, editable=False)
    """A kept sentence."""
    state = models.CharField(max_length=10, choices=said(Settled), default=Settled.OPEN, editable=False)
    raised_at = models.DateTimeField(auto_now_add=True)
    answered_at = models.DateTimeField(null=True, editable=False)
    answer = models.CharField(max_length=500, blank=True)
    asks_again = models.DateField(null=True, editable=False)
    """While the account was asked, it asks nobody of ours before this day."""
    written_at = models.DateTimeField(null=True, editable=False)
    """When who answers for the data was written about it."""

    objects = AtAccounts.as_manager()

    class Meta:
        ordering: ClassVar = ["-day", "pk"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["account", "key"], name="doubt_asked_once")]
        indexes: ClassVar = [
            models.Index(fields=["account", "-day", "id"], name="doubt_account"),
            models.Index(fields=["raised_at", "id"], condition=Q(state__in=UNSETTLED), name="doubt_open"),
        ]

    def __str__(self) -> str:
        return " ".join(filter(None, (self.day.isoformat(), self.product, self.place)))

    def get_absolute_url(self) -> str:
        return reverse("exchange-doubt", args=[self.pk])

    @property
    def is_open(self) -> bool:
        return self.state in UNSETTLED

    @property
    def asks(self) -> bool:
        """Whether somebody of ours is to do something now."""
        waits = self.state == Settled.WAITING and self.asks_again and self.asks_again > timezone.localdate()
        return self.is_open and not waits
