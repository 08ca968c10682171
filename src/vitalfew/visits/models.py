import hashlib
import secrets
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import ClassVar, Final

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from vitalfew.accounts.models import Account
from vitalfew.activities.models import Activity
from vitalfew.contacts.models import Person
from vitalfew.language import Kept, listed
from vitalfew.people.language import language
from vitalfew.people.models import User
from vitalfew.people.records import Record
from vitalfew.promises.models import Promise
from vitalfew.visits.rights import VisitRight
from vitalfew.visits.words import Mood, Purpose, VisitStanding, VisitState

CUT: Final = 60
OPEN: Final = (VisitState.PLANNED, VisitState.CONFIRMED)
STANDING: Final = {each.value: each for each in VisitStanding}
USUAL: Final = timedelta(hours=1)
"""So long a visit lasts whose length nobody told."""


def named(these: Iterable[object]) -> str:
    """Their names the one after the other, as the language parts them."""
    return listed([str(each) for each in these], language())


class VisitQuerySet(models.QuerySet["Visit"]):
    def visible_to(self, user: User) -> "VisitQuerySet":
        return self.within_reach_of(user).filter(put_away_at=None)

    def within_reach_of(self, user: User) -> "VisitQuerySet":
        """What was put away, too. A visit is seen by whoever sees one of its accounts."""
        if not user.is_active or not user.may(VisitRight.SEE):
            return self.none()
        if user.sees_all_accounts:
            return self
        seen = VisitAccount.objects.filter(account__in=Account.objects.visible_to(user))
        return self.filter(pk__in=seen.values("visit"))

    def standing(self, word: str, today: date) -> "VisitQuerySet":
        """Those that stand so today."""
        if word == VisitStanding.UNTOLD:
            return self.filter(state__in=OPEN, day__lt=today)
        return self.filter(state=word, day__gte=today) if word in OPEN else self.filter(state=word)

    def of_ours(self, user: User) -> "VisitQuerySet":
        """Those on which the user goes."""
        along = Visit.companions.through.objects.filter(user=user).values("visit")
        return self.filter(Q(leader=user) | Q(pk__in=along))


class Visit(Record):
    """Some of ours go and see an account, or several at a round table."""

    OF_A_PERSON = True

    day = models.DateField()
    at = models.TimeField(null=True, blank=True)
    minutes = models.PositiveSmallIntegerField(null=True, blank=True)
    place = models.CharField(max_length=200, blank=True)
    purpose = models.CharField(max_length=20, choices=[(each.value, each.label) for each in Purpose])
    topic = models.TextField(max_length=1000, blank=True)
    """What is to be spoken about."""
    leader = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="led_visits"
    )
    companions = models.ManyToManyField(settings.AUTH_USER_MODEL, blank=True, related_name="+")
    accounts = models.ManyToManyField(Account, through="VisitAccount", related_name="+", editable=False)
    state = models.CharField(
        max_length=10, default=VisitState.PLANNED, editable=False,
        choices=[(each.value, each.label) for each in VisitState],
    )  # fmt: skip
    reason = models.TextField(blank=True, editable=False)
    """Why it was proposed: sentences kept as JSON, said later in any language; empty where somebody planned it."""
    why = models.CharField(max_length=500, blank=True, editable=False)
    """Why it was cancelled."""
    result = models.TextField(max_length=4000, blank=True, editable=False)
    was_confirmed = models.BooleanField(default=False, editable=False)
    """Whether the customer had agreed before it was held or cancelled: what it goes back to."""
    promises = models.ManyToManyField(Promise, blank=True, editable=False, related_name="+")

    objects = VisitQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["day", "at", "id"]
        indexes: ClassVar = [
            models.Index(fields=["day", "id"], name="visit_day"),
            models.Index(fields=["state", "day"], name="visit_state"),
            models.Index(fields=["leader", "day"], name="visit_leader"),
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.names}"

    def get_absolute_url(self) -> str:
        return reverse("visit", args=[self.pk])

    @property
    def names(self) -> str:
        """Whom it goes to; where several were read for a user, those of them."""
        return named(part.account for part in self.parts.all())

    @property
    def is_open(self) -> bool:
        return self.state in OPEN

    @property
    def is_held(self) -> bool:
        return self.state == VisitState.HELD

    @property
    def standing(self) -> VisitStanding:
        untold = self.is_open and self.day < timezone.localdate()
        return VisitStanding.UNTOLD if untold else STANDING[self.state]

    @property
    def begins(self) -> datetime | None:
        """When it begins; None where only the day is known."""
        return timezone.make_aware(datetime.combine(self.day, self.at)) if self.at else None

    @property
    def ends(self) -> datetime | None:
        lasts = timedelta(minutes=self.minutes) if self.minutes else USUAL
        return self.begins + lasts if self.begins else None

    @property
    def proposed(self) -> Kept | None:
        return Kept(self.reason) if self.reason else None

    @property
    def ours_named(self) -> str:
        return named(self.ours)

    @property
    def ours(self) -> list[User]:
        """Who of ours goes, whoever leads first."""
        along = [each for each in self.companions.all() if each.pk != self.leader_id]
        return [*([self.leader] if self.leader else []), *along]


