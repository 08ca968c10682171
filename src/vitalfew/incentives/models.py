from datetime import date
from decimal import Decimal
from typing import Any, ClassVar, Final

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from vitalfew.accounts.models import Account, AccountFile
from vitalfew.approvals.models import Approval
from vitalfew.incentives.periods import Period
from vitalfew.incentives.rights import IncentiveRight
from vitalfew.incentives.rules import RuleKind
from vitalfew.incentives.rules.money import amount, written
from vitalfew.incentives.words import CaseKind, EntryKind, Every, Stands, VersionState, Working
from vitalfew.people.models import User
from vitalfew.people.records import Record

CUT: Final = 60


def _choices(words: Any) -> list[tuple[str, str]]:
    return [(each.value, each.label) for each in words]


class SchemeQuerySet(models.QuerySet["Scheme"]):
    def visible_to(self, user: User) -> "SchemeQuerySet":
        return self.within_reach_of(user).filter(put_away_at=None)

    def within_reach_of(self, user: User) -> "SchemeQuerySet":
        """What was put away, too."""
        return self if user.is_active and user.may(IncentiveRight.SEE) else self.none()


class Scheme(Record):
    """What is rewarded under one name, version after version."""

    name = models.CharField(max_length=100)
    about = models.TextField(max_length=1000, blank=True)

    objects = SchemeQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["name", "pk"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("incentive", args=[self.pk])


class VersionQuerySet(models.QuerySet["SchemeVersion"]):
    def visible_to(self, user: User) -> "VersionQuerySet":
        return self.within_reach_of(user).filter(put_away_at=None, scheme__put_away_at=None)

    def within_reach_of(self, user: User) -> "VersionQuerySet":
        return self if user.is_active and user.may(IncentiveRight.SEE) else self.none()

    def approved(self) -> "VersionQuerySet":
        return self.filter(state=VersionState.APPROVED, put_away_at=None, scheme__put_away_at=None)


class SchemeVersion(Record):
    """From which day to which a scheme holds, for whom, settled how often; once approved nothing of it changes."""

    scheme = models.ForeignKey(Scheme, on_delete=models.PROTECT, related_name="versions", editable=False)
    number = models.PositiveIntegerField(editable=False)
    state = models.CharField(max_length=10, default=VersionState.DRAFT, editable=False, choices=_choices(VersionState))
    since = models.DateField()
    until = models.DateField()
    every = models.CharField(max_length=10, choices=_choices(Every))
    currency = models.CharField(max_length=3, editable=False)
    tiers = models.JSONField(default=list, blank=True)
    regions = models.JSONField(default=list, blank=True)
    cooperations = models.JSONField(default=list, blank=True)
    accounts = models.JSONField(default=list, blank=True)
    """Codes; with none of the four, everybody takes part."""
    approval = models.ForeignKey(Approval, null=True, editable=False, on_delete=models.SET_NULL, related_name="+")
    simulated = models.CharField(max_length=10, default=Working.NONE, editable=False, choices=_choices(Working))
    run = models.PositiveIntegerField(default=0, editable=False)
    """How often it was simulated: an older run that still works keeps nothing."""
    progress = models.FloatField(default=0.0, editable=False)
    found = models.JSONField(default=dict, editable=False)
    """What the simulation found."""

    objects = VersionQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["scheme", "-number"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["scheme", "number"], name="one_version_a_number")]

    def __str__(self) -> str:
        return f"{self.scheme} · {self.number}"

    def get_absolute_url(self) -> str:
        return reverse("incentive-version", args=[self.pk])

    @property
    def is_draft(self) -> bool:
        return self.state == VersionState.DRAFT

    @property
    def is_running(self) -> bool:
        """Whether it is being simulated."""
        return self.simulated in {Working.WAITING, Working.WORKING}

    @property
    def is_simulated(self) -> bool:
        return self.simulated == Working.DONE

    @property
    def cost(self) -> Decimal | None:
        """What it would have cost, as simulated."""
        return amount(self.found["cost"], self.currency) if self.is_simulated else None

    @property
    def cost_exactly(self) -> str:
        return "" if self.cost is None else written(self.cost, self.currency)


class SchemeRule(models.Model):
    """A rule of a version: its kind, and its terms as that kind has them."""

    of = models.ForeignKey(SchemeVersion, on_delete=models.PROTECT, related_name="rules")
    kind = models.CharField(max_length=12, choices=_choices(RuleKind))
    terms = models.JSONField(default=dict)
    taken_out = models.BooleanField(default=False)
    """Out of the draft again; it can be brought back."""

    class Meta:
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return str(self.kind)


