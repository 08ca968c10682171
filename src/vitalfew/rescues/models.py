from datetime import date
from typing import Any, ClassVar, Final

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from vitalfew.accounts.models import Account, TeamRole
from vitalfew.people.models import User
from vitalfew.people.permissions import Right
from vitalfew.people.records import Record
from vitalfew.rescues.rights import RescueRight
from vitalfew.rescues.words import RescueStanding, RescueState, StepState
from vitalfew.terms import ChurnCause
from vitalfew.warehouse.models import Scorecard

MOST_DAYS: Final = 250
ENDED: Final = {each.value: each for each in RescueStanding}


def said(words: Any) -> list[tuple[str, str]]:
    return [(each.value, each.label) for each in words]


class AtAccounts(models.QuerySet[Any]):
    """What stands at an account is seen by who sees that; unfair means are told to those alone who may know causes."""

    AT: ClassVar = "account"
    CAUSE: ClassVar = "cause"

    def visible_to(self, user: User) -> Any:
        return self.within_reach_of(user).filter(put_away_at=None)

    def within_reach_of(self, user: User) -> Any:
        if not user.is_active or not user.may(RescueRight.SEE):
            return self.none()
        rows = self if user.may(Right.MONEY) else self.exclude(**{self.CAUSE: ChurnCause.FOUL_PLAY})
        if user.sees_all_accounts:
            return rows.filter(**{f"{self.AT}__merged_into": None})
        return rows.filter(**{f"{self.AT}__in": Account.objects.visible_to(user)})


class RescueQuerySet(AtAccounts):
    def standing(self, word: str, today: date) -> "RescueQuerySet":
        """Those that stand so today."""
        if word not in {RescueStanding.LATE, RescueStanding.RUNNING, RescueStanding.OVER}:
            return self.filter(state=word)
        over = Q(until__lte=today)
        late = Q(steps__state=StepState.OPEN, steps__due__lt=today, steps__put_away_at=None)
        running = self.filter(state=RescueState.RUNNING)
        if word == RescueStanding.OVER:
            return running.filter(over)
        found = running.exclude(over)
        return (found.filter(late) if word == RescueStanding.LATE else found.exclude(late)).distinct()


class Rescue(Record):
    """What is done about an account that may leave, from a day on, until it stays or is gone."""

    OF_A_PERSON = True

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="rescues", editable=False)
    cause = models.CharField(max_length=24, choices=said(ChurnCause))
    why = models.TextField(max_length=1000, blank=True)
    """What speaks for the cause, in the words of who began it."""
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="rescues")
    begun_on = models.DateField(editable=False)
    until = models.DateField(editable=False)
    """The day on which it is asked whether the account bought again: begun, and the horizon of the risk."""
    risk = models.FloatField(null=True, editable=False)
    """The chance that it leaves, as it was told when the plan began; and from, to."""
    risk_low = models.FloatField(null=True, editable=False)
    risk_high = models.FloatField(null=True, editable=False)
    at_stake = models.FloatField(null=True, editable=False)
    currency = models.CharField(max_length=3, blank=True, editable=False)
    beside = models.JSONField(default=list, editable=False)
    """The codes of accounts in the same danger without a plan, as they were found on the day on which it began."""
    state = models.CharField(max_length=12, choices=said(RescueState), default=RescueState.RUNNING, editable=False)
    ended_on = models.DateField(null=True, editable=False)
    outcome = models.TextField(max_length=1000, blank=True, editable=False)
    """What became of it, and what was learned."""

    objects = RescueQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-begun_on", "-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["account"], condition=Q(put_away_at=None, state="running"), name="one_rescue_of_an_account"
            )
        ]
        indexes: ClassVar = [
            models.Index(fields=["-begun_on", "-id"], name="rescue_begun"),
            models.Index(fields=["state", "until", "id"], name="rescue_state"),
            models.Index(fields=["account", "-begun_on"], name="rescue_account"),
        ]

    def __str__(self) -> str:
        return f"{self.account} {self.begun_on}"

    def get_absolute_url(self) -> str:
        return reverse("rescue", args=[self.pk])

    @property
    def is_open(self) -> bool:
        return self.state == RescueState.RUNNING

    @property
    def standing(self) -> RescueStanding:
        """Asks for its steps, unless a list has counted those that are late."""
        if not self.is_open:
            return ENDED[self.state]
        if self.until <= timezone.localdate():
            return RescueStanding.OVER
        late = getattr(self, "late_n", None)
        late = self.steps.overdue(timezone.localdate()).count() if late is None else late
        return RescueStanding.LATE if late else RescueStanding.RUNNING


