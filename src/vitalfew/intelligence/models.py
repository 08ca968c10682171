from datetime import date, timedelta
from typing import Any, ClassVar, Final

from django.conf import settings
from django.db import models
from django.db.models import Case, Count, Exists, ExpressionWrapper, F, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone

from vitalfew.accounts.models import Account
from vitalfew.contacts.models import Person
from vitalfew.intelligence.grading import BEST, ONCE_CONFIRMED, UNJUDGED, WORST, weight
from vitalfew.intelligence.rights import IntelligenceRight
from vitalfew.intelligence.words import (
    LASTS,
    MEASURES,
    WITH_UNIT,
    Attribute,
    Credibility,
    Kind,
    Measure,
    Reliability,
    SourceKind,
    State,
)
from vitalfew.language import Message
from vitalfew.people.models import User
from vitalfew.people.records import Record
from vitalfew.terms import Term, label_of

SOON: Final = timedelta(days=30)
"""So long before it expires somebody is asked to renew it."""
CUT: Final = 60
WHOLE: Final = models.IntegerField()


def choices(words: type[Term]) -> list[tuple[str, str]]:
    return [(word.value, word.label) for word in words]


class CompetitorQuerySet(models.QuerySet["Competitor"]):
    def visible_to(self, user: User) -> "CompetitorQuerySet":
        """Those of whom the user may see something; who sees all accounts sees those of whom nothing is known, too."""
        kept = self.filter(put_away_at=None, merged_into=None)
        if not user.is_active or not user.may(IntelligenceRight.MARKET):
            return kept.none()
        seen = Intelligence.objects.visible_to(user).filter(competitor=OuterRef("pk"))
        return kept if user.sees_all_accounts else kept.filter(Exists(seen))


