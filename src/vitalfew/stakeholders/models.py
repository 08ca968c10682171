from datetime import date
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.urls import reverse

from vitalfew.contacts.models import Person
from vitalfew.people.models import User
from vitalfew.people.records import Record
from vitalfew.stakeholders.closeness import ASKED_AGAIN, Closeness


class AcquaintanceQuerySet(models.QuerySet["Acquaintance"]):
    def visible_to(self, user: User) -> "AcquaintanceQuerySet":
        """Those with persons at accounts that the user may see."""
        kept = self.filter(put_away_at=None)
        if user.sees_all_accounts:
            return kept if user.is_active else kept.none()
        return kept.filter(person__in=Person.objects.visible_to(user))

    def asked_again(self, today: date) -> "AcquaintanceQuerySet":
        """Those said a year ago and longer."""
        return self.filter(stated_on__lte=today - ASKED_AGAIN)


class Acquaintance(Record):
    """Somebody of ours says how well he knows a person at a customer."""

    OF_A_PERSON = True

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="acquaintances", editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="acquaintances", editable=False
    )
    closeness = models.CharField(max_length=10, choices=[(each.value, each.label) for each in Closeness])
    stated_on = models.DateField(editable=False)
    note = models.CharField(max_length=300, blank=True)

    objects = AcquaintanceQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-stated_on", "-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["person", "user"], name="one_acquaintance_each", condition=models.Q(put_away_at=None)
            )
        ]

    def __str__(self) -> str:
        return f"{self.user} {self.person}"

    def get_absolute_url(self) -> str:
        return reverse("acquaintance", args=[self.person_id])
