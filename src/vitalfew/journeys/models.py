from datetime import date, timedelta
from typing import Any, ClassVar, Final

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone

from vitalfew.accounts.models import Account, AccountFile, TeamRole
from vitalfew.activities.models import Activity
from vitalfew.journeys.rights import JourneyRight
from vitalfew.journeys.words import (
    LATE,
    After,
    Began,
    CheckStanding,
    CheckState,
    End,
    Gap,
    JourneyStanding,
    Stage,
    SuggestionState,
)
from vitalfew.people.models import User
from vitalfew.people.records import Record
from vitalfew.promises.models import Promise

SOON: Final = timedelta(days=7)
LOOKED_BACK: Final = timedelta(days=365)
"""So long a check that was left out counts among the gaps."""
MOST_DAYS: Final = 365
MOST_MONTHS: Final = 120
WORTH: Final[dict[str, Any]] = {"max_digits": 16, "decimal_places": 2, "validators": [MinValueValidator(0)]}
FUNCTIONS: Final = tuple(each for each in TeamRole if each is not TeamRole.DEPUTY)
SETTLED: Final = {each.value: each for each in CheckStanding}


def said(words: Any) -> list[tuple[str, str]]:
    return [(each.value, each.label) for each in words]


class Visible(models.QuerySet[Any]):
    """What stands at no account is seen by all who see journeys."""

    def visible_to(self, user: User) -> "Visible":
        return self.within_reach_of(user).filter(put_away_at=None)

    def within_reach_of(self, user: User) -> "Visible":
        return self if user.is_active and user.may(JourneyRight.SEE) else self.none()


class JourneyTemplate(Record):
    """The checks that each stage of a purchase has."""

    name = models.CharField(max_length=60)
    about = models.CharField(max_length=300, blank=True)
    edition = models.PositiveIntegerField(default=1, editable=False)
    """Counts on with the first change after a journey has begun by it."""

    objects = Visible.as_manager()

    class Meta:
        ordering: ClassVar = ["name", "pk"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("journey-template", args=[self.pk])


class Asked(Record):
    """What a check asks for, in a template and in a journey."""

    stage = models.CharField(max_length=8, choices=said(Stage))
    place = models.PositiveSmallIntegerField(default=10, validators=[MaxValueValidator(999)])
    """Its order within the stage."""
    title = models.CharField(max_length=80)
    how = models.TextField(max_length=1000, blank=True)
    function = models.CharField(max_length=20, choices=said(FUNCTIONS))
    after = models.CharField(max_length=10, choices=said(After))
    days = models.PositiveSmallIntegerField(default=0, validators=[MaxValueValidator(MOST_DAYS)])
    """Working days after it."""
    months = models.PositiveSmallIntegerField(
        null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(MOST_MONTHS)]
    )
    """Comes again every so many months while in use."""
    must = models.BooleanField(default=True)
    evidence = models.BooleanField(default=False)
    """Whether a document or a touch must show that it was done."""

    class Meta(Record.Meta):
        abstract = True

    def __str__(self) -> str:
        return self.title

    @property
    def is_late_stage(self) -> bool:
        return self.stage in LATE


class Checkpoint(Asked):
    """A check of a template."""

    template = models.ForeignKey(JourneyTemplate, on_delete=models.CASCADE, related_name="checkpoints", editable=False)

    objects = Visible.as_manager()

    class Meta:
        ordering: ClassVar = ["place", "pk"]

    def get_absolute_url(self) -> str:
        return self.template.get_absolute_url()


class AtAccounts(models.QuerySet[Any]):
    """What stands at an account is seen by who sees that."""

    AT: ClassVar = "account"

    def visible_to(self, user: User) -> Any:
        return self.within_reach_of(user).filter(put_away_at=None)

    def within_reach_of(self, user: User) -> Any:
        if not user.is_active or not user.may(JourneyRight.SEE):
            return self.none()
        if user.sees_all_accounts:
            return self.filter(**{f"{self.AT}__merged_into": None})
        return self.filter(**{f"{self.AT}__in": Account.objects.visible_to(user)})


class JourneyQuerySet(AtAccounts):
    def of_order(self, account: Account, order: str) -> "JourneyQuerySet":
        return self.filter(account=account, order=order, put_away_at=None)

    def standing(self, word: str, today: date) -> "JourneyQuerySet":
        if word == JourneyStanding.CLOSED:
            return self.exclude(closed_on=None)
        late = Q(next_due__lt=today)
        return self.filter(late if word == JourneyStanding.LATE else Q(next_due=None) | ~late, closed_on=None)


