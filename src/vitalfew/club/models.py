from datetime import date, timedelta
from typing import Any, ClassVar, Final

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from vitalfew.accounts.models import Account
from vitalfew.approvals.models import Approval
from vitalfew.club.rights import ClubRight
from vitalfew.club.rule import Rule
from vitalfew.club.words import Answered, BenefitKind, How, Nominated, Standing
from vitalfew.contacts.models import Person
from vitalfew.people.language import language
from vitalfew.people.models import User
from vitalfew.people.records import Record
from vitalfew.terms import Term, Tier

AMOUNT: Final[dict[str, Any]] = {"max_digits": 14, "decimal_places": 2, "validators": [MinValueValidator(0)]}
RANKS: Final = 99
"""Levels; whoever goes first by a tier comes after all of them."""
SOON: Final = timedelta(days=90)


def said(words: type[Term]) -> list[tuple[str, str]]:
    return [(each.value, each.label) for each in words]


def no_tiers() -> list[str]:
    return []


class Visible(models.QuerySet[Any]):
    """What stands at no account is seen by all who see the club."""

    def visible_to(self, user: User) -> "Visible":
        return self.within_reach_of(user).filter(put_away_at=None)

    def within_reach_of(self, user: User) -> "Visible":
        return self if user.is_active and user.may(ClubRight.SEE) else self.none()


class AtAccounts(models.QuerySet[Any]):
    """What stands at an account is seen by who sees that."""

    def visible_to(self, user: User) -> "AtAccounts":
        return self.within_reach_of(user).filter(put_away_at=None)

    def within_reach_of(self, user: User) -> "AtAccounts":
        if not user.is_active or not user.may(ClubRight.SEE):
            return self.none()
        if user.sees_all_accounts:
            return self.filter(account__merged_into=None)
        return self.filter(account__in=Account.objects.visible_to(user))


class Level(Record):
    """A level of the club: what it is called, who comes in by itself, and when somebody falls out."""

    name = models.CharField(max_length=40)
    name_hant = models.CharField(max_length=40, blank=True)
    name_en = models.CharField(max_length=40, blank=True)
    mark = models.CharField(max_length=2)
    """A letter or two that stand for it."""
    rank = models.PositiveSmallIntegerField(validators=[MinValueValidator(1), MaxValueValidator(RANKS)])
    """The first is the highest."""
    green = models.BooleanField(default=True)
    """Whether its members' business goes first in every queue."""
    tiers = models.JSONField(default=no_tiers, blank=True)
    net_sales = models.PositiveBigIntegerField(null=True, blank=True)
    contribution = models.BigIntegerField(null=True, blank=True)
    value = models.BigIntegerField(null=True, blank=True)
    years = models.PositiveSmallIntegerField(null=True, blank=True)
    agreement = models.BooleanField(default=False)
    leeway = models.PositiveSmallIntegerField(default=10, validators=[MaxValueValidator(90)])
    """By how many per cent a member may fall below the floors."""
    grace_days = models.PositiveSmallIntegerField(default=60, validators=[MaxValueValidator(730)])
    """So many days a member stays that meets the rule no more."""

    objects = Visible.as_manager()

    class Meta:
        ordering: ClassVar = ["rank", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["rank"], condition=Q(put_away_at=None), name="one_level_of_a_rank")
        ]

    def __str__(self) -> str:
        return self.names[language()]

    def get_absolute_url(self) -> str:
        return reverse("club-level", args=[self.pk])

    @property
    def names(self) -> dict[str, str]:
        """In each language; the one it has stands for those it has not."""
        return {
            "zh-hans": self.name, "zh-hant": self.name_hant or self.name, "en": self.name_en or self.name,
        }  # fmt: skip

    @property
    def rule(self) -> Rule:
        known = {tier.value for tier in Tier}
        return Rule(
            frozenset(known & set(self.tiers)),
            self.net_sales,
            self.contribution,
            self.value,
            self.years,
            self.agreement,
        )

    @property
    def leeway_share(self) -> float:
        return self.leeway / 100


class MemberQuerySet(AtAccounts):
    def current(self) -> "MemberQuerySet":
        """Those of today; of a merged account nothing counts while another stands for it."""
        return self.filter(until=None, put_away_at=None, account__merged_into=None)

    def standing(self, word: str) -> "MemberQuerySet":
        now: dict[str, Q] = {
            Standing.MEMBER: Q(until=None, leaves_on=None), Standing.LEAVING: Q(until=None, leaves_on__isnull=False),
        }  # fmt: skip
        return self.filter(now.get(word, Q(until__isnull=False)))


