from datetime import date
from typing import Any, ClassVar, Final

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from vitalfew.accounts.models import Account
from vitalfew.advice.rights import AdviceRight
from vitalfew.advice.words import AdviceState, Reason
from vitalfew.people.models import User
from vitalfew.people.permissions import Right
from vitalfew.people.records import Record
from vitalfew.terms import NextAction

LONGEST: Final = 1000


def said(words: Any) -> list[tuple[str, str]]:
    return [(each.value, each.label) for each in words]


class AdviceQuerySet(models.QuerySet["Advice"]):
    def visible_to(self, user: User) -> "AdviceQuerySet":
        return self.within_reach_of(user).filter(put_away_at=None)

    def within_reach_of(self, user: User) -> "AdviceQuerySet":
        """What tells of margins, worth or causes only where these may be seen."""
        if not user.is_active or not user.may(AdviceRight.SEE):
            return self.none()
        open_to = self if user.may(Right.MONEY) else self.filter(guarded=False)
        if user.sees_all_accounts:
            return open_to.filter(account__merged_into=None)
        return open_to.filter(account__in=Account.objects.visible_to(user))

    def under_way(self) -> "AdviceQuerySet":
        return self.filter(state=AdviceState.OPEN, put_away_at=None)

    def declined_on(self, day: date) -> "AdviceQuerySet":
        """Not to be proposed again yet on that day."""
        return self.filter(state=AdviceState.DECLINED, until__gt=day, put_away_at=None)


class Advice(Record):
    """How a proposed action was answered, with what was told of it then; and what became of it."""

    OF_A_PERSON = True

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="advice", editable=False)
    action = models.CharField(max_length=24, choices=said(NextAction), editable=False)
    why = models.TextField(editable=False)
    """Sentences, kept to be said in any language."""
    effect = models.FloatField(null=True, editable=False)
    """What it was said to bring in a year, in the house's currency."""
    guarded = models.BooleanField(default=False, editable=False)
    as_of = models.DateField(editable=False)
    """The day of the figures that proposed it."""
    state = models.CharField(max_length=8, choices=said(AdviceState), default=AdviceState.OPEN, editable=False)
    answered_on = models.DateField(editable=False)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    due = models.DateField(null=True)
    reason = models.CharField(max_length=12, choices=said(Reason), blank=True)
    until = models.DateField(null=True, editable=False)
    """Declined: the day from which on it may be proposed again."""
    note = models.TextField(max_length=LONGEST, blank=True)
    done_on = models.DateField(null=True, editable=False)
    outcome = models.TextField(max_length=LONGEST, blank=True, editable=False)

    objects = AdviceQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-answered_on", "-pk"]
        verbose_name_plural = "advice"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["account", "action"], condition=Q(put_away_at=None, state="open"), name="advice_under_way_once"
            )
        ]
        indexes: ClassVar = [
            models.Index(fields=["state", "owner", "due"], name="advice_state"),
            models.Index(fields=["-answered_on", "-id"], name="advice_latest"),
        ]

    def __str__(self) -> str:
        return f"{self.account} · {self.action}"

    def get_absolute_url(self) -> str:
        return reverse("advice-one", args=[self.pk])

    @property
    def is_open(self) -> bool:
        return self.state == AdviceState.OPEN

    @property
    def was_in_time(self) -> bool | None:
        return None if self.done_on is None or self.due is None else self.done_on <= self.due
