from typing import ClassVar

from django.conf import settings
from django.db import models
from django.urls import reverse

from vitalfew.accounts.models import Account
from vitalfew.contacts.models import Person
from vitalfew.handover.words import Consent, HandoverCause, HandoverState, StepKind, StepState
from vitalfew.people.models import User
from vitalfew.people.records import Record


class HandoverQuerySet(models.QuerySet["Handover"]):
    def visible_to(self, user: User) -> "HandoverQuerySet":
        """Those of accounts one sees, and those one hands over or takes."""
        kept = self.filter(put_away_at=None)
        if user.sees_all_accounts:
            return kept if user.is_active else kept.none()
        own = models.Q(giver=user) | models.Q(successor=user)
        return kept.filter(own | models.Q(account__in=Account.objects.visible_to(user)))

    def running(self) -> "HandoverQuerySet":
        return self.filter(put_away_at=None, state__in=(HandoverState.STARTED, HandoverState.ACCEPTED))


class Handover(Record):
    """An account goes from one of us to another, or from a person of the customer's to the one who follows."""

    OF_A_PERSON = True

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="handovers", editable=False)
    cause = models.CharField(max_length=12, choices=[(each.value, each.label) for each in HandoverCause])
    giver = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, editable=False, on_delete=models.SET_NULL, related_name="gives"
    )
    successor = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="takes")
    person = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="handovers", editable=False
    )
    due = models.DateField()
    note = models.TextField(max_length=4000, blank=True)
    state = models.CharField(
        max_length=12, choices=[(each.value, each.label) for each in HandoverState], default=HandoverState.STARTED,
        editable=False,
    )  # fmt: skip
    declined_because = models.CharField(max_length=500, blank=True, editable=False)
    accepted_at = models.DateTimeField(null=True, editable=False)
    went_along = models.JSONField(default=dict, editable=False)
    """How many of what became the successor's with it, by what they are called."""
    agreed_on = models.DateField(null=True, editable=False)
    agreed_by = models.CharField(max_length=100, blank=True, editable=False)
    agreed_how = models.CharField(
        max_length=12, choices=[(each.value, each.label) for each in Consent], blank=True, editable=False
    )
    done_at = models.DateTimeField(null=True, editable=False)

    objects = HandoverQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-made_at", "-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["account"], name="one_running_handover",
                condition=models.Q(put_away_at=None, state__in=("started", "accepted")),
            )
        ]  # fmt: skip
        indexes: ClassVar = [models.Index(fields=["state", "due"], name="handover_due")]

    def __str__(self) -> str:
        return str(self.account)

    def get_absolute_url(self) -> str:
        return reverse("handover", args=[self.pk])

    @property
    def is_running(self) -> bool:
        return self.put_away_at is None and self.state in {HandoverState.STARTED, HandoverState.ACCEPTED}


class Step(models.Model):
    """Something to be done in a handover; of a person where it is to be introduced to one."""

    handover = models.ForeignKey(Handover, on_delete=models.CASCADE, related_name="steps")
    kind = models.CharField(max_length=12, choices=[(each.value, each.label) for each in StepKind])
    person = models.ForeignKey(Person, null=True, on_delete=models.CASCADE, related_name="+")
    state = models.CharField(
        max_length=12, choices=[(each.value, each.label) for each in StepState], default=StepState.OPEN
    )
    who = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return f"{self.kind} {self.state}"
