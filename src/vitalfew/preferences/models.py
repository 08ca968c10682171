from datetime import date, timedelta
from typing import ClassVar, Final

from django.db import models
from django.urls import reverse
from django.utils import timezone

from vitalfew.accounts.models import Account
from vitalfew.contacts.models import Person
from vitalfew.people.models import User
from vitalfew.people.records import Record
from vitalfew.preferences.rights import PreferenceRight
from vitalfew.preferences.words import Area, Freshness, Works

GOOD_FOR: Final = timedelta(days=365)


class PreferenceQuerySet(models.QuerySet["Preference"]):
    def visible_to(self, user: User) -> "PreferenceQuerySet":
        return self.within_reach_of(user).filter(put_away_at=None)

    def within_reach_of(self, user: User) -> "PreferenceQuerySet":
        """What was put away, too."""
        if not user.is_active or not user.may(PreferenceRight.SEE):
            return self.none()
        return self if user.sees_all_accounts else self.filter(account__in=Account.objects.visible_to(user))

    def freshness(self, word: str, today: date) -> "PreferenceQuerySet":
        since = today - GOOD_FOR
        return self.filter(seen_on__gte=since) if word == Freshness.FRESH else self.filter(seen_on__lt=since)


class Preference(Record):
    """Something that works with an account, or does not."""

    OF_A_PERSON = True

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="preferences", editable=False)
    works = models.CharField(max_length=5, choices=[(each.value, each.label) for each in Works])
    area = models.CharField(max_length=10, choices=[(each.value, each.label) for each in Area])
    text = models.CharField(max_length=300)
    evidence = models.CharField(max_length=500)
    """How we know."""
    seen_on = models.DateField()
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="preferences")
    """With whom, where it is of one person."""

    objects = PreferenceQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["works", "-seen_on", "-pk"]
        indexes: ClassVar = [models.Index(fields=["account", "-seen_on"], name="preference_account")]

    def __str__(self) -> str:
        return self.text

    def get_absolute_url(self) -> str:
        return reverse("preference", args=[self.pk])

    @property
    def is_good(self) -> bool:
        return self.works == Works.WORKS

    @property
    def freshness(self) -> Freshness:
        return Freshness.FRESH if self.seen_on >= timezone.localdate() - GOOD_FOR else Freshness.OLD

    @property
    def is_old(self) -> bool:
        return self.freshness is Freshness.OLD