class Member(Record):
    """An account belonged to a level from a day on, until another; never overwritten by what came after."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="club", editable=False)
    level = models.ForeignKey(Level, on_delete=models.PROTECT, related_name="members", editable=False)
    since = models.DateField(editable=False)
    until = models.DateField(null=True, editable=False)
    """The first day on which it belonged to it no more."""
    how = models.CharField(max_length=4, choices=said(How), default=How.RULE, editable=False)
    held_until = models.DateField(null=True, editable=False)
    """Let in by hand, the rule says nothing before this day."""
    failing_since = models.DateField(null=True, editable=False)
    leaves_on = models.DateField(null=True, editable=False)
    """When its time of grace ends."""
    why = models.TextField(editable=False)
    """What led to it, and what it misses: sentences, kept to be said in any language."""

    objects = MemberQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-since", "-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["account"], condition=Q(until=None), name="one_level_at_a_time")
        ]
        indexes: ClassVar = [
            models.Index(fields=["account", "-since", "-id"], name="member_account"),
            models.Index(fields=["level", "until"], name="member_level"),
            models.Index(fields=["leaves_on"], condition=Q(until=None), name="member_leaves"),
        ]

    def __str__(self) -> str:
        return f"{self.account} · {self.level}"

    def get_absolute_url(self) -> str:
        return f"{self.account.get_absolute_url()}?tab=club"

    @property
    def standing(self) -> Standing:
        if self.until is not None:
            return Standing.FORMER
        return Standing.MEMBER if self.leaves_on is None else Standing.LEAVING


class Nomination(Record):
    """Somebody asks that an account belongs to a level though the rule does not say so, for a time."""

    OF_A_PERSON = True

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="nominations", editable=False)
    level = models.ForeignKey(Level, on_delete=models.PROTECT, related_name="nominations")
    ends_on = models.DateField()
    why = models.CharField(max_length=500)
    state = models.CharField(max_length=10, choices=said(Nominated), default=Nominated.WAITING, editable=False)
    approval = models.ForeignKey(Approval, null=True, editable=False, on_delete=models.PROTECT, related_name="+")

    objects = AtAccounts.as_manager()

    class Meta:
        ordering: ClassVar = ["-pk"]

    def __str__(self) -> str:
        return f"{self.account} → {self.level}"

    def get_absolute_url(self) -> str:
        return f"{self.account.get_absolute_url()}?tab=club"


class Benefit(Record):
    """A right of a level."""

    level = models.ForeignKey(Level, on_delete=models.CASCADE, related_name="benefits", editable=False)
    kind = models.CharField(max_length=10, choices=said(BenefitKind))
    text = models.CharField(max_length=200)
    hours = models.PositiveSmallIntegerField(null=True, blank=True)
    """Working hours within which members are answered."""
    yearly_cost = models.DecimalField(null=True, blank=True, **AMOUNT)
    """What it costs us a year, for all members, where that is known."""

    objects = Visible.as_manager()

    class Meta:
        ordering: ClassVar = ["level__rank", "kind", "pk"]

    def __str__(self) -> str:
        return self.text

    def get_absolute_url(self) -> str:
        return self.level.get_absolute_url()


class Use(Record):
    """That a member made use of a right."""

    OF_A_PERSON = True

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="club_uses", editable=False)
    benefit = models.ForeignKey(Benefit, on_delete=models.PROTECT, related_name="uses")
    day = models.DateField()
    cost = models.DecimalField(null=True, blank=True, **AMOUNT)
    note = models.CharField(max_length=300, blank=True)

    objects = AtAccounts.as_manager()

    class Meta:
        ordering: ClassVar = ["-day", "-pk"]
        indexes: ClassVar = [models.Index(fields=["account", "-day", "-id"], name="use_account")]

    def __str__(self) -> str:
        return f"{self.benefit} {self.day}"

    def get_absolute_url(self) -> str:
        return f"{self.account.get_absolute_url()}?tab=club"


class Event(Record):
    """A round table or day of the club."""

    OF_A_PERSON = True

    title = models.CharField(max_length=120)
    day = models.DateField()
    place = models.CharField(max_length=200, blank=True)
    about = models.TextField(max_length=2000, blank=True)
    level = models.ForeignKey(Level, null=True, blank=True, on_delete=models.PROTECT, related_name="events")
    """Whose members are invited, with those of all levels above it; none: whoever is put on the list."""
    budget = models.DecimalField(null=True, blank=True, **AMOUNT)
    cost = models.DecimalField(null=True, blank=True, **AMOUNT)
    outcome = models.TextField(max_length=2000, blank=True)
    """What came of it."""

    objects = Visible.as_manager()

    class Meta:
        ordering: ClassVar = ["-day", "-pk"]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("club-event", args=[self.pk])

    @property
    def is_over(self) -> bool:
        return self.day < timezone.localdate()

    @property
    def is_soon(self) -> bool:
        today: date = timezone.localdate()
        return today <= self.day <= today + SOON


class Invited(Record):
    """An account invited to an event, who of it, and what became of the invitation."""

    OF_A_PERSON = True

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="invited", editable=False)
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="invited", editable=False)
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="invited")
    answer = models.CharField(max_length=8, choices=said(Answered), default=Answered.INVITED)
    note = models.CharField(max_length=300, blank=True)

    objects = AtAccounts.as_manager()

    class Meta:
        ordering: ClassVar = ["account__name", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["event", "account"], condition=Q(put_away_at=None), name="invited_once_to_an_event"
            )
        ]

    def __str__(self) -> str:
        return f"{self.account} · {self.event}"

    def get_absolute_url(self) -> str:
        return reverse("club-invited", args=[self.pk])
