from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from vitalfew.accounts.models import Account
from vitalfew.contacts.models import Person
from vitalfew.people.records import Record
from vitalfew.training.programmes import Programme, Test, Unchangeable
from vitalfew.training.sessions import AtAccounts, Attendee, Company, Door, Session
from vitalfew.training.words import Validity

__all__ = [
    "AtAccounts", "Attempt", "Attendee", "Certificate", "Company", "Door", "Programme", "Session", "Test", "Unchangeable",
]  # fmt: skip


class Attempt(models.Model):
    """A try at the test: what was answered so far, and once it is handed in, what that came to."""

    attendee = models.ForeignKey(Attendee, on_delete=models.CASCADE, related_name="attempts")
    test = models.ForeignKey(Test, on_delete=models.PROTECT, related_name="attempts")
    number = models.PositiveSmallIntegerField()
    answers = models.JSONField(default=dict)
    begun_at = models.DateTimeField(auto_now_add=True)
    handed_in_at = models.DateTimeField(null=True)
    score = models.PositiveSmallIntegerField(null=True)
    passed = models.BooleanField(null=True)

    class Meta:
        ordering: ClassVar = ["attendee", "number"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["attendee", "number"], name="try_of_an_attendee")]

    def __str__(self) -> str:
        return f"{self.attendee} {self.number}"


class CertificateQuerySet(AtAccounts):
    SESSION = "attendee__session"

    def standing(self, word: str) -> "CertificateQuerySet":
        """Those that are valid, expired or revoked today."""
        over = Q(expires_on__lt=timezone.localdate())
        now = {
            Validity.REVOKED: Q(revoked_on__isnull=False), Validity.EXPIRED: Q(over, revoked_on=None),
        }  # fmt: skip
        if word in now:
            return self.filter(now[word])  # type: ignore[index]  # a word by its code
        return self.filter(Q(expires_on=None) | ~over, revoked_on=None)


class Certificate(Record):
    """That somebody learned what a programme teaches, until a day."""

    OF_A_PERSON = True

    attendee = models.ForeignKey(Attendee, on_delete=models.CASCADE, related_name="certificates", editable=False)
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="certificates", editable=False)
    account = models.ForeignKey(
        Account, null=True, editable=False, on_delete=models.CASCADE, related_name="training_certificates"
    )
    person = models.ForeignKey(
        Person, null=True, editable=False, on_delete=models.SET_NULL, related_name="training_certificates"
    )
    name = models.CharField(max_length=100, editable=False)
    number = models.CharField(max_length=20, editable=False, db_index=True)
    code = models.CharField(max_length=32, unique=True, editable=False)
    """By which anybody can check it."""
    issued_on = models.DateField(editable=False)
    expires_on = models.DateField(null=True, editable=False)
    """The last day on which it is valid."""
    revoked_on = models.DateField(null=True, editable=False)
    reason = models.CharField(max_length=300, blank=True, editable=False)

    objects = CertificateQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-issued_on", "-pk"]
        indexes: ClassVar = [
            models.Index(fields=["person", "programme"], name="certificate_person"),
            models.Index(fields=["account", "expires_on"], name="certificate_account"),
            models.Index(fields=["expires_on"], condition=Q(revoked_on=None), name="certificate_expires"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.name}"

    def get_absolute_url(self) -> str:
        return reverse("certificate", args=[self.pk])

    @property
    def validity(self) -> Validity:
        if self.revoked_on is not None:
            return Validity.REVOKED
        over = self.expires_on is not None and self.expires_on < timezone.localdate()
        return Validity.EXPIRED if over else Validity.VALID
