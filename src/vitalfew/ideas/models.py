from typing import Any, ClassVar, Final

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse

from vitalfew.accounts.models import Account
from vitalfew.contacts.models import Person, choices
from vitalfew.ideas.rights import IdeaRight
from vitalfew.ideas.words import OVER, IdeaState, Sort, Way, Where
from vitalfew.outbox.models import OutgoingMail
from vitalfew.people.models import User
from vitalfew.people.records import Record

CUT: Final = 60
POSITIVE: Final = MinValueValidator(0)


class IdeaQuerySet(models.QuerySet["Idea"]):
    def visible_to(self, user: User) -> "IdeaQuerySet":
        return self.within_reach_of(user).filter(put_away_at=None)

    def within_reach_of(self, user: User) -> "IdeaQuerySet":
        """Those of accounts the user sees, and those that only colleagues have had."""
        if not user.is_active or not user.may(IdeaRight.SEE):
            return self.none()
        if user.sees_all_accounts:
            return self
        return self.filter(Q(account=None) | Q(account__in=Account.objects.visible_to(user)))

    def untold(self) -> "IdeaQuerySet":
        """Decided, under their own number or that of another, and who asked does not know it."""
        decided = Q(state__in=OVER) | Q(merged_into__state__in=OVER)
        return self.filter(decided, told_on=None, put_away_at=None).exclude(account=None)


class Idea(Record):
    """What an account, or a colleague, would have us make or do better."""

    OF_A_PERSON = True

    number = models.CharField(max_length=20, unique=True, editable=False)
    account = models.ForeignKey(Account, null=True, editable=False, on_delete=models.CASCADE, related_name="ideas")
    """None where a colleague had it."""
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="ideas")
    named = models.CharField(max_length=100, blank=True)
    """Who said it, where no contact of the account did."""
    origin = models.CharField(max_length=10, choices=choices(Where), default=Where.COLLEAGUE)
    reference = models.CharField(max_length=100, blank=True, editable=False)
    """The record it was taken over from: ``complaint:12``."""
    sort = models.CharField(max_length=10, choices=choices(Sort), default=Sort.IDEA)
    text = models.TextField(max_length=2000)
    product = models.CharField(max_length=100, blank=True)
    said_on = models.DateField()
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="ideas")
    state = models.CharField(max_length=10, editable=False, choices=choices(IdeaState), default=IdeaState.NEW)
    before = models.CharField(max_length=10, blank=True, editable=False)
    """How far it was when it was merged."""
    looked_at = models.DateTimeField(null=True, editable=False)
    why = models.CharField(max_length=500, blank=True)
    """Why so: for us alone."""
    outcome = models.TextField(max_length=2000, blank=True)
    """What came of it, as who asked reads it."""
    work = models.CharField(max_length=200, blank=True)
    """Under which number the product people have it."""
    target = models.DateField(null=True, blank=True)
    merged_into = models.ForeignKey("self", null=True, editable=False, on_delete=models.SET_NULL, related_name="merged")
    shared = models.BooleanField(default=False, editable=False)
    """Whether other customers may vote for it in the portal."""
    outside_title = models.CharField(max_length=100, blank=True)
    outside_text = models.TextField(max_length=1000, blank=True)
    probability = models.FloatField(null=True, blank=True, validators=[POSITIVE, MaxValueValidator(1)])
    gain = models.DecimalField(max_digits=16, decimal_places=2, null=True, blank=True, validators=[POSITIVE])
    cost = models.DecimalField(max_digits=16, decimal_places=2, null=True, blank=True, validators=[POSITIVE])
    expected_on = models.DateField(null=True, blank=True)
    weight = models.FloatField(null=True, editable=False)
    """What those who asked for it are worth."""
    word_since = models.DateTimeField(null=True, editable=False)
    """Since when a word of the customer's waits to be seen or answered."""
    told_on = models.DateField(null=True, editable=False)
    told_by = models.CharField(max_length=10, blank=True, editable=False, choices=choices(Way))
    letter = models.ForeignKey(OutgoingMail, null=True, editable=False, on_delete=models.SET_NULL, related_name="+")
    given = models.BooleanField(default=False, editable=False)
    """Whether the facts have it as it is now."""
    known = models.BooleanField(default=False, editable=False)
    """Whether the facts have it at all: then they hear, too, that it was put away."""

    objects = IdeaQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-said_on", "-pk"]
        indexes: ClassVar = [
            models.Index(fields=["account", "-said_on", "id"], name="idea_account"),
            models.Index(fields=["state", "made_at", "id"], name="idea_state"),
            models.Index(fields=["owner", "state"], name="idea_owner"),
        ]

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        return reverse("idea", args=[self.pk])

    @property
    def brief(self) -> str:
        line = " ".join(self.text.split())
        return line if len(line) <= CUT else f"{line[:CUT]}…"

    @property
    def main(self) -> "Idea":
        """Under which it is followed."""
        return self.merged_into or self

    @property
    def who(self) -> str:
        return str(self.person or self.named)

    @property
    def is_decided(self) -> bool:
        return self.main.state in OVER

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.given = False
        super().save(*args, **kwargs)


class Counted(models.Model):
    """The last number given in a year."""

    year = models.PositiveSmallIntegerField(unique=True)
    last = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.year} {self.last}"


class Vote(models.Model):
    """That a firm, or one of ours, wants it too; one each."""

    idea = models.ForeignKey(Idea, on_delete=models.CASCADE, related_name="votes")
    account = models.ForeignKey(Account, null=True, on_delete=models.CASCADE, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["idea", "account"], name="idea_vote_a_firm"),
            models.UniqueConstraint(fields=["idea", "user"], name="idea_vote_a_colleague"),
        ]

    def __str__(self) -> str:
        return f"{self.idea_id} {self.account_id or self.user_id}"


class Remark(models.Model):
    """A word between us and who asked, read in the portal."""

    idea = models.ForeignKey(Idea, on_delete=models.CASCADE, related_name="remarks")
    ours = models.BooleanField()
    text = models.TextField(max_length=1000)
    who = models.CharField(max_length=150)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return f"{self.idea_id} {self.at:%Y-%m-%d}"


class PilotQuerySet(models.QuerySet["Pilot"]):
    def visible_to(self, user: User) -> "PilotQuerySet":
        rows = self.filter(put_away_at=None, idea__in=Idea.objects.visible_to(user))
        return rows if user.sees_all_accounts else rows.filter(account__in=Account.objects.visible_to(user))


class Pilot(Record):
    """It is tried with an account."""

    idea = models.ForeignKey(Idea, editable=False, on_delete=models.CASCADE, related_name="pilots")
    account = models.ForeignKey(Account, editable=False, on_delete=models.CASCADE, related_name="pilots")
    since = models.DateField()
    until = models.DateField()
    measure = models.CharField(max_length=300)
    """What is measured."""
    result = models.TextField(max_length=1000, blank=True, editable=False)
    ended_on = models.DateField(null=True, editable=False)
    stopped = models.BooleanField(default=False, editable=False)
    """Whether it ended before its time."""

    objects = PilotQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["since", "pk"]

    def __str__(self) -> str:
        return f"{self.idea} {self.since}"

    def get_absolute_url(self) -> str:
        return f"{self.idea.get_absolute_url()}#pilot-{self.pk}"
