from datetime import date, datetime
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from vitalfew.accounts.models import Account
from vitalfew.club.models import Use
from vitalfew.contacts.models import Person
from vitalfew.incentives.models import Case
from vitalfew.people.models import User
from vitalfew.people.records import Record
from vitalfew.training.programmes import AMOUNT, Programme, Visible, said
from vitalfew.training.rights import TrainingRight
from vitalfew.training.words import How, Presence, SessionState


class Session(Record):
    """A programme taught on a day."""

    OF_A_PERSON = True

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="sessions")
    day = models.DateField()
    begins = models.TimeField(null=True, blank=True)
    ends = models.TimeField(null=True, blank=True)
    place = models.CharField(max_length=200, blank=True)
    online = models.BooleanField(default=False)
    trainer = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="trainings"
    )
    seats = models.PositiveSmallIntegerField(null=True, blank=True)
    budget = models.DecimalField(null=True, blank=True, **AMOUNT)
    cost = models.DecimalField(null=True, blank=True, **AMOUNT)
    outcome = models.TextField(max_length=2000, blank=True)
    state = models.CharField(max_length=10, choices=said(SessionState), default=SessionState.PLANNED, editable=False)
    reason = models.CharField(max_length=300, blank=True, editable=False)
    """Why it was cancelled."""

    objects = Visible.as_manager()

    class Meta:
        ordering: ClassVar = ["-day", "-pk"]
        indexes: ClassVar = [
            models.Index(fields=["state", "day"], name="session_state"),
            models.Index(fields=["programme", "day"], name="session_programme"),
            models.Index(fields=["trainer", "state", "day"], name="session_trainer"),
        ]

    def __str__(self) -> str:
        return f"{self.programme} {self.day.isoformat()}"

    def get_absolute_url(self) -> str:
        return reverse("training-session", args=[self.pk])

    @property
    def is_open(self) -> bool:
        return self.state in {SessionState.PLANNED, SessionState.HELD}

    @property
    def has_come(self) -> bool:
        """Whether its day is there or over."""
        return self.day <= timezone.localdate()


class AtAccounts(models.QuerySet[Any]):
    """What stands at an account is seen by who sees that; what stands at none by who sees all, or runs its session."""

    SESSION: ClassVar = "session"

    def visible_to(self, user: User) -> "AtAccounts":
        return self.within_reach_of(user).filter(put_away_at=None)

    def within_reach_of(self, user: User) -> "AtAccounts":
        if not user.is_active or not user.may(TrainingRight.SEE):
            return self.none()
        if user.sees_all_accounts:
            return self.filter(Q(account=None) | Q(account__merged_into=None))
        own = Q(**{f"{self.SESSION}__trainer": user}) | Q(**{f"{self.SESSION}__made_by": user.username})
        return self.filter(Q(account__in=Account.objects.visible_to(user)) | Q(own, account=None))


class Company(Record):
    """An account that is invited to a session, and what other rooms got of it."""

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="companies", editable=False)
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="training_companies", editable=False)
    case = models.ForeignKey(Case, null=True, editable=False, on_delete=models.SET_NULL, related_name="trainings")
    """As what it counts for incentives."""
    use = models.ForeignKey(Use, null=True, editable=False, on_delete=models.SET_NULL, related_name="trainings")
    """Of a right to training that its level of the club carries."""

    objects = AtAccounts.as_manager()

    class Meta:
        ordering: ClassVar = ["account__name", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["session", "account"], condition=Q(put_away_at=None), name="account_once_in_a_session"
            )
        ]

    def __str__(self) -> str:
        return f"{self.account} · {self.session}"

    def get_absolute_url(self) -> str:
        return self.session.get_absolute_url()


class Attendee(Record):
    """Somebody expected at a session, or who came to it: a contact, or a name alone."""

    OF_A_PERSON = True

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="attendees", editable=False)
    account = models.ForeignKey(
        Account, null=True, editable=False, on_delete=models.CASCADE, related_name="training_attendees"
    )
    person = models.ForeignKey(
        Person, null=True, editable=False, on_delete=models.SET_NULL, related_name="training_attendees"
    )
    name = models.CharField(max_length=100)
    company = models.CharField(max_length=200, blank=True)
    """As it was said at the door, where it is no account's."""
    came_at = models.DateTimeField(null=True, editable=False)
    how = models.CharField(max_length=4, blank=True, choices=said(How), editable=False)
    agreed_at = models.DateTimeField(null=True, editable=False)
    """When he or she consented to what is kept."""
    seal = models.CharField(max_length=64, blank=True, editable=False)
    """Of the phone on which the test may be taken: a hash."""

    objects = AtAccounts.as_manager()

    class Meta:
        ordering: ClassVar = ["account__name", "name", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["session", "person"], condition=Q(put_away_at=None), name="person_once_in_a_session"
            )
        ]
        indexes: ClassVar = [
            models.Index(fields=["account", "came_at"], name="attendee_account"),
            models.Index(fields=["session", "name"], name="attendee_session"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return self.session.get_absolute_url()

    @property
    def presence(self) -> Presence:
        if self.came_at is not None:
            return Presence.CAME
        return Presence.ABSENT if self.session.state == SessionState.CLOSED else Presence.INVITED

    @property
    def where(self) -> str:
        """The account, or what was said at the door."""
        return self.account.name if self.account else self.company


class Door(models.Model):
    """A link by which people write themselves down; its address is made of this row and the house's secret."""

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="doors")
    nonce = models.CharField(max_length=32)
    until = models.DateTimeField()
    made_by = models.CharField(max_length=150)
    made_at = models.DateTimeField(auto_now_add=True)
    revoked_at = models.DateTimeField(null=True)
    minute = models.BigIntegerField(default=0)
    knocks = models.PositiveIntegerField(default=0)
    """So many forms were sent within that minute."""

    class Meta:
        ordering: ClassVar = ["-pk"]

    def __str__(self) -> str:
        return f"{self.session} {self.pk}"

    @property
    def is_valid(self) -> bool:
        return self.revoked_at is None and timezone.now() < self.until


def hour(day: date, at: Any) -> datetime:
    """That hour of the day here."""
    return timezone.make_aware(datetime.combine(day, at))
