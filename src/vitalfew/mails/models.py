from typing import ClassVar

from django.conf import settings
from django.db import models
from django.urls import reverse

from vitalfew.accounts.models import Account
from vitalfew.activities.models import Activity
from vitalfew.activities.ways import Side
from vitalfew.complaints.models import Complaint
from vitalfew.contacts.models import Person
from vitalfew.mails.words import MailState, Why
from vitalfew.people.models import User
from vitalfew.people.records import Record
from vitalfew.people.roles import Role


class Mailbox(models.Model):
    """How far a mailbox is read: the number of its latest mail, and within what these numbers count."""

    name = models.CharField(max_length=300, unique=True)
    validity = models.BigIntegerField(default=0)
    latest = models.BigIntegerField(default=0)
    fetched_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.name


class MailQuerySet(models.QuerySet["Mail"]):
    def visible_to(self, user: User) -> "MailQuerySet":
        """One's own: those one sent or received; an administrator sees all."""
        kept = self.filter(put_away_at=None)
        if not user.is_active or user.role == Role.PORTAL:
            return kept.none()
        if user.role == Role.ADMINISTRATOR:
            return kept
        mine = Mail.ours.through.objects.filter(user=user, mail=models.OuterRef("pk"))
        return kept.filter(models.Exists(mine))


class Mail(Record):
    """A mail that came in: what it says, and the account it belongs to once that is known."""

    OF_A_PERSON = True

    key = models.CharField(max_length=64, unique=True, editable=False)
    """What the Message-ID comes to, or, without one, the bytes."""
    title = models.CharField(max_length=300, blank=True, editable=False)
    sender = models.CharField(max_length=300, blank=True, editable=False)
    sender_name = models.CharField(max_length=100, blank=True, editable=False)
    recipients = models.TextField(blank=True, editable=False)
    """Addresses, one a line; of a crowd the first hundred."""
    day = models.DateField(editable=False)
    side = models.CharField(
        max_length=4, blank=True, editable=False, choices=[(side.value, side.label) for side in Side]
    )
    text = models.TextField(blank=True, editable=False)
    files = models.JSONField(default=list, editable=False)
    """Of each attached file its name, and the number under which the account keeps it, or null where it is of no kept kind."""
    place = models.CharField(max_length=64, blank=True, editable=False)
    """Where it lies as it came, while it can still be matched otherwise."""
    state = models.CharField(
        max_length=10, choices=[(each.value, each.label) for each in MailState], default=MailState.WAITING,
        editable=False,
    )  # fmt: skip
    why = models.CharField(
        max_length=12, blank=True, editable=False, choices=[(each.value, each.label) for each in Why]
    )
    ours = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="mails", editable=False)
    account = models.ForeignKey(Account, null=True, editable=False, on_delete=models.CASCADE, related_name="mails")
    person = models.ForeignKey(Person, null=True, editable=False, on_delete=models.SET_NULL, related_name="mails")
    activity = models.OneToOneField(Activity, null=True, editable=False, on_delete=models.SET_NULL, related_name="mail")
    complaint = models.ForeignKey(Complaint, null=True, editable=False, on_delete=models.SET_NULL, related_name="mails")
    """What it became."""
    decided_at = models.DateTimeField(null=True, editable=False)
    near = models.ForeignKey(Account, null=True, editable=False, on_delete=models.SET_NULL, related_name="mails_near")
    """Of the accounts at which its people are, the one that goes first: while it waits, that is whose it is."""

    objects = MailQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-day", "-pk"]
        indexes: ClassVar = [models.Index(fields=["state", "-day", "-id"], name="mail_tray")]

    def __str__(self) -> str:
        return self.title or self.sender or "–"

    def get_absolute_url(self) -> str:
        return reverse("mail", args=[self.pk])

    @property
    def addresses(self) -> list[str]:
        return self.recipients.splitlines()