class Journey(Record):
    """A purchase of an account that is accompanied from before it until the goods are used no more."""

    OF_A_PERSON = True

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="journeys", editable=False)
    template = models.ForeignKey(JourneyTemplate, on_delete=models.PROTECT, related_name="journeys", editable=False)
    edition = models.PositiveIntegerField(editable=False)
    """Of the template, by which it goes."""
    title = models.CharField(max_length=120)
    family = models.CharField(max_length=100, blank=True)
    order = models.CharField(max_length=100, blank=True)
    worth = models.DecimalField(null=True, blank=True, **WORTH)
    currency = models.CharField(max_length=3, blank=True)
    began = models.CharField(max_length=8, choices=said(Began), default=Began.HAND, editable=False)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="journeys")
    """Who leads it."""
    opened_on = models.DateField()
    ordered_on = models.DateField(null=True, blank=True)
    promised_on = models.DateField(null=True, blank=True)
    delivered_on = models.DateField(null=True, blank=True)
    stage = models.CharField(max_length=8, choices=said(Stage), default=Stage.BEFORE, editable=False)
    next_due = models.DateField(null=True, editable=False)
    closed_on = models.DateField(null=True, editable=False)
    end = models.CharField(max_length=10, choices=said(End), blank=True, editable=False)
    why = models.CharField(max_length=500, blank=True, editable=False)

    objects = JourneyQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-opened_on", "-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["account", "order"],
                condition=Q(put_away_at=None) & ~Q(order=""),
                name="one_journey_of_an_order",
            )
        ]
        indexes: ClassVar = [
            models.Index(fields=["account", "-opened_on", "-id"], name="journey_account"),
            models.Index(fields=["closed_on", "next_due", "id"], name="journey_due"),
            models.Index(fields=["-opened_on", "-id"], name="journey_opened"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("journey", args=[self.pk])

    @property
    def is_open(self) -> bool:
        return self.closed_on is None

    @property
    def is_undelivered(self) -> bool:
        """Promised for a day that has passed, as far as anybody knows."""
        promised = self.promised_on is not None and self.promised_on < timezone.localdate()
        return self.is_open and promised and self.delivered_on is None

    @property
    def standing(self) -> JourneyStanding:
        if not self.is_open:
            return JourneyStanding.CLOSED
        late = self.next_due is not None and self.next_due < timezone.localdate()
        return JourneyStanding.LATE if late else JourneyStanding.ON_TIME


class CheckQuerySet(AtAccounts):
    AT: ClassVar = "journey__account"

    def visible_to(self, user: User) -> "CheckQuerySet":
        rows: CheckQuerySet = self.within_reach_of(user).filter(put_away_at=None, journey__put_away_at=None)
        return rows

    def in_order(self) -> "CheckQuerySet":
        return self.order_by("place", "round", "pk")

    def standing(self, word: str, today: date) -> "CheckQuerySet":
        """Those that stand so today."""
        days: dict[str, Q] = {
            CheckStanding.WAITING: Q(due=None), CheckStanding.LATER: Q(due__gt=today + SOON),
            CheckStanding.SOON: Q(due__range=(today, today + SOON)), CheckStanding.OVERDUE: Q(due__lt=today),
        }  # fmt: skip
        if word in days:
            return self.filter(days[word], state=CheckState.OPEN)
        return self.filter(state=word)

    def gaps(self, today: date) -> "CheckQuerySet":
        """Obligatory checks of late stages that are overdue, or were left out within a year."""
        overdue = Q(state=CheckState.OPEN, due__lt=today)
        left = Q(state=CheckState.LEFT_OUT, settled_on__gte=today - LOOKED_BACK)
        rows = self.filter(overdue | left, stage__in=LATE, must=True)
        done = Check.objects.filter(
            journey=OuterRef("journey"), stage__in=LATE, put_away_at=None,
            state__in=(CheckState.FINE, CheckState.TROUBLE, CheckState.SPARED),
        )  # fmt: skip
        found: CheckQuerySet = rows.annotate(begun=Exists(done))
        return found

    def gap(self, word: str) -> "CheckQuerySet":
        """Of the gaps those of one kind."""
        if word == Gap.LEFT_OUT:
            return self.filter(state=CheckState.LEFT_OUT)
        return self.filter(state=CheckState.OPEN, begun=word == Gap.OVERDUE)


class Check(Asked):
    """A check of a journey: due when, whose, and what became of it."""

    OF_A_PERSON = True

    journey = models.ForeignKey(Journey, on_delete=models.CASCADE, related_name="checks", editable=False)
    checkpoint = models.ForeignKey(
        Checkpoint, null=True, on_delete=models.SET_NULL, related_name="checks", editable=False
    )
    round = models.PositiveSmallIntegerField(default=1, editable=False)
    """Of a check that comes again, the how manieth."""
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="checks")
    due = models.DateField(null=True, editable=False)
    state = models.CharField(max_length=10, choices=said(CheckState), default=CheckState.OPEN, editable=False)
    settled_on = models.DateField(null=True, editable=False)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+", editable=False
    )
    note = models.TextField(max_length=1000, blank=True, editable=False)
    """What was found; else why it was not done."""
    file = models.ForeignKey(AccountFile, null=True, on_delete=models.SET_NULL, related_name="+", editable=False)
    activity = models.ForeignKey(Activity, null=True, on_delete=models.SET_NULL, related_name="+", editable=False)
    promise = models.ForeignKey(Promise, null=True, on_delete=models.SET_NULL, related_name="+", editable=False)
    """What the customer was promised because of it."""

    objects = CheckQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["due", "pk"]
        indexes: ClassVar = [
            models.Index(fields=["owner", "due"], condition=Q(state="open"), name="check_owner_open"),
            models.Index(fields=["due", "id"], condition=Q(state="open"), name="check_open"),
            models.Index(fields=["stage", "due"], name="check_stage"),
            models.Index(fields=["due", "id"], name="check_due"),
        ]

    def get_absolute_url(self) -> str:
        return reverse("journey-check", args=[self.pk])

    @property
    def account(self) -> Account:
        return self.journey.account

    @property
    def is_open(self) -> bool:
        return self.state == CheckState.OPEN

    @property
    def in_time(self) -> bool | None:
        """None where it was not done."""
        if self.state not in {CheckState.FINE, CheckState.TROUBLE} or self.settled_on is None:
            return None
        return self.due is None or self.settled_on <= self.due

    @property
    def standing(self) -> CheckStanding:
        today = timezone.localdate()
        if not self.is_open:
            return SETTLED[self.state]
        if self.due is None:
            return CheckStanding.WAITING
        if self.due < today:
            return CheckStanding.OVERDUE
        return CheckStanding.SOON if self.due <= today + SOON else CheckStanding.LATER

    @property
    def gap(self) -> Gap:
        """Of those that :meth:`CheckQuerySet.gaps` found."""
        if self.state == CheckState.LEFT_OUT:
            return Gap.LEFT_OUT
        return Gap.OVERDUE if getattr(self, "begun", True) else Gap.NOT_BEGUN