class OfAccounts(models.QuerySet[Any]):
    """Records of accounts: seen by who sees the account and may see incentives."""

    def visible_to(self, user: User) -> "OfAccounts":
        if not user.is_active or not user.may(IncentiveRight.SEE):
            return self.none()
        return self if user.sees_all_accounts else self.filter(account__in=Account.objects.visible_to(user))


class OutcomeQuerySet(OfAccounts):
    def by_gain(self, sign: str) -> "OutcomeQuerySet":
        """Who gains most, or loses most, against the scheme as it is."""
        gain = F("units") - F("before")
        kept = self.annotate(gained=gain).filter(**{"gained__gt" if sign else "gained__lt": 0})
        found: OutcomeQuerySet = kept.order_by(f"{sign}gained", "pk")
        return found


class Outcome(models.Model):
    """What an account would have earned in a simulation, and by the scheme as it is."""

    of = models.ForeignKey(SchemeVersion, on_delete=models.CASCADE, related_name="outcomes")
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="+")
    sales = models.BigIntegerField()
    units = models.BigIntegerField()
    before = models.BigIntegerField()
    missing = models.BigIntegerField(null=True)
    near = models.BooleanField(default=False)

    objects = OutcomeQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-units", "pk"]
        indexes: ClassVar = [models.Index(fields=["of", "-units"], name="outcome_units")]

    def __str__(self) -> str:
        return f"{self.account_id} {self.units}"

    @property
    def gain(self) -> int:
        """Against the scheme as it is."""
        return self.units - self.before


class CaseQuerySet(models.QuerySet["Case"]):
    def visible_to(self, user: User) -> "CaseQuerySet":
        return self.within_reach_of(user).filter(put_away_at=None)

    def within_reach_of(self, user: User) -> "CaseQuerySet":
        if not user.is_active or not user.may(IncentiveRight.SEE):
            return self.none()
        return self if user.sees_all_accounts else self.filter(account__in=Account.objects.visible_to(user))


class Case(Record):
    """Training that was done, or a breach, with its evidence."""

    OF_A_PERSON = True

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="incentive_cases", editable=False)
    kind = models.CharField(max_length=12, choices=_choices(CaseKind))
    day = models.DateField()
    evidence = models.TextField(max_length=1000)
    amount = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    """Of a breach, instead of what the rule says."""
    files = models.ManyToManyField(AccountFile, blank=True, editable=False, related_name="incentive_cases")

    objects = CaseQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-day", "-pk"]
        indexes: ClassVar = [models.Index(fields=["kind", "day"], name="case_kind")]

    def __str__(self) -> str:
        line = " ".join(self.evidence.split())
        return line if len(line) <= CUT else f"{line[:CUT]}…"

    def get_absolute_url(self) -> str:
        return reverse("incentive-case", args=[self.pk])


class BookingQuerySet(models.QuerySet["Booking"]):
    def visible_to(self, user: User) -> "BookingQuerySet":
        """Their totals are of all accounts: for who sees all."""
        seen = user.is_active and user.may(IncentiveRight.TOTALS) and user.sees_all_accounts
        return self.filter(put_away_at=None) if seen else self.none()


class Booking(Record):
    """What was owed for a closed period, booked at once; reversed as a whole."""

    scheme = models.ForeignKey(Scheme, on_delete=models.PROTECT, related_name="bookings", editable=False)
    since = models.DateField(editable=False)
    until = models.DateField(editable=False)
    key = models.CharField(max_length=64, unique=True, editable=False)
    """Who posts twice under one key has booked once."""
    currency = models.CharField(max_length=3, editable=False)
    units = models.BigIntegerField(editable=False)
    accounts = models.PositiveIntegerField(editable=False)
    approval = models.ForeignKey(Approval, null=True, editable=False, on_delete=models.SET_NULL, related_name="+")
    """Of its reversal."""
    why = models.CharField(max_length=500, blank=True, editable=False)
    reversed_at = models.DateTimeField(null=True, editable=False)
    reversed_by = models.CharField(max_length=150, blank=True, editable=False)

    objects = BookingQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-made_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.scheme} {self.since} – {self.until}"

    def get_absolute_url(self) -> str:
        return reverse("incentive-booking", args=[self.pk])

    @property
    def exactly(self) -> str:
        return written(amount(self.units, self.currency), self.currency)

    @property
    def is_reversed(self) -> bool:
        return self.reversed_at is not None


