from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.urls import reverse

from vitalfew.accounts.models import Account
from vitalfew.contacts.models import Person
from vitalfew.directory.figures import Counted
from vitalfew.directory.kinds import Basis, Direction, Kind
from vitalfew.people.models import User
from vitalfew.people.records import Record
from vitalfew.people.roles import Role

KIND_CHOICES = [(each.value, each.label) for each in Kind]


class OrganisationQuerySet(models.QuerySet["Organisation"]):
    def visible_to(self, user: User) -> "OrganisationQuerySet":
        """Those that are no customers, and those that are one the user may see."""
        return self.within_reach_of(user).filter(put_away_at=None)

    def within_reach_of(self, user: User) -> "OrganisationQuerySet":
        """What was put away, too."""
        if not user.is_active or user.role == Role.PORTAL:
            return self.none()
        return (
            self
            if user.sees_all_accounts
            else self.filter(Q(account=None) | Q(account__in=Account.objects.visible_to(user)))
        )


class Organisation(Record):
    """A distributor, agent, supplier or carrier; or several of these."""

    OF_A_PERSON = True

    name = models.CharField(max_length=200)
    code = models.CharField(max_length=60, blank=True)
    distributor = models.BooleanField(default=False)
    agent = models.BooleanField(default=False)
    supplier = models.BooleanField(default=False)
    carrier = models.BooleanField(default=False)
    region = models.CharField(max_length=100, blank=True)
    country = models.CharField(max_length=100, blank=True)
    uscc = models.CharField(max_length=18, blank=True)
    web = models.URLField(max_length=200, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    email = models.CharField(max_length=200, blank=True)
    channel = models.CharField(max_length=100, blank=True)
    """As the order lines name it."""
    note = models.TextField(max_length=2000, blank=True)
    account = models.ForeignKey(Account, null=True, blank=True, on_delete=models.SET_NULL, related_name="organisations")
    """The customer that it is, too."""
    folded = models.CharField(max_length=200, editable=False, db_index=True)

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["name", "pk"]
        indexes: ClassVar = [models.Index(fields=["name", "id"], name="organisation_name")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("organisation", args=[self.pk])

    @property
    def kinds(self) -> list[Kind]:
        return [kind for kind in Kind if getattr(self, kind.value)]


class OrganisationPerson(models.Model):
    """Somebody there to turn to; maybe one of the people at customers."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="people")
    name = models.CharField(max_length=100)
    title = models.CharField(max_length=100, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    email = models.CharField(max_length=200, blank=True)
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="organisations")

    class Meta:
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return self.name


class ServedQuerySet(models.QuerySet["Served"]):
    def visible_to(self, user: User) -> "ServedQuerySet":
        """Those whose account and whose organisation the user may see."""
        kept = self.filter(put_away_at=None, organisation__in=Organisation.objects.visible_to(user))
        return kept.filter(account__in=Account.objects.visible_to(user))


class Served(Record):
    """An organisation works for an account: as its distributor, agent, supplier or carrier."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="served", editable=False)
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="served_by", editable=False)
    kind = models.CharField(max_length=12, choices=KIND_CHOICES)
    since = models.DateField(null=True, blank=True)

    objects = ServedQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organisation", "account", "kind"], name="one_service_each", condition=Q(put_away_at=None)
            )
        ]

    def __str__(self) -> str:
        return f"{self.organisation} {self.account}"

    def get_absolute_url(self) -> str:
        return self.organisation.get_absolute_url()


class Figures(models.Model):
    """What the facts tell of an organisation over all accounts: worked out after a refresh and when it changes."""

    organisation = models.OneToOneField(Organisation, on_delete=models.CASCADE, related_name="figures")
    basis = models.CharField(max_length=8, choices=[(each.value, each.label) for each in Basis])
    accounts = models.PositiveIntegerField(default=0)
    sales = models.FloatField(null=True)
    sales_before = models.FloatField(null=True)
    due = models.PositiveIntegerField(default=0)
    late = models.PositiveIntegerField(default=0)
    due_before = models.PositiveIntegerField(default=0)
    late_before = models.PositiveIntegerField(default=0)
    complaints = models.PositiveIntegerField(null=True)
    complaints_before = models.PositiveIntegerField(null=True)
    late_share = models.FloatField(null=True)
    growth = models.FloatField(null=True)
    direction = models.CharField(max_length=8, blank=True, choices=[(each.value, each.label) for each in Direction])

    class Meta:
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return f"{self.organisation} {self.basis}"

    @property
    def counted(self) -> Counted:
        names = Counted.__dataclass_fields__.keys() - {"basis"}
        basis = next(each for each in Basis if each.value == self.basis)
        return Counted(basis, **{name: getattr(self, name) for name in names})
