from datetime import date, timedelta
from typing import ClassVar, Final

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from vitalfew.accounts.models import Account, AccountFile, TeamRole
from vitalfew.contacts.models import Person
from vitalfew.people.models import User
from vitalfew.people.records import Record
from vitalfew.promises.rights import PromiseRight
from vitalfew.promises.words import Origin, PromiseState, Standing

SOON: Final = timedelta(days=7)
CUT: Final = 60
SETTLED: Final = {each.value: each for each in Standing}
DEPARTMENTS: Final = tuple(each for each in TeamRole if each is not TeamRole.DEPUTY)


class PromiseQuerySet(models.QuerySet["Promise"]):
    def visible_to(self, user: User) -> "PromiseQuerySet":
        return self.within_reach_of(user).filter(put_away_at=None)

    def within_reach_of(self, user: User) -> "PromiseQuerySet":
        """What was put away, too."""
        if not user.is_active or not user.may(PromiseRight.SEE):
            return self.none()
        return self if user.sees_all_accounts else self.filter(account__in=Account.objects.visible_to(user))

    def standing(self, word: str, today: date) -> "PromiseQuerySet":
        """Those that stand so today."""
        days: dict[str, Q] = {
            Standing.LATER: Q(due__gt=today + SOON), Standing.SOON: Q(due__range=(today, today + SOON)),
            Standing.OVERDUE: Q(due__lt=today),
        }  # fmt: skip
        if word in days:
            return self.filter(days[word], state=PromiseState.OPEN)
        return self.filter(state=word)


class Promise(Record):
    """What somebody of ours promised an account, and what became of it."""

    OF_A_PERSON = True

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="promises", editable=False)
    text = models.TextField(max_length=1000)
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="promises")
    """To whom of the customer's."""
    origin = models.CharField(max_length=20, choices=[(each.value, each.label) for each in Origin])
    reference = models.CharField(max_length=100, blank=True)
    """Number of the order, complaint or contract it belongs to."""
    source = models.CharField(max_length=150, blank=True, editable=False)
    """The record from which it was made: its kind and key, as in ``came_from``."""
    department = models.CharField(max_length=20, blank=True, choices=[(each.value, each.label) for each in DEPARTMENTS])
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="promises")
    """Who sees to it that it is kept."""
    made_on = models.DateField()
    due = models.DateField()
    state = models.CharField(
        max_length=10,
        default=PromiseState.OPEN,
        editable=False,
        choices=[(each.value, each.label) for each in PromiseState],
    )
    settled_on = models.DateField(null=True, editable=False)
    evidence = models.TextField(max_length=1000, blank=True, editable=False)
    """By what one sees that it was kept; else why it was not."""
    consent = models.CharField(max_length=100, blank=True, editable=False)
    """Who of the customer's released us."""
    shared = models.BooleanField(default=False, editable=False)
    """Whether the customer's people see it in the portal."""
    files = models.ManyToManyField(AccountFile, blank=True, editable=False, related_name="promises")

    objects = PromiseQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["due", "id"]
        indexes: ClassVar = [
            models.Index(fields=["account", "due", "id"], name="promise_account"),
            models.Index(fields=["state", "due", "id"], name="promise_due"),
            models.Index(fields=["owner", "state", "due"], name="promise_owner"),
        ]

    def __str__(self) -> str:
        line = " ".join(self.text.split())
        return line if len(line) <= CUT else f"{line[:CUT]}…"

    def get_absolute_url(self) -> str:
        return reverse("promise", args=[self.pk])

    @property
    def is_open(self) -> bool:
        return self.state == PromiseState.OPEN

    @property
    def standing(self) -> Standing:
        today = timezone.localdate()
        if not self.is_open:
            return SETTLED[self.state]
        if self.due < today:
            return Standing.OVERDUE
        return Standing.SOON if self.due <= today + SOON else Standing.LATER


class Moved(models.Model):
    """Its day was moved, with the customer's consent."""

    promise = models.ForeignKey(Promise, on_delete=models.CASCADE, related_name="moves")
    was_due = models.DateField()
    due = models.DateField()
    agreed_on = models.DateField()
    consent = models.CharField(max_length=100)
    """Who of the customer's agreed."""
    why = models.CharField(max_length=500)
    who = models.CharField(max_length=150)

    class Meta:
        ordering: ClassVar = ["agreed_on", "pk"]

    def __str__(self) -> str:
        return f"{self.was_due} → {self.due}"


class NewDay(models.Model):
    """Another day for which the customer is asked in the portal, and what it answered there."""

    promise = models.ForeignKey(Promise, on_delete=models.CASCADE, related_name="new_days")
    due = models.DateField()
    why = models.CharField(max_length=500)
    """What the customer reads."""
    asked_by = models.CharField(max_length=150)
    asked_at = models.DateTimeField(auto_now_add=True)
    agreed = models.BooleanField(null=True)
    """None as long as it waits."""
    answer = models.CharField(max_length=500, blank=True)
    answered_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    answered_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["promise"], condition=Q(agreed=None), name="one_new_day_asked")
        ]

    def __str__(self) -> str:
        return f"{self.due}"


class Heard(models.Model):
    """What the customer said in the portal of how a promise was kept; the latest counts, the evidence stays ours."""

    promise = models.ForeignKey(Promise, on_delete=models.CASCADE, related_name="heard")
    kept = models.BooleanField()
    text = models.CharField(max_length=500, blank=True)
    person = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    said_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["-pk"]

    def __str__(self) -> str:
        return f"{self.promise_id} {self.kept}"
