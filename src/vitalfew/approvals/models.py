from datetime import date
from decimal import Decimal
from typing import Any, ClassVar, Final

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from vitalfew.accounts.models import Absence, Account
from vitalfew.approvals.kinds import kinds
from vitalfew.approvals.rights import ApprovalRight
from vitalfew.approvals.words import ApprovalState, StepKind
from vitalfew.coins import written
from vitalfew.language import Kept, Message
from vitalfew.people.language import language
from vitalfew.people.models import ROLES, User
from vitalfew.people.records import Record

CUT: Final = 80
AMOUNT: Final[dict[str, Any]] = {"max_digits": 14, "decimal_places": 2}


class Exact:
    """An amount is decided about to the cent, and is written so."""

    amount: Any
    currency: Any

    @property
    def exactly(self) -> str:
        return "" if self.amount is None else written(self.amount, self.currency)


class DelegationQuerySet(models.QuerySet["Delegation"]):
    def on(self, day: date) -> "DelegationQuerySet":
        """Those that hold on that day."""
        return self.filter(since__lte=day, until__gte=day, put_away_at=None)

    def visible_to(self, user: User) -> "DelegationQuerySet":
        """One's own and those to oneself; whoever sets limits sees all."""
        return self.within_reach_of(user).filter(put_away_at=None)

    def within_reach_of(self, user: User) -> "DelegationQuerySet":
        if not user.may(ApprovalRight.DECIDE):
            return self.none()
        return self if user.may(ApprovalRight.LIMITS) else self.filter(Q(user=user) | Q(deputy=user))


class Delegation(Record):
    """In these days somebody else decides in one's place, as far as oneself might."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="delegations", editable=False
    )
    deputy = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="decides_for")
    since = models.DateField()
    until = models.DateField()

    objects = DelegationQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["since", "pk"]
        indexes: ClassVar = [models.Index(fields=["deputy", "until"], name="delegation_deputy")]

    def __str__(self) -> str:
        return f"{self.user} → {self.deputy}"

    def get_absolute_url(self) -> str:
        return reverse("delegation", args=[self.pk])


def stood_in_for(user: User, day: date) -> list[User]:
    """In whose place the user decides on that day: who said so, and whose absence he covers."""
    told = Delegation.objects.on(day).filter(deputy=user).values("user_id")
    away = Absence.objects.on(day).filter(deputy=user).values("user_id")
    rows = User.objects.filter(Q(pk__in=told) | Q(pk__in=away), is_active=True)
    return list(rows.exclude(pk=user.pk).order_by("name", "pk"))


class LimitQuerySet(models.QuerySet["Limit"]):
    def visible_to(self, user: User) -> "LimitQuerySet":
        return self.within_reach_of(user).filter(put_away_at=None)

    def within_reach_of(self, user: User) -> "LimitQuerySet":
        return self if user.may(ApprovalRight.LIMITS) else self.none()


class Limit(Exact, Record):
    """Up to which amount a role decides about a kind."""

    kind = models.CharField(max_length=30, editable=False)
    role = models.CharField(max_length=20, choices=ROLES, editable=False)
    amount = models.DecimalField(**AMOUNT)
    currency = models.CharField(max_length=3, blank=True, editable=False)

    objects = LimitQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["kind", "role"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["kind", "role"], condition=Q(put_away_at=None), name="one_limit_of_a_kind_and_role"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.role} {self.amount}"

    def get_absolute_url(self) -> str:
        return reverse("approval-limit", args=[self.pk])


class ApprovalQuerySet(models.QuerySet["Approval"]):
    def visible_to(self, user: User) -> "ApprovalQuerySet":
        """Of the kinds that the user may see, himself or standing in, about accounts that he sees."""
        if not user.may(ApprovalRight.SEE):
            return self.none()
        people = [user, *stood_in_for(user, timezone.localdate())]
        seen = [kind.value for kind in kinds().values() if any(each.may(kind.see) for each in people)]
        found = self.filter(kind__in=seen, put_away_at=None)
        if user.sees_all_accounts:
            return found
        return found.filter(Q(account=None) | Q(account__in=Account.objects.visible_to(user)))


class Approval(Exact, Record):
    """Something that somebody asked for, and whether a second person approved it."""

    OF_A_PERSON = True

    kind = models.CharField(max_length=30, editable=False)
    number = models.BigIntegerField(null=True, editable=False)
    """Of the record in its room; none where it is asked for in words."""
    url = models.CharField(max_length=200, blank=True, editable=False)
    """Where that record stands."""
    account = models.ForeignKey(Account, null=True, on_delete=models.CASCADE, related_name="approvals", editable=False)
    what = models.TextField(max_length=1000)
    """In words; of a room's record, sentences that are kept to be said in any language."""
    why = models.TextField(max_length=1000, blank=True)
    amount = models.DecimalField(**AMOUNT, null=True, blank=True)
    currency = models.CharField(max_length=3, blank=True, editable=False)
    needed_by = models.DateField(null=True, blank=True)
    state = models.CharField(
        max_length=10, default=ApprovalState.WAITING, editable=False,
        choices=[(each.value, each.label) for each in ApprovalState],
    )  # fmt: skip
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="asked_for", editable=False
    )
    asked_at = models.DateTimeField(default=timezone.now, editable=False)
    shut_out = models.JSONField(default=list, editable=False)
    """User names of those who had a hand in it, and don't decide about it."""

    objects = ApprovalQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-asked_at", "-pk"]
        indexes: ClassVar = [
            models.Index(fields=["state", "asked_at", "id"], name="approval_state"),
            models.Index(fields=["account", "asked_at", "id"], name="approval_account"),
            models.Index(fields=["kind", "number"], name="approval_record"),
        ]

    def __str__(self) -> str:
        line = " ".join(self.said.say(language()).split())
        return line if len(line) <= CUT else f"{line[:CUT]}…"

    def get_absolute_url(self) -> str:
        return reverse("approval", args=[self.pk])

    @property
    def said(self) -> Message | Kept:
        """What is asked for, to be said in any language."""
        return Message("{text}", {"text": self.what}) if self.number is None else Kept(self.what)

    @property
    def is_waiting(self) -> bool:
        return self.state == ApprovalState.WAITING


class Step(Exact, models.Model):
    """One thing that was done about it, as it stood then. Steps are only ever added."""

    approval = models.ForeignKey(Approval, on_delete=models.CASCADE, related_name="steps")
    kind = models.CharField(max_length=10, choices=[(each.value, each.label) for each in StepKind])
    at = models.DateTimeField(default=timezone.now)
    who = models.CharField(max_length=150)
    name = models.CharField(max_length=100)
    """As people call who did it."""
    instead_of = models.CharField(max_length=100, blank=True)
    """In whose place."""
    alone = models.BooleanField(default=False)
    """Whether who asked decided, because nobody else could."""
    note = models.TextField(max_length=1000, blank=True)
    amount = models.DecimalField(**AMOUNT, null=True)
    currency = models.CharField(max_length=3, blank=True)

    class Meta:
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d} {self.kind} {self.name}"


def up_to(limit: Limit | None, amount: Decimal | None, currency: str) -> bool | None:
    """Whether the amount lies within the limit; None where there is no limit to go by."""
    if limit is None:
        return None
    return amount is None or (currency == limit.currency and amount <= limit.amount)