class SuggestionQuerySet(models.QuerySet["Suggestion"]):
    def visible_to(self, user: User) -> "SuggestionQuerySet":
        if not user.is_active or not user.may(JourneyRight.SEE):
            return self.none()
        if user.sees_all_accounts:
            return self.filter(account__merged_into=None)
        return self.filter(account__in=Account.objects.visible_to(user))


class Suggestion(models.Model):
    """An order of a key account that a journey might accompany, found in the facts."""

    COMES_AGAIN: ClassVar = Q(pk__isnull=False)

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="journey_suggestions")
    order = models.CharField(max_length=100)
    kind = models.CharField(max_length=8, choices=said(Began))
    family = models.CharField(max_length=100, blank=True)
    ordered_on = models.DateField()
    amount = models.DecimalField(max_digits=20, decimal_places=2)
    usual = models.DecimalField(max_digits=20, decimal_places=2, null=True)
    """What an order of the account usually comes to."""
    currency = models.CharField(max_length=3, blank=True)
    state = models.CharField(max_length=8, choices=said(SuggestionState), default=SuggestionState.WAITING)

    objects = SuggestionQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-amount", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["account", "order", "kind", "family"], name="suggested_once"),
        ]
        indexes: ClassVar = [models.Index(fields=["state", "-amount", "id"], name="suggestion_state")]

    def __str__(self) -> str:
        return self.order

    def get_absolute_url(self) -> str:
        """Where its account shows it, with the way to begin."""
        return f"{self.account.get_absolute_url()}?tab=journeys"
