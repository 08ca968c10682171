from typing import ClassVar

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.urls import reverse

from vitalfew.people.records import Record
from vitalfew.terms import Term
from vitalfew.terms import gettext_noop as _


class Capacity(Record):
    """How much work somebody can look after, in ordinary accounts."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="capacity", editable=False
    )
    accounts = models.FloatField(validators=[MinValueValidator(0.0)])

    class Meta:
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return str(self.user)

    def get_absolute_url(self) -> str:
        return reverse("department")


class Works(Term):
    """What the firm does on days of its own."""

    CLOSED = "closed", _("Not worked")
    OPEN = "open", _("Worked")


class FirmDays(Record):
    """Days on which the firm works otherwise than the country: closed, or open on a weekend or a festival."""

    since = models.DateField()
    until = models.DateField()
    works = models.CharField(max_length=10, choices=[(each.value, each.label) for each in Works], default=Works.CLOSED)
    reason = models.CharField(max_length=100)

    class Meta:
        ordering: ClassVar = ["since", "pk"]

    def __str__(self) -> str:
        return self.reason

    def get_absolute_url(self) -> str:
        return reverse("firm-days", args=[self.pk])
