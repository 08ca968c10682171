from datetime import date
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property

from vitalfew.people.language import language
from vitalfew.people.models import User
from vitalfew.people.permissions import HEADS
from vitalfew.people.records import Record
from vitalfew.people.roles import Role
from vitalfew.terms import Term
from vitalfew.terms import gettext_noop as _


class TeamRole(Term):
    """What somebody of ours does for an account."""

    DEPUTY = "deputy", _("Deputy")
    SALES = "sales", _("Sales")
    PRODUCTION = "production", _("Production")
    TRANSPORT = "transport", _("Transport")
    DEVELOPMENT = "development", _("R&D")
    FINANCE = "finance", _("Finance")
    SERVICE = "service", _("Service")


class AccountQuerySet(models.QuerySet["Account"]):
    """Every question about accounts starts with what the user may see."""

    def visible_to(self, user: User) -> "AccountQuerySet":
        if not user.is_active or user.role == Role.PORTAL:
            return self.none()
        return self if user.sees_all_accounts else self.near(user)

    def looked_after_by(self, user: User) -> "AccountQuerySet":
        """Those that the user is responsible for: manages, stands in for, is in the team of; a head is for all."""
        if not user.is_active or user.role == Role.PORTAL:
            return self.none()
        return self if user.role in HEADS else self.near(user)

    def near(self, user: User) -> "AccountQuerySet":
        mine = TeamMember.objects.filter(user=user, until=None).values("account_id")
        stood_in_for = Absence.objects.on(timezone.localdate()).filter(deputy=user).values("user_id")
        return self.filter(models.Q(manager=user) | models.Q(pk__in=mine) | models.Q(manager__in=stood_in_for))


class OnTheirOwn(models.Manager.from_queryset(AccountQuerySet)):  # type: ignore[misc]  # made at run time
    """Accounts that were not merged into another."""

    def get_queryset(self) -> AccountQuerySet:
        found: AccountQuerySet = super().get_queryset()
        return found.filter(merged_into=None)