class Unchangeable(TypeError):
    """An entry of the ledger is added, never changed or deleted."""


class EntryQuerySet(OfAccounts):
    def update(self, **_given: Any) -> int:
        raise Unchangeable

    def delete(self) -> tuple[int, dict[str, int]]:
        raise Unchangeable

    def bulk_update(self, *_given: Any, **_more: Any) -> int:
        raise Unchangeable

    def of_period(self, scheme: Scheme | int, period: Period) -> "EntryQuerySet":
        found: EntryQuerySet = self.filter(scheme=scheme, since=period.since, until=period.until)
        return found


class Entry(models.Model):
    """A line of the ledger: so much, for which period, by which rule or booking. What it corrects stays as it was."""

    scheme = models.ForeignKey(Scheme, on_delete=models.PROTECT, related_name="entries")
    rule = models.ForeignKey(SchemeRule, null=True, on_delete=models.PROTECT, related_name="entries")
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="incentive_entries")
    since = models.DateField()
    until = models.DateField()
    kind = models.CharField(max_length=10, choices=_choices(EntryKind))
    units = models.BigIntegerField()
    """In the smallest coin of the currency."""
    currency = models.CharField(max_length=3)
    day = models.DateField()
    at = models.DateTimeField(default=timezone.now)
    who = models.CharField(max_length=150)
    told = models.TextField(blank=True)
    """How it came about: sentences kept to be said in any language."""
    booking = models.ForeignKey(Booking, null=True, on_delete=models.PROTECT, related_name="entries")
    reverses = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="reversed_by")

    objects = EntryQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["pk"]
        indexes: ClassVar = [
            models.Index(fields=["scheme", "since", "until", "account"], name="entry_period"),
            models.Index(fields=["account", "since"], name="entry_account"),
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.kind} {self.exactly}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk is not None:
            raise Unchangeable
        super().save(*args, **kwargs)

    def delete(self, *_args: Any, **_kwargs: Any) -> tuple[int, dict[str, int]]:
        raise Unchangeable

    @property
    def exactly(self) -> str:
        return written(amount(self.units, self.currency), self.currency)


class StandingQuerySet(OfAccounts):
    def standing(self, word: str, today: date) -> "StandingQuerySet":
        asked = {
            Stands.RUNNING.value: Q(until__gte=today), Stands.BOOKED.value: Q(until__lt=today, units=F("booked")),
            Stands.CLOSED.value: Q(until__lt=today) & ~Q(units=F("booked")),
        }  # fmt: skip
        found: StandingQuerySet = self.filter(asked[word])
        return found


class Standing(models.Model):
    """How an account stands in a period: what the ledger's entries add up to, by which figures, and what is missing to more."""

    of = models.ForeignKey(SchemeVersion, on_delete=models.PROTECT, related_name="standings")
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="incentive_standings")
    since = models.DateField()
    until = models.DateField()
    currency = models.CharField(max_length=3)
    units = models.BigIntegerField(default=0)
    booked = models.BigIntegerField(default=0)
    missing = models.BigIntegerField(null=True)
    """In sales, to the nearest next threshold."""
    near = models.BooleanField(default=False)
    lines = models.JSONField(default=list)
    as_of = models.DateField()

    objects = StandingQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-since", "account", "pk"]
        indexes: ClassVar = [
            models.Index(fields=["of", "since", "until"], name="standing_period"),
            models.Index(fields=["near", "until"], name="standing_near"),
        ]

    def __str__(self) -> str:
        return f"{self.of.scheme} {self.since} – {self.until}"

    def get_absolute_url(self) -> str:
        return reverse("incentive-statement", args=[self.pk])

    @property
    def version(self) -> str:
        """It changes with what is earned and booked."""
        return f"{self.units}-{self.booked}-{self.as_of}"

    @property
    def period(self) -> Period:
        return Period(self.since, self.until)

    @property
    def state(self) -> Stands:
        if self.until >= timezone.localdate():
            return Stands.RUNNING
        return Stands.BOOKED if self.units == self.booked else Stands.CLOSED

    @property
    def earned(self) -> str:
        return written(amount(self.units, self.currency), self.currency)

    @property
    def booked_exactly(self) -> str:
        return written(amount(self.booked, self.currency), self.currency)

    @property
    def missing_exactly(self) -> str:
        return "" if self.missing is None else written(amount(self.missing, self.currency), self.currency)