class VisitAccount(models.Model):
    """An account of a visit, how it went there, and the line of the log it became."""

    visit = models.ForeignKey(Visit, on_delete=models.CASCADE, related_name="parts")
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="visited")
    mood = models.CharField(max_length=10, blank=True, choices=[(each.value, each.label) for each in Mood])
    outcome = models.TextField(max_length=1000, blank=True)
    """What was particular to it, where there were several."""
    activity = models.OneToOneField(Activity, null=True, on_delete=models.SET_NULL, related_name="visited")

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["visit", "account"], name="visited_once")]

    def __str__(self) -> str:
        return str(self.account)


class VisitPerson(models.Model):
    """Somebody of the customer's: to be met, met, or both."""

    visit = models.ForeignKey(Visit, on_delete=models.CASCADE, related_name="people")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="visited")
    wanted = models.BooleanField(default=False)
    met = models.BooleanField(default=False)

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["visit", "person"], name="met_once")]

    def __str__(self) -> str:
        return str(self.person)


class Rescheduled(models.Model):
    """Its day was another."""

    visit = models.ForeignKey(Visit, on_delete=models.CASCADE, related_name="moves")
    was_day = models.DateField()
    was_at = models.TimeField(null=True)
    day = models.DateField()
    at = models.TimeField(null=True)
    why = models.CharField(max_length=500)
    who = models.CharField(max_length=150)
    moved_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return f"{self.was_day} → {self.day}"


class FollowUpQuerySet(models.QuerySet["FollowUp"]):
    def visible_to(self, user: User) -> "FollowUpQuerySet":
        return self.filter(visit__in=Visit.objects.visible_to(user), visit__state=VisitState.HELD)


class FollowUp(models.Model):
    """What somebody of ours does after a visit, by when."""

    visit = models.ForeignKey(Visit, on_delete=models.CASCADE, related_name="follow_ups")
    what = models.CharField(max_length=500)
    due = models.DateField()
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="follow_ups")
    done_on = models.DateField(null=True)

    objects = FollowUpQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["due", "pk"]
        indexes: ClassVar = [models.Index(fields=["owner", "done_on", "due"], name="follow_up_owner")]

    def __str__(self) -> str:
        return self.what if len(self.what) <= CUT else f"{self.what[:CUT]}…"


class Sent(models.Model):
    """A result that came, by the key its sender made: sent again because the answer was lost, it is known."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    visit = models.ForeignKey(Visit, on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=64)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["user", "key"], name="sent_once")]

    def __str__(self) -> str:
        return self.key


class Feed(models.Model):
    """A user's address for a calendar: only its hash is kept, so it is shown once and never again."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="feeds")
    name = models.CharField(max_length=100)
    digest = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(auto_now_add=True)
    used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return self.name

    @staticmethod
    def fresh() -> str:
        return secrets.token_urlsafe(32)

    @staticmethod
    def digest_of(token: str) -> str:
        return hashlib.sha256(token.encode()).hexdigest()