class Account(models.Model):
    """A customer: one record for all departments, filled from the facts and completed by hand."""

    code = models.CharField(max_length=100, unique=True)
    name = models.CharField(max_length=300)
    parent_code = models.CharField(max_length=100, blank=True, db_index=True)
    kind = models.CharField(max_length=100, blank=True)
    region = models.CharField(max_length=100, blank=True)
    country = models.CharField(max_length=100, blank=True)
    industry = models.CharField(max_length=100, blank=True)
    uscc = models.CharField(max_length=18, blank=True, db_index=True)
    opened_on = models.DateField(null=True, blank=True)
    founded_on = models.DateField(null=True, blank=True)
    payment_terms_days = models.IntegerField(null=True, blank=True)
    credit_limit = models.DecimalField(max_digits=20, decimal_places=4, null=True, blank=True)
    manager_name = models.CharField(max_length=100, blank=True)
    manager = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="accounts"
    )
    stub = models.BooleanField(default=False)
    by_hand = models.JSONField(default=list)
    """The fields that people have set: facts that come later leave them alone."""
    merged_into = models.ForeignKey(
        "self", null=True, editable=False, db_index=False, on_delete=models.PROTECT, related_name="merged"
    )
    """The account that stands for this one. Its record stays as it was, so that it can be on its own again."""
    turn = models.PositiveSmallIntegerField(null=True, editable=False)
    """By the green channel: whose business goes first, the smaller the sooner; without one, in the order of arrival."""
    turn_by = models.JSONField(null=True, editable=False)
    """By what it goes first, in each language."""
    version = models.PositiveIntegerField(default=1)
    changed_at = models.DateTimeField(auto_now=True)

    objects = OnTheirOwn()
    everyone = AccountQuerySet.as_manager()
    """Merged ones too."""

    class Meta:
        ordering: ClassVar = ["code"]
        indexes: ClassVar = [
            models.Index(fields=["manager", "code"], name="account_manager"),
            models.Index(fields=["region", "code"], name="account_region"),
            models.Index(fields=["kind", "code"], name="account_kind"),
            models.Index(fields=["name", "code"], name="account_name"),
            models.Index(fields=["code"], condition=models.Q(stub=True), name="account_stub"),
            models.Index(fields=["turn"], condition=~models.Q(turn=None), name="account_turn"),
            models.Index(fields=["merged_into"], condition=~models.Q(merged_into=None), name="account_merged"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("account", args=[self.code])

    @property
    def in_charge(self) -> str:
        """Who manages it: a user, or as the facts name somebody; empty where nobody does."""
        if self.manager or "manager_id" in self.by_hand:
            return str(self.manager or "")
        return self.manager_name

    @property
    def goes_first_by(self) -> str:
        """By what its business goes first; empty where it waits its turn."""
        named = self.turn_by or {}
        return named.get(language()) or next(iter(named.values()), "")

    @cached_property
    def codes(self) -> list[str]:
        """Its own code, and those of the accounts that were merged into it."""
        found, level = [self.code], [self.pk]
        while level:
            below = Account.everyone.exclude(merged_into=None).filter(merged_into__in=level)
            merged = dict(below.order_by().values_list("pk", "code"))
            found += sorted(merged.values())
            level = list(merged)
        return found


class TeamMember(models.Model):
    """Somebody of ours in the cross-functional group of an account."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="team")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=20, choices=[(role.value, role.label) for role in TeamRole])
    since = models.DateField(auto_now_add=True)
    until = models.DateField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["until", "since", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["account", "user", "role"], condition=models.Q(until=None), name="once_per_role"
            )
        ]

    def __str__(self) -> str:
        return f"{self.user} {self.role}"


class FormerManager(models.Model):
    """Who managed an account until when, and since when, where that is known; nobody, where none did."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="former_managers")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    name = models.CharField(max_length=100, blank=True)
    since = models.DateField(null=True)
    until = models.DateField()

    class Meta:
        ordering: ClassVar = ["-until", "-pk"]

    def __str__(self) -> str:
        return self.name


class AbsenceQuerySet(models.QuerySet["Absence"]):
    def on(self, day: date) -> "AbsenceQuerySet":
        """Those who are away on that day."""
        return self.filter(since__lte=day, until__gte=day, put_away_at=None)


class Absence(Record):
    """Somebody of ours is away; whoever stands in sees those accounts meanwhile."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="absences")
    deputy = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="stands_in")
    since = models.DateField()
    until = models.DateField()

    objects = AbsenceQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["since", "pk"]
        indexes: ClassVar = [models.Index(fields=["deputy", "until"], name="absence_deputy")]

    def __str__(self) -> str:
        return f"{self.user} {self.since} {self.until}"

    def get_absolute_url(self) -> str:
        return reverse("absence", args=[self.pk])


class Kept(models.Manager["AccountFile"]):
    """Those that were not removed."""

    def get_queryset(self) -> models.QuerySet["AccountFile"]:
        return super().get_queryset().filter(put_away_at=None)


class AccountFile(models.Model):
    """A document of an account; stored under a random name outside any served folder."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="files")
    name = models.CharField(max_length=200)
    place = models.CharField(max_length=64, unique=True)
    size = models.BigIntegerField()
    who = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL)
    added_at = models.DateTimeField(auto_now_add=True)
    put_away_at = models.DateTimeField(null=True, editable=False)
    """When it was removed; it can be fetched back for a while."""

    objects = Kept()
    everything: ClassVar[models.Manager["AccountFile"]] = models.Manager()
    """Removed ones too."""

    class Meta:
        ordering: ClassVar = ["-added_at"]

    def __str__(self) -> str:
        return self.name


class SavedView(models.Model):
    """Filters and order of a list under a name; a tab of its own."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="views")
    listing = models.CharField(max_length=40, default="accounts")
    name = models.CharField(max_length=60)
    query = models.CharField(max_length=1000)

    class Meta:
        ordering: ClassVar = ["name"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["user", "listing", "name"], name="one_view_a_name")]

    def __str__(self) -> str:
        return self.name
