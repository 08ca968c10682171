"""Whether a countermeasure works: asked so many days after it became the standard."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.urls import reverse

from vitalfew.complaints.models.complaint import Complaint
from vitalfew.complaints.words import Worked
from vitalfew.contacts.models import choices
from vitalfew.people.models import User
from vitalfew.people.records import Record


class EffectCheckQuerySet(models.QuerySet["EffectCheck"]):
    def visible_to(self, user: User) -> "EffectCheckQuerySet":
        return self.within_reach_of(user).filter(put_away_at=None)

    def within_reach_of(self, user: User) -> "EffectCheckQuerySet":
        """Those of complaints that the user sees."""
        return self.filter(complaint__in=Complaint.objects.visible_to(user))


class EffectCheck(Record):
    """One countermeasure, the day on which it is looked at, and what was found."""

    OF_A_PERSON = True

    complaint = models.ForeignKey(Complaint, on_delete=models.CASCADE, related_name="checks", editable=False)
    measure = models.CharField(max_length=1000, editable=False)
    since = models.DateField(editable=False)
    """Since when it is the standard."""
    days = models.PositiveSmallIntegerField(default=60)
    due = models.DateField(editable=False)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, editable=False, on_delete=models.SET_NULL, related_name="+"
    )
    found = models.CharField(max_length=10, blank=True, editable=False, choices=choices(Worked))
    evidence = models.CharField(max_length=1000, blank=True, editable=False)
    found_on = models.DateField(null=True, editable=False)
    found_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, editable=False, on_delete=models.SET_NULL, related_name="+"
    )

    objects = EffectCheckQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-pk"]
        indexes: ClassVar = [
            models.Index(
                fields=["owner", "due"], condition=models.Q(found="", put_away_at=None), name="effect_check_due"
            )
        ]

    def __str__(self) -> str:
        return f"{self.complaint} {self.since}"

    def get_absolute_url(self) -> str:
        return reverse("effect-check", args=[self.pk])