class Competitor(Record):
    """Who sells against us; made when first named."""

    OF_A_PERSON = True

    name = models.CharField(max_length=100)
    folded = models.CharField(max_length=100, unique=True, editable=False)
    """The name as compared."""
    web = models.URLField(max_length=200, blank=True)
    note = models.TextField(max_length=2000, blank=True)
    merged_into = models.ForeignKey(
        "self", null=True, editable=False, on_delete=models.SET_NULL, related_name="also_written"
    )
    """The record that stands for this one, which is the same competitor under another name."""
    moved = models.JSONField(default=list, editable=False)
    """The pieces that went along, to come back when the two are parted."""

    objects = CompetitorQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["name", "pk"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("competitor", args=[self.pk])

    @property
    def standing(self) -> "Competitor":
        """The record that stands for it in the end."""
        found = self
        while found.merged_into:
            found = found.merged_into
        return found


class IntelligenceQuerySet(models.QuerySet["Intelligence"]):
    def visible_to(self, user: User) -> "IntelligenceQuerySet":
        """Of accounts the user may see; of competitors and the market by role."""
        return self.within_reach_of(user).filter(put_away_at=None)

    def within_reach_of(self, user: User) -> "IntelligenceQuerySet":
        """What was put away, too."""
        if not user.is_active or not user.may(IntelligenceRight.SEE):
            return self.none()
        seen = Q(account__isnull=False) if user.sees_all_accounts else Q(account__in=Account.objects.visible_to(user))
        return self.filter(seen | Q(account=None) if user.may(IntelligenceRight.MARKET) else seen)

    def holding(self, today: date) -> "IntelligenceQuerySet":
        return self.filter(put_away_at=None, superseded_by=None, valid_until__gte=today)

    def in_state(self, state: str, today: date) -> "IntelligenceQuerySet":
        if state == State.SUPERSEDED:
            return self.exclude(superseded_by=None)
        kept = self.filter(superseded_by=None)
        if state == State.EXPIRED:
            return kept.filter(valid_until__lt=today)
        soon = kept.filter(valid_until__gte=today)
        return soon.filter(valid_until__lte=today + SOON) if state == State.EXPIRING else soon

    def graded(self, today: date) -> "IntelligenceQuerySet":
        """With the independent sources that confirm it, whether it is contradicted, and the step to be shown."""
        holds, others = Q(superseded_by=None, valid_until__gte=today), _others(today)
        as_reliable = others.filter(reliability__lte=OuterRef("reliability"))
        counted = self.annotate(
            confirmed=Coalesce(Subquery(_sources()), Value(0), output_field=WHOLE),
            contradicted=_whether(holds & Exists(others)),
            down=Case(When(holds & Exists(as_reliable), then=Value(1)), default=Value(0), output_field=WHOLE),
            begun=Case(
                When(credibility=UNJUDGED, then=Value(ONCE_CONFIRMED)), default=F("credibility"), output_field=WHOLE
            ),
        )
        return counted.annotate(step=F("begun") - F("confirmed") + F("down")).annotate(shown=_shown())


def _whether(condition: Any) -> Any:
    return ExpressionWrapper(condition, output_field=models.BooleanField())


def _sources() -> Any:
    """How many sources but the statement's own confirm it."""
    kept = Confirmation.objects.filter(of=OuterRef("pk"), put_away_at=None).exclude(source_key=OuterRef("source_key"))
    return kept.order_by().values("of").annotate(n=Count("source_key", distinct=True)).values("n")


def _others(today: date) -> "IntelligenceQuerySet":
    """Facts of the same subject and attribute that hold, and give another value."""
    same = Intelligence.objects.holding(today).filter(
        fact_key=OuterRef("fact_key"), at=OuterRef("at"), rival=OuterRef("rival")
    )
    return same.exclude(fact_key="").exclude(value_key=OuterRef("value_key"))


def _shown() -> Case:
    """As :func:`vitalfew.intelligence.grading.shown` says it, in the database."""
    return Case(
        When(credibility=UNJUDGED, confirmed=0, then=Value(UNJUDGED)),
        When(step__lt=BEST, then=Value(BEST)),
        When(step__gt=WORST, then=Value(WORST)),
        default=F("step"),
        output_field=WHOLE,
    )


def _or_none(field: str) -> models.GeneratedField:
    """A number that can be compared where there is no record, too; it follows the record that is pointed at."""
    return models.GeneratedField(
        expression=Coalesce(field, Value(0), output_field=models.BigIntegerField()),
        output_field=models.BigIntegerField(),
        db_persist=True,
    )


class Intelligence(Record):
    """A statement of an account, a competitor or the market; with an attribute and its value it is a fact."""

    OF_A_PERSON = True

    account = models.ForeignKey(
        Account, null=True, blank=True, on_delete=models.CASCADE, related_name="intelligence", editable=False
    )
    competitor = models.ForeignKey(
        Competitor, null=True, blank=True, on_delete=models.SET_NULL, related_name="intelligence"
    )
    region = models.CharField(max_length=100, blank=True)
    category = models.CharField(max_length=100, blank=True)
    kind = models.CharField(max_length=20, choices=choices(Kind))
    text = models.TextField(max_length=4000)
    attribute = models.CharField(max_length=20, blank=True, choices=choices(Attribute))
    detail = models.CharField(max_length=100, blank=True)
    """Of what exactly, where region and category don't say it."""
    value = models.CharField(max_length=200, blank=True)
    source_kind = models.CharField(max_length=20, choices=choices(SourceKind))
    source = models.CharField(max_length=200)
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="intelligence")
    """Who at the customer said it."""
    day = models.DateField()
    """The day it was so."""
    reliability = models.CharField(max_length=1, choices=choices(Reliability))
    credibility = models.PositiveSmallIntegerField(choices=[(int(each.value), each.label) for each in Credibility])
    valid_until = models.DateField()
    renewed_on = models.DateField(null=True, editable=False)
    superseded_by = models.ForeignKey(
        "self", null=True, editable=False, on_delete=models.SET_NULL, related_name="supersedes"
    )
    superseded_on = models.DateField(null=True, editable=False)
    amount = models.DecimalField(max_digits=20, decimal_places=4, null=True, editable=False)
    fact_key = models.CharField(max_length=400, blank=True, editable=False)
    """What facts that may contradict each other have in common, beside account and competitor; empty where it is none."""
    value_key = models.CharField(max_length=200, blank=True, editable=False)
    at = _or_none("account_id")
    rival = _or_none("competitor_id")
    source_key = models.CharField(max_length=230, editable=False)
    who = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, editable=False, on_delete=models.SET_NULL, related_name="intelligence"
    )

    objects = IntelligenceQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-day", "-id"]
        indexes: ClassVar = [
            models.Index(fields=["account", "-day", "-id"], name="intel_by_account"),
            models.Index(fields=["competitor", "-day", "-id"], name="intel_by_competitor"),
            models.Index(fields=["fact_key", "at", "rival"], name="intel_by_fact"),
            models.Index(fields=["valid_until", "id"], name="intel_by_end"),
        ]

    def __str__(self) -> str:
        line = " ".join(self.text.split())
        return line if len(line) <= CUT else f"{line[:CUT]}…"

    def get_absolute_url(self) -> str:
        return reverse("intelligence-piece", args=[self.pk])

    @property
    def about(self) -> str:
        """Its subject: the account, the competitor, region and category."""
        parts = (self.account, self.competitor, self.region, self.category)
        return " · ".join(str(each) for each in parts if each)

    @property
    def grade(self) -> str:
        """As it was given; of a graded record as it is shown."""
        return f"{self.reliability}{getattr(self, 'shown', self.credibility)}"

    @property
    def credible(self) -> str:
        """The second half of its grade, in words."""
        return label_of(Credibility, self.grade[1:])

    @property
    def weight(self) -> float:
        return weight(self.reliability, getattr(self, "shown", self.credibility))

    @property
    def known_on(self) -> date:
        """The last day it was said to be so."""
        return self.renewed_on or self.day

    @property
    def value_said(self) -> Message:
        """Its value with the unit that goes with the attribute."""
        unit = MEASURES[self.attribute] if self.attribute and self.value else Measure.WORDS
        return Message(WITH_UNIT.get(unit, "{value}"), {"value": self.value})

    @property
    def state(self) -> State:
        today = timezone.localdate()
        if self.superseded_by_id:
            return State.SUPERSEDED
        if self.valid_until < today:
            return State.EXPIRED
        return State.EXPIRING if self.valid_until <= today + SOON else State.VALID

    @property
    def holds(self) -> bool:
        return self.state in {State.VALID, State.EXPIRING}

    @property
    def lasts(self) -> timedelta:
        return timedelta(days=LASTS[self.kind])


class Confirmation(Record):
    """Somebody else heard the same, from another source."""

    OF_A_PERSON = True

    of = models.ForeignKey(Intelligence, on_delete=models.CASCADE, related_name="confirmations", editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="confirmations", editable=False
    )
    source_kind = models.CharField(max_length=20, choices=choices(SourceKind))
    source = models.CharField(max_length=200)
    day = models.DateField()
    source_key = models.CharField(max_length=230, editable=False)

    class Meta:
        ordering: ClassVar = ["day", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["of", "user"], name="one_confirmation_each", condition=models.Q(put_away_at=None)
            )
        ]

    def __str__(self) -> str:
        return f"{self.user} {self.source}"

    def get_absolute_url(self) -> str:
        return self.of.get_absolute_url()


class IntelligenceFile(models.Model):
    """A document that belongs to it; stored under a random name outside any served folder."""

    of = models.ForeignKey(Intelligence, on_delete=models.CASCADE, related_name="files")
    name = models.CharField(max_length=200)
    place = models.CharField(max_length=64, unique=True)
    size = models.BigIntegerField()
    who = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    added_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["-added_at", "-pk"]

    def __str__(self) -> str:
        return self.name
