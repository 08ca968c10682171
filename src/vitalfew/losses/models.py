from datetime import date, timedelta
from typing import Any, ClassVar, Final

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from vitalfew.accounts.models import Account
from vitalfew.losses.rights import LossRight
from vitalfew.losses.words import Back, LossState, Span
from vitalfew.people.models import User
from vitalfew.people.records import Record
from vitalfew.terms import ChurnCause

YEAR: Final = timedelta(days=365)
LONGEST: Final = 1000


def said(words: Any) -> list[tuple[str, str]]:
    return [(each.value, each.label) for each in words]


class LossQuerySet(models.QuerySet["Loss"]):
    def visible_to(self, user: User) -> "LossQuerySet":
        return self.within_reach_of(user).filter(put_away_at=None)

    def within_reach_of(self, user: User) -> "LossQuerySet":
        if not user.is_active or not user.may(LossRight.SEE):
            return self.none()
        if user.sees_all_accounts:
            return self.filter(account__merged_into=None)
        return self.filter(account__in=Account.objects.visible_to(user))

    def span(self, word: str, today: date) -> "LossQuerySet":
        since = today - YEAR
        return self.filter(lost_on__gte=since) if word == Span.YEAR else self.filter(lost_on__lt=since)


class Loss(Record):
    """An account that left, from a day on."""

    OF_A_PERSON = True

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="losses", editable=False)
    lost_on = models.DateField()
    """The day by which it would have bought again, or on which it told us."""
    seen = models.CharField(max_length=24, choices=said(ChurnCause), blank=True, editable=False)
    """The cause the facts showed as it was entered; kept, whatever they show later."""
    state = models.CharField(max_length=8, choices=said(LossState), default=LossState.WAITING, editable=False)
    talker = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="losses")
    """Who talks to it."""
    talked_on = models.DateField(null=True, editable=False)
    cause = models.CharField(max_length=24, choices=said(ChurnCause), blank=True, editable=False)
    """The reason it gives itself."""
    began = models.TextField(max_length=LONGEST, blank=True, editable=False)
    told = models.TextField(max_length=LONGEST, blank=True, editable=False)
    missed = models.TextField(max_length=LONGEST, blank=True, editable=False)
    now = models.TextField(max_length=LONGEST, blank=True, editable=False)
    kept = models.TextField(max_length=LONGEST, blank=True, editable=False)
    again = models.TextField(max_length=LONGEST, blank=True, editable=False)
    back = models.CharField(max_length=8, choices=said(Back), default=Back.UNKNOWN, editable=False)
    needed = models.TextField(max_length=LONGEST, blank=True, editable=False)
    """What we would have needed to know, and when."""

    objects = LossQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-lost_on", "-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["account", "lost_on"], condition=Q(put_away_at=None), name="one_loss_of_an_account_a_day"
            )
        ]
        indexes: ClassVar = [
            models.Index(fields=["-lost_on", "-id"], name="loss_lost"),
            models.Index(fields=["state", "talker"], name="loss_state"),
        ]

    def __str__(self) -> str:
        return f"{self.account} {self.lost_on}"

    def get_absolute_url(self) -> str:
        return reverse("loss", args=[self.pk])

    @property
    def is_waiting(self) -> bool:
        return self.state == LossState.WAITING

    @property
    def span(self) -> Span:
        return Span.YEAR if self.lost_on >= timezone.localdate() - YEAR else Span.OLDER
