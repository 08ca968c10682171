from datetime import date, timedelta
from typing import Any, ClassVar, Final

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from vitalfew.accounts.models import Account
from vitalfew.people.models import User
from vitalfew.people.records import Record
from vitalfew.recoveries.rights import RecoveryRight
from vitalfew.recoveries.words import Arm, Known, RecoveryState, StepState, Verdict
from vitalfew.terms import ChurnCause

WATCHED: Final = timedelta(days=365)
LONGEST: Final = 1000
MOST_MONTHS: Final = 24
MOST_SHARE: Final = 50


def said(words: Any) -> list[tuple[str, str]]:
    return [(each.value, each.label) for each in words]


class AtAccounts(models.QuerySet[Any]):
    """What stands at an account is seen by who sees that."""

    AT: ClassVar = "account"

    def visible_to(self, user: User) -> Any:
        return self.within_reach_of(user).filter(put_away_at=None)

    def within_reach_of(self, user: User) -> Any:
        if not user.is_active or not user.may(RecoveryRight.SEE):
            return self.none()
        if user.sees_all_accounts:
            return self.filter(**{f"{self.AT}__merged_into": None})
        return self.filter(**{f"{self.AT}__in": Account.objects.visible_to(user)})


class RoundQuerySet(models.QuerySet["WinBackRound"]):
    def visible_to(self, user: User) -> "RoundQuerySet":
        return self.within_reach_of(user).filter(put_away_at=None)

    def within_reach_of(self, user: User) -> "RoundQuerySet":
        """Those that have an account which the user sees."""
        if not user.is_active or not user.may(RecoveryRight.SEE):
            return self.none()
        seen = Recovery.objects.within_reach_of(user).filter(winback_round=models.OuterRef("pk"))
        return self.filter(models.Exists(seen))


class WinBackRound(Record):
    """Lost accounts that are tried together, some of them left alone by lot, and judged on one day."""

    name = models.CharField(max_length=100)
    begun_on = models.DateField(editable=False)
    until = models.DateField(editable=False)
    """The day on which it is judged."""
    cost = models.DecimalField(max_digits=14, decimal_places=2, validators=[MinValueValidator(0)], editable=False)
    """What an attempt was to cost, as it began."""
    currency = models.CharField(max_length=3, blank=True, editable=False)
    share = models.PositiveSmallIntegerField(validators=[MaxValueValidator(MOST_SHARE)], editable=False)
    """How many of a hundred were left alone."""
    seed = models.PositiveBigIntegerField(editable=False)
    """By which the draw can be repeated."""

    objects = RoundQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-begun_on", "-pk"]
        indexes: ClassVar = [models.Index(fields=["-begun_on", "-id"], name="winback_round_begun")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("win-back-round", args=[self.pk])


class Recovery(Record):
    """A lost account of a round: tried, until it came back or not, or left alone."""

    OF_A_PERSON = True

    winback_round = models.ForeignKey(WinBackRound, on_delete=models.CASCADE, related_name="recoveries", editable=False)
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="recoveries", editable=False)
    arm = models.CharField(max_length=8, choices=said(Arm), editable=False)
    cause = models.CharField(max_length=24, choices=said(ChurnCause))
    known = models.CharField(max_length=8, choices=said(Known), default=Known.UNKNOWN, editable=False)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="recoveries")
    offer = models.TextField(max_length=LONGEST, blank=True)
    """A marked text of the playbook, or somebody's own words."""
    spent = models.DecimalField(
        max_digits=14, decimal_places=2, null=True, blank=True, validators=[MinValueValidator(0)]
    )
    """What the attempt has cost."""
    verdict = models.CharField(max_length=12, choices=said(Verdict), default=Verdict.CANNOT_TELL, editable=False)
    """As it was told when the round began; so are the figures."""
    silence = models.PositiveIntegerField(null=True, editable=False)
    value = models.FloatField(null=True, editable=False)
    expected = models.FloatField(null=True, editable=False)
    expected_low = models.FloatField(null=True, editable=False)
    expected_high = models.FloatField(null=True, editable=False)
    state = models.CharField(max_length=12, choices=said(RecoveryState), default=RecoveryState.RUNNING, editable=False)
    settled_on = models.DateField(null=True, editable=False)
    outcome = models.TextField(max_length=LONGEST, blank=True, editable=False)
    """What came of it, and what was learned."""

    objects = AtAccounts.as_manager()

    class Meta:
        ordering: ClassVar = ["-winback_round_id", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["account"], condition=Q(put_away_at=None, state="running"), name="one_recovery_of_an_account"
            ),
            models.UniqueConstraint(fields=["winback_round", "account"], name="once_in_a_winback_round"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["state", "owner"], name="recovery_state"),
            models.Index(fields=["account", "state"], name="recovery_account"),
        ]

    def __str__(self) -> str:
        return str(self.account)

    def get_absolute_url(self) -> str:
        return reverse("recovery", args=[self.pk])

    @property
    def is_open(self) -> bool:
        return self.state == RecoveryState.RUNNING

    @property
    def is_held_out(self) -> bool:
        return self.state == RecoveryState.HELD_OUT

    @property
    def watched_until(self) -> date | None:
        """An account that came back is watched for a year."""
        back = self.state == RecoveryState.RETURNED and self.settled_on
        return self.settled_on + WATCHED if back and self.settled_on else None


class WinBackSteps(AtAccounts):
    AT: ClassVar = "recovery__account"

    def visible_to(self, user: User) -> "WinBackSteps":
        rows: WinBackSteps = self.within_reach_of(user).filter(put_away_at=None, recovery__put_away_at=None)
        return rows


class RecoveryStep(Record):
    """One thing that is done to win an account back: by whom, by when, and what came of it."""

    OF_A_PERSON = True

    recovery = models.ForeignKey(Recovery, on_delete=models.CASCADE, related_name="steps", editable=False)
    title = models.CharField(max_length=200)
    """A marked text of the playbook, or somebody's own words."""
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="recovery_steps"
    )
    due = models.DateField()
    state = models.CharField(max_length=10, choices=said(StepState), default=StepState.OPEN, editable=False)
    settled_on = models.DateField(null=True, editable=False)
    note = models.TextField(max_length=LONGEST, blank=True, editable=False)
    """What came of it; else why it was left out."""

    objects = WinBackSteps.as_manager()

    class Meta:
        ordering: ClassVar = ["due", "pk"]
        indexes: ClassVar = [
            models.Index(fields=["owner", "due"], condition=Q(state="open"), name="recovery_step_owner"),
            models.Index(fields=["recovery", "due"], name="recovery_step_recovery"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("recovery-step", args=[self.pk])

    @property
    def account(self) -> Account:
        return self.recovery.account

    @property
    def is_open(self) -> bool:
        return self.state == StepState.OPEN

    @property
    def is_late(self) -> bool:
        return self.is_open and self.due < timezone.localdate()
