from datetime import date
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone

from vitalfew.accounts.models import Account
from vitalfew.contacts.models import Person
from vitalfew.contacts.words import LEVELS
from vitalfew.people.models import User
from vitalfew.people.records import Record
from vitalfew.stakeholders.closeness import ASKED_AGAIN, Closeness
from vitalfew.stakeholders.plan import PLANNERS, CoverState, Rhythm, Source, state_of
from vitalfew.terms import Level, Tier, label_of

LEVEL_CHOICES = [(each.value, each.label) for each in LEVELS]
ROLES = [(each.value, each.label) for each in PLANNERS]
RHYTHMS = [(each.value, each.label) for each in Rhythm]


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


class MeetingRule(Record):
    """Who of ours is to meet somebody of a level, and how often: at an account, or at all of a tier."""

    account = models.ForeignKey(
        Account, null=True, on_delete=models.CASCADE, related_name="meeting_rules", editable=False
    )
    tier = models.CharField(
        max_length=12, blank=True, editable=False, choices=[(each.value, each.label) for each in Tier]
    )
    level = models.CharField(max_length=20, editable=False, choices=LEVEL_CHOICES)
    role = models.CharField(max_length=20, blank=True, choices=ROLES)
    """Empty where nobody is planned to."""
    rhythm = models.CharField(max_length=12, choices=RHYTHMS)

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["account", "level"], name="one_rule_an_account_level",
                condition=models.Q(put_away_at=None, account__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["tier", "level"], name="one_rule_a_tier_level",
                condition=models.Q(put_away_at=None, account=None),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.account or self.tier} {self.level}"

    def get_absolute_url(self) -> str:
        if self.account:
            return reverse("coverage-of", args=[self.account.code])
        return f"{reverse('coverage-plan')}?tier={self.tier}"


class CoverQuerySet(models.QuerySet["Cover"]):
    def visible_to(self, user: User) -> "CoverQuerySet":
        if user.is_active and user.sees_all_accounts:
            return self.filter(account__merged_into=None)
        return self.filter(account__in=Account.objects.visible_to(user))

    def in_state(self, state: str, today: date) -> "CoverQuerySet":
        if state == CoverState.UNCOVERED:
            return self.filter(known=0)
        met = self.filter(known__gt=0)
        return met.filter(due_on__gt=today) if state == CoverState.KEPT else met.filter(due_on__lte=today)


class Cover(models.Model):
    """How far a planned level of an account is covered: worked out whenever the plan, the people or the touches change."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="covers")
    tier = models.CharField(max_length=12, blank=True)
    level = models.CharField(max_length=20)
    height = models.PositiveSmallIntegerField()
    """The place of the level, the highest first."""
    role = models.CharField(max_length=20, choices=ROLES)
    rhythm = models.CharField(max_length=12, choices=RHYTHMS)
    source = models.CharField(max_length=8, choices=[(each.value, each.label) for each in Source])
    known = models.PositiveIntegerField()
    met_on = models.DateField(null=True)
    met_by = models.CharField(max_length=100, blank=True)
    due_on = models.DateField()

    objects = CoverQuerySet.as_manager()
    COMES_AGAIN: ClassVar = models.Q(pk__isnull=False)

    class Meta:
        ordering: ClassVar = ["height"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["account", "level"], name="one_cover_a_level")]
        indexes: ClassVar = [
            models.Index(fields=["due_on", "id"], name="cover_due"),
            models.Index(fields=["known", "height", "id"], name="cover_known"),
        ]

    def __str__(self) -> str:
        return f"{self.account} {label_of(Level, self.level)}"

    def get_absolute_url(self) -> str:
        return reverse("coverage-of", args=[self.account.code])

    @property
    def version(self) -> str:
        """What a list's answer tells: it changes with what was seen."""
        return f"{self.known}-{self.due_on}"

    @property
    def state(self) -> CoverState:
        return state_of(self.known, self.due_on, timezone.localdate())
