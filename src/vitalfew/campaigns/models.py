from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import ClassVar, Final

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from vitalfew.accounts.models import Account
from vitalfew.approvals.models import Approval
from vitalfew.campaigns.rights import CampaignRight
from vitalfew.campaigns.words import CampaignKind, CampaignState, Outcome, Place, Why
from vitalfew.language import Message
from vitalfew.people.models import User
from vitalfew.people.records import Record
from vitalfew.terms import Term

LEAST_IN, MOST_IN = 2, 10
HELD_OUT_OF: Final = 3
"""Of so many alike, one is held out unless somebody says otherwise."""


BEGUN: Final = (CampaignState.RUNNING, CampaignState.ENDED, CampaignState.EVALUATED)


def choices(words: type[Term]) -> list[tuple[str, str]]:
    return [(each.value, each.label) for each in words]


class CampaignQuerySet(models.QuerySet["Campaign"]):
    def visible_to(self, user: User) -> "CampaignQuerySet":
        return self.within_reach_of(user).filter(put_away_at=None)

    def within_reach_of(self, user: User) -> "CampaignQuerySet":
        """What was put away, too."""
        return self if user.is_active and user.may(CampaignRight.SEE) else self.none()

    def over(self, day: date) -> "CampaignQuerySet":
        """Those whose last day is over and that nobody has evaluated."""
        over = Q(state=CampaignState.RUNNING, until__lt=day) | Q(state=CampaignState.ENDED)
        return self.filter(over, put_away_at=None)

    def on(self, since: date, until: date) -> "CampaignQuerySet":
        """Begun ones that were going on in these days."""
        return self.filter(put_away_at=None, state__in=BEGUN, since__lte=until, until__gte=since)


class Campaign(Record):
    """What is done for some accounts in some days, and by what it is judged; once approved, none of that changes."""

    name = models.CharField(max_length=120)
    aim = models.TextField(max_length=1000)
    kind = models.CharField(max_length=10, choices=choices(CampaignKind), default=CampaignKind.OFFER)
    since = models.DateField()
    until = models.DateField()
    outcome = models.CharField(max_length=10, choices=choices(Outcome), default=Outcome.SALES)
    worth = models.DecimalField(
        max_digits=5,
        decimal_places=1,
        default=10,
        validators=[MinValueValidator(Decimal("0.1")), MaxValueValidator(500)],
    )
    """The lift, in per cent, from which on it would be worth it."""
    one_in = models.PositiveSmallIntegerField(
        default=HELD_OUT_OF, validators=[MinValueValidator(LEAST_IN), MaxValueValidator(MOST_IN)]
    )
    """Of so many alike, one is held out."""
    rest_days = models.PositiveSmallIntegerField(default=30, validators=[MaxValueValidator(365)])
    most_letters = models.PositiveSmallIntegerField(default=3, validators=[MinValueValidator(1), MaxValueValidator(50)])
    """Who got so many letters that can be done without in the days of rest, or more, hears from us too often."""
    by_letter = models.BooleanField(default=True)
    by_talk = models.BooleanField(default=True)
    """Whether managers speak with their accounts that take part."""
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="campaigns"
    )
    currency = models.CharField(max_length=3, editable=False)
    state = models.CharField(max_length=10, choices=choices(CampaignState), default=CampaignState.DRAFT, editable=False)
    approval = models.ForeignKey(Approval, null=True, editable=False, on_delete=models.SET_NULL, related_name="+")
    letters = models.JSONField(default=dict, editable=False)
    """Subject and text by language."""
    offers = models.JSONField(default=dict, editable=False)
    """What treated accounts read in the portal: title and text by language."""
    seed = models.PositiveBigIntegerField(null=True, editable=False)
    """From which the lots were drawn."""
    foreseen = models.JSONField(default=dict, editable=False)
    """What it could show, as told when it began."""
    found = models.JSONField(default=dict, editable=False)
    """What it changed, as told when it was evaluated."""
    lessons = models.TextField(max_length=4000, blank=True, editable=False)

    objects = CampaignQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-since", "-pk"]
        indexes: ClassVar = [models.Index(fields=["state", "until"], name="campaign_state")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("campaign", args=[self.pk])

    @property
    def is_draft(self) -> bool:
        return self.state == CampaignState.DRAFT

    @property
    def is_drawn(self) -> bool:
        """Whether its accounts are frozen."""
        return self.seed is not None or self.state in BEGUN

    @property
    def standing(self) -> str:
        """Its state; a campaign whose last day is over has ended, whether or not anybody said so."""
        over = self.state == CampaignState.RUNNING and self.until < timezone.localdate()
        return CampaignState.ENDED.value if over else self.state

    @property
    def days(self) -> int:
        return (self.until - self.since).days + 1

    @property
    def headline(self) -> Message | None:
        return Message.restored(self.found["headline"]) if "headline" in self.found else None

    def text_in(self, language: str, texts: Mapping[str, Mapping[str, str]]) -> Mapping[str, str]:
        """In the reader's language, else in the first in which it is written."""
        return texts.get(language) or next(iter(texts.values()), {})


class BudgetLine(models.Model):
    """What is paid for: planned, and what it came to."""

    of = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="budget")
    what = models.CharField(max_length=120)
    planned = models.DecimalField(max_digits=14, decimal_places=2, validators=[MinValueValidator(0)])
    spent = models.DecimalField(
        max_digits=14, decimal_places=2, null=True, blank=True, validators=[MinValueValidator(0)]
    )
    taken_out = models.BooleanField(default=False, editable=False)

    class Meta:
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return self.what


class TargetQuerySet(models.QuerySet["Target"]):
    def visible_to(self, user: User) -> "TargetQuerySet":
        """Of accounts that the user sees."""
        if not user.is_active or not user.may(CampaignRight.SEE):
            return self.none()
        return self if user.sees_all_accounts else self.filter(account__in=Account.objects.visible_to(user))

    def treated(self) -> "TargetQuerySet":
        return self.filter(place=Place.TREATED)


class Target(models.Model):
    """An account of a campaign, and what the lots made of it."""

    of = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="targets")
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="campaign_targets")
    place = models.CharField(max_length=10, choices=choices(Place), default=Place.CHOSEN)
    why = models.CharField(max_length=12, choices=choices(Why), blank=True)
    tier = models.CharField(max_length=10, blank=True)
    """Its tier as the lots were drawn."""
    size = models.FloatField(default=0.0)
    """What it bought in the year before."""
    block = models.PositiveIntegerField(null=True)
    """Which of those alike it was drawn among."""
    talked_on = models.DateField(null=True)
    talked_by = models.CharField(max_length=150, blank=True)

    objects = TargetQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = [F("block").asc(nulls_last=True), "-size", "pk"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["of", "account"], name="account_once_in_a_campaign")]
        indexes: ClassVar = [models.Index(fields=["account", "place"], name="target_account")]

    def __str__(self) -> str:
        return str(self.account)
