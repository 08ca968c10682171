"""Something unusual of an account, about which its manager asks before it becomes a complaint."""

from datetime import date
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone

from vitalfew.accounts.models import Account
from vitalfew.complaints.models.complaint import Complaint
from vitalfew.complaints.rights import ComplaintRight
from vitalfew.complaints.words import Answer
from vitalfew.contacts.models import choices
from vitalfew.people.models import User
from vitalfew.people.records import Record
from vitalfew.terms import AnomalyKind


def _today() -> date:
    return timezone.localdate()


class InquiryQuerySet(models.QuerySet["Inquiry"]):
    def visible_to(self, user: User) -> "InquiryQuerySet":
        return self.within_reach_of(user).filter(put_away_at=None)

    def within_reach_of(self, user: User) -> "InquiryQuerySet":
        if not user.is_active or not user.may(ComplaintRight.SEE):
            return self.none()
        return self.filter(account__in=Account.objects.visible_to(user))


class Inquiry(Record):
    """One question; the same thing is never asked twice."""

    OF_A_PERSON = True

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="inquiries", editable=False)
    kind = models.CharField(max_length=12, editable=False, choices=choices(AnomalyKind))
    since = models.DateField(editable=False)
    seen = models.FloatField(editable=False)
    """Days of silence, or net sales of the month."""
    usual = models.FloatField(null=True, editable=False)
    question = models.CharField(max_length=300, editable=False)
    """What to ask, as the analysis says it: a marked text."""
    stake = models.FloatField(null=True, editable=False)
    asked_at = models.DateTimeField(default=timezone.now, editable=False)
    due = models.DateField(default=_today, editable=False)
    """From when it stands on Today."""
    answer = models.CharField(max_length=10, blank=True, editable=False, choices=choices(Answer))
    why = models.CharField(max_length=1000, blank=True)
    answered_at = models.DateTimeField(null=True, editable=False)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, editable=False, on_delete=models.SET_NULL, related_name="+"
    )
    complaint = models.ForeignKey(
        Complaint, null=True, editable=False, on_delete=models.SET_NULL, related_name="inquiries"
    )

    objects = InquiryQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-pk"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["account", "kind", "since"], name="inquiry_once")]
        indexes: ClassVar = [
            models.Index(fields=["due", "account"], condition=models.Q(answer="", put_away_at=None), name="inquiry_due")
        ]

    def __str__(self) -> str:
        return f"{self.account} {self.since}"

    def get_absolute_url(self) -> str:
        return reverse("inquiry", args=[self.pk])
