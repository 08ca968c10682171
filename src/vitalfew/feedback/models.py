from typing import ClassVar

from django.conf import settings
from django.db import models
from django.urls import reverse

from vitalfew.accounts.models import Account
from vitalfew.activities.ways import Way
from vitalfew.contacts.models import Person
from vitalfew.feedback.standard import HIGHEST, Standard, lowest_of
from vitalfew.feedback.words import AskedState, QuestionKind
from vitalfew.people.models import User
from vitalfew.people.records import Record
from vitalfew.terms import label_of


class Round(Record):
    """Accounts are asked the same few questions within a time."""

    name = models.CharField(max_length=100)
    since = models.DateField()
    until = models.DateField()

    class Meta:
        ordering: ClassVar = ["-since", "-pk"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("feedback-round", args=[self.pk])


class Question(models.Model):
    """A question of a round: one known to the house by its item, or one in the house's own words."""

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="questions")
    place = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=10, choices=[(each.value, each.label) for each in QuestionKind])
    item = models.CharField(max_length=40, blank=True)
    text = models.CharField(max_length=200, blank=True)
    choices = models.JSONField(default=list)

    class Meta:
        ordering: ClassVar = ["place", "pk"]

    def __str__(self) -> str:
        return self.asked

    @property
    def asked(self) -> str:
        """What is asked; a standard question is marked for translation."""
        return label_of(Standard, self.item) if self.item else self.text

    @property
    def lowest(self) -> int:
        return lowest_of(self.item)

    @property
    def highest(self) -> int:
        return HIGHEST


class AskedQuerySet(models.QuerySet["Asked"]):
    def visible_to(self, user: User) -> "AskedQuerySet":
        kept = self.filter(put_away_at=None, round__put_away_at=None)
        if user.sees_all_accounts:
            return kept if user.is_active else kept.none()
        return kept.filter(account__in=Account.objects.visible_to(user))


class Asked(Record):
    """An account in a round: who asks it, when it was asked, and what came of it."""

    OF_A_PERSON = True

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="asked", editable=False)
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="asked", editable=False)
    who = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="asks"
    )
    """Who asks; where nobody is named, whoever manages the account."""
    state = models.CharField(
        max_length=10, choices=[(each.value, each.label) for each in AskedState], default=AskedState.PLANNED,
        editable=False,
    )  # fmt: skip
    way = models.CharField(max_length=20, blank=True, choices=[(way.value, way.label) for way in Way])
    asked_on = models.DateField(null=True, blank=True)
    answered_on = models.DateField(null=True, blank=True)
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="asked")
    will_do = models.TextField(max_length=4000, blank=True)
    """What we will do about the answer."""
    closed_on = models.DateField(null=True, editable=False)
    told = models.BooleanField(default=True, editable=False)
    """Whether the facts know the answers as they are here."""

    objects = AskedQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["round", "account"], name="asked_once_a_round")]
        indexes: ClassVar = [
            models.Index(fields=["account", "state"], name="asked_account"),
            models.Index(fields=["id"], condition=models.Q(told=False), name="asked_untold"),
        ]

    def __str__(self) -> str:
        return f"{self.account} · {self.round}"

    def get_absolute_url(self) -> str:
        return reverse("asked", args=[self.pk])

    @property
    def asks(self) -> User | None:
        return self.who if self.who and self.who.is_active else self.account.manager


class Answer(models.Model):
    """What an account answered to a question: a score, one of its choices, or words."""

    asked = models.ForeignKey(Asked, on_delete=models.CASCADE, related_name="answers")
    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="answers")
    score = models.PositiveSmallIntegerField(null=True)
    text = models.TextField(max_length=4000, blank=True)

    class Meta:
        ordering: ClassVar = ["question__place", "pk"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["asked", "question"], name="answered_once")]

    def __str__(self) -> str:
        return str(self.value)

    @property
    def value(self) -> int | str:
        return self.text if self.score is None else self.score
