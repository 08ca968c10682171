"""The 8D record of a complaint: eight disciplines from the team to the thanks."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.urls import reverse

from vitalfew.complaints.models.complaint import Complaint
from vitalfew.complaints.words import Report
from vitalfew.people.models import User
from vitalfew.people.records import Record


class EightDQuerySet(models.QuerySet["EightD"]):
    def visible_to(self, user: User) -> "EightDQuerySet":
        return self.within_reach_of(user).filter(put_away_at=None)

    def within_reach_of(self, user: User) -> "EightDQuerySet":
        """Those of complaints that the user sees."""
        return self.filter(complaint__in=Complaint.objects.visible_to(user))


def _text() -> models.TextField[str, str]:
    return models.TextField(max_length=2000, blank=True)


class EightD(Record):
    """What is not said here is what the steps of the complaint say, until it is handed in to be signed."""

    OF_A_PERSON = True

    complaint = models.OneToOneField(Complaint, on_delete=models.CASCADE, related_name="eight_d", editable=False)
    team = _text()
    problem = _text()
    place = _text()
    since = _text()
    extent = _text()
    is_not = _text()
    containment = _text()
    contained_on = models.DateField(null=True, blank=True)
    occurred = _text()
    """A chain of whys, an answer a line."""
    undetected = _text()
    root = _text()
    proof = _text()
    remedy = _text()
    verified = _text()
    implemented = _text()
    implemented_on = models.DateField(null=True, blank=True)
    evidence = _text()
    prevention = _text()
    rolled_out = _text()
    closing = _text()
    note = _text()
    offered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, editable=False, on_delete=models.SET_NULL, related_name="+"
    )
    offered_at = models.DateTimeField(null=True, editable=False)
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, editable=False, on_delete=models.SET_NULL, related_name="+"
    )
    signed_at = models.DateTimeField(null=True, editable=False)
    shared_at = models.DateTimeField(null=True, editable=False)
    """Since when the customer reads its version."""

    objects = EightDQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-pk"]
        indexes: ClassVar = [
            models.Index(fields=["offered_at"], condition=models.Q(signed_at=None), name="eight_d_to_sign")
        ]

    def __str__(self) -> str:
        return f"8D {self.complaint}"

    def get_absolute_url(self) -> str:
        return reverse("eight-d", args=[self.pk])

    @property
    def state(self) -> Report:
        if self.signed_at:
            return Report.SHARED if self.shared_at else Report.SIGNED
        return Report.OFFERED if self.offered_at else Report.DRAFT
