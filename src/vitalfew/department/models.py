from typing import ClassVar

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.urls import reverse

from vitalfew.people.records import Record


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