class Warned(Scorecard):
    """An account with an alarm, as the latest refresh tells of it."""

    class Meta:
        proxy = True

    def get_absolute_url(self) -> str:
        return f"{reverse('account', args=[self.customer])}?tab=risk"


class StepQuerySet(AtAccounts):
    AT: ClassVar = "rescue__account"
    CAUSE: ClassVar = "rescue__cause"

    def visible_to(self, user: User) -> "StepQuerySet":
        rows: StepQuerySet = self.within_reach_of(user).filter(put_away_at=None, rescue__put_away_at=None)
        return rows

    def overdue(self, today: date) -> "StepQuerySet":
        return self.filter(state=StepState.OPEN, due__lt=today, put_away_at=None)


class RescueStep(Record):
    """One thing that is done: by whom, by when, and what came of it."""

    OF_A_PERSON = True

    rescue = models.ForeignKey(Rescue, on_delete=models.CASCADE, related_name="steps", editable=False)
    title = models.CharField(max_length=200)
    """A play's marked text, or somebody's own words."""
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="rescue_steps"
    )
    due = models.DateField()
    state = models.CharField(max_length=10, choices=said(StepState), default=StepState.OPEN, editable=False)
    settled_on = models.DateField(null=True, editable=False)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+", editable=False
    )
    note = models.TextField(max_length=1000, blank=True, editable=False)
    """What came of it; else why it was left out."""

    objects = StepQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["due", "pk"]
        indexes: ClassVar = [
            models.Index(fields=["owner", "due"], condition=Q(state="open"), name="rescue_step_owner"),
            models.Index(fields=["rescue", "due"], name="rescue_step_rescue"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("rescue-step", args=[self.pk])

    @property
    def account(self) -> Account:
        return self.rescue.account

    @property
    def is_open(self) -> bool:
        return self.state == StepState.OPEN

    @property
    def is_late(self) -> bool:
        return self.is_open and self.due < timezone.localdate()


class PlayQuerySet(models.QuerySet["Play"]):
    def visible_to(self, user: User) -> "PlayQuerySet":
        return self.within_reach_of(user).filter(put_away_at=None)

    def within_reach_of(self, user: User) -> "PlayQuerySet":
        return self if user.is_active and user.may(RescueRight.SEE) else self.none()


class Play(Record):
    """A play of the firm's own playbook; a cause that has any goes by them alone."""

    cause = models.CharField(max_length=24, choices=said(ChurnCause), editable=False)
    title = models.CharField(max_length=200)
    function = models.CharField(max_length=20, choices=said(TeamRole), default=TeamRole.SALES)
    days = models.PositiveSmallIntegerField(validators=[MinValueValidator(0), MaxValueValidator(MOST_DAYS)])
    """Working days from the beginning of a plan."""

    objects = PlayQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["cause", "days", "pk"]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("rescue-plays", args=[self.cause])


class Threshold(Record):
    """From which risk of leaving on the firm wants to be warned; the latest one holds."""

    risk = models.FloatField(validators=[MinValueValidator(0.05), MaxValueValidator(0.95)])

    class Meta:
        ordering: ClassVar = ["-pk"]

    def __str__(self) -> str:
        return f"{self.risk:.0%}"
