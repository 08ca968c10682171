from datetime import date, timedelta
from typing import ClassVar, Final

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from vitalfew.accounts.models import Account
from vitalfew.contacts.models import Person
from vitalfew.milestones import days
from vitalfew.milestones.rights import MilestoneRight
from vitalfew.milestones.words import Became, Nearness, Occasion, Sign, Told
from vitalfew.people.models import User
from vitalfew.people.records import Record

LONGEST_LEAD: Final = 120
ONE_DAY: Final = timedelta(days=1)
PATIENCE: Final = timedelta(days=14)
"""So long after the day one may still congratulate."""


class MilestoneQuerySet(models.QuerySet["Milestone"]):
    def visible_to(self, user: User) -> "MilestoneQuerySet":
        return self.within_reach_of(user).filter(put_away_at=None)

    def within_reach_of(self, user: User) -> "MilestoneQuerySet":
        """What was put away, too."""
        if not user.is_active or not user.may(MilestoneRight.SEE):
            return self.none()
        return self if user.sees_all_accounts else self.filter(account__in=Account.objects.visible_to(user))

    def to_prepare(self, today: date) -> "MilestoneQuerySet":
        """Those whose lead has begun."""
        return self.filter(tell_on__lte=today)

    def near(self, word: str, today: date) -> "MilestoneQuerySet":
        """Those that stand so today."""
        asked: dict[str, Q] = {
            Nearness.PAST: Q(next_on__lt=today), Nearness.NOW: Q(next_on__gte=today, tell_on__lte=today),
            Nearness.AHEAD: Q(tell_on__gt=today), Nearness.OVER: Q(next_on=None),
        }  # fmt: skip
        return self.filter(asked[word])


class Milestone(Record):
    """A day of an account, or of somebody there, that we think of."""

    OF_A_PERSON = True

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="milestones", editable=False)
    kind = models.CharField(max_length=20, choices=[(each.value, each.label) for each in Occasion])
    title = models.CharField(max_length=200, blank=True)
    """What it is, where its kind does not say it all."""
    day = models.DateField()
    """The first time."""
    lunar = models.BooleanField(default=False)
    """Whether it comes round by the Chinese calendar."""
    yearly = models.BooleanField(default=True)
    round_only = models.BooleanField(default=False)
    """Whether only the first and every fifth year counts."""
    lead = models.PositiveSmallIntegerField(default=30)
    """So many days ahead it is told."""
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="milestones"
    )
    """Who congratulates; the account's manager where nobody is named."""
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="milestones")
    consent = models.CharField(max_length=200, blank=True)
    """How the person agreed that we keep a personal day."""
    told = models.CharField(
        max_length=20, blank=True, editable=False, choices=[(each.value, each.label) for each in Told]
    )
    """From which fact it came; empty where somebody noted it."""
    next_on = models.DateField(null=True, editable=False)
    tell_on = models.DateField(null=True, editable=False)

    objects = MilestoneQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = [F("next_on").asc(nulls_last=True), "id"]
        indexes: ClassVar = [
            models.Index(fields=["account", "next_on"], name="milestone_account"),
            models.Index(fields=["next_on", "id"], name="milestone_next"),
            models.Index(fields=["tell_on", "id"], name="milestone_tell"),
            models.Index(fields=["owner", "next_on"], name="milestone_owner"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["account", "told"], condition=~Q(told=""), name="told_once"),
        ]

    def __str__(self) -> str:
        return self.title or self.get_kind_display()

    def get_absolute_url(self) -> str:
        return reverse("milestone", args=[self.pk])

    @property
    def years(self) -> int:
        """The how-manieth year the next time is; 0 where it does not come round."""
        if not self.yearly or self.next_on is None:
            return 0
        return days.years(self.day, self.next_on, lunar=self.lunar)

    @property
    def is_round(self) -> bool:
        return days.is_round(self.years)

    @property
    def nearness(self) -> Nearness:
        today = timezone.localdate()
        if self.next_on is None or self.tell_on is None:
            return Nearness.OVER
        if self.next_on < today:
            return Nearness.PAST
        return Nearness.NOW if self.tell_on <= today else Nearness.AHEAD

    def _is_round(self, on: date) -> bool:
        return on == self.day or days.is_round(days.years(self.day, on, lunar=self.lunar))

    def comes(self, after: date) -> dict[str, date | None]:
        """When it comes next, and when that is told; never again where it comes once and has come."""
        once_more = self.yearly or self.day > after
        on = days.next_after(self.day, after, lunar=self.lunar) if once_more else None
        while on and self.yearly and self.round_only and not self._is_round(on):
            on = days.next_after(self.day, on, lunar=self.lunar)
        return {"next_on": on, "tell_on": on - ONE_DAY * self.lead if on else None}


class Celebration(models.Model):
    """One time that the day came: what was sent by whom, what came back; or that it was left out, or missed."""

    milestone = models.ForeignKey(Milestone, on_delete=models.CASCADE, related_name="celebrations")
    on = models.DateField()
    became = models.CharField(max_length=10, choices=[(each.value, each.label) for each in Became])
    sign = models.CharField(max_length=10, blank=True, choices=[(each.value, each.label) for each in Sign])
    what = models.CharField(max_length=500, blank=True)
    """What was sent or said; else why it was left out."""
    done_on = models.DateField(null=True)
    who = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    reply = models.CharField(max_length=500, blank=True)
    replied_on = models.DateField(null=True)

    class Meta:
        ordering: ClassVar = ["-on", "-pk"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["milestone", "on"], name="came_once")]

    def __str__(self) -> str:
        return f"{self.on} {self.get_became_display()}"
