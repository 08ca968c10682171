from typing import ClassVar, Final

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from vitalfew.accounts.models import Account, AccountFile
from vitalfew.activities.ways import Side, Way
from vitalfew.contacts.models import Person
from vitalfew.people.models import User
from vitalfew.people.records import Record

KEY: Final = 64


class ActivityQuerySet(models.QuerySet["Activity"]):
    def visible_to(self, user: User) -> "ActivityQuerySet":
        kept = self.filter(put_away_at=None)
        if user.sees_all_accounts:
            return kept if user.is_active else kept.none()
        return kept.filter(account__in=Account.objects.visible_to(user))


class Activity(Record):
    """Somebody of ours was in touch with an account, or noted something about it."""

    OF_A_PERSON = True

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="activities")
    way = models.CharField(max_length=20, choices=[(way.value, way.label) for way in Way])
    day = models.DateField()
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="activities")
    text = models.TextField(max_length=4000, blank=True)
    pinned = models.BooleanField(default=False)
    side = models.CharField(
        max_length=4, blank=True, editable=False, choices=[(side.value, side.label) for side in Side]
    )
    """From whom it came, where that is known."""
    files = models.ManyToManyField(AccountFile, blank=True, editable=False, related_name="activities")
    who = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, editable=False, on_delete=models.SET_NULL, related_name="activities"
    )

    key = models.CharField(max_length=KEY, blank=True, editable=False)
    """What its sender made up to tell it again: sent twice because the answer was lost, it is logged once."""

    objects = ActivityQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-day", "-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["who", "key"], condition=~Q(key=""), name="logged_once"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["account", "-day", "-id"], name="activity_account"),
            models.Index(fields=["-day", "-id"], name="activity_day"),
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.account}"

    def get_absolute_url(self) -> str:
        return reverse("activity", args=[self.pk])

    @property
    def were_there(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The names of ours and of the customer's who were there."""
        there = self.present.all()
        ours = [self.who, *(each.user for each in there if each.user_id)]
        theirs = [self.person, *(each.person for each in there if each.person_id)]
        return tuple(str(each) for each in ours if each), tuple(str(each) for each in theirs if each)


class Present(models.Model):
    """Somebody else who was there: of the customer's, or of ours."""

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="present")
    person = models.ForeignKey(Person, null=True, on_delete=models.CASCADE, related_name="present_at")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.CASCADE, related_name="+")

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["activity", "person"], condition=~Q(person=None), name="person_once"),
            models.UniqueConstraint(fields=["activity", "user"], condition=~Q(user=None), name="colleague_once"),
        ]

    def __str__(self) -> str:
        return str(self.person or self.user)

    @property
    def account_id(self) -> int:
        return self.activity.account_id
